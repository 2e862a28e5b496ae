"""Difference: what would another index answer that the live one does not, and the other way about?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.account import Account, Told

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


def compare(before: Account, after: Account, reasons: Mapping[str, str]) -> Difference:
    """What differs. `reasons` says of every file that is in the folder why it was set aside, "" when it was not."""
    old, new = ({told.path: told for told in account.documents} for account in (before, after))
    content = {told.sha256: path for path, told in new.items()}
    left = [path for path in old if path not in new]
    moved = {path: content[old[path].sha256] for path in left if old[path].sha256 in content}
    left = [path for path in left if path not in moved]
    both = [(old[path], new[path]) for path in old if path in new]
    return Difference(
        before=_size(before),
        after=_size(after),
        gained=tuple(path for path in new if path not in old and path not in moved.values()),
        gone=tuple(path for path in left if path not in reasons),
        lost=tuple(Lost(path, reasons[path]) for path in left if path in reasons),
        moved=tuple(Moved(path, now) for path, now in moved.items()),
        pages=tuple(Length(new.path, old.pages, new.pages) for old, new in both if old.pages != new.pages),
        shrunk=tuple(_shrunk(both)),
        flipped=tuple(flip for pair in both for flip in _flipped(*pair)),
        metadata=tuple(change for pair in both for change in _changed(*pair)),
        golden=tuple(_fallen(before, after)),
        held=tuple(held for path, told in new.items() for held in _held(old.get(path), told)),
    )


def _size(account: Account) -> Size:
    documents = account.documents
    return Size(len(documents), sum(told.pages for told in documents), sum(told.findings for told in documents))


def _shrunk(both: Sequence[tuple[Told, Told]]) -> Iterator[Length]:
    for old, new in both:
        if new.characters < SHRUNK * old.characters:
            yield Length(new.path, old.characters, new.characters)


def _flipped(old: Told, new: Told) -> Iterator[Flipped]:
    before = {claim.quote: claim.verdicts for claim in old.claims}
    for claim in new.claims:
        was = before.get(claim.quote, claim.verdicts)
        if was != claim.verdicts and not claim.reviewed:
            yield Flipped(new.path, claim.page, claim.quote[:MOST_QUOTED], ", ".join(was), ", ".join(claim.verdicts))


def _changed(old: Told, new: Told) -> Iterator[Changed]:
    for field in {**new.metadata, **old.metadata}:
        was, now = old.metadata.get(field, ""), new.metadata.get(field, "")
        if was != now:
            yield Changed(new.path, field, was, now)


def _held(old: Told | None, new: Told) -> Iterator[Held]:
    before = {held.page for held in old.held} if old else set()
    for held in new.held:
        if held.page not in before:
            yield Held(new.path, held.page, held.why)


def _fallen(before: Account, after: Account) -> Iterator[Fallen]:
    """Only of questions that both were asked."""
    found = {asked.question: asked.files for asked in before.golden}
    for asked in after.golden:
        fallen = set(found.get(asked.question, ())) - set(asked.files)
        yield from (Fallen(asked.text, file) for file in asked.finds if file in fallen)
