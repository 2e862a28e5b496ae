"""The evidence map counted: tiltak by outcome, theme or target group, and the plans in force that use each tiltak."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from corpus.model import Document, Verdict
from corpus.search import Facet, SearchRequest
from corpus.vocabulary import Vocabulary
from indexer.engines.facets import card
from search_app.balance import SUPPORTING, balance
from search_app.base import IN_FORCE, Base, Sourced, plans_among

T = TypeVar("T")
Filters = Mapping[Facet, tuple[str, ...]]

OF_FINDINGS = {
    Facet.VERDICT: "verdict",
    Facet.STRENGTH: "strength",
    Facet.OUTCOME: "outcome",
    Facet.FINDING_TYPE: "type",
    Facet.TILTAK: "tiltak",
}
OF_PLANS = (Facet.FYLKE, Facet.KOMMUNE)
OF_BOTH = (Facet.THEME, Facet.TARGET_GROUP)
LEFT_OUT = (Facet.STATUS,)
AXES = (Facet.OUTCOME, Facet.THEME, Facet.TARGET_GROUP)
UNNAMED = ""


class View(StrEnum):
    """Which tiltak are shown."""

    ALLE = "alle"
    BRUKT = "brukt"
    PROVD = "provd"


@dataclass(frozen=True, slots=True)
class Cell:
    """The findings on one tiltak in one column, and the plans in force on it."""

    findings: tuple[Sourced, ...]
    plans: int

    @property
    def balance(self) -> Verdict | None:
        """What the findings say together."""
        return balance(self.findings)


@dataclass(frozen=True, slots=True)
class Row:
    """One tiltak: its cells by column, and as a whole."""

    tiltak: str
    cells: Mapping[str, Cell]
    whole: Cell


@dataclass(frozen=True, slots=True)
class EvidenceMap:
    """The rows of a view, and the columns that hold a finding or a plan: most findings first, unnamed last."""

    axis: Facet
    rows: tuple[Row, ...]
    columns: tuple[str, ...]


def counted(base: Base, vocabulary: Vocabulary, request: SearchRequest, axis: Facet = Facet.OUTCOME) -> tuple[Row, ...]:
    """The findings and plans that a request's filters leave on its day, by tiltak.

    Verdict, strength, outcome, kind and tiltak narrow findings; fylke and kommune narrow plans; theme and target group
    narrow both; all other facets and the years narrow the documents of findings. When the axis itself is filtered its
    columns are those asked for: no search could give the documents that have one of these and another code too.
    """
    asked_for = frozenset(request.filters.get(axis, ()))
    findings = _grouped(_findings(base, vocabulary, request), lambda sourced: sourced.finding.tiltak or "")
    plans = _plans(base, vocabulary, request)
    return tuple(
        _only(_row(tiltak, findings.get(tiltak, ()), plans.get(tiltak, ()), axis), asked_for)
        for tiltak in vocabulary.tiltak
        if tiltak in findings or tiltak in plans
    )


def in_view(rows: Iterable[Row], axis: Facet, view: View = View.ALLE) -> EvidenceMap:
    """The rows that belong in a view, in its order, and the columns they fill."""
    shown = sorted((row for row in rows if IN_VIEW[view](row)), key=ORDERS[view])
    return EvidenceMap(axis, tuple(shown), _columns(shown))


def _supported(row: Row) -> bool:
    return row.whole.balance in SUPPORTING


IN_VIEW: Mapping[View, Callable[[Row], bool]] = {
    View.ALLE: lambda row: True,
    View.BRUKT: lambda row: row.whole.plans > 0 and not _supported(row),
    View.PROVD: lambda row: row.whole.plans == 0 and _supported(row),
}
ORDERS: Mapping[View, Callable[[Row], tuple[object, ...]]] = {
    View.ALLE: lambda row: (-len(row.whole.findings), -row.whole.plans, row.tiltak),
    View.BRUKT: lambda row: (-row.whole.plans, len(row.whole.findings), row.tiltak),
    View.PROVD: lambda row: (-len(row.whole.findings), row.tiltak),
}


def _findings(base: Base, vocabulary: Vocabulary, request: SearchRequest) -> Iterable[Sourced]:
    of_findings = {f: codes for f, codes in request.filters.items() if f in OF_FINDINGS}
    of_documents = _without(request.filters, (*OF_FINDINGS, *OF_PLANS, *LEFT_OUT))
    passing: dict[str, bool] = {}
    for sourced in base.distinct:
        document, finding = sourced.document, sourced.finding
        if finding.tiltak is None or any(getattr(finding, OF_FINDINGS[f]) not in c for f, c in of_findings.items()):
            continue
        if document.id not in passing:
            passing[document.id] = _in_years(document, request) and _has(document, vocabulary, of_documents)
        if passing[document.id]:
            yield sourced


def _plans(base: Base, vocabulary: Vocabulary, request: SearchRequest) -> Mapping[str, tuple[Document, ...]]:
    wanted = {facet: codes for facet, codes in request.filters.items() if facet in (*OF_PLANS, *OF_BOTH)}
    chosen = request.filters.get(Facet.TILTAK)
    current = [
        plan.document
        for plan in plans_among(base.documents.values(), vocabulary, request.as_of)
        if plan.status in IN_FORCE and _has(plan.document, vocabulary, wanted)
    ]
    named = [(read.value, document) for document in current for read in document.metadata.tiltak]
    pairs = [(code, document) for code, document in named if not chosen or code in chosen]
    return {code: tuple(d for _, d in group) for code, group in _grouped(pairs, lambda pair: pair[0]).items()}


def _has(document: Document, vocabulary: Vocabulary, filters: Filters) -> bool:
    if not filters:
        return True
    codes = card(document, (), vocabulary).codes
    return all(set(codes[facet]) & set(wanted) for facet, wanted in filters.items())


def _in_years(document: Document, request: SearchRequest) -> bool:
    if request.year_from is None and request.year_to is None:
        return True
    year = document.metadata.year
    return year is not None and (request.year_from or 0) <= year.value <= (request.year_to or date.max.year)


def _row(tiltak: str, findings: Sequence[Sourced], plans: Sequence[Document], axis: Facet) -> Row:
    by_column: dict[str, list[Sourced]] = {}
    for sourced in findings:
        for column in _columns_of(sourced, axis):
            by_column.setdefault(column, []).append(sourced)
    used = dict.fromkeys(by_column, len(plans))
    if axis is not Facet.OUTCOME:
        used = dict.fromkeys(by_column, 0)
        for document in plans:
            for column in _own(document, axis):
                used[column] = used.get(column, 0) + 1
    cells = {column: Cell(tuple(by_column.get(column, ())), n) for column, n in used.items()}
    return Row(tiltak, cells, Cell(tuple(findings), len(plans)))


def _only(row: Row, columns: frozenset[str]) -> Row:
    """The row with these columns, with all when there are none."""
    return replace(row, cells={code: cell for code, cell in row.cells.items() if code in columns}) if columns else row


def _columns_of(sourced: Sourced, axis: Facet) -> Sequence[str]:
    if axis is Facet.OUTCOME:
        return (sourced.finding.outcome or UNNAMED,)
    return _own(sourced.document, axis) or (UNNAMED,)


def _own(document: Document, axis: Facet) -> Sequence[str]:
    reads = document.metadata.themes if axis is Facet.THEME else document.metadata.target_groups
    return tuple(dict.fromkeys(read.value for read in reads))


def _columns(rows: Iterable[Row]) -> tuple[str, ...]:
    weights: dict[str, tuple[int, int]] = {}
    for row in rows:
        for column, cell in row.cells.items():
            findings, plans = weights.get(column, (0, 0))
            weights[column] = findings + len(cell.findings), plans + cell.plans
    order = sorted(weights, key=lambda column: (column == UNNAMED, -weights[column][0], -weights[column][1], column))
    return tuple(order)


def _grouped(items: Iterable[T], key: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return {name: tuple(group) for name, group in groups.items()}


def _without(filters: Filters, left_out: Iterable[Facet]) -> Filters:
    return {facet: codes for facet, codes in filters.items() if facet not in set(left_out)}
