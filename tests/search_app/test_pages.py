"""Every page in three languages: what it answers, says and links to."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from corpus.config import Config, SearchConfig, WebConfig
from corpus.errors import IndexDamaged
from corpus.model import Language
from search_app import create_app
from tests.search_app.fakes import TODAY, FakeEngine
from tests.search_app.invented import entries

MENTOR = "/dok/evalueringer-mentor-i-fire-kommuner"
ADDRESSES = (
    "/",
    "/sok",
    "/sok?q=mentor&doc_type=evaluering&year_from=2019",
    "/sok?q=zzz&theme=rus",
    "/sok/valg/publisher?q=mentor",
    MENTOR,
    f"{MENTOR}?q=mentor&treff=1",
    f"{MENTOR}/side/2?q=mentor&funn=evalueringer-mentor-i-fire-kommuner-0",
    f"{MENTOR}/side/4",
    "/dok/evalueringer-vaksen-ved-sida-av/side/1",
    "/tiltak",
    "/tiltak/mentor",
    "/tiltak/ungdomslos",
    "/tiltak/slt",
    "/tiltak/mentor?vis=utskrift",
    "/kart",
    "/kart?akse=theme&vis=brukt&fylke=31&kolonner=alle&year_from=2019",
    "/kommuner",
    "/kommune/3103",
    "/kommune/5001",
    "/om",
    "/tilgjengelighet",
    "/hjelp/sok",
)
PREFIXES = {"nb": "", "nn": "/nn", "en": "/en"}
LARGEST_PAGE = 300 * 1024


class Outline(HTMLParser):
    """Headings, ids, links, language and landmarks of a page."""

    def __init__(self, html):
        super().__init__()
        self.headings, self.ids, self.links, self.lang, self.mains, self.inputs, self.alternates = (
            [],
            [],
            [],
            "",
            0,
            [],
            {},
        )
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given["href"])
        if tag == "html":
            self.lang = given["lang"]
        if tag == "link" and "hreflang" in given:
            self.alternates[given["hreflang"]] = given["href"]
        self.mains += tag == "main"


@pytest.mark.parametrize("language", PREFIXES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_answers_in_its_language(client, address, language):
    response = client.get(PREFIXES[language] + address)
    page = Outline(response.text)
    assert response.status_code == 200
    assert page.lang == language
    assert page.headings.count(1) == 1
    assert page.mains == 1
    assert len(page.ids) == len(set(page.ids))
    assert len(response.data) < LARGEST_PAGE
    assert page.alternates == {code: prefix + address for code, prefix in PREFIXES.items()}
    assert "style=" not in response.text
    assert not re.search(r"\son[a-z]+=", re.sub(r"&lt;.*?&gt;", "", response.text))


def test_no_link_of_the_site_leads_nowhere(client):
    waiting, seen = ["/"], set()
    while waiting and len(seen) < 120:
        address = waiting.pop(0)
        seen.add(address)
        response = client.get(address, buffered=True)
        assert response.status_code in {200, 301, 302} or "/original" in address, address
        if response.mimetype == "text/html" and response.status_code == 200:
            for link in Outline(response.text).links:
                target, _, anchor = link.partition("#")
                if not target:
                    assert anchor in Outline(response.text).ids, (address, anchor)
                elif target not in seen and target not in waiting and not target.startswith("/sok?"):
                    waiting.append(target)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/", ["30", "8 funn i 6 dokumenter", "4 planer, 2 gjelder nå", "12\xa0%", "Maskinlest, ikke vurdert"]),
        ("/tiltak", ["Mentorordning", "Ungdomslos", "Ingen funn"]),
        (
            "/tiltak/mentor",
            ["For og imot", "Taler imot", "4 planer nevner tiltaket; 2 gjelder nå.", "Funnene er uenige"],
        ),
        ("/tiltak/ungdomslos", ["Ikke evaluert", "Det er ikke det samme som at tiltaket ikke virker"]),
        ("/tiltak/slt", ["Ingen dokumenter i basen har en setning som sier om dette tiltaket virker."]),
        ("/kommune/3103", ["3 planer i basen; 2 gjelder nå.", "Rygge (0136, til 2019)", "2025–2029", "Utløper snart"]),
        ("/kommune/3103?fra=0136", ["Rygge (0136) er i dag del av Moss."]),
        ("/kommune/5001", ["Basen har ingen plan fra Trondheim.", "Ingen plan"]),
        ("/kommuner", ["3 av 357 kommuner har en plan i basen."]),
        ("/kommuner?finn=rygge", ["Moss", "med Rygge", "1 av 1 kommuner"]),
        ("/kommuner?finn=0136", ["Moss"]),
        ("/kommuner?fylke=31&plan=ja", ["Halden", "2 av 12 kommuner"]),
        ("/kommuner?finn=xyz", ["Ingen kommune passer."]),
        ("/tiltak?finn=xyz", ["Ingen tiltak passer."]),
        (
            MENTOR,
            ["Skannet side uten tekst", "Gjelder side 4.", "something_new", "satt av redaktør", "«Publisert 2023»"],
        ),
        (MENTOR, ["Fia Oppdiktet, Per Påfunn (2023). Mentor i fire kommuner: effekter etter to år.", "Samme tiltak"]),
        (f"{MENTOR}/side/4", ["Siden er skannet og har ingen tekst vi kan lese."]),
        (f"{MENTOR}/side/2", ["Trykt sidetall: 4", "2 funn på siden", "Åpne PDF på side 2"]),
        ("/dok/notater-ungdomslos", ["(u.å.). Ungdomslos: hva vet vi?."[:-1], "1 del"]),
        ("/dok/notater-notat-01", ["Maskinen fant ingen setninger"]),
    ],
)
def test_a_page_says(client, address, says):
    text = re.sub(r"\s*\n\s*", " ", client.get(address).text)
    for words in says:
        assert words.replace('"', "&#34;") in text


def test_a_quote_in_another_language_says_so(client):
    assert '<blockquote class="quote" lang="nn">' in client.get("/tiltak/mentor").text
    assert '<blockquote class="quote" lang="nn">' not in client.get("/nn/tiltak/mentor").text
    assert '<blockquote class="quote" lang="nb">' in client.get("/en/tiltak/mentor").text


def test_findings_stand_in_the_fixed_order_of_verdicts(client):
    groups = re.findall(r'id="v-(\w+)"', client.get("/tiltak/mentor").text)
    assert groups == ["virker", "lovende", "ingen_effekt", "skadelig"]


@pytest.mark.parametrize(
    ("order", "first"),
    [("funn", "Mentorordning"), ("navn", "Mentorordning"), ("planer", "Mentorordning"), ("x", "Mentorordning")],
)
def test_tiltak_in_each_order(client, order, first):
    names = re.findall(r'<th scope="row" role="rowheader"><a[^>]*>([^<]*)', client.get(f"/tiltak?sort={order}").text)
    assert names[0] == first
    assert sorted(names) == ["Mentorordning", "SLT-modellen", "Ungdomslos"]


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/kommune/0136", "/kommune/3103?fra=0136"),
        ("/nn/kommune/0136", "/nn/kommune/3103?fra=0136"),
        ("/hjelp/søk", "/hjelp/sok"),
        ("/sok?q=mentor&year_from=&theme=", "/sok?q=mentor"),
    ],
)
def test_what_leads_on(client, address, target):
    assert client.get(address).headers["Location"] == target


def test_a_divided_kommune_offers_those_it_became(client):
    text = client.get("/kommune/1507").text
    assert "Haram" in text
    assert "Ålesund" in text


@pytest.mark.parametrize(
    "address",
    [
        "/nei",
        "/nn/nei",
        "/dok/nei",
        f"{MENTOR}/side/0",
        f"{MENTOR}/side/5",
        f"{MENTOR}/side/99999999999999999999",
        "/dok/nei/side/1",
        "/tiltak/nei",
        "/kommune/9999",
        "/sok/valg/nei",
        f"{MENTOR}/original/nei",
        "/dok/notater-notat-01/original",
        "/static/gammel/style.css",
        "/dok/nei/referanse.ris",
    ],
)
def test_what_is_not_there(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert Outline(response.text).lang == ("nn" if address.startswith("/nn") else "nb")
    assert ("Sida finst ikkje" if address.startswith("/nn") else "Siden finnes ikke") in response.text


def test_sending_is_refused(client):
    response = client.post("/sok", data={"q": "x"})
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert "Det går ikke an her" in response.text


def test_before_anything_is_indexed(client, engine, monkeypatch):
    monkeypatch.setattr(engine, "published", False)
    for address in ("/", "/sok?q=x", "/tiltak", "/kommune/3103", "/en/"):
        response = client.get(address)
        assert response.status_code == 503
        assert "hvavirker index" in response.text
    assert client.get("/om").status_code == 200
    assert client.get("/api/search").get_json() == {
        "error": {"code": 503, "message": "Service Unavailable", "command": "hvavirker index"}
    }


def test_a_damaged_index_is_told(client, engine, monkeypatch):
    def damaged(*_):
        raise IndexDamaged("records.sqlite differs", "Run: hvavirker index")

    monkeypatch.setattr(engine, "live", damaged)
    response = client.get("/tiltak")
    assert response.status_code == 503
    assert "Indeksen kan ikke leses" in response.text
    assert client.get("/helse").get_json() == {"status": "damaged", "message": "records.sqlite differs"}


def test_a_fault_is_told_in_short_and_logged_in_full(client, engine, monkeypatch, caplog):
    def faulty(*_):
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(engine, "search", faulty)
    for address in ("/sok?q=x", "/en/sok?q=x", "/api/search"):
        response = client.get(address)
        assert response.status_code == 500
        assert "secret detail" not in response.text
    assert "secret detail" in caplog.text


def test_health(client, engine, monkeypatch):
    assert client.get("/helse").get_json()["status"] == "ok"
    monkeypatch.setattr(engine, "published", False)
    response = client.get("/helse")
    assert (response.status_code, response.get_json()) == (503, {"status": "no_index"})


def test_another_usual_language_moves_the_prefixes(vocabulary):
    engine = FakeEngine([entry.record() for entry in entries()], vocabulary)
    client = create_app(Config(web=WebConfig(language=Language.NN)), engine).test_client()
    assert Outline(client.get("/").text).lang == "nn"
    assert Outline(client.get("/nb/").text).lang == "nb"
    assert client.get("/nn/").status_code == 404


def test_a_new_generation_is_taken_up_between_requests(client, engine, vocabulary, monkeypatch):
    assert "30" in client.get("/").text
    newer = FakeEngine([entry.record() for entry in entries()[:2]], vocabulary, "20261122T000000Z")
    monkeypatch.setattr(engine, "kept", newer.kept)
    monkeypatch.setattr(engine, "generation", newer.generation)
    assert client.get("/api/status").get_json()["generation"] == "20261122T000000Z"
    assert client.get("/dok/notater-notat-01").status_code == 404


def test_the_samples_are_said_to_be_samples(vocabulary):
    engine = FakeEngine([entry.record() for entry in entries()], vocabulary)
    assert "skrevet for dette prosjektet" in create_app(Config(), engine).test_client().get("/om").text


def test_real_documents_are_not(client):
    assert "skrevet for dette prosjektet" not in client.get("/om").text


def test_the_day_can_be_fixed(vocabulary):
    engine = FakeEngine([entry.record() for entry in entries()], vocabulary)
    client = create_app(Config(search=SearchConfig(as_of=date(2019, 1, 1))), engine).test_client()
    assert "Ruspolitisk plan" in client.get("/sok?status=gjeldende").text
    assert "Ruspolitisk plan" not in client.get(f"/sok?status=gjeldende&as_of={TODAY}").text
