"""In which order is a page read: lines in the order they were drawn, tables whole at their place."""

from collections.abc import Sequence

from indexer.extract.pdf.aligned import aligned_tables
from indexer.extract.pdf.grids import Table, ruled_tables
from indexer.extract.pdf.lines import Line, lines_of
from indexer.extract.pdf.sheet import Sheet, Word

Strip = Line | Table


def lay_out(sheet: Sheet, lines: Sequence[Line]) -> tuple[Strip, ...]:
    """The strips of a page from its top, given its lines without those that run through the document."""
    words = tuple(word for line in lines for word in line.words)
    ruled = ruled_tables(sheet, words)
    inside = {word for table in ruled for word in table.words()}
    tables = ruled + aligned_tables(sheet, [word for word in words if word not in inside])
    if not tables:
        return tuple(lines)
    home = {word: number for number, table in enumerate(tables) for word in table.words()}
    strips: list[Strip] = []
    loose: list[Word] = []
    placed: set[int] = set()
    for word in words:
        number = home.get(word, -1)
        if number < 0:
            loose.append(word)
        elif number not in placed:
            strips += [*lines_of(sheet, loose), *_as_strips(tables[number], sheet)]
            loose = []
            placed.add(number)
    return (*strips, *lines_of(sheet, loose))


def _as_strips(table: Table, sheet: Sheet) -> list[Strip]:
    if not table.layout:
        return [table]
    return [line for row in table.rows for cell in row.cells for line in lines_of(sheet, cell)]
