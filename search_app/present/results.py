"""A search as people read it: hits with findings and passages, and chips."""

from dataclasses import dataclass

from markupsafe import Markup

from corpus.model import Document, Finding, Language
from corpus.search import Facet, Hit, PassageHit, SearchRequest, SearchResult
from search_app.base import Base, Sourced, fold
from search_app.links import Trail, page_link, search_link, without
from search_app.lit import Light, Run, excerpt
from search_app.present.common import DocumentLine, document_line, foreign, language_at, page_name
from search_app.present.findings import FindingView, finding_view
from search_app.present.ways import any_year, chip_label, years_named
from search_app.present.words import Why, why_view
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
    why: Why | None


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that narrows the search, and the address without it."""

    label: str
    url: str


def hit_view(hit: Hit, rank: int, answer: Answer) -> HitView:
    """One hit with its findings and passages; a passage that is a shown quote is not said twice."""
    document = answer.base.documents[hit.document_id]
    trail = answer.trail.at(rank)
    told = fold(Sourced(document, finding) for finding in hit.findings)
    shown = [sourced.finding for sourced in told[:FINDINGS_SHOWN]]
    fresh = [passage for passage in hit.passages if not any(_said(passage, finding) for finding in shown)]
    fresh = fresh[:PASSAGES_BESIDE] if shown else fresh
    return HitView(
        rank=rank,
        line=document_line(document, answer.base, answer.voice, trail.request.as_of, trail),
        findings=tuple(
            finding_view(answer.base.placed(document, f), answer.voice, answer.result.words, trail) for f in shown
        ),
        findings_matching=len(told),
        findings_all=len({f.same_as or f.id for f in answer.base.findings_of.get(document.id, ())}),
        passages=tuple(_passage_view(passage, document, trail, answer.voice) for passage in fresh),
        why=why_view(hit, answer.result, answer.voice),
    )


def _said(passage: PassageHit, finding: Finding) -> bool:
    """Whether a quote says nearly all that a passage does."""
    long = len(passage.text) > QUOTE_SHARE * len(finding.quote)
    return (
        finding.page == passage.page and not long and (passage.text in finding.quote or finding.quote in passage.text)
    )


def chips(request: SearchRequest, voice: Voice) -> tuple[Chip, ...]:
    """Every choice of the question as a chip, in facet order, then the years."""
    found = [
        Chip(chip_label(facet, code, voice), search_link(without(request, facet, code)))
        for facet in Facet
        for code in request.filters.get(facet, ())
    ]
    if request.year_from is not None or request.year_to is not None:
        found.append(Chip(years_named(request, voice), search_link(any_year(request))))
    return tuple(found)


def _passage_view(passage: PassageHit, document: Document, trail: Trail, voice: Voice) -> PassageView:
    runs = [Run(mark.start, mark.end, Light.WORD) for mark in passage.marks]
    return PassageView(
        text=excerpt(passage.text, runs),
        lang=foreign(language_at(document, passage.page, passage.start), voice),
        headings=" › ".join(passage.headings),
        place=page_name(document, passage.page, voice),
        url=page_link(document, passage.page, trail, start=passage.start),
    )
