"""The evidence map counted: cells, filters, views; and that a cell's search gives what the cell counts."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings

from corpus.config import Config, SearchConfig
from corpus.model import Verdict
from corpus.search import Facet, SearchRequest
from corpus.vocabulary import load_vocabulary
from search_app import create_app
from search_app.base import gather
from search_app.evidence import AXES, View, counted, in_view
from search_app.present.kart import cell_url
from search_app.urls import read_query, rules_for
from tests.contract.collection import TODAY, collections, filters
from tests.oracle import Oracle
from tests.search_app.fakes import FakeEngine
from tests.search_app.told import records

VOCABULARY = load_vocabulary()


@pytest.fixture(scope="module")
def base():
    engine = FakeEngine(records(), VOCABULARY)
    return gather(engine, engine.live())


def found(base, axis=Facet.OUTCOME, view=View.ALLE, **asked):
    request = SearchRequest(
        TODAY,
        filters={Facet(name): codes for name, codes in asked.pop("filters", {}).items()},
        year_from=asked.get("year_from"),
        year_to=asked.get("year_to"),
    )
    return in_view(counted(base, VOCABULARY, request, axis), axis, view)


def said(evidence):
    """{tiltak: {column: (verdicts, plans)}}"""
    return {
        row.tiltak: {
            column: ("".join(sorted(s.finding.verdict[0] for s in cell.findings)), cell.plans)
            for column, cell in row.cells.items()
        }
        for row in evidence.rows
    }


def test_by_outcome_the_plans_are_those_of_the_tiltak(base):
    assert said(found(base)) == {
        "mentor": {"tilbakefall": ("iv", 1), "vold": ("s", 1)},
        "ungdomslos": {"skolefravaer": ("i", 2)},
        "belysning": {"": ("v", 0)},
    }


def test_by_theme_a_plan_counts_where_it_has_the_theme(base):
    assert said(found(base, Facet.THEME)) == {
        "mentor": {"tilbakefall": ("v", 1), "vold": ("is", 0)},
        "ungdomslos": {"": ("i", 0), "tilbakefall": ("", 1), "vold": ("", 1)},
        "belysning": {"trygghet": ("v", 0)},
    }


def test_columns_most_findings_first_and_unnamed_last(base):
    assert found(base).columns == ("tilbakefall", "skolefravaer", "vold", "")


@pytest.mark.parametrize(
    ("view", "tiltak"),
    [
        (View.ALLE, ["mentor", "ungdomslos", "belysning"]),
        (View.BRUKT, ["ungdomslos", "mentor"]),
        (View.PROVD, ["belysning"]),
    ],
)
def test_views(base, view, tiltak):
    assert [row.tiltak for row in found(base, view=view).rows] == tiltak


@pytest.mark.parametrize(
    ("asked", "cells"),
    [
        ({"filters": {"verdict": ("skadelig",)}}, {"mentor": {"vold": ("s", 1)}, "ungdomslos": {}}),
        ({"filters": {"strength": ("hoy",)}}, {"belysning": {"": ("v", 0)}, "ungdomslos": {}, "mentor": {}}),
        ({"filters": {"tiltak": ("belysning",)}}, {"belysning": {"": ("v", 0)}}),
        ({"year_to": 2020}, {"mentor": {"tilbakefall": ("i", 1), "vold": ("s", 1)}, "ungdomslos": {}}),
        ({"filters": {"language": ("en",)}}, {"belysning": {"": ("v", 0)}, "ungdomslos": {}, "mentor": {}}),
        (
            {"filters": {"theme": ("vold",)}},
            {"mentor": {"tilbakefall": ("i", 0), "vold": ("s", 0)}, "ungdomslos": {}},
        ),
    ],
)
def test_filters(base, asked, cells):
    assert said(found(base, **asked)) == cells


def test_a_filtered_axis_has_the_columns_asked_for(base):
    """Else a cell of another theme counts documents that have both, and its search finds all that have the other."""
    asked = found(base, Facet.THEME, filters={"theme": ("vold",)})
    assert asked.columns == ("vold",)
    assert said(asked)["mentor"] == {"vold": said(found(base, Facet.THEME))["mentor"]["vold"]}


def test_a_place_narrows_plans_and_not_findings(base):
    assert said(found(base, filters={"fylke": ("46",)})) == {
        "mentor": {"tilbakefall": ("iv", 0), "vold": ("s", 0)},
        "ungdomslos": {"skolefravaer": ("i", 1)},
        "belysning": {"": ("v", 0)},
    }


def test_a_repeat_counts_once_and_carries_the_balance(base):
    row = found(base).rows[0]
    assert len(row.whole.findings) == 3
    assert row.whole.balance is Verdict.BLANDET


CONFIG = Config(search=SearchConfig(as_of=TODAY))
APP = create_app(CONFIG, FakeEngine([], VOCABULARY))


@settings(max_examples=25, deadline=None)
@given(records=collections(), chosen=filters())
def test_the_search_of_a_cell_gives_its_documents(records, chosen):
    oracle = Oracle(VOCABULARY)
    oracle.publish(oracle.build(records).name)
    base = gather(oracle, oracle.live())
    request = SearchRequest(TODAY, filters={Facet(name): codes for name, codes in chosen.items() if name != "status"})
    with APP.test_request_context("/kart"):
        for axis in AXES:
            for row in counted(base, VOCABULARY, request, axis):
                for column, cell in row.cells.items():
                    if not column or not cell.findings:
                        continue
                    address = urlsplit(cell_url(row.tiltak, axis, column, cell, request))
                    asked = read_query(parse_qsl(address.query), rules_for(CONFIG, VOCABULARY, TODAY))
                    assert asked.problems == ()
                    hits = {hit.document_id for hit in oracle.search(replace(asked.request, size=50)).hits}
                    assert hits == {sourced.document.id for sourced in cell.findings}
