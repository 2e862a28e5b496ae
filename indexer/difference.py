"""Difference: what would another index answer that the live one does not, and the other way about?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from corpus.engine import Answers, Records
from corpus.errors import Reason
from corpus.model import Document, Finding, Metadata, Read, Verdict
from indexer.golden import Golden
from indexer.personal import held_pages

SHRUNK = 0.9  # a document with less than this share of its text has shrunk
MOST_QUOTED = 200


@dataclass(frozen=True, slots=True)
class Size:
    """How much an index holds."""

    documents: int = 0
    pages: int = 0
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Lost:
    """A file that is still there and gives no document any more; `reason` is its code in the ledger, or ""."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The same content under another name."""

    file: str
    now: str


@dataclass(frozen=True, slots=True)
class Length:
    """A document's pages or characters of text, before and after."""

    file: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Flipped:
    """A quote that has another verdict, not by a person's word. `page` counts from 1, in the new index."""

    file: str
    page: int
    quote: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A metadata field that has another value."""

    file: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fallen:
    """A golden question that does not find a file any more."""

    question: str
    file: str


@dataclass(frozen=True, slots=True)
class Held:
    """A page that is held back for personal data and was not before; `why` never says whose."""

    file: str
    page: int
    why: str


@dataclass(frozen=True, slots=True)
class Difference:
    """From one generation to another; files are named by their path in the documents folder.

    `gone` files are in the folder no more. `shrunk` counts characters of documents that lost more than a tenth of
    their text, `pages` the pages of documents that have more or fewer.
    """

    before: Size
    after: Size
    gained: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    lost: tuple[Lost, ...] = ()
    moved: tuple[Moved, ...] = ()
    pages: tuple[Length, ...] = ()
    shrunk: tuple[Length, ...] = ()
    flipped: tuple[Flipped, ...] = ()
    metadata: tuple[Changed, ...] = ()
    golden: tuple[Fallen, ...] = ()
    held: tuple[Held, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether both answer the same, as far as this tells."""
        return self == Difference(self.before, self.before)


def compare(
    before: Answers, after: Answers, reasons: Mapping[str, str], questions: Sequence[Golden], day: date
) -> Difference:
    """What differs. `reasons` says of every file that is in the folder why it was set aside, "" when it was not."""
    old, new = (_by_file(answers.records()) for answers in (before, after))
    content = {document.source.sha256: path for path, document in new.items()}
    left = [path for path in old if path not in new]
    moved = {path: content[old[path].source.sha256] for path in left if old[path].source.sha256 in content}
    left = [path for path in left if path not in moved]
    both = [(old[path], new[path]) for path in old if path in new]
    return Difference(
        before=_size(before, old),
        after=_size(after, new),
        gained=tuple(path for path in new if path not in old and path not in moved.values()),
        gone=tuple(path for path in left if path not in reasons),
        lost=tuple(Lost(path, reasons[path]) for path in left if path in reasons),
        moved=tuple(Moved(path, now) for path, now in moved.items()),
        pages=tuple(_pages(both)),
        shrunk=tuple(_shrunk(both, before.records(), after.records())),
        flipped=tuple(_flipped(both, before.records(), after.records())),
        metadata=tuple(change for pair in both for change in _changed(*pair)),
        golden=tuple(_fallen(before, after, questions, day)),
        held=tuple(held for path, document in new.items() for held in _held(old.get(path), document)),
    )


def _by_file(records: Records) -> dict[str, Document]:
    return {document.source.path: document for document in sorted(records.documents(), key=lambda d: d.source.path)}


def _size(answers: Answers, documents: Mapping[str, Document]) -> Size:
    pages = sum(document.page_count for document in documents.values())
    return Size(len(documents), pages, len(answers.records().findings()))


def _pages(both: Sequence[tuple[Document, Document]]) -> Iterator[Length]:
    for old, new in both:
        if old.page_count != new.page_count:
            yield Length(new.source.path, old.page_count, new.page_count)


def _shrunk(both: Sequence[tuple[Document, Document]], before: Records, after: Records) -> Iterator[Length]:
    for old, new in both:
        characters = _characters(before, old), _characters(after, new)
        if characters[1] < SHRUNK * characters[0]:
            yield Length(new.source.path, *characters)


def _characters(records: Records, document: Document) -> int:
    return sum(len(page.text) for page in records.pages(document.id))


def _flipped(both: Sequence[tuple[Document, Document]], before: Records, after: Records) -> Iterator[Flipped]:
    old, new = _by_quote(before), _by_quote(after)
    for was, now in both:
        for quote, findings in new[now.id].items():
            verdicts = tuple(sorted({finding.verdict for finding in old[was.id].get(quote, ())}))
            others = tuple(sorted({finding.verdict for finding in findings}))
            if verdicts and verdicts != others and not all(finding.reviewed for finding in findings):
                yield Flipped(now.source.path, findings[0].page, quote[:MOST_QUOTED], _named(verdicts), _named(others))


def _named(verdicts: tuple[Verdict, ...]) -> str:
    return ", ".join(verdicts)


def _by_quote(records: Records) -> Mapping[str, Mapping[str, list[Finding]]]:
    found: defaultdict[str, defaultdict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for document_id, finding in records.findings():
        found[document_id][" ".join(finding.quote.split())].append(finding)
    return found


def _changed(old: Document, new: Document) -> Iterator[Changed]:
    for field in fields(Metadata):
        was, now = (_value(getattr(document.metadata, field.name)) for document in (old, new))
        if was != now:
            yield Changed(new.source.path, field.name, was, now)


def _value(read: Read[object] | tuple[Read[object], ...] | None) -> str:
    reads = read if isinstance(read, tuple) else (read,) if read else ()
    return ", ".join(sorted(str(each.value) for each in reads))


def _held(old: Document | None, new: Document) -> Iterator[Held]:
    before = held_pages(old.notices) if old else frozenset()
    for notice in new.notices:
        if notice.code == Reason.PERSONAL_DATA and notice.page and notice.page not in before:
            yield Held(new.source.path, notice.page, notice.detail)


def _fallen(before: Answers, after: Answers, questions: Sequence[Golden], day: date) -> Iterator[Fallen]:
    for question in questions:
        fallen = question.found(before, day) - question.found(after, day)
        yield from (Fallen(question.text, file) for file in question.finds if file in fallen)
