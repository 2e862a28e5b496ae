"""The search page: facets, chips, words, ways out, order, pages, receipt, CSV, the way back."""

import csv
import io
import re
from html import unescape
from itertools import pairwise

import pytest

from corpus.search import Facet, SearchRequest
from search_app.export import COLUMNS
from search_app.links import Trail
from search_app.present.common import pager
from search_app.present.trails import window
from tests.search_app.fakes import TODAY
from tests.search_app.invented import MENTOR_QUOTE

MENTOR = "/dok/evalueringer-mentor-i-fire-kommuner"


def text_of(client, address):
    html = client.get(address).text
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))))


def titles(client, address):
    return re.findall(r'<h2 id="t-\d+"[^>]*><a[^>]*>([^<]*)', client.get(address).text)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/sok", ["30 dokumenter", "Dokumenttype", "Vis alle 24", "Neste"]),
        ("/sok?q=mentor", ["8 dokumenter", "Former i dokumentene", "mentor, mentorane", "av 2 funn i dokumentet"]),
        ("/sok?q=mentor", ["Mentorordning , for «mentor»: Mentoring", "Søk bare etter ordene jeg skrev"]),
        ("/sok?q=mentor&exact=1", ["Vi søker bare etter ordene du skrev", "Søk også etter andre navn"]),
        ("/nn/sok?q=mentor&exact=1", ["Vi søkjer berre etter orda du skreiv"]),
        ("/en/sok?q=Rygge+mentor", ["Moss , for “Rygge”: documents on the municipality, including the former Rygge"]),
        ("/sok?q=Rygge+mentor", ["også om tidligere Rygge (til 2019)"]),
        ("/sok?q=rus", ["rus0, rus1, rus2, rus3, rus4, rus5 og 3 til"]),
        (
            "/sok?q=mentor",
            [
                "Hvorfor dette treffet: mentor",
                "«mentor»: i en annen form, mentor, mentorgruppen, mentorordningen, i teksten",
            ],
        ),
        ("/sok?q=mentor+zzz", ["8 dokumenter", "Ingen dokumenter har «zzz». Vi søkte uten.", "mangler «zzz»"]),
        (
            "/sok?q=mentor+zzz&all_words=1",
            ["0 dokumenter", "Alle ordene kreves.", "Ikke krev alle ordene 8 dokumenter"],
        ),
        (
            "/sok?q=mentor+notat",
            [
                "0 dokumenter",
                "Bare notat 20 dokumenter",
                "De første treffene hvis du velger «Bare notat»",
                "Vis alle 20",
            ],
        ),
        ("/sok?q=mentor+-zzz&theme=rus&verdict=virker", ["0 dokumenter", "Fjern Tema: Rus"]),
        ("/sok?q=mentro", ["Mente du mentor", "Du ser treff for det du skrev"]),
        ("/sok?q=mentor&theme=rus&verdict=virker", ["0 dokumenter", "Fjern Tema: Rus", "4 dokumenter", "Fjern alle"]),
        ("/sok?q=mentor&year_from=1990&year_to=1991", ["0 dokumenter", "Fjern År: 1990–1991", "8 dokumenter"]),
        ("/sok?q=zzz", ["0 dokumenter", "Ingen av ordene finnes i basen.", "Bruk færre ord"]),
        ("/sok?q=ungdomslosen", ["0 dokumenter", "Kanskje du leter etter", "Ungdomslos"]),
        ("/sok?page=99", ["30 dokumenter", "bare 3 sider", "Gå til første side"]),
        ("/sok?theme=nei", ["30 dokumenter", "Vi kjenner ikke «nei» for theme"]),
        ("/sok?page=x", ["«x» for page er ikke et tall"]),
        ("/sok?as_of=x", ["«x» for as_of er ikke en dato"]),
        ("/sok?year=2023", ["3 dokumenter", "År: 2023"]),
        ("/sok?status=utlopt", ["1 dokument", "Ruspolitisk plan", "Utløpt"]),
        ("/sok?generasjon=20261121T051200Z&antall=30", ["ga 30 dokumenter", "Basen er den samme nå."]),
        ("/sok?generasjon=eldre&antall=12", ["generasjon eldre", "ga 12 dokumenter", "og gir 30"]),
        ("/sok/valg/publisher", ["Velg: Utgiver", "Finn i listen (24 valg)", "Made Up Reviews"]),
        ("/sok/valg/publisher?finn=oppdiktet", ["Oppdiktet kommune", "Institutt for oppdiktet forskning"]),
        ("/sok/valg/publisher?finn=zzz", ["Ingen valg passer «zzz»."]),
        ("/sok/valg/year", ["Velg: År", "2027"]),
    ],
)
def test_the_search_says(client, address, says):
    text = text_of(client, address)
    for words in says:
        assert words in text


def test_a_question_that_is_too_long_is_answered_politely(client):
    response = client.get("/sok?q=" + "ordet " * 200)
    assert response.status_code == 400
    assert "Det er på 1\xa0199 tegn, og vi tar imot 500." in response.text


def test_the_title_tells_question_count_and_page(client):
    title = re.search(r"<title>(.*?)</title>", client.get("/sok?q=notat&page=2").text)[1]
    assert title == "notat: 20 dokumenter, side 2 av 2 – Hva virker"


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("/sok?q=mentor&sort=newest", "Plan mot mobbing 2027–2030"),
        ("/sok?q=mentor&sort=title", "Gruppementor på ungdomshjem: sluttevaluering"),
        ("/sok", "Plan mot mobbing 2027–2030"),
    ],
)
def test_the_order(client, address, first):
    assert titles(client, address)[0] == first


def test_pages_divide_the_hits(client):
    pages = [titles(client, f"/sok?sort=title&page={number}") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [10, 10, 10]
    assert len({title for page in pages for title in page}) == 30
    assert len(titles(client, "/sok?size=50")) == 30


def test_a_chip_takes_its_filter_away_and_keeps_the_rest(client):
    html = client.get("/sok?q=mentor&doc_type=evaluering&doc_type=handlingsplan&sort=newest").text
    chips = [unescape(link) for link in re.findall(r'<a class="ds-chip"[^>]* href="([^"]*)"', html)]
    assert chips == [
        "/sok?q=mentor&doc_type=handlingsplan&sort=newest",
        "/sok?q=mentor&doc_type=evaluering&sort=newest",
    ]


def test_chosen_values_stand_checked_and_hold_at_zero(client):
    html = client.get("/sok?q=mentor&verdict=virker&theme=rus").text
    checked = re.findall(r'name="(\w+)" value="(\w+)" checked', html)
    assert sorted(checked) == [("theme", "rus"), ("verdict", "virker")]


def test_facets_never_change_places(client):
    orders = [
        re.findall(r'form="sok" name="(\w+)" value', client.get(f"/sok?{query}").text) for query in ("", "q=mentor")
    ]
    order = [str(facet) for facet in Facet if facet is not Facet.YEAR]
    for found in orders:
        unique = list(dict.fromkeys(name for name in found if name in order))
        assert unique == [name for name in order if name in unique]


def test_verdicts_stand_in_the_fixed_order(client):
    values = re.findall(r'name="verdict" value="(\w+)"', client.get("/sok").text)
    assert values == ["virker", "lovende", "blandet", "ingen_effekt", "skadelig", "ikke_evaluert"]


def test_the_choices_page_carries_the_rest_of_the_question(client):
    html = client.get("/sok/valg/theme?q=mentor&verdict=virker&theme=rus&sort=title").text
    hidden = set(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)"', html))
    assert hidden == {("q", "mentor"), ("verdict", "virker"), ("sort", "title"), ("theme", "rus")}


def test_a_hit_leads_to_its_place_and_back_and_on(client):
    html = client.get("/sok?q=mentor&sort=title").text
    links = [unescape(link) for link in re.findall(r'<h2 id="t-\d+"[^>]*><a class="ds-link" href="([^"]*)"', html)]
    second = client.get(links[1]).text
    assert "Treff 2 av 8" in second
    assert unescape(re.search(r'rel="prev" href="([^"]*treff=1[^"]*)"', second)[1]) == links[0]
    assert unescape(re.search(r'rel="next" href="([^"]*treff=3[^"]*)"', second)[1]) == links[2]
    assert 'href="/sok?q=mentor&amp;sort=title"' in second
    assert "Neste treff" not in client.get(links[-1]).text
    assert "Forrige treff" not in client.get(links[0]).text


def test_a_trail_that_no_longer_fits_still_leads_back(client):
    text = text_of(client, f"{MENTOR}?q=mentor&treff=7&sort=title")
    assert "Tilbake til treffene for «mentor»" in text
    assert "Treff 7" not in text
    assert "Tilbake til treffene" in text_of(client, f"{MENTOR}?treff=1")


def test_the_window_holds_a_hit_and_its_neighbours():
    for rank in range(1, 10_001):
        request = window(Trail(SearchRequest(as_of=TODAY), rank, {}))
        first = (request.page - 1) * request.size + 1
        assert first <= max(1, rank - 1)
        assert rank + 1 < first + request.size
        assert request.size < 50


def test_words_and_quote_are_lit_on_the_page(client):
    html = client.get(f"{MENTOR}/side/2?q=mentor&funn=evalueringer-mentor-i-fire-kommuner-0").text
    assert '<p id="her"><span class="lit">Blant unge som beholdt samme <mark>mentor</mark>' in html
    assert '<span class="cue">falt</span>' in html
    assert "<mark>mentorgruppen</mark>" in html
    assert 'href="/dok/evalueringer-mentor-i-fire-kommuner/original#page=2"' in html


def test_a_passage_is_found_on_its_page(client):
    start = client.get("/api/documents/evalueringer-mentor-i-fire-kommuner/pages/3").get_json()["text"].index("Etter")
    html = client.get(f"{MENTOR}/side/3?ved={start}").text
    assert re.search(r'<p id="her">Etter tabellen', html)


def test_a_table_that_goes_on_has_no_header_of_its_own(client):
    first, second = client.get(f"{MENTOR}/side/2").text, client.get(f"{MENTOR}/side/3").text
    assert '<th scope="col">Gruppe</th>' in first
    assert "<td>Mentor</td>" in second
    assert '<th scope="col">' not in second


@pytest.mark.parametrize("path", [f"{MENTOR}/side/2", f"{MENTOR}/side/3"])
def test_headings_never_skip_a_level(client, path):
    levels = [int(level) for level in re.findall(r"<h([1-6])", client.get(path).text)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def rows_of(client, address):
    response = client.get(address)
    assert response.headers["Content-Type"].startswith("text/csv")
    assert response.headers["Content-Disposition"] == "attachment; filename=hva-virker-2026-11-22.csv"
    return list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))


def test_csv_has_a_row_for_each_finding_and_each_hit_without(client):
    rows = rows_of(client, "/sok.csv?q=mentor")
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 6 + 4
    quoted = next(row for row in rows if row["quote"] == MENTOR_QUOTE)
    assert quoted["verdict"] == "virker"
    assert quoted["verdict_label"] == "Virker"
    assert quoted["page"] == "2"
    assert quoted["link"].startswith("http://localhost/dok/evalueringer-mentor-i-fire-kommuner/side/2?funn=")
    plan = next(row for row in rows if row["file"] == "planer/vold.pdf")
    assert plan["passage"].startswith("Planen bruker mentor")
    assert plan["kommuner"] == "3103;3101"


def test_csv_goes_over_all_pages_and_leaves_parts_unnumbered(client):
    rows = rows_of(client, "/sok.csv")
    assert len({row["file"] for row in rows}) == 30
    assert {row["page"] for row in rows if row["file"].endswith(".txt")} == {""}


def test_csv_in_english_has_english_labels(client):
    rows = rows_of(client, "/en/sok.csv?q=mentor&verdict=virker")
    assert rows[0]["verdict_label"] == "Works"


def test_csv_of_a_question_that_cannot_be_read_is_refused(client):
    assert client.get("/sok.csv?theme=nei").status_code == 400


@pytest.mark.parametrize(
    ("current", "last", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (5, 9, [1, None, 3, 4, 5, 6, 7, None, 9]),
        (1, 20, [1, 2, 3, None, 20]),
        (20, 20, [1, None, 18, 19, 20]),
    ],
)
def test_pager(current, last, numbers):
    assert list(pager(current, last)) == numbers


def test_csv_fetches_page_after_page(client, monkeypatch):
    monkeypatch.setattr("search_app.pages.search.CSV_PAGE", 7)
    whole = rows_of(client, "/sok.csv")
    assert len({row["file"] for row in whole}) == 30
    monkeypatch.setattr("search_app.pages.search.CSV_DOCUMENTS", 10)
    assert rows_of(client, "/sok.csv") == whole[: len(rows_of(client, "/sok.csv"))]
    assert len({row["file"] for row in rows_of(client, "/sok.csv")}) == 10


@pytest.mark.parametrize("query", ["antall=12", "generasjon=x&antall=-1", "generasjon=x&antall=99999999999"])
def test_half_a_receipt_is_none(client, query):
    assert "Lenken er laget" not in client.get(f"/sok?{query}").text
