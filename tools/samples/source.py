"""What did the writer of a sample give? Front matter with the gold, and Markdown."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.model import Language, Verdict
from tools.samples.tree import Tree, read_markdown

FENCE = "+++\n"
METADATA_KEYS = frozenset(
    {
        "title",
        "doc_type",
        "language",
        "publisher",
        "authors",
        "year",
        "plan_from",
        "plan_to",
        "plan_state",
        "adopted",
        "kommuner",
        "fylke",
        "themes",
        "target_groups",
        "tiltak",
        "study_design",
    }
)


class SourceError(ValueError):
    """A source breaks the format of docs/samples.md; the message names the file."""


class Format(StrEnum):
    """A format the maker writes; the value is the file's ending."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    ODT = "odt"
    MD = "md"
    TXT = "txt"


class Producer(StrEnum):
    """The program that makes a PDF."""

    TYPST = "typst"
    REPORTLAB = "reportlab"
    CHROMIUM = "chromium"


class Layout(StrEnum):
    """How the document is laid out."""

    REPORT = "report"
    TWO_COLUMN = "two-column"
    PLAN = "plan"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class GoldFinding:
    """A sentence of the document that states a verdict about a tiltak. Codes are ids of the vocabulary."""

    quote: str
    verdict: Verdict
    tiltak: str | None = None
    outcome: str | None = None
    design: str | None = None
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One source file, read. `metadata` is the gold as the writer gave it; `body` the Markdown."""

    slug: str
    format: Format
    producer: Producer | None
    layout: Layout
    toc: bool
    running_head: str
    metadata: Mapping[str, Any]
    findings: tuple[GoldFinding, ...]
    body: str
    tree: Tree

    @property
    def file(self) -> str:
        """The name of the file made from this source."""
        return f"{self.slug}.{self.format}"

    @property
    def language(self) -> Language:
        """The language the document is written in."""
        return Language(self.metadata["language"])


def read_source(path: Path) -> Source:
    """Read one source. Raises SourceError when it breaks the format."""
    try:
        return _source(path.stem, *_parts(path.read_text(encoding="utf-8")))
    except KeyError as error:
        raise SourceError(f"{path.name}: {error} is missing") from error
    except (ValueError, TypeError) as error:
        raise SourceError(f"{path.name}: {error}") from error


def _parts(text: str) -> tuple[dict[str, Any], str]:
    before, front, body = text.split(FENCE, 2)
    if before:
        raise ValueError("the first line must be +++")
    return tomllib.loads(front), body.strip() + "\n"


def _source(slug: str, front: dict[str, Any], body: str) -> Source:
    _only(front, {"format", "producer", "layout", "toc", "running_head", "metadata", "findings"})
    _only(front["metadata"], METADATA_KEYS)
    made = Format(front["format"])
    return Source(
        slug=slug,
        format=made,
        producer=Producer(front["producer"]) if made is Format.PDF else None,
        layout=Layout(front.get("layout", Layout.REPORT)),
        toc=front.get("toc", False),
        running_head=front.get("running_head", ""),
        metadata=front["metadata"],
        findings=tuple(_finding(row) for row in front.get("findings", ())),
        body=body,
        tree=read_markdown(body),
    )


def _finding(row: dict[str, Any]) -> GoldFinding:
    _only(row, {field.name for field in fields(GoldFinding)})
    return GoldFinding(**{**row, "verdict": Verdict(row["verdict"])})


def _only(table: Mapping[str, Any], known: set[str] | frozenset[str]) -> None:
    if unknown := sorted(set(table) - known):
        raise ValueError(f"unknown key {', '.join(unknown)}; known: {', '.join(sorted(known))}")
