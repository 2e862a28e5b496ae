"""Facets as people choose in them: eight values at most, the chosen first, and a way to see the rest."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.model import Strength, Verdict
from corpus.search import Facet, FacetCounts, FacetValue, PlanStatus, SearchRequest, SearchResult
from search_app.links import search_link
from search_app.present.common import facet_label
from search_app.voice import Voice

SHOWN = 8
OPEN_FIRST = frozenset({Facet.DOC_TYPE, Facet.VERDICT, Facet.THEME, Facet.TILTAK})
FIXED_ORDER: Mapping[Facet, tuple[str, ...]] = {
    Facet.VERDICT: tuple(Verdict),
    Facet.STRENGTH: tuple(Strength),
    Facet.STATUS: tuple(PlanStatus),
}
HISTOGRAM_WIDTH, HISTOGRAM_HEIGHT = 240, 48


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet."""

    code: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet. `total` counts all its values; `more_url` shows them all, empty when they are shown."""

    facet: Facet
    name: str
    choices: tuple[Choice, ...]
    total: int
    more_url: str
    open: bool
    chosen: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the year histogram, in the units of its picture."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class YearView:
    """The years of the answer: histogram, the fullest year said in words, what is chosen."""

    bars: tuple[Bar, ...]
    first: int | None
    last: int | None
    top: int | None
    top_count: int
    chosen: tuple[str, ...]
    open: bool


def facet_views(result: SearchResult, request: SearchRequest, voice: Voice) -> tuple[FacetView, ...]:
    """Every facet but the years, in the fixed order; a facet without values is left out."""
    return tuple(
        facet_view(counts, request, voice)
        for counts in result.facets
        if counts.facet is not Facet.YEAR and counts.values
    )


def facet_view(counts: FacetCounts, request: SearchRequest, voice: Voice) -> FacetView:
    """The first values of a facet, chosen ones always among them."""
    choices = all_choices(counts, voice)
    chosen = sum(choice.selected for choice in choices)
    shown = choices if counts.facet in FIXED_ORDER else choices[: max(SHOWN, chosen)]
    left = len(choices) > len(shown)
    return FacetView(
        facet=counts.facet,
        name=voice.t(f"facet.{counts.facet}"),
        choices=shown,
        total=len(choices),
        more_url=search_link(request, "choices", facet=counts.facet) if left else "",
        open=bool(chosen) or counts.facet in OPEN_FIRST,
        chosen=chosen,
    )


def all_choices(counts: FacetCounts, voice: Voice) -> tuple[Choice, ...]:
    """Every value with its label; verdict and status in their own order, the rest with the chosen first."""
    values = [value for value in counts.values if value.count or value.selected]
    order = FIXED_ORDER.get(counts.facet)
    if order:
        values.sort(key=lambda value: order.index(value.code))
    elif counts.facet is Facet.YEAR:
        values.sort(key=lambda value: value.code, reverse=True)
    else:
        values.sort(key=lambda value: not value.selected)
    return tuple(_choice(counts.facet, value, voice) for value in values)


def year_view(result: SearchResult, request: SearchRequest) -> YearView:
    """The years that occur, as a histogram from the first to the last."""
    counts = {
        int(value.code): value.count for found in result.facets if found.facet is Facet.YEAR for value in found.values
    }
    counts = {year: n for year, n in counts.items() if n}
    chosen = tuple(request.filters.get(Facet.YEAR, ()))
    if not counts:
        return YearView((), None, None, None, 0, chosen, bool(chosen))
    top = max(counts, key=lambda year: (counts[year], year))
    return YearView(_bars(counts), min(counts), max(counts), top, counts[top], chosen, True)


def _bars(counts: Mapping[int, int]) -> tuple[Bar, ...]:
    first, last, most = min(counts), max(counts), max(counts.values())
    step = HISTOGRAM_WIDTH / (last - first + 1)
    return tuple(
        Bar(
            x=round((year - first) * step, 2),
            y=round(HISTOGRAM_HEIGHT * (1 - n / most), 2),
            width=round(min(step * 0.8, 24), 2),
            height=round(HISTOGRAM_HEIGHT * n / most, 2),
        )
        for year, n in sorted(counts.items())
    )


def _choice(facet: Facet, value: FacetValue, voice: Voice) -> Choice:
    return Choice(value.code, facet_label(facet, value.code, voice), value.count, value.selected)
