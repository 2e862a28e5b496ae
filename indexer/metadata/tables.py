"""Which column of a plan's table does a mention stand in?"""

import re
from collections.abc import Iterable
from enum import StrEnum

from corpus.model import BlockKind
from indexer.metadata.evidence import Line, Seen

CELL = "\t"


class Column(StrEnum):
    """What a column of a plan's table holds."""

    TILTAK = "tiltak"
    TARGET_GROUP = "target_group"
    ASIDE = "aside"


_HEADERS = {
    Column.TILTAK: re.compile(
        r"(?:tiltak\w*|aktivitet\w*|innsats\w*|hva|kva|measures?|activit(?:y|ies)|actions?)\b", re.I
    ),
    Column.TARGET_GROUP: re.compile(r"(?:målgruppe\w*|for hvem|for kven|target group\w*)", re.I),
    Column.ASIDE: re.compile(
        r"(?:ansvar\w*|samarbeid\w*|deltak\w*|medvirk\w*|medverk\w*|hvem|kven|frist\w*|tidsplan|tidsrom|oppstart|når|"
        r"gjennomføres|økonomi|kostnad\w*|budsjett\w*|finansiering|indikator\w*|evaluering|status|slik måler vi|"
        r"responsible|partners?|deadline|funding|cost|indicator\w*|when|who|nr\.?|mål\b|delmål\w*|hovedmål|goals?)",
        re.I,
    ),
}
_LEAST_HEADERS = 2


def columns_of(lines: Iterable[Line]) -> dict[Line, tuple[Column | None, ...]]:
    """The columns of every row of a table with a header row; a heading ends a table, a page does not."""
    header: tuple[Column | None, ...] = ()
    found = {}
    for line in lines:
        if line.kind is BlockKind.HEADING:
            header = ()
        elif line.kind is BlockKind.TABLE_ROW:
            columns = tuple(_column(cell) for cell in line.text.split(CELL))
            if sum(column is not None for column in columns) >= _LEAST_HEADERS and Column.ASIDE in columns:
                header = columns
            elif header:
                found[line] = header
    return found


def column_at(seen: Seen, columns: dict[Line, tuple[Column | None, ...]]) -> Column | None:
    """The column a mention stands in; None outside such tables and in columns of other kinds."""
    header = columns.get(seen.line)
    if header is None:
        return None
    place = seen.line.text.count(CELL, 0, seen.start)
    return header[place] if place < len(header) else None


def _column(cell: str) -> Column | None:
    text = cell.strip()
    return next((column for column, pattern in _HEADERS.items() if pattern.fullmatch(text)), None)
