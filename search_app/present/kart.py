"""The evidence map as people see it: a drawing, the same as a table, two ready views and the filters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.search import Facet, SearchRequest
from search_app.base import IN_FORCE, tally
from search_app.evidence import LEFT_OUT, OF_BOTH, OF_PLANS, UNNAMED, Cell, EvidenceMap, Row
from search_app.links import link, search_link, with_filter
from search_app.present.bubbles import NARROW, NARROW_COLUMNS, WIDE, Drawing, Line, Mark, draw
from search_app.present.common import Count, Tag, verdict_tag
from search_app.present.matrix import counts_of
from search_app.voice import Voice

OF_VERDICTS = {Facet.VERDICT, Facet.STRENGTH, Facet.OUTCOME}  # what only findings have
COLUMNS_SHOWN, MOST_COLUMNS = 8, 16
ROWS_SHOWN = 15
LISTED = 5


@dataclass(frozen=True, slots=True)
class Frame:
    """What every cell is read with: what the columns are, what was asked, and the language."""

    axis: Facet
    request: SearchRequest
    voice: Voice

    def column(self, code: str | None) -> str:
        """What a column is called; None is that of the plans."""
        return str(self.voice.t("kart.plans")) if code is None else column_name(self.axis, code, self.voice)

    def url(self, tiltak: str, code: str | None, cell: Cell) -> str:
        """The search for what a cell counts."""
        return cell_url(tiltak, self.axis, code, cell, self.request)


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell of the table; `balance` is None without findings."""

    column: str
    balance: Tag | None
    findings: int
    plans: int
    url: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One tiltak in the table: only the cells that hold something."""

    name: str
    url: str
    balance: Tag | None
    counts: tuple[Count, ...]
    findings: int
    plans: int
    cells: tuple[CellView | None, ...]


@dataclass(frozen=True, slots=True)
class MapView:
    """The part of the map on the page. `left_out` columns are not shown; `all` counts the tiltak of the view."""

    columns: tuple[str, ...]
    left_out: int
    rows: tuple[RowView, ...]
    all: int
    findings: int
    reviewed: int
    wide: Drawing
    narrow: Drawing
    narrow_all: bool


def map_view(found: EvidenceMap, page: int, every_column: bool, frame: Frame) -> MapView:
    """The rows of one page of the map, with the first columns or all."""
    columns = found.columns[: MOST_COLUMNS if every_column else COLUMNS_SHOWN]
    rows = found.rows[(page - 1) * ROWS_SHOWN : page * ROWS_SHOWN]
    names = tuple(frame.column(column) for column in columns)
    lines = [_line(row, columns, frame) for row in rows]
    narrow = [replace(line, marks=line.marks[:NARROW_COLUMNS]) for line in lines]
    every = [sourced for row in found.rows for sourced in row.whole.findings]
    return MapView(
        columns=names,
        left_out=len(found.columns) - len(columns),
        rows=tuple(_row(row, columns, frame) for row in rows),
        all=len(found.rows),
        findings=len(every),
        reviewed=sum(sourced.finding.reviewed for sourced in every),
        wide=draw(frame.column(None), names, lines, WIDE),
        narrow=draw(frame.column(None), names[:NARROW_COLUMNS], narrow, NARROW),
        narrow_all=len(names) <= NARROW_COLUMNS,
    )


def listed(found: EvidenceMap, frame: Frame) -> tuple[RowView, ...]:
    """The first tiltak of a ready view, as a list."""
    return tuple(_row(row, (), frame) for row in found.rows[:LISTED])


def column_name(axis: Facet, column: str, voice: Voice) -> str:
    """What a column is called."""
    return voice.label(axis, column) if column != UNNAMED else str(voice.t("kart.unnamed"))


def cell_url(tiltak: str, axis: Facet, column: str | None, cell: Cell, request: SearchRequest) -> str:
    """The search that gives just what the cell counts: its findings, else its plans; the whole row without a column."""
    left_out = (*OF_PLANS, *LEFT_OUT) if cell.findings else LEFT_OUT
    filters = {facet: codes for facet, codes in request.filters.items() if facet not in left_out}
    asked = with_filter(replace(request, text="", filters=filters), Facet.TILTAK, tiltak)
    if column:
        asked = with_filter(asked, axis, column)
    if cell.findings and not OF_VERDICTS & set(asked.filters):  # else every document that names the tiltak is found
        found = tally(sourced.finding for sourced in cell.findings)
        asked = with_filter(asked, Facet.VERDICT, *(verdict for verdict, n in found.items() if n))
    if cell.findings:
        return search_link(asked)
    kept = (Facet.TILTAK, *OF_PLANS, *OF_BOTH)
    plans = replace(asked, filters={f: c for f, c in asked.filters.items() if f in kept}, year_from=None, year_to=None)
    return search_link(with_filter(plans, Facet.STATUS, *sorted(IN_FORCE)))


def _line(row: Row, columns: Sequence[str], frame: Frame) -> Line:
    return Line(
        frame.voice.label(Facet.TILTAK, row.tiltak),
        link("tiltak", code=row.tiltak),
        _mark(row.tiltak, None, Cell((), row.whole.plans), frame),
        tuple(_mark(row.tiltak, code, row.cells[code], frame) if code in row.cells else None for code in columns),
    )


def _mark(tiltak: str, column: str | None, cell: Cell, frame: Frame) -> Mark:
    carried, voice = cell.balance, frame.voice
    told = {
        "tiltak": voice.label(Facet.TILTAK, tiltak),
        "column": frame.column(column),
        "verdict": verdict_tag(carried, voice).label if carried else voice.t("kart.no_findings"),
        "findings": voice.tn("kart.findings", len(cell.findings)),
        "plans": voice.tn("kart.in_plans", cell.plans),
    }
    words = voice.t("kart.used" if column is None else "kart.cell", **told)
    return Mark(carried or "", len(cell.findings), cell.plans, str(words), frame.url(tiltak, column, cell))


def _row(row: Row, columns: Sequence[str], frame: Frame) -> RowView:
    carried, voice = row.whole.balance, frame.voice
    return RowView(
        name=voice.label(Facet.TILTAK, row.tiltak),
        url=link("tiltak", code=row.tiltak),
        balance=verdict_tag(carried, voice) if carried else None,
        counts=counts_of(row.whole.findings, voice),
        findings=len(row.whole.findings),
        plans=row.whole.plans,
        cells=tuple(_cell(row.tiltak, column, row.cells.get(column), frame) for column in columns),
    )


def _cell(tiltak: str, column: str, cell: Cell | None, frame: Frame) -> CellView | None:
    if cell is None:
        return None
    carried = cell.balance
    return CellView(
        frame.column(column),
        verdict_tag(carried, frame.voice) if carried else None,
        len(cell.findings),
        cell.plans if frame.axis is not Facet.OUTCOME else 0,
        frame.url(tiltak, column, cell),
    )
