"""All kommuner, and the plans of one; numbers that are no longer in force lead to today's."""

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from search_app.links import link
from search_app.present.kommuner import find_kommuner, kommune_rows, kommune_view, successors
from search_app.site import this_base, this_site, this_voice
from search_app.urls import clean


def add_to(pages: Blueprint) -> None:
    """Register the kommune pages."""
    pages.add_url_rule("/kommuner", "kommuner", kommuner)
    pages.add_url_rule("/kommune/<number>", "kommune", kommune)


def kommuner() -> str | Response:
    """Every kommune with the status of its plans; one name that is found leads straight there."""
    site, voice, base = this_site(), this_voice(), this_base()
    fylke = request.args.get("fylke")
    fylke = fylke if fylke in site.vocabulary.fylker else None
    wanted = clean(request.args.get("finn", ""))[:100]
    found = find_kommuner(site.vocabulary, wanted, fylke)
    rows = kommune_rows(found, base, voice, site.today())
    with_plan = request.args.get("plan") == "ja"
    shown = [row for row in rows if row.plans or not with_plan]
    return render_template(
        "kommuner.html",
        rows=shown,
        total=len(site.vocabulary.kommuner),
        found=len(rows),
        planned=sum(bool(row.plans) for row in rows),
        fylke=fylke,
        wanted=wanted,
        with_plan=with_plan,
        fylker=sorted(site.vocabulary.fylker),
    )


def kommune(number: str) -> str | Response:
    """One kommune and its plans."""
    site, voice = this_site(), this_voice()
    today = site.vocabulary.kommuner.get(number)
    if today is not None:
        view = kommune_view(today, this_base(), voice, site.today())
        return render_template("kommune.html", view=view, came_from=_came_from(number))
    heirs = successors(site.vocabulary, number)
    if not heirs:
        abort(404)
    if len(heirs) == 1:
        return redirect(link("kommune", number=heirs[0].number, fra=number), 301)
    return render_template("former_kommune.html", number=number, heirs=heirs, name=_former_name(number))


def _came_from(number: str) -> str:
    """The former name and number that led here, when the address tells and it is one of this kommune's."""
    former = this_site().vocabulary.kommuner[number].former
    return next((f"{old.name} ({old.number})" for old in former if old.number == request.args.get("fra")), "")


def _former_name(number: str) -> str:
    kommuner = this_site().vocabulary.kommuner.values()
    return next(old.name for today in kommuner for old in today.former if old.number == number)
