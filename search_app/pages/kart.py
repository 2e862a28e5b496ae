"""The evidence map: its page, and the same as SVG and CSV to take along."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from flask import Blueprint, Response, render_template, request

from corpus.search import Facet, SearchRequest
from indexer.export import csv_cell
from search_app.base import tally
from search_app.evidence import AXES, LEFT_OUT, Cell, EvidenceMap, Row, View, counted, in_view
from search_app.export import BYTE_ORDER_MARK
from search_app.links import link, with_filter, without
from search_app.palette import light_colours
from search_app.present.common import facet_label, pager
from search_app.present.kart import ROWS_SHOWN, Frame, cell_url, column_name, listed, map_view
from search_app.site import asked_here, these_rules, this_base, this_site, this_voice
from search_app.urls import write_query

COLUMNS = (
    "tiltak", "tiltak_label", "column", "column_label", "balance", "findings", "documents", "virker", "lovende",
    "blandet", "ingen_effekt", "skadelig", "ikke_evaluert", "reviewed", "plans_in_force", "link",
)  # fmt: skip
SELECTS = (Facet.THEME, Facet.TARGET_GROUP, Facet.STRENGTH, Facet.FYLKE)
SYMBOL = re.compile(r'<symbol id="i-(?:virker|lovende|blandet|ingen_effekt|skadelig|ikke_evaluert)".*?</symbol>', re.S)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the map."""

    request: SearchRequest
    axis: Facet
    view: View
    every_column: bool

    def url(self, endpoint: str = "kart", /, **changes: object) -> str:
        """The address of the map with some of it changed."""
        own = {
            "akse": self.axis if self.axis is not AXES[0] else None,
            "vis": self.view if self.view is not View.ALLE else None,
            "kolonner": "alle" if self.every_column else None,
            "page": self.request.page if self.request.page > 1 else None,
        }
        query: Mapping[str, object] = {**write_query(replace(self.request, page=1), these_rules()), **own, **changes}
        return link(endpoint, **query)


def add_to(pages: Blueprint) -> None:
    """Register the map."""
    pages.add_url_rule("/kart", "kart", kart)
    pages.add_url_rule("/kart.svg", "kart_svg", kart_svg)
    pages.add_url_rule("/kart.csv", "kart_csv", kart_csv)


def kart() -> str:
    """The map with its table, the two ready views, and filters."""
    asked, voice = _asked(), this_voice()
    rows = _rows(asked)
    found = in_view(rows, asked.axis, asked.view)
    last = max(1, -(-len(found.rows) // ROWS_SHOWN))
    asked = replace(asked, request=replace(asked.request, page=min(asked.request.page, last)))
    ready = {view: in_view(rows, asked.axis, view) for view in (View.BRUKT, View.PROVD)}
    return render_template(
        "kart.html",
        asked=asked,
        axes=AXES,
        views=tuple(View),
        view=map_view(found, asked.request.page, asked.every_column, _frame(asked)),
        ready={view: listed(each, _frame(asked)) for view, each in ready.items()},
        ready_all={view: len(each.rows) for view, each in ready.items()},
        selects=_selects(asked.request),
        chips=_chips(asked),
        hidden=_hidden(asked),
        ignored=voice.listing(ignored) if (ignored := _ignored(asked.request)) else "",
        current=asked.request.page,
        last=last,
        pager=pager(asked.request.page, last),
        asked_page=lambda n: asked.url(page=n),
    )


def kart_svg() -> Response:
    """The drawing by itself, with its colours in it."""
    asked = _asked()
    view = map_view(_found(asked), asked.request.page, asked.every_column, _frame(asked))
    body = render_template("kart.svg", drawing=view.wide, symbols=_symbols(), colours=light_colours())
    return _download(body, "image/svg+xml", "svg")


def kart_csv() -> Response:
    """Every cell of the whole map as a row, and every tiltak as a whole."""
    asked = _asked()
    found = _found(asked)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in found.rows:
        writer.writerow(_csv_row(row, None, row.whole, asked))
        for column, cell in row.cells.items():
            writer.writerow(_csv_row(row, column, cell, asked))
    return _download(BYTE_ORDER_MARK + out.getvalue(), "text/csv", "csv")


def _csv_row(row: Row, column: str | None, cell: Cell, asked: Asked) -> list[str | int]:
    """One cell; the column None is the whole tiltak."""
    voice, counts = this_voice(), tally(sourced.finding for sourced in cell.findings)
    label = voice.t("kart.all_of") if column is None else column_name(asked.axis, column, voice)
    told: list[str | int] = [row.tiltak, voice.label(Facet.TILTAK, row.tiltak), "*" if column is None else column]
    told += [str(label), cell.balance or "", len(cell.findings)]
    told += [len({sourced.document.id for sourced in cell.findings}), *counts.values()]
    told += [sum(sourced.finding.reviewed for sourced in cell.findings), cell.plans]
    told.append(cell_url(row.tiltak, asked.axis, column, cell, asked.request))
    return [csv_cell(value) for value in told]


def _asked() -> Asked:
    """The map's own parameters, and the filters of a search; what is not known is passed over."""
    axis, view = request.args.get("akse"), request.args.get("vis")
    return Asked(
        asked_here().request,
        Facet(axis) if axis in AXES else AXES[0],
        View(view) if view in list(View) else View.ALLE,
        request.args.get("kolonner") == "alle",
    )


def _frame(asked: Asked) -> Frame:
    return Frame(asked.axis, asked.request, this_voice())


def _found(asked: Asked) -> EvidenceMap:
    return in_view(_rows(asked), asked.axis, asked.view)


def _rows(asked: Asked) -> tuple[Row, ...]:
    return counted(this_base(), this_site().vocabulary, asked.request, asked.axis)


def _selects(question: SearchRequest) -> list[tuple[Facet, str, list[tuple[str, str]]]]:
    """Each facet of the form, its chosen code, and all its codes with labels."""
    voice = this_voice()
    known = {
        Facet.THEME: voice.vocabulary.themes,
        Facet.TARGET_GROUP: voice.vocabulary.target_groups,
        Facet.STRENGTH: voice.vocabulary.strengths,
        Facet.FYLKE: voice.vocabulary.fylker,
    }
    return [
        (facet, next(iter(question.filters.get(facet, ())), ""), [(c, facet_label(facet, c, voice)) for c in codes])
        for facet, codes in known.items()
    ]


def _chips(asked: Asked) -> list[tuple[str, str]]:
    """Every filter with the address of the map without it."""
    voice, found = this_voice(), list[tuple[str, str]]()
    for facet in Facet:
        for code in asked.request.filters.get(facet, ()):
            name = voice.t("search.chip", facet=voice.t(f"facet.{facet}"), value=facet_label(facet, code, voice))
            found.append((str(name), replace(asked, request=without(asked.request, facet, code)).url()))
    if asked.request.year_from or asked.request.year_to:
        years = "–".join(str(year or "") for year in (asked.request.year_from, asked.request.year_to))
        anytime = replace(asked, request=replace(asked.request, year_from=None, year_to=None, page=1))
        found.append((str(voice.t("search.chip", facet=voice.t("facet.year"), value=years)), anytime.url()))
    return found


def _hidden(asked: Asked) -> list[tuple[str, str]]:
    """What the form must carry along: everything it has no field for."""
    question = replace(asked.request, text="", year_from=None, page=1)
    for facet in SELECTS:
        question = with_filter(question, facet, *question.filters.get(facet, ())[1:])
    query = write_query(question, these_rules())
    pairs = [(name, value) for name, values in query.items() for value in values]
    own = {"vis": asked.view if asked.view is not View.ALLE else "", "kolonner": "alle" if asked.every_column else ""}
    return [*pairs, *((name, value) for name, value in own.items() if value)]


def _ignored(question: SearchRequest) -> list[str]:
    """What the address asks that the map has no answer to."""
    voice = this_voice()
    names = [str(voice.t(f"facet.{facet}")).lower() for facet in LEFT_OUT if question.filters.get(facet)]
    return [*names, *([voice.t("search.quoted", word=question.text)] if question.text else [])]


@cache
def _symbols() -> tuple[str, ...]:
    """The verdicts' signs, out of the site's own drawings."""
    return tuple(SYMBOL.findall(render_template("_icons.html")))


def _download(body: str, media_type: str, ending: str) -> Response:
    name = f"hva-virker-kart-{this_site().today().isoformat()}.{ending}"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(body, content_type=f"{media_type}; charset=utf-8", headers=headers)
