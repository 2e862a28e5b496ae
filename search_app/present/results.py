"""A search as people read it: hits, words, chips, facets, and what to try when there is nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup

from corpus.model import Document, Finding, Language
from corpus.search import Facet, Hit, PassageHit, SearchRequest, SearchResult, WordReport
from search_app.base import Base, Sourced
from search_app.links import Trail, page_link, search_link, without
from search_app.lit import Light, Run, excerpt
from search_app.present.common import DocumentLine, document_line, facet_label, foreign, language_at, page_name
from search_app.present.findings import FindingView, finding_view
from search_app.voice import Voice

FINDINGS_SHOWN = 2
PASSAGES_BESIDE = 2
QUOTE_SHARE = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """The trail from a question's hits, what the engine answered, and what the answer is read with."""

    trail: Trail
    result: SearchResult
    base: Base
    voice: Voice


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage with the words lit, the headings above it and a link to its place."""

    text: Markup
    lang: Language | None
    headings: str
    place: str
    url: str


@dataclass(frozen=True, slots=True)
class HitView:
    """A document that matched. `findings_all` counts all its findings, `findings_matching` those that match."""

    rank: int
    line: DocumentLine
    findings: tuple[FindingView, ...]
    findings_matching: int
    findings_all: int
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class WordView:
    """What became of one word of the question."""

    text: str
    forms: str
    documents: int
    relaxed: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that narrows the search, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of an empty answer: what to take away, and how many documents that gives."""

    label: str
    url: str
    total: int


def hit_view(hit: Hit, rank: int, answer: Answer) -> HitView:
    """One hit with its findings and passages; a passage that is a shown quote is not said twice."""
    document = answer.base.documents[hit.document_id]
    trail = answer.trail.at(rank)
    shown = hit.findings[:FINDINGS_SHOWN]
    fresh = [passage for passage in hit.passages if not any(_said(passage, finding) for finding in shown)]
    fresh = fresh[:PASSAGES_BESIDE] if shown else fresh
    return HitView(
        rank=rank,
        line=document_line(document, answer.base, answer.voice, trail.request.as_of, trail),
        findings=tuple(finding_view(Sourced(document, f), answer.voice, answer.result.words, trail) for f in shown),
        findings_matching=len(hit.findings),
        findings_all=len(answer.base.findings_of.get(document.id, ())),
        passages=tuple(_passage_view(passage, document, trail, answer.voice) for passage in fresh),
    )


def _said(passage: PassageHit, finding: Finding) -> bool:
    """Whether a quote says nearly all that a passage does."""
    long = len(passage.text) > QUOTE_SHARE * len(finding.quote)
    return (
        finding.page == passage.page and not long and (passage.text in finding.quote or finding.quote in passage.text)
    )


def word_views(words: Iterable[WordReport]) -> tuple[WordView, ...]:
    """The words of a question with the forms each matched."""
    return tuple(WordView(w.text, ", ".join(w.forms), w.documents, w.relaxed) for w in words)


def chips(request: SearchRequest, voice: Voice) -> tuple[Chip, ...]:
    """Every choice of the question as a chip, in facet order, then the years."""
    found = [
        Chip(_named(facet, code, voice), search_link(without(request, facet, code)))
        for facet in Facet
        for code in request.filters.get(facet, ())
    ]
    if request.year_from is not None or request.year_to is not None:
        found.append(Chip(_years(request, voice), search_link(_any_year(request))))
    return tuple(found)


def ways_out(request: SearchRequest, count: Callable[[SearchRequest], int], voice: Voice) -> tuple[Way, ...]:
    """For each facet that narrows an empty answer: what comes when it alone is lifted, most first."""
    ways = []
    for facet, codes in request.filters.items():
        lifted = replace(request, filters={f: c for f, c in request.filters.items() if f is not facet}, page=1)
        label = voice.listing(_named(facet, code, voice) for code in codes)
        ways.append(Way(label, search_link(lifted), count(lifted)))
    if request.year_from is not None or request.year_to is not None:
        lifted = _any_year(request)
        ways.append(Way(_years(request, voice), search_link(lifted), count(lifted)))
    return tuple(sorted((way for way in ways if way.total), key=lambda way: -way.total))


def _passage_view(passage: PassageHit, document: Document, trail: Trail, voice: Voice) -> PassageView:
    runs = [Run(mark.start, mark.end, Light.WORD) for mark in passage.marks]
    return PassageView(
        text=excerpt(passage.text, runs),
        lang=foreign(language_at(document, passage.page, passage.start), voice),
        headings=" › ".join(passage.headings),
        place=page_name(document, passage.page, voice),
        url=page_link(document, passage.page, trail, start=passage.start),
    )


def _named(facet: Facet, code: str, voice: Voice) -> str:
    return voice.t("search.chip", facet=voice.t(f"facet.{facet}"), value=facet_label(facet, code, voice))


def _years(request: SearchRequest, voice: Voice) -> str:
    ends = "–".join(str(year or "") for year in (request.year_from, request.year_to))
    return voice.t("search.chip", facet=voice.t("facet.year"), value=ends)


def _any_year(request: SearchRequest) -> SearchRequest:
    return replace(request, year_from=None, year_to=None, page=1)
