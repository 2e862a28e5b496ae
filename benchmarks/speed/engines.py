"""What every engine is asked to do, and what it answers."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from benchmarks.speed.base import BaseDocument, Query
from corpus.search import Facet


class Answer(NamedTuple):
    """How many match, the texts shown for the first ten, and the codes counted (none when not asked for)."""

    total: int
    shown: int
    codes: int


class Searcher(Protocol):
    """An opened index."""

    def ask(self, query: Query, narrowed: bool) -> Answer:
        """Top 10 with their texts; when `narrowed`, within the query's filter and with all twelve facets counted."""


class Kind(Protocol):
    """A module that is an engine: what is written, how, and how it is opened."""

    NAME: str

    def build(self, folder: Path, base: Path) -> None:
        """Index a base into an empty folder."""

    def opened(self, folder: Path) -> Searcher:
        """Open what was built."""


def rows(documents: Iterator[BaseDocument]) -> Iterator[tuple[BaseDocument, str]]:
    """The passages, each with its document: what the peers take as a row."""
    return ((document, passage) for document in documents for passage in document.passages)


SINGLE = (Facet.DOC_TYPE, Facet.YEAR, Facet.STATUS, Facet.LANGUAGE, Facet.PUBLISHER)
SEVERAL = tuple(facet for facet in Facet if facet not in SINGLE)
TOP = 10
