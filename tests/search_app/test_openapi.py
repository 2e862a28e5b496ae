"""The description of the API against the routes, and against what they answer."""

import json

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS, load_all_checks

from corpus.config import Config, SearchConfig
from corpus.search import Facet
from corpus.vocabulary import load_vocabulary
from search_app import create_app
from search_app.api.openapi import DOCUMENT
from tests.search_app.fakes import TODAY, FakeEngine
from tests.search_app.invented import entries

DESCRIPTION = json.loads(DOCUMENT.read_text(encoding="utf-8"))


def an_app():
    engine = FakeEngine([entry.record() for entry in entries()], load_vocabulary())
    return create_app(Config(search=SearchConfig(as_of=TODAY)), engine)


schema = schemathesis.openapi.from_wsgi("/api/openapi.json", an_app())


load_all_checks()
# A code that the vocabulary does not know is answered with 400; the description does not list every code.
EXCLUDED = [CHECKS.get_one("positive_data_acceptance")]


@schema.parametrize()
@settings(max_examples=12, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_route_answers_as_described(case):
    case.call_and_validate(excluded_checks=EXCLUDED)


def test_routes_and_description_name_the_same(app):
    routes = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")}
    described = {"/api" + path.replace("{number}", "<int:number>") for path in DESCRIPTION["paths"]}
    described = {path.replace("{", "<").replace("}", ">") for path in described}
    assert {path.replace("/kommuner/<int:number>", "/kommuner/<number>") for path in described} == routes


def test_the_search_takes_every_facet_and_names_it_in_the_answer():
    parameters = {parameter["name"] for parameter in DESCRIPTION["paths"]["/search"]["get"]["parameters"]}
    answered = set(DESCRIPTION["components"]["schemas"]["SearchAnswer"]["properties"]["facets"]["properties"])
    assert {str(facet) for facet in Facet} <= parameters
    assert answered == {str(facet) for facet in Facet}


REAL = {
    "/search": ("/search?q=mentor", "/search?q=mentor&verdict=virker&kommune=3103&size=2&page=1", "/search?q=zzz"),
    "/suggest": ("/suggest?q=ment",),
    "/documents": ("/documents?size=100",),
    "/documents/{document_id}": (
        "/documents/evalueringer-mentor-i-fire-kommuner",
        "/documents/evalueringer-vaksen-ved-sida-av",
        "/documents/planer-vold",
    ),
    "/documents/{document_id}/pages/{number}": ("/documents/evalueringer-mentor-i-fire-kommuner/pages/2",),
    "/findings": ("/findings?tiltak=mentor", "/findings?document=notater-ungdomslos&verdict=ikke_evaluert"),
    "/tiltak": ("/tiltak",),
    "/tiltak/{code}": ("/tiltak/mentor",),
    "/kommuner": ("/kommuner",),
    "/kommuner/{number}": ("/kommuner/3103",),
    "/status": ("/status",),
}


@pytest.mark.parametrize(("path", "address"), [(path, a) for path, addresses in REAL.items() for a in addresses])
def test_full_answers_fit_the_description(client, path, address):
    response = client.get(f"/api{address}")
    answer = DESCRIPTION["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.validate(response.get_json(), {**answer, "components": DESCRIPTION["components"]})
    assert response.status_code == 200
