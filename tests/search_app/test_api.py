"""The API: what it answers, and what it refuses."""

import pytest

from corpus.model import Language
from corpus.search import Facet, SearchRequest
from indexer.cli.search import as_data
from indexer.export import FIELDS, Table
from tests.search_app.fakes import TODAY
from tests.search_app.invented import MENTOR_QUOTE

MENTOR = "evalueringer-mentor-i-fire-kommuner"


def test_a_search_answers_as_the_command_line_does(client, engine, vocabulary):
    result = engine.search(SearchRequest(as_of=TODAY, text="mentor", filters={Facet.DOC_TYPE: ("evaluering",)}))
    hits = [(hit, engine.kept.document(hit.document_id)) for hit in result.hits]
    told = as_data(result, hits, vocabulary, Language.NB)
    answer = client.get("/api/search?q=mentor&doc_type=evaluering").get_json()
    assert answer["total"] == told["total"] > 0
    assert answer["facets"] == told["facets"]
    for ours, theirs in zip(answer["hits"], told["hits"], strict=True):
        passages = [{name: passage[name] for name in ("page", "text")} for passage in ours["passages"]]
        assert {**ours, "passages": passages} | theirs == {**ours, "passages": passages}


def test_fields_are_those_of_the_export(client):
    document = client.get(f"/api/documents/{MENTOR}").get_json()
    finding = client.get("/api/findings?size=1").get_json()["findings"][0]
    assert set(FIELDS[Table.DOCUMENTS]) <= set(document)
    assert set(FIELDS[Table.FINDINGS]) <= set(finding)


def test_every_quote_stands_on_its_page(client):
    findings = client.get("/api/findings?size=100").get_json()
    assert findings["total"] == len(findings["findings"]) == 8
    for finding in findings["findings"]:
        page = client.get(f"/api/documents/{finding['document']}/pages/{finding['number']}").get_json()
        assert page["text"][finding["start"] : finding["end"]] == finding["quote"]


@pytest.mark.parametrize(
    ("query", "total"),
    [("tiltak=mentor", 5), ("verdict=virker", 1), (f"document={MENTOR}", 2), ("tiltak=mentor&verdict=skadelig", 1)],
)
def test_findings_can_be_narrowed(client, query, total):
    assert client.get(f"/api/findings?{query}").get_json()["total"] == total


def test_a_format_without_pages_has_null_for_page(client):
    findings = client.get("/api/findings?document=notater-ungdomslos").get_json()["findings"]
    assert [(finding["page"], finding["number"]) for finding in findings] == [(None, 1)]


def test_windows_divide_a_list(client):
    ids = [d["id"] for n in (1, 2, 3) for d in client.get(f"/api/documents?size=12&page={n}").get_json()["documents"]]
    assert len(ids) == len(set(ids)) == 30
    assert client.get("/api/documents?size=12&page=4").get_json()["documents"] == []


def test_values_tell_where_they_were_read(client):
    read = client.get(f"/api/documents/{MENTOR}").get_json()["read"]
    assert read["year"] == [{"value": 2023, "origin": "text", "page": 1, "quote": "Publisert 2023"}]
    assert read["themes"][0]["origin"] == "curation"


def test_a_tiltak_and_a_kommune(client):
    tiltak = client.get("/api/tiltak/mentor").get_json()
    assert tiltak["verdicts"]["virker"] == 1
    assert MENTOR_QUOTE in [finding["quote"] for finding in tiltak["finding_list"]]
    assert (tiltak["plans"], tiltak["plans_in_force"], len(tiltak["plan_list"])) == (4, 2, 4)
    kommune = client.get("/api/kommuner/3103").get_json()
    assert {former["number"] for former in kommune["former"]} == {"3002", "0104", "0136"}
    assert [plan["status"] for plan in kommune["plan_list"]] == ["utlopt", "utloper_snart", "gjeldende"]


@pytest.mark.parametrize(("language", "label"), [("nb", "Mentorordning"), ("en", "Mentoring")])
def test_suggestions_speak_the_language_asked_for(client, language, label):
    found = client.get(f"/api/suggest?q=ment&lang={language}").get_json()["suggestions"]
    assert label in [suggestion["label"] for suggestion in found]


@pytest.mark.parametrize(
    ("address", "parameter", "fault"),
    [
        ("/api/search?theme=nei", "theme", "unknown"),
        ("/api/search?theme=", "theme", "unknown"),
        ("/api/search?page=0", "page", "number"),
        ("/api/search?size=101", "size", "number"),
        ("/api/search?as_of=2026", "as_of", "date"),
        ("/api/search?lang=se", "lang", "unknown"),
        ("/api/search?q=" + "x" * 501, "q", "too_long"),
        ("/api/suggest?q=" + "x" * 501, "q", "too_long"),
        ("/api/documents?page=x", "page", "number"),
        ("/api/documents?size=٣", "size", "number"),
        ("/api/findings?verdict=bra", "verdict", "unknown"),
        ("/api/findings?document=nei", "document", "unknown"),
        ("/api/findings?tiltak=nei", "tiltak", "unknown"),
    ],
)
def test_what_cannot_be_read_is_named(client, address, parameter, fault):
    response = client.get(address)
    error = response.get_json()["error"]
    assert response.status_code == error["code"] == 400
    assert (error["parameter"], error["fault"]) == (parameter, fault)


@pytest.mark.parametrize(
    "path",
    ["nei", "documents/nei", f"documents/{MENTOR}/pages/9", "documents/nei/pages/1", "tiltak/nei", "kommuner/0136"],
)
def test_what_is_not_there(client, path):
    response = client.get(f"/api/{path}")
    assert (response.status_code, response.get_json()) == (404, {"error": {"code": 404, "message": "Not Found"}})


def test_nothing_can_be_changed(client):
    assert client.delete(f"/api/documents/{MENTOR}").status_code == 405


def test_norwegian_letters_are_themselves(client):
    assert "Påfunn" in client.get(f"/api/documents/{MENTOR}").text
