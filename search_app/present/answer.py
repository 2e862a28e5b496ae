"""What the findings say of the one tiltak a search is about, told over its hits."""

from dataclasses import dataclass

from corpus.model import Verdict
from corpus.search import Facet, SearchRequest, SearchResult
from search_app.balance import balance
from search_app.base import Base
from search_app.links import link
from search_app.present.common import Count
from search_app.present.matrix import counts_of
from search_app.voice import Voice


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One tiltak: its findings by verdict. `evaluated` is false when all say that it has not been studied."""

    name: str
    counts: tuple[Count, ...]
    evaluated: bool
    url: str
    sides_url: str


def answer_view(request: SearchRequest, result: SearchResult, base: Base, voice: Voice) -> AnswerView | None:
    """The answer on the only tiltak that is chosen, or else named; None when there is none or more than one."""
    chosen = request.filters.get(Facet.TILTAK) or _named(result)
    if len(chosen) != 1 or chosen[0] not in voice.vocabulary.tiltak:
        return None
    findings = base.findings_for.get(chosen[0], ())
    evaluated = balance(findings) not in (None, Verdict.IKKE_EVALUERT)
    return AnswerView(
        name=voice.label(Facet.TILTAK, chosen[0]),
        counts=counts_of(findings, voice, tiltak=chosen[0]),
        evaluated=evaluated,
        url=link("tiltak", code=chosen[0]),
        sides_url=link("tiltak", code=chosen[0], _anchor="mot") if evaluated else "",
    )


def _named(result: SearchResult) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.code for each in result.expansions if each.facet is Facet.TILTAK))
