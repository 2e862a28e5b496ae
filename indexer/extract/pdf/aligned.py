"""Which tables without a grid stand on a page, told by the gaps that run down between their columns?

A run of rows is one when the same gaps stay free from row to row, at least three rows (two between ruled lines)
have words on both sides of one, and the words were drawn row by row. Contents, lists and columns of prose are not:
prose drawn across its columns is given as page layout, to be read column by column.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.extract.pdf.grids import Row, Table
from indexer.extract.pdf.sheet import Rule, Sheet, Word

GAP = 1.0  # of the type size: words nearer than this stand in one cell,
JUMP = 0.6  # or nearer than this when they were not drawn one after the other
SAME_ROW = 0.5
APART = 2.2  # times the type size from row to row: a table does not go on over more
LOOSE = 1.15  # times the smallest step: a new row, not a line within a cell
FEWEST_ROWS = 3
ROW_BY_ROW = 0.8
PAIR = 2
MOST_PROSE_COLUMNS = 3
PROSE_ROWS = 5
PROSE_CHARACTERS = 24
PROSE_FILL = 0.75
_MARK = re.compile(r"[•●○▪■□◦‣–—\-*\uf000-\uf0ff]|\(?\w{1,3}[.)]|\d{1,3}")
_FIGURE = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class _Segment:
    """Words of one row with no wide gap between."""

    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def length(self) -> int:
        return sum(word.end - word.start + 1 for word in self.words)


@dataclass(frozen=True, slots=True)
class _Line:
    """One row as seen: its segments from the left."""

    segments: tuple[_Segment, ...]
    y0: float
    y1: float
    size: float


Columns = list[tuple[float, float]]


def aligned_tables(sheet: Sheet, words: Sequence[Word]) -> list[Table]:
    """The tables among these words of a page."""
    lines = _lines(words)
    tables = []
    start = 0
    while start < len(lines):
        end, columns = _grown(lines, start)
        table = _table(lines[start:end], columns, sheet) if end - start > 1 else None
        if table:
            tables.append(table)
        start = max(end if table else start + 1, start + 1)
    return tables


def _lines(words: Sequence[Word]) -> list[_Line]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        height = word.y1 - word.y0
        if rows and abs(word.middle - rows[-1][0].middle) < SAME_ROW * max(height, 1.0):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(sorted(row, key=lambda word: word.x0)) for row in rows]


def _line(row: list[Word]) -> _Line:
    size = max(word.size for word in row)
    segments: list[list[Word]] = [[row[0]]]
    for before, word in pairwise(row):
        gap = GAP if word.start == before.end + 1 else JUMP
        if word.x0 - before.x1 > gap * size:
            segments.append([])
        segments[-1].append(word)
    return _Line(
        tuple(_Segment(tuple(segment)) for segment in segments),
        min(word.y0 for word in row),
        max(word.y1 for word in row),
        size,
    )


def _grown(lines: Sequence[_Line], start: int) -> tuple[int, Columns]:
    """Where a table that starts here would end, and the columns it would have."""
    columns = [(segment.x0, segment.x1) for segment in lines[start].segments]
    end = start + 1
    while len(columns) > 1 and end < len(lines) and lines[end].y0 - lines[end - 1].y0 < APART * lines[end].size:
        wider = _merged(columns + [(segment.x0, segment.x1) for segment in lines[end].segments], lines[end].size)
        if len(wider) < len(columns):
            break
        columns = wider
        end += 1
    return end, columns


def _merged(spans: Columns, size: float) -> Columns:
    merged: Columns = []
    for low, high in sorted(spans):
        if merged and low - merged[-1][1] <= JUMP * size / 2:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return merged


def _table(lines: Sequence[_Line], columns: Columns, sheet: Sheet) -> Table | None:
    while len(lines) > 1 and len(lines[-1].segments) == 1 and lines[-1].segments[0].x0 < columns[0][1]:
        lines = lines[:-1]  # a short line of text under the table, unless a ruled line says otherwise
    bars = _bars(sheet.rules, lines, columns)
    full = [line for line in lines if len(line.segments) > 1]
    if len(full) < FEWEST_ROWS - bool(bars) or _is_list(lines, columns, sheet) or _is_contents(full, sheet):
        return None
    if _switches(lines, columns) < ROW_BY_ROW * len(full):
        return None
    if _is_prose(full, columns):
        return _made([lines], columns, layout=True)
    return _made(_rows(lines, columns, bars), columns, layout=False)


def _bars(rules: Sequence[Rule], lines: Sequence[_Line], columns: Columns) -> list[float]:
    """Where level lines run between these rows."""
    width = columns[-1][1] - columns[0][0]
    return sorted(
        rule.y0
        for rule in rules
        if rule.x1 - rule.x0 > width / 2 and lines[0].y0 - lines[0].size < rule.y0 < lines[-1].y1 + lines[0].size
    )


def _column(segment: _Segment, columns: Columns) -> int:
    return next(i for i, (low, high) in enumerate(columns) if low - 1 <= segment.x0 <= high + 1)


def _is_list(lines: Sequence[_Line], columns: Columns, sheet: Sheet) -> bool:
    """Two columns, the first of them list marks."""
    firsts = [line.segments[0] for line in lines if _column(line.segments[0], columns) == 0]
    marks = [segment for segment in firsts if _MARK.fullmatch(_said(segment, sheet))]
    return len(columns) == PAIR and len(marks) == len(firsts)


def _is_contents(full: Sequence[_Line], sheet: Sheet) -> bool:
    """Words, and behind them page numbers that never fall."""
    lasts = [_said(line.segments[-1], sheet) for line in full]
    if not all(_FIGURE.fullmatch(last) for last in lasts) or any(len(line.segments) > PAIR for line in full):
        return False
    numbers = [int(last) for last in lasts]
    worded = all(any(map(str.isalpha, _said(line.segments[0], sheet))) for line in full)
    return worded and numbers == sorted(numbers)


def _said(segment: _Segment, sheet: Sheet) -> str:
    return " ".join(sheet.source[word.start : word.end] for word in segment.words)


def _switches(lines: Sequence[_Line], columns: Columns) -> int:
    """How often the drawing went from one column to another."""
    drawn = sorted((segment.words[0].start, _column(segment, columns)) for line in lines for segment in line.segments)
    return sum(before != after for (_, before), (_, after) in pairwise(drawn))


def _is_prose(full: Sequence[_Line], columns: Columns) -> bool:
    """Long lines that fill their columns, row after row."""
    if len(full) < PROSE_ROWS or len(columns) > MOST_PROSE_COLUMNS:
        return False
    for column, (low, high) in enumerate(columns):
        own = [segment for line in full for segment in line.segments if _column(segment, columns) == column]
        filled = sum(segment.x1 - segment.x0 for segment in own) / (len(own) * (high - low))
        if filled < PROSE_FILL or sum(segment.length for segment in own) < PROSE_CHARACTERS * len(own):
            return False
    return True


def _rows(lines: Sequence[_Line], columns: Columns, bars: Sequence[float]) -> list[list[_Line]]:
    """Lines as seen, put together to rows: between ruled lines, else by space above, else by the first column."""
    inner = [bar for bar in bars if lines[0].y1 < bar < lines[-1].y0]
    steps = [below.y0 - above.y0 for above, below in pairwise(lines)]
    loose = [step > LOOSE * min(steps) for step in steps]
    first = [_column(line.segments[0], columns) == 0 for line in lines[1:]]
    spaced = 2 * sum(map(all, zip(loose, first, strict=True))) >= sum(first)
    rows = [[lines[0]]]
    for index, (above, line) in enumerate(pairwise(lines)):
        if len(inner) > 1:
            starts = any(above.y0 + above.y1 < 2 * bar < line.y0 + line.y1 for bar in inner)
        else:
            starts = loose[index] if spaced and any(loose) else first[index]
        if starts:
            rows.append([])
        rows[-1].append(line)
    return rows


def _made(rows: Sequence[Sequence[_Line]], columns: Columns, layout: bool) -> Table:
    made = []
    for row in rows:
        cells: list[list[Word]] = [[] for _ in columns]
        for line in row:
            for segment in line.segments:
                cells[_column(segment, columns)] += segment.words
        made.append(Row(tuple(map(tuple, cells))))
    lines = [line for row in rows for line in row]
    return Table(tuple(made), columns[0][0], lines[0].y0, columns[-1][1], lines[-1].y1, layout)
