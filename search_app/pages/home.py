"""The front page: the search box, the ways in, what is new, and the base in figures."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from corpus.model import Strength, Verdict
from corpus.search import SearchRequest, Sort
from search_app.base import IN_FORCE, Base, Plan, Sourced, tally
from search_app.links import link
from search_app.present.common import Count, DocumentLine, document_line, verdict_tag
from search_app.present.findings import FindingView, finding_view
from search_app.site import this_base, this_site, this_voice
from search_app.voice import Voice

NEWEST_SHOWN = 5
EXAMPLE_CHARACTERS = range(60, 200)


@dataclass(frozen=True, slots=True)
class Figures:
    """The base in numbers."""

    documents: int
    pages: int
    findings: int
    reviewed: float
    plans: int
    plans_in_force: int
    kommuner: int
    kommuner_in_force: int
    evaluated: int
    tiltak: int
    verdicts: tuple[Count, ...]


def add_to(pages: Blueprint) -> None:
    """Register the front page."""
    pages.add_url_rule("/", "home", home)


def home() -> str:
    """The front page."""
    base, voice, site = this_base(), this_voice(), this_site()
    plans = base.plans(site.vocabulary, site.today())
    return render_template(
        "home.html", newest=_newest(base, voice), figures=_figures(base, plans, voice), example=_example(base, voice)
    )


def _newest(base: Base, voice: Voice) -> tuple[DocumentLine, ...]:
    site = this_site()
    day = site.today()
    result = site.engine.search(SearchRequest(as_of=day, sort=Sort.NEWEST, size=NEWEST_SHOWN))
    documents = [base.documents[hit.document_id] for hit in result.hits if hit.document_id in base.documents]
    return tuple(document_line(document, base, voice, day) for document in documents)


def _figures(base: Base, plans: tuple[Plan, ...], voice: Voice) -> Figures:
    current = [plan.document for plan in plans if plan.status in IN_FORCE]
    counts = tally(sourced.finding for sourced in base.distinct)
    return Figures(
        documents=len(base.documents),
        pages=base.pages,
        findings=len(base.distinct),
        reviewed=base.reviewed / len(base.distinct) if base.distinct else 0.0,
        plans=len(plans),
        plans_in_force=len(current),
        kommuner=len(voice.vocabulary.kommuner),
        kommuner_in_force=len({read.value for document in current for read in document.metadata.kommuner}),
        evaluated=len({sourced.document.id for sourced in base.distinct}),
        tiltak=len(base.findings_for),
        verdicts=tuple(_count(verdict, n, voice) for verdict, n in counts.items() if n),
    )


def _count(verdict: Verdict, n: int, voice: Voice) -> Count:
    tag = verdict_tag(verdict, voice)
    return Count(tag.code, tag.label, n, link("search", verdict=verdict))


def _example(base: Base, voice: Voice) -> FindingView | None:
    """A finding to show what an answer looks like: in the page's language if possible, with tiltak and outcome."""
    fit = [sourced for sourced in base.distinct if len(sourced.finding.quote) in EXAMPLE_CHARACTERS]
    return finding_view(min(fit, key=lambda sourced: _showing(sourced, voice)), voice) if fit else None


def _showing(sourced: Sourced, voice: Voice) -> tuple[bool, bool, bool, int, int, int, str]:
    finding, known = sourced.finding, sourced.document.metadata
    return (
        known.language.value is not voice.language,
        finding.tiltak is None or finding.outcome is None,
        finding.cited or not sourced.document.paged,
        list(Verdict).index(finding.verdict),
        list(Strength).index(finding.strength),
        -(known.year.value if known.year else 0),
        finding.id,
    )
