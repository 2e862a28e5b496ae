"""The port: what every search engine must do, in the question's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from corpus.model import Document, Finding, Language, Page, Record, Statement
from corpus.search import SearchRequest, SearchResult, Suggestion


@dataclass(frozen=True, slots=True)
class Generation:
    """One built index. `name` sorts by age; `built` is in UTC.

    `fault` says why it answers in place of the one that was published, "" when it is that one.
    """

    name: str
    built: datetime
    documents: int
    passages: int
    findings: int
    fault: str = ""


class Records(Protocol):
    """The documents of one generation, read back as they were built."""

    def document(self, document_id: str) -> Document | None:
        """The document with this id, or None."""

    def documents(self) -> tuple[Document, ...]:
        """Every document, by id."""

    def page(self, document_id: str, number: int) -> Page | None:
        """One page from 1, or None."""

    def pages(self, document_id: str) -> tuple[Page, ...]:
        """A document's pages in order; empty when there is no such document."""

    def findings(self, document_id: str | None = None, tiltak: str | None = None) -> tuple[tuple[str, Finding], ...]:
        """(document id, finding) for all, of one document, or of one tiltak; by document, page, place."""

    def statements(
        self, document_id: str | None = None, tiltak: str | None = None
    ) -> tuple[tuple[str, Statement], ...]:
        """(document id, statement) as for findings: what is said of a tiltak that is no verdict."""


class Answers(Protocol):
    """What can be asked; safe to call from many threads at once."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a question from the live generation. Raises NoIndex when nothing is published."""

    def suggest(self, text: str, language: Language, limit: int = 8) -> tuple[Suggestion, ...]:
        """Completions of what has been typed so far; empty when there is none."""

    def live(self) -> Generation | None:
        """The generation that answers now, or None."""

    def records(self) -> Records:
        """The live generation's documents. Raises NoIndex when nothing is published."""

    def steady(self) -> "Answers":
        """The same, but all from the generation that is live when first asked, whatever is published meanwhile."""


class Engine(Answers, Protocol):
    """A search engine. Everything but build and discard is safe to call from many threads at once."""

    def opened(self, name: str) -> Answers:
        """What a built generation answers, live or not. Raises NoIndex, IndexDamaged."""

    def published(self) -> tuple[str, ...]:
        """The generations that were made live, the last one first; none when that cannot be read."""

    def withdrawn(self) -> str:
        """The generation a person rolled back, "" when none was since the last one was published."""

    def build(self, records: Iterable[Record]) -> Generation:
        """Build a new generation beside the live one, and verify it. It does not answer yet."""

    def publish(self, name: str) -> None:
        """Make a built generation live in one atomic step; the one before is kept for roll-back."""

    def discard(self, name: str) -> None:
        """Remove a generation that is not live. Raises GenerationInUse for the live one."""
