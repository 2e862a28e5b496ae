"""All tiltak, and what the base holds on one."""

from collections.abc import Callable, Mapping

from flask import Blueprint, abort, render_template, request

from search_app.present.kommuner import norwegian_order
from search_app.present.tiltak import TiltakRow, tiltak_rows, tiltak_view
from search_app.site import this_base, this_site, this_voice
from search_app.urls import clean

ORDERS: Mapping[str, Callable[[TiltakRow], tuple[object, ...]]] = {
    "funn": lambda row: (-row.findings, norwegian_order(row.name)),
    "planer": lambda row: (-row.plans, norwegian_order(row.name)),
    "navn": lambda row: norwegian_order(row.name),
}


def add_to(pages: Blueprint) -> None:
    """Register the tiltak pages."""
    pages.add_url_rule("/tiltak", "tiltak_list", tiltak_list)
    pages.add_url_rule("/tiltak/<code>", "tiltak", tiltak_page)


def tiltak_list() -> str:
    """Every tiltak the base says something of; most findings first unless asked for otherwise."""
    base, voice, site = this_base(), this_voice(), this_site()
    order = request.args.get("sort", "")
    order = order if order in ORDERS else next(iter(ORDERS))
    wanted = clean(request.args.get("finn", ""))[:100]
    rows = [row for row in tiltak_rows(base, voice, site.today()) if wanted.casefold() in row.name.casefold()]
    rows.sort(key=ORDERS[order])
    return render_template("tiltak_list.html", rows=rows, order=order, orders=list(ORDERS), wanted=wanted)


def tiltak_page(code: str) -> str:
    """Findings by verdict, for and against side by side, and the plans that use the tiltak."""
    site = this_site()
    tiltak = site.vocabulary.tiltak.get(code) or abort(404)
    return render_template("tiltak.html", view=tiltak_view(tiltak, this_base(), this_voice(), site.today()))
