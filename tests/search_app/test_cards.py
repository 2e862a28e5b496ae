"""The tiltakskort, its feed and its print view, over an invented base where findings tell all they may."""

import re
from datetime import UTC, date, datetime
from html import unescape
from xml.etree import ElementTree

import pytest

from corpus.config import Config, SearchConfig
from corpus.vocabulary import load_vocabulary
from search_app import create_app
from search_app.feed import Entry, Feed, atom, newest
from tests.search_app.fakes import TODAY, FakeEngine
from tests.search_app.told import AGAIN, HELPS, HINDERS, ODD, WORKS, records

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def client():
    app = create_app(Config(search=SearchConfig(as_of=TODAY)), FakeEngine(records(), load_vocabulary()))
    return app.test_client()


def section(client, anchor, address="/tiltak/mentor"):
    """The text of the section under a heading, without markup."""
    rest = client.get(address).text.partition(f'aria-labelledby="{anchor}"')[2]
    return plain("<x " + re.split(r'<section class="wrap|</main>', rest)[0])


def plain(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def test_a_finding_that_is_repeated_counts_once_and_lists_its_other_place(client):
    html = client.get("/tiltak/mentor").text
    assert "3 funn fra 2 dokumenter" in html
    assert "Sagt 4 steder" in html
    assert plain(html).count(WORKS) == 1
    assert AGAIN not in plain(html)
    assert re.search(r'Sies også på <a[^>]*href="[^"]*/side/2\?funn=rapport-virker-1#her">side 2</a>', html)


@pytest.mark.parametrize(
    ("anchor", "says"),
    [
        ("kort", ["Blandet tilbakefall", "Skadelig vold"]),
        ("sier", ["Moderat Lav Samlet", "Tilbakefall 1 1 – ingen funn Blandet Funnene er uenige", "1 av 3 funn"]),
        ("mot", ["Virker 1 funn", "Ingen effekt 1 funn", "Skadelig 1 funn", "Norge", "186 undersøkt", "Sverige"]),
        (
            "hvem",
            ["Unge som har begått lovbrudd 1 Virker 1 dokument 2 funn sier det ikke", "Norge 1 Virker", "Sverige 1"],
        ),
        ("skal", ["Fremmer 2 dokumenter Samarbeid mellom tjenester 2 dokumenter", "Annet 1 dokument", HELPS, ODD]),
        ("skal", ["Hemmer 1 dokument Kontinuitet og varighet 1 dokument", HINDERS]),
        ("koster", ["Ordningen kostet 42 000 kroner", "Maskinlest, ikke vurdert"]),
        ("mer", ["Anbefaling 1 utsagn", "Vi anbefaler at <b>mentor</b> varer"]),
        (
            "planer",
            ["2 planer nevner tiltaket; 1 gjelder nå. 2 kommuner har", "Plan a Moss , Oslo 2024–2027", "Utløpt"],
        ),
        ("andre", ["Youth Endowment Fund Toolkit", "22. november 2026", "fra Ungsinn, CrimeSolutions og College"]),
    ],
)
def test_a_section_says(client, anchor, says):
    text = section(client, anchor)
    for words in says:
        assert words in text


def test_a_rating_stands_on_its_own_scale_with_version_day_and_link(client):
    html = client.get("/tiltak/pmto").text
    assert "ungsinn.no/post_tiltak_arkiv/parent-management-training" in html
    assert "Evidensnivå 5" in section(client, "andre", "/tiltak/pmto")
    assert "2. utg., 13. november 2018" in section(client, "andre", "/tiltak/pmto")
    assert "verdict" not in re.search(r'aria-labelledby="andre".*?</section>', html, re.S)[0]


def test_a_tiltak_nobody_rated_says_so(client):
    assert "Det betyr ikke at de ikke har vurdert det" in section(client, "andre", "/tiltak/ungdomslos")


def test_not_evaluated_is_its_own_answer(client):
    html = client.get("/tiltak/ungdomslos").text
    assert "Det er ikke det samme som at tiltaket ikke virker" in html
    assert section(client, "kort", "/tiltak/ungdomslos").startswith("Kort sagt Ikke evaluert skolefravær")
    assert 'data-verdict="ingen_effekt"' not in html.partition("<main")[2].partition('id="lignende"')[0]


def test_every_cell_of_the_matrix_leads_to_its_search(client):
    html = client.get("/tiltak/mentor").text
    links = {unescape(link) for link in re.findall(r'class="vcount num"[^>]*href="(/sok[^"]*)"', html)}
    asked = [set(link.partition("?")[2].split("&")) for link in links]
    assert {"tiltak=mentor", "outcome=tilbakefall", "strength=moderat", "verdict=virker"} in asked
    for link in links:
        assert client.get(link).status_code == 200


def test_the_print_view_opens_what_is_folded(client):
    folded, whole = (client.get(f"/tiltak/mentor{query}").text for query in ("", "?vis=utskrift"))
    assert "<details" in whole
    assert not re.search(r"<details(?![^>]*open)", whole)
    assert re.search(r"<details(?![^>]*open)", folded)


@pytest.mark.parametrize(("language", "verdict"), [("", "Virker"), ("/nn", "Verkar"), ("/en", "Works")])
def test_the_feed_is_atom(client, language, verdict):
    response = client.get(f"{language}/tiltak/mentor/nytt.atom")
    assert response.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(response.data)
    entries = feed.findall(f"{ATOM}entry")
    assert feed.find(f"{ATOM}updated").text == "2026-11-21T05:12:00Z"
    assert [entry.find(f"{ATOM}updated").text[:4] for entry in entries] == ["2023", "2023", "2019", "2019"]
    assert any(entry.find(f"{ATOM}title").text.startswith(verdict) for entry in entries)
    ids = [entry.find(f"{ATOM}id").text for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(client.get(name.removeprefix("http://localhost")).status_code == 200 for name in ids)
    for element in feed.iter():
        assert element.tag.startswith(ATOM)


def test_a_feed_keeps_the_newest_and_only_what_xml_can_hold():
    entries = [Entry(f"https://x/{n}", "tittel\x00", date(2000 + n, 1, 1), "<b>\ufffe&", "forfatter") for n in range(9)]
    feed = Feed("https://x", "https://y", "t", "nb", datetime(2026, 1, 2, tzinfo=UTC), "a", newest(entries, 3))
    root = ElementTree.fromstring(atom(feed))
    assert [entry.find(f"{ATOM}id").text for entry in root.findall(f"{ATOM}entry")] == [
        f"https://x/{n}" for n in (8, 7, 6)
    ]
    assert root.find(f"{ATOM}entry/{ATOM}title").text == "tittel"
    assert root.find(f"{ATOM}entry/{ATOM}content").text == "<b>&"


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("funn", ["Mentorordning", "Bedre gatebelysning", "Ungdomslos"]),
        ("virker", ["Bedre gatebelysning", "Mentorordning", "Ungdomslos"]),
        ("virker_ikke", ["Mentorordning", "Bedre gatebelysning", "Ungdomslos"]),
        ("planer", ["Ungdomslos", "Mentorordning", "Bedre gatebelysning"]),
        ("navn", ["Bedre gatebelysning", "Mentorordning", "Ungdomslos"]),
    ],
)
def test_the_list_in_each_order(client, order, names):
    text = client.get(f"/tiltak?sort={order}").text
    assert re.findall(r'role="rowheader"><a[^>]*>([^<]*)', text) == names
    assert "1 av 5 funn på siden er vurdert" in text


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (
            "/sok?tiltak=mentor",
            ["Mentorordning 1 Virker 1 Ingen effekt 1 Skadelig «Virker» og «virker ikke» side om side"],
        ),
        ("/sok?tiltak=ungdomslos", ["Ungdomslos 1 Ikke evaluert Ikke evaluert: dokumentene sier"]),
        ("/sok?tiltak=mst", ["Multisystemisk terapi (MST) Ingen funn: ingen dokumenter"]),
    ],
)
def test_the_answer_over_a_search_for_one_tiltak(client, address, says):
    text = plain(client.get(address).text)
    for words in says:
        assert words in text


@pytest.mark.parametrize("address", ["/sok", "/sok?tiltak=mentor&tiltak=mst", "/sok?q=planen"])
def test_no_answer_where_no_single_tiltak_is_asked_for(client, address):
    assert 'class="panel flow tight answer"' not in client.get(address).text


def test_a_hit_shows_a_repeated_finding_once_with_its_other_place(client):
    html = client.get("/sok?tiltak=mentor&language=nb&year_from=2020&doc_type=evaluering").text
    assert "1 av 1 funn i dokumentet passer søket." in html
    assert re.search(r'Sies også på <a[^>]*href="[^"]*/side/2\?funn=rapport-virker-1[^"]*#her">side 2</a>', html)
