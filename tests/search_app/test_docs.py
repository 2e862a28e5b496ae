"""docs/api.md and docs/web.md against the description of the API and the routes."""

import json
import re
from pathlib import Path

from search_app.api.openapi import DOCUMENT
from search_app.urls import Fault

DOCS = Path(__file__).parents[2] / "docs"
DESCRIPTION = json.loads(DOCUMENT.read_text(encoding="utf-8"))
API = (DOCS / "api.md").read_text(encoding="utf-8")
CODES = set(re.findall(r"`([a-z0-9_]+)`", API))


def fields(schema):
    """Every field name in a schema, however deep; lists of codes (facets, verdicts, languages) are not fields."""
    for name, inner in schema.get("properties", {}).items():
        yield name
        if name not in {"facets", "verdicts", "labels", "read"}:
            yield from fields(inner)
    yield from fields(schema["items"]) if "items" in schema else ()


def test_api_md_names_every_route():
    assert set(re.findall(r"^\| `(/api/[^`]*)` \|", API, re.MULTILINE)) == {
        f"/api{path}" for path in DESCRIPTION["paths"]
    }


def test_api_md_names_every_field_and_parameter():
    named = {field for schema in DESCRIPTION["components"]["schemas"].values() for field in fields(schema)} - {"error"}
    asked = {
        parameter["name"]
        for path in DESCRIPTION["paths"].values()
        for parameter in path["get"].get("parameters", [])
        if parameter["in"] == "query"
    }
    assert (named | asked) - CODES == set()


def test_api_md_names_every_fault():
    assert {str(fault) for fault in Fault} <= CODES


def test_web_md_names_every_page(app):
    text = (DOCS / "web.md").read_text(encoding="utf-8")
    rules = {rule.rule.replace("<int:", "<") for rule in app.url_map.iter_rules() if rule.endpoint.startswith("nb.")}
    told = set(re.findall(r"`(/[^`?]*)`", text)) | {"/dok/<document_id>/referanse.bib", "/hjelp/søk", "/sok.csv"}
    assert rules - told == set()
