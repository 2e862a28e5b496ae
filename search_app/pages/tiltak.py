"""All tiltak, what the base holds on one, and news about it."""

from collections.abc import Callable, Mapping
from datetime import date

from flask import Blueprint, Response, abort, render_template, request

from corpus.model import Document
from corpus.vocabulary import Tiltak
from search_app.base import IN_FORCE, Plan, Sourced, plans_among
from search_app.feed import Entry, Feed, atom, newest
from search_app.links import document_link, link, page_link
from search_app.present.common import page_name, verdict_tag
from search_app.present.kommuner import norwegian_order
from search_app.present.tiltak import tiltak_view
from search_app.present.tiltak_list import TiltakRow, tiltak_rows
from search_app.site import this_base, this_site, this_voice
from search_app.urls import clean

FEED_ENTRIES = 50
ORDERS: Mapping[str, Callable[[TiltakRow], tuple[object, ...]]] = {
    "funn": lambda row: (-row.findings, norwegian_order(row.name)),
    "virker": lambda row: (row.support is None, -(row.support or 0), -row.documents, norwegian_order(row.name)),
    "virker_ikke": lambda row: (row.support is None, row.support or 0, -row.documents, norwegian_order(row.name)),
    "planer": lambda row: (-row.plans, norwegian_order(row.name)),
    "navn": lambda row: norwegian_order(row.name),
}


def add_to(pages: Blueprint) -> None:
    """Register the tiltak pages."""
    pages.add_url_rule("/tiltak", "tiltak_list", tiltak_list)
    pages.add_url_rule("/tiltak/<code>", "tiltak", tiltak_page)
    pages.add_url_rule("/tiltak/<code>/nytt.atom", "tiltak_feed", tiltak_feed)


def tiltak_list() -> str:
    """Every tiltak the base says something of; most findings first unless asked for otherwise."""
    base, voice, site = this_base(), this_voice(), this_site()
    order = request.args.get("sort", "")
    order = order if order in ORDERS else next(iter(ORDERS))
    wanted = clean(request.args.get("finn", ""))[:100]
    rows = [row for row in tiltak_rows(base, voice, site.today()) if wanted.casefold() in row.name.casefold()]
    rows.sort(key=ORDERS[order])
    return render_template(
        "tiltak_list.html",
        rows=rows,
        most=max((row.findings for row in rows), default=0),
        findings=sum(row.findings for row in rows),
        reviewed=sum(row.reviewed for row in rows),
        order=order,
        orders=list(ORDERS),
        wanted=wanted,
    )


def tiltak_page(code: str) -> str:
    """The tiltakskort; with `vis=utskrift` all that is folded away stands open, for paper."""
    view = tiltak_view(_tiltak(code), this_site(), this_base(), this_voice())
    return render_template("tiltak.html", view=view, whole=request.args.get("vis") == "utskrift")


def tiltak_feed(code: str) -> Response:
    """The newest findings and plans on a tiltak, as Atom."""
    tiltak, base, voice, site = _tiltak(code), this_base(), this_voice(), this_site()
    plans = plans_among(base.documents_on.get(code, ()), site.vocabulary, site.today())
    found = [_finding_entry(sourced) for sourced in base.findings_for.get(code, ())]
    used = [_plan_entry(plan) for plan in plans if plan.status in IN_FORCE]
    feed = Feed(
        url=link("tiltak_feed", code=code, _external=True),
        page=link("tiltak", code=code, _external=True),
        title=f"{tiltak.labels[voice.language]} – {voice.t('site.name')}",
        language=voice.language,
        built=base.generation.built,
        author=voice.t("site.name"),
        entries=newest((*found, *used), FEED_ENTRIES),
    )
    return Response(atom(feed), mimetype="application/atom+xml")


def _tiltak(code: str) -> Tiltak:
    return this_site().vocabulary.tiltak.get(code) or abort(404)


def _finding_entry(sourced: Sourced) -> Entry:
    document, finding, voice = sourced.document, sourced.finding, this_voice()
    verdict = verdict_tag(finding.verdict, voice).label
    about = voice.label("outcome", finding.outcome) if finding.outcome else ""
    review = voice.t("finding.reviewed" if finding.reviewed else "finding.machine")
    place = page_name(document, finding.page, voice)
    return Entry(
        url=page_link(document, finding.page, finding=finding.id, outside=True),
        title=f"{verdict}: {about}" if about else str(verdict),
        day=_day(document),
        text=f"«{finding.quote}» {document.metadata.title.value}, {place}. {review}.",
        author=_author(document),
    )


def _plan_entry(plan: Plan) -> Entry:
    title = plan.document.metadata.title.value
    url = document_link(plan.document, outside=True)
    return Entry(url, this_voice().t("card.feed_plan", title=title), _day(plan.document), title, _author(plan.document))


def _author(document: Document) -> str:
    publisher = document.metadata.publisher
    return publisher.value if publisher else str(this_voice().t("site.name"))


def _day(document: Document) -> date:
    """The day a document is of: adopted, else the first day of its year, else the day the base was built."""
    known = document.metadata
    if known.adopted:
        return known.adopted.value
    return date(known.year.value, 1, 1) if known.year else this_base().generation.built.date()
