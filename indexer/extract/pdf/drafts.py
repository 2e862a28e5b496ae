"""What stands on a page, block by block, before it is text?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from corpus.model import BlockKind
from indexer.extract.hyphens import Lexicon, Mend
from indexer.extract.pdf.grids import Table
from indexer.extract.pdf.lines import Line, lines_of, make_line, parted
from indexer.extract.pdf.paragraphs import Paragraph, Setting, paragraphs
from indexer.extract.pdf.sheet import Sheet, Word
from indexer.extract.pdf.strips import Strip
from indexer.extract.weave import ADDED, Piece, Strand, strands

SMALL = 0.93  # of the body's type size: a footnote is set smaller
LOW = 0.4  # of the page's height: a footnote stands below this
_NOTE = re.compile(r"(\d{1,3}|\*{1,3}|[†‡])\s+\S")
_UNIT = re.compile(r"\d$|^[^\W\d_]{1,2}$")
_OPEN_END = re.compile(r"\w[–/]$")  # the next line's first word touches what stands here
_DOTS = re.compile(r"[.…_·\u2060]+")
_LEADERS = re.compile(r"\s*(?:\.\s?){4,}\s*|\s*…{2,}\s*|\s*_{4,}\s*")


@dataclass(frozen=True, slots=True)
class Draft:
    """One block to be: a paragraph's lines, or a table row's cells as lines of words."""

    kind: BlockKind
    cells: tuple[tuple[Line, ...], ...]
    level: int = 0

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of a block that is no table row."""
        return self.cells[0]

    @property
    def text(self) -> str:
        """Its lines with a space between, hyphens as they stand."""
        return " ".join(line.text for cell in self.cells for line in cell)

    @property
    def size(self) -> float:
        """The type size of its first line."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether every line is bold."""
        return all(line.bold for line in self.lines)

    @property
    def tagged(self) -> int:
        """The heading level that the file's tags give all its words, 0 for none."""
        levels = {word.heading for line in self.lines for word in line.words}
        return levels.pop() if len(levels) == 1 else 0


def drafts(strips: Sequence[Strip], sheet: Sheet, setting: Setting) -> list[Draft]:
    """The blocks of one page, footnotes last."""
    loose = [strip for strip in strips if isinstance(strip, Line)]
    notes = _notes(loose, sheet.height, setting)
    made: list[Draft] = []
    run: list[Line] = []
    for strip in strips:
        if isinstance(strip, Table):
            made += [*_plain(run, setting), *_rows(strip, sheet)]
            run = []
        elif strip not in notes:
            run.append(strip)
    return [*made, *_plain(run, setting), *_footnotes(notes, setting)]


def _plain(lines: Sequence[Line], setting: Setting) -> list[Draft]:
    return [_draft(paragraph) for paragraph in paragraphs(lines, setting)]


def _draft(paragraph: Paragraph) -> Draft:
    return Draft(BlockKind.LIST_ITEM if paragraph.item else BlockKind.PARAGRAPH, (paragraph.lines,))


def _rows(table: Table, sheet: Sheet) -> list[Draft]:
    return [Draft(BlockKind.TABLE_ROW, tuple(_cell_lines(cell, sheet) for cell in row.cells)) for row in table.rows]


def _cell_lines(words: Sequence[Word], sheet: Sheet) -> tuple[Line, ...]:
    return tuple(sorted(lines_of(sheet, words), key=lambda line: (round(line.y0), line.x0)))


def _notes(lines: Sequence[Line], height: float, setting: Setting) -> list[Line]:
    """The lines of footnotes: small, from one that starts with a mark, with no body text under them."""
    notes: list[Line] = []
    for index, line in enumerate(lines):
        follows = bool(notes) and lines[index - 1] is notes[-1] and line.y0 > notes[-1].y0
        starts = line.y0 > LOW * height and _has_mark(line)
        if _is_small(line, setting) and (starts or follows) and not _over_body(line, lines, setting):
            notes.append(line)
    return notes


def _has_mark(line: Line) -> bool:
    return line.words[0].raised or bool(_NOTE.match(line.text) and not _LEADERS.search(line.text))


def _is_small(line: Line, setting: Setting) -> bool:
    return line.size <= SMALL * setting.body


def _over_body(line: Line, lines: Sequence[Line], setting: Setting) -> bool:
    return any(
        other.y0 > line.y1 and not _is_small(other, setting) and min(other.x1, line.x1) > max(other.x0, line.x0)
        for other in lines
    )


def _footnotes(lines: Sequence[Line], setting: Setting) -> list[Draft]:
    made: list[list[Line]] = []
    for line in lines:
        if not made or _starts_note(line):
            made.append([])
        made[-1].append(line)
    return [Draft(BlockKind.FOOTNOTE, (tuple(note),)) for note in made]


def _starts_note(line: Line) -> bool:
    return line.words[0].raised or bool(re.match(r"\d{1,3}\s+[A-ZÆØÅ«\"]", line.text))


def piece(draft: Draft, source: str, lexicon: Lexicon) -> Piece:
    """The strands of a block: hyphens mended, note marks and dot leaders out."""
    keep_marks = draft.kind is BlockKind.FOOTNOTE
    lines = [_without_dots(cell, source) if draft.kind is BlockKind.TOC else cell for cell in draft.cells]
    cells = [_run(cell, source, lexicon, keep_marks) for cell in lines]
    while cells and not cells[-1]:
        cells.pop()
    woven: list[Strand] = []
    for number, cell in enumerate(cells):
        if number:
            woven.append(Strand("\t", ADDED))
        woven += _without_leaders(cell) if draft.kind is BlockKind.TOC else cell
    return Piece(draft.kind, tuple(woven), draft.level)


def _without_dots(lines: Sequence[Line], source: str) -> list[Line]:
    """The lines of an entry of a table of contents without the dots that stand alone."""
    kept = [[word for word in line.words if not _DOTS.fullmatch(source, word.start, word.end)] for line in lines]
    return [make_line(words, source) for words in kept if words]


def _run(lines: Sequence[Line], source: str, lexicon: Lexicon, keep_marks: bool) -> list[Strand]:
    """Lines as one run of text."""
    woven: list[Strand] = []
    for line, after in zip_longest(lines, lines[1:]):
        woven += _words(line, source, keep_marks)
        mend = lexicon.mend(line.text, after.text, line.hyphen) if line.hyphen and after else Mend.KEEP_APART
        if line.hyphen and mend is not Mend.JOIN:
            woven.append(Strand("-", line.words[-1].end - 1))
        if mend is Mend.KEEP_APART and not _OPEN_END.search(line.text):
            woven.append(Strand(" ", ADDED))
    return woven


def _words(line: Line, source: str, keep_marks: bool) -> list[Strand]:
    """The strands of one line but for a hyphen at its end; words that follow each other in the source are one."""
    words = line.words if keep_marks else _without_marks(line.words, source)
    woven: list[Strand] = []
    start = words[0].start
    for before, word in pairwise(words):
        if source[before.end : word.start] in ("", " ") and not before.raised:
            continue
        woven += strands(source, start, before.end)
        if before.raised or parted(before, word, source):
            woven.append(Strand(" ", ADDED))
        start = word.start
    return woven + strands(source, start, words[-1].end - bool(line.hyphen))


def _without_marks(words: Sequence[Word], source: str) -> Sequence[Word]:
    """The words of a line without the numbers of its footnotes; an exponent after a unit or a figure stays."""
    kept = [
        word
        for before, word in zip((None, *words), words, strict=False)
        if before is None or not word.raised or _UNIT.search(source[before.start : before.end])
    ]
    return kept or words


def _without_leaders(woven: Sequence[Strand]) -> Iterable[Strand]:
    for strand in woven:
        done = 0
        for leaders in _LEADERS.finditer(strand.text):
            yield from _part(strand, done, leaders.start())
            yield Strand(" ", ADDED)
            done = leaders.end()
        yield from _part(strand, done, len(strand.text))


def _part(strand: Strand, start: int, end: int) -> Iterable[Strand]:
    if start < end:
        yield Strand(strand.text[start:end], strand.at + start if strand.at != ADDED else ADDED)
