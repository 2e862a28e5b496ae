"""What it takes and what it costs: statements on a tiltak, counted over documents, each with its quotes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.factors import Subject, subjects_of
from corpus.model import Factor, FindingType
from search_app.base import Stated
from search_app.present.findings import QuoteView, quote_view
from search_app.voice import Voice

QUOTES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A subject of success factors or barriers: in how many documents, and the first quotes; `more` are left out."""

    name: str
    documents: int
    quotes: tuple[QuoteView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class FactorView:
    """Success factors, or barriers: by subject, most documents first."""

    factor: Factor
    documents: int
    subjects: tuple[SubjectView, ...]


@dataclass(frozen=True, slots=True)
class TypeView:
    """Statements of one kind: how many, and the first quotes."""

    type: FindingType
    label: str
    statements: int
    documents: int
    quotes: tuple[QuoteView, ...]


def factor_views(statements: Sequence[Stated], subjects: Sequence[Subject], voice: Voice) -> tuple[FactorView, ...]:
    """Success factors, then barriers; both are there when either is told."""
    if not any(stated.statement.factor for stated in statements):
        return ()
    return tuple(_factor(factor, statements, subjects, voice) for factor in Factor)


def type_view(kind: FindingType, statements: Iterable[Stated], voice: Voice, shown: int) -> TypeView | None:
    """The statements of one kind that name no factor; None when there is none."""
    mine = [each for each in statements if each.statement.type is kind and each.statement.factor is None]
    if not mine:
        return None
    return TypeView(
        kind,
        voice.label("type", kind),
        len(mine),
        _documents(mine),
        tuple(quote_view(each, voice) for each in _varied(mine)[:shown]),
    )


def _factor(factor: Factor, statements: Iterable[Stated], subjects: Sequence[Subject], voice: Voice) -> FactorView:
    mine = [each for each in statements if each.statement.factor is factor]
    named: dict[str, list[Stated]] = {}
    for each in mine:
        found = subjects_of(each.statement.quote, subjects)
        for name in [subject.labels[voice.language] for subject in found] or [str(voice.t("card.other_factor"))]:
            named.setdefault(name, []).append(each)
    views = [_subject(name, group, voice) for name, group in named.items()]
    views.sort(key=lambda view: (view.name == voice.t("card.other_factor"), -view.documents, view.name))
    return FactorView(factor, _documents(mine), tuple(views))


def _subject(name: str, group: Sequence[Stated], voice: Voice) -> SubjectView:
    shown = _varied(group)[:QUOTES_SHOWN]
    return SubjectView(name, _documents(group), tuple(quote_view(s, voice) for s in shown), len(group) - len(shown))


def _varied(group: Sequence[Stated]) -> list[Stated]:
    """The first of every document before the second of any."""
    nth: dict[str, int] = {}
    turns = []
    for place, each in enumerate(group):
        nth[each.document.id] = nth.get(each.document.id, 0) + 1
        turns.append((nth[each.document.id], place, each))
    return [each for _, _, each in sorted(turns, key=lambda turn: turn[:2])]


def _documents(group: Iterable[Stated]) -> int:
    return len({each.document.id for each in group})
