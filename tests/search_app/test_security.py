"""Headers on every answer, hostile text escaped everywhere, files never outside their folder."""

import csv
import io
import re

import pytest

from corpus.model import SourceFile
from search_app.originals import inside
from search_app.security import HEADERS, LARGEST_BODY, POLICY
from tests.search_app.invented import PAYLOAD

HOSTILE = "/dok/x-script-alert-2-script-"
EVERYWHERE = (
    "/",
    "/sok?q=mentor",
    "/nei",
    "/api/status",
    "/api/nei",
    "/helse",
    "/sok.csv",
    "/kommune/0136",
    "/dok/evalueringer-mentor-i-fire-kommuner/original",
    "/dok/evalueringer-mentor-i-fire-kommuner/referanse.ris",
)


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_has_the_headers(client, address):
    headers = client.get(address, buffered=True).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert "Set-Cookie" not in headers


def test_the_policy_allows_nothing_inline():
    assert "unsafe" not in POLICY
    assert "default-src 'self'" in POLICY
    assert "frame-ancestors 'none'" in POLICY


HOSTILE_PAGES = (
    "/",
    "/sok?q=reduserer",
    "/sok?sort=title&size=50",
    HOSTILE,
    f"{HOSTILE}/side/1?q=virker&funn=x-script-alert-2-script--0",
    "/sok/valg/publisher",
    f"{HOSTILE}?q=%3Cscript%3Ealert(1)%3C/script%3E&treff=1",
    "/sok?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/sok?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&theme=%22%3E%3Cscript%3E",
    "/sok?generasjon=%3Cscript%3Ealert(1)%3C/script%3E&antall=1",
    "/sok/valg/theme?finn=%22%3E%3Cscript%3E",
    "/tiltak?finn=%22%3E%3Cscript%3E",
    "/kommuner?finn=%22%3E%3Cscript%3E&fylke=%22%3E%3Cscript%3E",
    "/sok?q=" + "%3Cscript%3E" * 60,
    "/%3Cscript%3Ealert(1)%3C/script%3E",
    "/tiltak?_external=1&_scheme=javascript&endpoint=x&_anchor=%22%3E%3Cscript%3E",
)


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
@pytest.mark.parametrize("address", HOSTILE_PAGES)
def test_hostile_text_is_only_text(client, address, language):
    html = client.get(language + address).text
    elements = re.findall(r"<(?:script|img)[^>]*>", html)
    assert len(elements) == 1
    assert "enhance.js" in elements[0]
    assert "javascript:" not in html
    assert not re.search(r'<[^>]*"[^">]*<script', html)


def test_hostile_text_is_shown_as_it_is(client):
    assert PAYLOAD.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;") in client.get(HOSTILE).text


@pytest.mark.parametrize("address", ["/sok?q=x&_external=1", "/tiltak?_method=x", f"{HOSTILE}?_anchor=x&document_id=y"])
def test_names_that_flask_knows_mean_nothing_in_an_address(client, address):
    assert client.get(address).status_code == 200


def test_the_site_never_sends_people_elsewhere(client):
    for address in ("//evil.example/", "/sok?q=&next=//evil.example", "/kommune/0136?fra=//evil.example"):
        location = client.get(address).headers.get("Location", "/")
        assert not location.startswith("//")
        assert "evil.example" not in location.partition("?")[0]


def test_a_large_body_is_refused(client):
    response = client.post("/sok", data=b"x" * (LARGEST_BODY + 1))
    assert response.status_code in {405, 413}


ORIGINALS = {
    "evalueringer-mentor-i-fire-kommuner": ("application/pdf", "inline; filename=mentor-i-fire-kommuner.pdf"),
    "evalueringer-vaksen-ved-sida-av": ("application/octet-stream", "attachment; filename=vaksen-ved-sida-av.html"),
    "notater-ungdomslos": ("text/plain; charset=utf-8", "inline; filename=ungdomslos.md"),
}


@pytest.mark.parametrize("document", ORIGINALS)
def test_a_file_can_never_act_as_a_page(client, document):
    response = client.get(f"/dok/{document}/original", buffered=True)
    assert (response.headers["Content-Type"], response.headers["Content-Disposition"]) == ORIGINALS[document]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    part = client.get(f"/dok/{document}/original", headers={"Range": "bytes=0-3"}, buffered=True)
    assert part.status_code == 206


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "evalueringer/../../secret.txt",
        "/etc/passwd",
        "",
        ".",
        "evalueringer",
        "nei.pdf",
        "a\0b",
        "x" * 5000,
    ],
)
def test_only_files_inside_the_folder_are_found(documents_folder, path):
    assert inside(documents_folder, path) is None


def test_a_link_out_of_the_folder_is_not_followed(documents_folder, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "out.txt").symlink_to(documents_folder.parent / "secret.txt")
    (folder / "real.txt").write_text("x")
    (folder / "in.txt").symlink_to(folder / "real.txt")
    assert inside(folder, "out.txt") is None
    assert inside(folder, "in.txt") == (folder / "real.txt").resolve()


def test_a_hostile_source_path_gives_404(client, engine, vocabulary):
    record = next(iter(engine.kept.by_id.values()))
    assert isinstance(record.document.source, SourceFile)
    assert client.get(f"{HOSTILE}/original").status_code == 404


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(client):
    body = client.get("/sok.csv?q=reduserer").text.removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(body)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
