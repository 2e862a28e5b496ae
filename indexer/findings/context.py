"""What does the text around a sentence say: heading, previous sentences, the document's own tiltak and design?"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.model import Document, Section
from corpus.vocabulary import Vocabulary
from indexer.findings.lexicon import spelt_out
from indexer.mentions import Kind, Mention

_EVALUATING = ("evaluering", "kunnskapsoversikt", "forskningsrapport", "prosjektrapport")
_OVERVIEW = "kunnskapsoversikt"
OVERVIEWS = ("metaanalyse", "systematisk_oversikt")
_SUMMARY = re.compile(
    r"\b(?:sammendrag|samandrag|hovedbudskap|hovudbodskap|hovedfunn|hovudfunn|hovedpunkt\w*|hovudpunkt\w*|oppsummering\w*"
    r"|kort (?:fortalt|oppsummert)|avslutning|avslutting|summary|abstract|key messages|main (?:messages|findings)"
    r"|in brief|konklusjon\w*|conclusion\w*)\b",
    re.IGNORECASE,
)
_OUTSIDE, _INTENDED, _EARLIER = "outside", "intended", "earlier"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: its headings, outermost first, and what the section is for."""

    headings: tuple[str, ...]
    kind: str

    @property
    def outside(self) -> bool:
        """A part of a document that tells no results: contents, references, questions asked."""
        return self.kind == _OUTSIDE

    @property
    def intended(self) -> bool:
        """A section of aims or advice."""
        return self.kind == _INTENDED

    @property
    def summary(self) -> bool:
        """A section that sums the document up."""
        return sums_up(self.headings)

    @property
    def earlier(self) -> bool:
        """A section of what others have found before."""
        return self.kind == _EARLIER


class Map:
    """The sections of a document, looked up by page and place."""

    def __init__(self, sections: Iterable[Section]) -> None:
        self._sections = sorted(sections, key=lambda s: (s.page, s.start))
        self._starts = [(s.page, s.start) for s in self._sections]

    def place(self, page: int, start: int) -> Place:
        """The place of what begins at `start` on a page."""
        found = bisect_right(self._starts, (page, start)) - 1
        path = self._sections[found].path if found >= 0 else ()
        return Place(path, _kind(path))


def sums_up(headings: tuple[str, ...]) -> bool:
    """Whether one of the headings is that of a summary or a conclusion."""
    return any(_SUMMARY.search(heading) for heading in headings)


def is_plan(document: Document, vocabulary: Vocabulary) -> bool:
    """Whether the document is of a type that mostly says what is to be done."""
    doc_type = document.metadata.doc_type
    return doc_type is not None and doc_type.value in vocabulary.doc_types and vocabulary.doc_types[doc_type.value].plan


def is_evaluating(document: Document) -> bool:
    """Whether the document is of a type that reports studies."""
    doc_type = document.metadata.doc_type
    return document.metadata.study_design is not None or (doc_type is not None and doc_type.value in _EVALUATING)


def is_overview(document: Document) -> bool:
    """Whether the document sums up many studies."""
    kind, design = document.metadata.doc_type, document.metadata.study_design
    return (kind is not None and kind.value == _OVERVIEW) or (design is not None and design.value in OVERVIEWS)


def is_weak(document: Document, vocabulary: Vocabulary) -> bool:
    """Whether the document's own study cannot show cause, as its design says."""
    design = document.metadata.study_design
    return (
        design is not None and design.value in vocabulary.designs and vocabulary.designs[design.value].causal is False
    )


def main_tiltak(document: Document, titled: Iterable[Mention]) -> str | None:
    """The tiltak a document is about, when it or its title names one. `titled` are the mentions of its title."""
    named = [read.value for read in document.metadata.tiltak]
    in_title = {mention.code for mention in titled if mention.kind is Kind.TILTAK}
    if len(named) == 1:
        return named[0]
    return in_title.pop() if len(in_title) == 1 else None


def code_in(kind: Kind, *texts: Iterable[Mention]) -> str | None:
    """The first code of a kind in the first of the texts that has one."""
    for mentions in texts:
        codes = [m.code for m in mentions if m.kind is kind]
        if codes:
            return codes[0]
    return None


def _kind(path: tuple[str, ...]) -> str:
    """The innermost heading that tells decides; contents and references count at any level."""
    kinds = [kind for kind in map(_heading_kind, reversed(path)) if kind]
    return next((kind for kind in (_OUTSIDE, _EARLIER) if kind in kinds), kinds[0] if kinds else "")


def _heading_kind(heading: str) -> str:
    return next((kind for kind, pattern in _headings() if pattern.search(heading)), "")


@cache
def _headings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = tomllib.loads((files("indexer.findings") / "cues" / "headings.toml").read_text("utf-8"))
    return tuple((entry["kind"], _pattern(entry["words"])) for entry in table["heading"])


def _pattern(words: list[str]) -> re.Pattern[str]:
    forms = [form for word in words for form in spelt_out(word)]
    either = "|".join(re.escape(form).replace(r"\*", r"\w*") for form in forms)
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE)
