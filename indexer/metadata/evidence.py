"""What does a document show of itself: its lines, its cover, its summary, and the vocabulary's terms in it?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from corpus.model import Block, BlockKind, Extracted, Origin, Page, Read
from corpus.vocabulary import Vocabulary
from indexer.mentions import Kind, TermFinder

T = TypeVar("T")

_FRONT_PAGES = 4
_FRONT_LINES = 50
_LONG_LINE = 260
_PROSE = 140
_SUMMARY_CHARACTERS = 4000
_START_CHARACTERS = 2000
_QUOTE_CHARACTERS = 240
_NUMBER = re.compile(
    r"(?:(?:kapittel|chapter|del|part)\s+)?(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,4}\.)\s+(?=\D)", re.IGNORECASE
)
_SUMMARY_NAMES = (
    "sammendrag|samandrag|kort sammendrag|kort samandrag|oppsummering|kort oppsummert|kort fortalt|kort fortald|"
    "summary|short summary|abstract|executive summary|plain language summary|hovedpunkter|hovudpunkt|hovedbudskap|"
    "hovudbodskap|hovedfunn|hovudfunn|hovedresultater|hovudresultat|kortversjon|kortversjonen|det viktigste|"
    "det viktigaste|kort sagt|key messages|key findings|key points|main findings|in brief"
)
_SUMMARY = re.compile(rf"(?:{_SUMMARY_NAMES})\b", re.IGNORECASE)
_SUMMARY_RUN_IN = re.compile(r"(?:sammendrag|samandrag|abstract|summary|oppsummering)\s*[.:–]\s+(?=\S)", re.IGNORECASE)
SUMMARY_INSIDE = re.compile(r"(?<=[.\d] )(?:Sammendrag|Samandrag|Abstract|Summary)\s*[.:–] (?=\S)")
_BODY = re.compile(
    rf"(?:{_SUMMARY_NAMES}|innhold|innhald|innholdsfortegnelse|contents|table of contents|forord|føreord|preface|"
    r"foreword|innledning|innleiing|introduction|bakgrunn|background|formål|føremål|om planen|om rapporten|takk|"
    r"acknowledgements|visjon|hensikt|mandat|oppdrag)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A block with its text: `text == page.text[start:start + len(text)]`."""

    page: int
    kind: BlockKind
    level: int
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention and the line it stands in; `start` and `end` count in the line's text."""

    line: Line
    kind: Kind
    code: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The mention as it is written."""
        return self.line.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What metadata is read from. Tables of contents and references are in none of the lines.

    `front`: the cover and what stands before the first chapter. `imprint`: `front` and all short
    lines of the first pages and the last. `summary`: the document's own, else how its text begins.
    """

    extracted: Extracted
    vocabulary: Vocabulary
    finder: TermFinder
    lines: tuple[Line, ...]
    front: tuple[Line, ...]
    imprint: tuple[Line, ...]
    summary: tuple[Line, ...]
    seen: tuple[Seen, ...]

    def of(self, kind: Kind) -> tuple[Seen, ...]:
        """Every mention of one kind, in order."""
        return tuple(seen for seen in self.seen if seen.kind is kind)


def gather(extracted: Extracted, vocabulary: Vocabulary, finder: TermFinder) -> Evidence:
    """Look a document through once."""
    lines = tuple(line for page in extracted.pages for line in _lines(page))
    front = _front(lines)
    return Evidence(
        extracted,
        vocabulary,
        finder,
        lines,
        front,
        _imprint(lines, front),
        _summary(lines[len(front) :]) or _start(lines[len(front) :]),
        tuple(seen for line in lines for seen in _seen(line, finder)),
    )


def read_at(value: T, line: Line, start: int = 0, end: int | None = None) -> Read[T]:
    """The value as read from `line.text[start:end]`."""
    return Read(value, Origin.TEXT, line.page, line.text[start:end].strip()[:_QUOTE_CHARACTERS])


def without_number(heading: str) -> str:
    """ "Bakgrunn" of "2.1 Bakgrunn"."""
    return _NUMBER.sub("", heading, count=1)


def is_summary(heading: str) -> bool:
    """Whether a heading, numbered or not, is that of a summary."""
    return _SUMMARY.match(without_number(heading)) is not None


def opens_body(line: Line) -> bool:
    """Whether a line is the heading of a chapter, not of the document."""
    if line.kind is not BlockKind.HEADING:
        return False
    return _NUMBER.match(line.text) is not None or _BODY.match(line.text) is not None


def _lines(page: Page) -> Iterator[Line]:
    for block in page.blocks:
        if block.kind not in (BlockKind.TOC, BlockKind.REFERENCE):
            for start, end in _parts(page.text, block):
                if page.text[start:end].strip():
                    yield Line(page.number, block.kind, block.level, start, page.text[start:end])


def _parts(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The block, in two where the summary begins within the paragraph that names the authors."""
    limit = min(block.end, block.start + _LONG_LINE)
    summary = SUMMARY_INSIDE.search(text, block.start, limit) if block.kind is BlockKind.PARAGRAPH else None
    if summary:
        yield block.start, summary.start()
        yield summary.start(), block.end
    else:
        yield block.start, block.end


def _front(lines: Sequence[Line]) -> tuple[Line, ...]:
    front: list[Line] = []
    for place, line in enumerate(lines[:_FRONT_LINES]):
        if line.page > lines[0].page + _FRONT_PAGES or len(line.text) > _LONG_LINE:
            break
        titled = any(one.kind is BlockKind.HEADING for one in front)
        if front and (opens_body(line) or _SUMMARY_RUN_IN.match(line.text)):
            break
        if titled and _heads_prose(lines[place : place + 2]):
            break
        front.append(line)
    return tuple(front)


def _heads_prose(lines: Sequence[Line]) -> bool:
    """Whether the first is a heading with running text, a list or a table under it."""
    if len(lines) == 1 or lines[0].kind is not BlockKind.HEADING or lines[1].kind is BlockKind.HEADING:
        return False
    return len(lines[1].text) >= _PROSE or lines[1].kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)


def _imprint(lines: Sequence[Line], front: Sequence[Line]) -> tuple[Line, ...]:
    rest = lines[len(front) :]
    if not rest:
        return tuple(front)
    first, last = lines[0].page, lines[-1].page
    near = [line for line in rest if line.page <= first + _FRONT_PAGES or line.page == last]
    return (*front, *(line for line in near if len(line.text) <= _LONG_LINE))


def _summary(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines under the first heading that is a summary's, or the paragraph that begins "Sammendrag."."""
    for place, line in enumerate(lines):
        if line.kind is BlockKind.HEADING and is_summary(line.text):
            return _until_heading(lines[place + 1 :], line.level)
        if line.kind is not BlockKind.HEADING and _SUMMARY_RUN_IN.match(line.text):
            return (line,)
    return ()


def _until_heading(lines: Sequence[Line], level: int) -> tuple[Line, ...]:
    taken: list[Line] = []
    for line in lines:
        full = sum(len(one.text) for one in taken) > _SUMMARY_CHARACTERS
        if full or (line.kind is BlockKind.HEADING and line.level <= level):
            break
        taken.append(line)
    return tuple(taken)


def _start(lines: Sequence[Line]) -> tuple[Line, ...]:
    taken: list[Line] = []
    for line in lines:
        if sum(len(one.text) for one in taken) > _START_CHARACTERS:
            break
        taken.append(line)
    return tuple(taken)


def _seen(line: Line, finder: TermFinder) -> Iterator[Seen]:
    for mention in finder.find(line.text):
        yield Seen(line, mention.kind, mention.code, mention.start, mention.end)
