"""Which ruled tables stand on a page, and which words are in which cell?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.extract.pdf.sheet import Sheet, Word

TOUCH = 3.0  # points within which two lines meet or are one
STRIPES = 4.0  # times a shaded row's height: the next shaded row of its table is no farther
BOX = 2  # level lines around one row, or upright lines around one column
MOST_LINES = 800  # a page with more is a drawing
LONGEST_CELL = 600  # characters: a lone row with a cell this long is page layout, not a table


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the words of each cell, empty for a cell that spans or holds nothing."""

    cells: tuple[tuple[Word, ...], ...]

    @property
    def filled(self) -> int:
        """How many cells hold words."""
        return sum(bool(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows from the top; `layout` when its cells are columns of a page rather than of a table."""

    rows: tuple[Row, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    layout: bool = False

    def words(self) -> set[Word]:
        """Every word in it."""
        return {word for row in self.rows for cell in row.cells for word in cell}


@dataclass(frozen=True, slots=True)
class _Bar:
    """A ruled line along one axis: `at` across it, from `low` to `high` along it."""

    at: float
    low: float
    high: float


Group = tuple[list[_Bar], list[_Bar]]


def ruled_tables(sheet: Sheet, words: Sequence[Word]) -> list[Table]:
    """The ruled tables of a page, for some of its words, with at least two filled cells beside each other."""
    level = _merged(_Bar(r.y0, r.x0, r.x1) for r in sheet.rules if r.x1 - r.x0 >= r.y1 - r.y0)
    upright = _merged(_Bar(r.x0, r.y0, r.y1) for r in sheet.rules if r.x1 - r.x0 < r.y1 - r.y0)
    if len(level) + len(upright) > MOST_LINES:
        return []
    tables: list[Table] = []
    free = tuple(words)
    for group in sorted(_striped(_groups(level, upright)), key=_area):
        table = _table(group, free)
        if table:
            tables.append(table)
            taken = table.words()
            free = tuple(word for word in free if word not in taken)
    return tables


def _area(group: Group) -> float:
    level, upright = group
    return max(bar.high - bar.low for bar in level) * max(bar.high - bar.low for bar in upright)


def _striped(groups: Sequence[Group]) -> list[Group]:
    """The same groups, but rows that are shaded one by one and stand in the same columns are one table."""
    kept: dict[tuple[int, ...], list[Group]] = defaultdict(list)
    for level, upright in sorted(groups, key=lambda group: group[0][0].at):
        columns = tuple(round(bar.at / TOUCH) for bar in sorted(upright, key=lambda bar: bar.at))
        same = kept[columns]
        height = level[-1].at - level[0].at
        if len(level) == BOX and same and level[0].at - same[-1][0][-1].at <= STRIPES * height:
            same.append(_one(same.pop(), (level, upright)))
        else:
            same.append((level, upright))
    return [group for same in kept.values() for group in same]


def _one(above: Group, below: Group) -> Group:
    """Two shaded rows and what stands between them: the upright lines go through."""
    upright = [_Bar(a.at, min(a.low, b.low), max(a.high, b.high)) for a, b in zip(above[1], below[1], strict=True)]
    return [*above[0], *below[0]], upright


def _merged(bars: Iterable[_Bar]) -> list[_Bar]:
    """Bars that lie on each other or follow each other, as one."""
    merged: list[_Bar] = []
    for band in _bands(sorted(bars, key=lambda bar: bar.at)):
        at = sum(bar.at for bar in band) / len(band)
        low, high = None, 0.0
        for bar in sorted(band, key=lambda bar: bar.low):
            if low is not None and bar.low <= high + TOUCH:
                high = max(high, bar.high)
                continue
            if low is not None:
                merged.append(_Bar(at, low, high))
            low, high = bar.low, bar.high
        if low is not None:
            merged.append(_Bar(at, low, high))
    return merged


def _bands(bars: Sequence[_Bar]) -> list[list[_Bar]]:
    bands: list[list[_Bar]] = []
    for bar in bars:
        if bands and bar.at - bands[-1][0].at <= TOUCH:
            bands[-1].append(bar)
        else:
            bands.append([bar])
    return bands


def _groups(level: Sequence[_Bar], upright: Sequence[_Bar]) -> list[Group]:
    """Level and upright bars that meet, directly or through others."""
    parent = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, across in enumerate(level):
        for j, down in enumerate(upright, start=len(level)):
            if _meet(across, down):
                parent[root(i)] = root(j)
    found: dict[int, tuple[list[_Bar], list[_Bar]]] = defaultdict(lambda: ([], []))
    for index, bar in enumerate([*level, *upright]):
        found[root(index)][index >= len(level)].append(bar)
    return [group for group in found.values() if len(group[0]) >= BOX and group[1]]


def _meet(across: _Bar, down: _Bar) -> bool:
    return across.low - TOUCH <= down.at <= across.high + TOUCH and down.low - TOUCH <= across.at <= down.high + TOUCH


def _table(group: Group, words: Sequence[Word]) -> Table | None:
    level, upright = group
    xs = _edges([bar.at for bar in upright] + [end for bar in level for end in (bar.low, bar.high)])
    ys = _edges([bar.at for bar in level] + [end for bar in upright for end in (bar.low, bar.high)])
    inside = [word for word in words if _within(word, xs[0], ys[0], xs[-1], ys[-1])]
    if len(xs) <= BOX or len(ys) < BOX or not inside:
        return None
    owner = _regions(xs, ys, level, upright)
    cells: dict[tuple[int, int], list[Word]] = defaultdict(list)
    for word in inside:
        row, column = _slot(ys, word.middle), _slot(xs, (word.x0 + word.x1) / 2)
        cells[owner[row, column]].append(word)
    rows = [Row(tuple(tuple(cells.get((i, j), ())) for j in range(len(xs) - 1))) for i in range(len(ys) - 1)]
    filled = [row for row in rows if row.filled]
    if not any(row.filled > 1 for row in filled):
        return None
    return Table(tuple(filled), xs[0], ys[0], xs[-1], ys[-1], _is_layout(filled))


def _is_layout(rows: Sequence[Row]) -> bool:
    if sum(row.filled > 1 for row in rows) > 1:
        return False
    longest = max(sum(word.end - word.start for word in cell) for row in rows for cell in row.cells)
    return longest > LONGEST_CELL


def _edges(places: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > TOUCH:
            edges.append(place)
    return edges


def _within(word: Word, x0: float, y0: float, x1: float, y1: float) -> bool:
    return x0 - TOUCH <= (word.x0 + word.x1) / 2 <= x1 + TOUCH and y0 <= word.middle <= y1


def _slot(edges: Sequence[float], place: float) -> int:
    return next((i for i, (_, high) in enumerate(pairwise(edges)) if place < high), len(edges) - 2)


def _regions(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[_Bar], upright: Sequence[_Bar]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each slot of the grid, the top left slot of the cell it is a part of."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            here = row, column
            if column and not _barred(upright, left, (top + bottom) / 2):
                owner[here] = owner[row, column - 1]
            elif row and not _barred(level, top, (left + right) / 2):
                owner[here] = owner[row - 1, column]
            else:
                owner[here] = here
    return owner


def _barred(bars: Sequence[_Bar], at: float, along: float) -> bool:
    return any(abs(bar.at - at) <= TOUCH and bar.low - TOUCH <= along <= bar.high + TOUCH for bar in bars)
