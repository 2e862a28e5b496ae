"""A finding as people read it: verdict and strength, what for what, the quote and where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from corpus.model import Document, Finding, Language, Strength
from corpus.search import Facet, WordReport
from search_app.base import Sourced, Stated
from search_app.links import Trail, document_link, link, page_link
from search_app.lit import Light, Run, light_up, word_runs
from search_app.present.common import Tag, foreign, language_at, page_name, verdict_tag
from search_app.voice import Voice, lowered

BARS = {Strength.HOY: 4, Strength.MODERAT: 3, Strength.LAV: 2, Strength.SVAERT_LAV: 1, Strength.UKJENT: 0}


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place in a document: "side 41" and its address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding. `bars` 0-4; `lang` is set when the quote is in another language than the page.

    `scene` is for whom, where, in which country and how many were studied, as far as told; `also` are the other
    places of the document that say the same.
    """

    id: str
    verdict: Tag
    strength: str
    bars: int
    tiltak: str
    tiltak_url: str
    outcome: str
    quote: Markup
    lang: Language | None
    place: str
    url: str
    design: str
    cited: bool
    reviewed: bool
    title: str
    title_lang: Language | None
    title_url: str
    source: str
    scene: tuple[str, ...]
    also: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class QuoteView:
    """What a document states of a tiltak that is no verdict."""

    id: str
    quote: Markup
    lang: Language | None
    place: str
    url: str
    title: str
    title_lang: Language | None
    title_url: str
    source: str
    cited: bool
    reviewed: bool


def finding_view(
    sourced: Sourced, voice: Voice, words: Iterable[WordReport] = (), trail: Trail | None = None
) -> FindingView:
    """A finding with the searched words and its cue lit, and links to its page and document."""
    document, finding = sourced.document, sourced.finding
    return FindingView(
        id=finding.id,
        verdict=verdict_tag(finding.verdict, voice),
        strength=voice.t(f"strength.{finding.strength}"),
        bars=BARS[finding.strength],
        tiltak=voice.label(Facet.TILTAK, finding.tiltak) if finding.tiltak else "",
        tiltak_url=link("tiltak", code=finding.tiltak) if finding.tiltak else "",
        outcome=lowered(voice.label("outcome", finding.outcome)) if finding.outcome else "",
        quote=_quote(sourced, words),
        lang=foreign(language_at(document, finding.page, finding.start), voice),
        place=page_name(document, finding.page, voice),
        url=page_link(document, finding.page, trail, finding=finding.id),
        design=voice.label(Facet.DESIGN, finding.design) if finding.design else "",
        cited=finding.cited,
        reviewed=finding.reviewed,
        title=document.metadata.title.value,
        title_lang=foreign(document.metadata.language.value, voice),
        title_url=document_link(document, trail),
        source=_source(document),
        scene=_scene(finding, voice),
        also=tuple(_place(document, other, voice, trail) for other in sourced.also),
    )


def quote_view(stated: Stated, voice: Voice) -> QuoteView:
    """A statement with its cue lit, and links to its page and document."""
    document, statement = stated.document, stated.statement
    return QuoteView(
        id=statement.id,
        quote=light_up(statement.quote, [Run(statement.cue_start, statement.cue_end, Light.CUE)]),
        lang=foreign(language_at(document, statement.page, statement.start), voice),
        place=page_name(document, statement.page, voice),
        url=page_link(document, statement.page, start=statement.start),
        title=document.metadata.title.value,
        title_lang=foreign(document.metadata.language.value, voice),
        title_url=document_link(document),
        source=_source(document),
        cited=statement.cited,
        reviewed=statement.reviewed,
    )


def _place(document: Document, finding: Finding, voice: Voice, trail: Trail | None) -> PlaceView:
    return PlaceView(
        page_name(document, finding.page, voice), page_link(document, finding.page, trail, finding=finding.id)
    )


def _scene(finding: Finding, voice: Voice) -> tuple[str, ...]:
    told = [voice.label(kind, code) for kind in ("population", "setting") if (code := getattr(finding, kind))]
    if finding.country:
        told.append(voice.country(finding.country))
    if finding.sample_size is not None:
        told.append(voice.t("finding.sample", n=voice.number(finding.sample_size)))
    return tuple(told)


def _quote(sourced: Sourced, words: Iterable[WordReport]) -> Markup:
    finding = sourced.finding
    cue = Run(finding.cue_start, finding.cue_end, Light.CUE)
    return light_up(finding.quote, (cue, *word_runs(finding.quote, words)))


def _source(document: Document) -> str:
    known = document.metadata
    parts = [read.value for read in (known.publisher,) if read] + [str(read.value) for read in (known.year,) if read]
    return " ".join(parts)
