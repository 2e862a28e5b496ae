"""What did the writer of a report give? Front matter, and Markdown where a marked sentence carries its gold.

A marked sentence stands as `[[The sentence.]]{verdict tiltak outcome}`; more labels follow after `;`. `-` stands for
no tiltak or no outcome, `cited` for a result passed on from another study; a finding type may follow (`effekt` unless
told, `kunnskapshull` for ikke_evaluert), and `{?}` marks a sentence over which two honest readers may differ.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.model import FindingType, Language, Verdict
from tools.samples.source import FENCE, Format, Layout, Producer, Source
from tools.samples.tree import read_markdown

MARKED = re.compile(r"\[\[(.+?)\]\]\{([^{}]+)\}", re.DOTALL)
UNSURE = "?"
CITED = "cited"


@dataclass(frozen=True, slots=True)
class Gold:
    """One label of a marked sentence. Codes are ids of the vocabulary; None where the sentence has none."""

    verdict: Verdict
    tiltak: str | None
    outcome: str | None
    cited: bool
    type: FindingType


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked sentence, in the order of the text; no labels when it is unsure."""

    quote: str
    labels: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report to render, and its gold. `held` reports are not read by those who write rules."""

    source: Source
    marked: tuple[Marked, ...]
    held: bool


def read_report(path: Path) -> Report:
    """Read one source. Raises ValueError or KeyError when its front matter or a label is not as described above."""
    _, front, body = path.read_text(encoding="utf-8").split(FENCE, 2)
    about = tomllib.loads(front)
    marked = tuple(_marked(*found) for found in MARKED.findall(body))
    return Report(_source(path.stem, about, MARKED.sub(r"\1", body)), marked, about.get("held", False))


def _marked(sentence: str, labels: str) -> Marked:
    quote = " ".join(sentence.replace("*", "").split())
    return Marked(quote, () if labels == UNSURE else tuple(_gold(label.split()) for label in labels.split(";")))


def _gold(words: list[str]) -> Gold:
    verdict, tiltak, outcome, *rest = words
    kinds = [FindingType(word) for word in rest if word != CITED]
    usual = FindingType.KUNNSKAPSHULL if verdict == Verdict.IKKE_EVALUERT else FindingType.EFFEKT
    codes = [None if code == "-" else code for code in (tiltak, outcome)]
    return Gold(Verdict(verdict), codes[0], codes[1], CITED in rest, kinds[0] if kinds else usual)


def _source(slug: str, about: dict[str, Any], body: str) -> Source:
    made = Format(about["format"])
    return Source(
        slug=slug,
        format=made,
        producer=Producer(about["producer"]) if made is Format.PDF else None,
        layout=Layout(about.get("layout", Layout.REPORT)),
        toc=about.get("toc", False),
        running_head=about.get("running_head", ""),
        metadata={key: about[key] for key in ("publisher", "year", "language")}
        | {"language": Language(about["language"])},
        findings=(),
        body=body,
        tree=read_markdown(body),
    )
