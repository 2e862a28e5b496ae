"""The evidence map as people see it: drawing, table, ready views, SVG and CSV."""

import csv
import io
import re
from html import unescape
from xml.etree import ElementTree

import pytest

from corpus.config import Config, SearchConfig
from corpus.model import Verdict
from corpus.vocabulary import load_vocabulary
from search_app import create_app, palette
from search_app.present.bubbles import NARROW, WIDE, Line, Mark, draw, ring
from tests.search_app.fakes import TODAY, FakeEngine
from tests.search_app.told import records

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def client():
    app = create_app(Config(search=SearchConfig(as_of=TODAY)), FakeEngine(records(), load_vocabulary()))
    return app.test_client()


def plain(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def drawings(html):
    """The wide and the narrow drawing, as XML."""
    return [ElementTree.fromstring(svg) for svg in re.findall(r'<svg class="map".*?</svg>', html, re.S)]


def links(drawing):
    """{words: address} of the bubbles."""
    return {a.get("aria-label"): a.get("href") for a in drawing.iter("a") if a.get("aria-label")}


MENTOR = "Mentorordning, Tilbakefall: Blandet. 2 funn, 1 gjeldende plan"


def test_both_drawings_and_the_table_say_the_same(client):
    html = client.get("/kart").text
    wide, narrow = drawings(html)
    assert links(wide) == links(narrow)
    assert set(links(wide)) == {
        "Mentorordning: 1 gjeldende plan",
        MENTOR,
        "Mentorordning, Vold: Skadelig. 1 funn, 1 gjeldende plan",
        "Ungdomslos: 2 gjeldende planer",
        "Ungdomslos, Skolefravær: Ikke evaluert. 1 funn, 2 gjeldende planer",
        "Bedre gatebelysning, Ikke navngitt: Virker. 1 funn, 0 gjeldende planer",
    }
    table = plain(html.partition('id="tabell"')[2])
    assert "Mentorordning 1 Blandet 2 funn" in table
    assert [a.get("data-verdict") for a in wide.iter("a") if a.get("aria-label") == MENTOR] == ["blandet"]
    assert unescape(html).count(links(wide)[MENTOR]) == 3


def test_every_address_of_the_map_answers(client):
    html = client.get("/kart?akse=theme").text
    for drawing in drawings(html):
        for address in links(drawing).values():
            assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (
            "/kart",
            ["3 tiltak", "1 av 5 funn i kartet er vurdert", "Ungdomslos Ikke evaluert 1 funn 2 gjeldende planer"],
        ),
        ("/kart?vis=provd", ["1 tiltak", "som ikke står i noen gjeldende plan"]),
        ("/kart?vis=brukt&fylke=46", ["Fylke: Vestland", "1 tiltak"]),
        ("/kart?akse=target_group", ["Unge som har begått lovbrudd"]),
        ("/kart?year_from=2020&strength=hoy", ["År: 2020–", "Tillit: Høy tillit"]),
        ("/kart?verdict=blandet&fylke=03", ["Mentorordning: 1 gjeldende plan"]),
        ("/kart?tiltak=mst", ["Ingen tiltak passer."]),
        ("/kart?status=utlopt&q=mentor", ["Kartet bruker ikke planstatus og «mentor»."]),
        ("/kart?akse=nei&vis=nei&page=99", ["3 tiltak"]),
    ],
)
def test_the_map_says(client, address, says):
    html = client.get(address).text
    text = plain(html) + unescape(" ".join(re.findall(r'aria-label="([^"]*)"', html)))
    for words in says:
        assert words in text


def test_the_form_carries_what_it_has_no_field_for(client):
    html = client.get("/kart?vis=brukt&theme=vold&theme=rus&verdict=virker&kolonner=alle&year_to=2024").text
    hidden = re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', html)
    assert hidden == [
        ("verdict", "virker"),
        ("theme", "rus"),
        ("year_to", "2024"),
        ("vis", "brukt"),
        ("kolonner", "alle"),
    ]
    assert '<option value="vold" selected>' in html


def test_a_file_of_the_drawing_has_its_own_colours(client):
    response = client.get("/kart.svg?akse=outcome")
    assert response.mimetype == "image/svg+xml"
    assert "attachment" in response.headers["Content-Disposition"]
    root = ElementTree.fromstring(response.data)
    assert root.tag == f"{SVG}svg"
    assert {symbol.get("id") for symbol in root.iter(f"{SVG}symbol")} == {f"i-{verdict}" for verdict in Verdict}
    used = {use.get("href") for use in root.iter(f"{SVG}use")}
    assert used == {"#i-blandet", "#i-skadelig", "#i-ikke_evaluert", "#i-virker"}
    assert 'class="map-bubble"' not in response.text
    assert all(circle.get("fill") for circle in root.iter(f"{SVG}circle"))


def test_every_cell_as_a_row(client):
    response = client.get("/kart.csv")
    assert response.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    whole = {row["tiltak"]: row for row in rows if row["column"] == "*"}
    assert whole["mentor"]["balance"] == "blandet"
    assert [whole["mentor"][name] for name in ("findings", "documents", "virker", "skadelig", "reviewed")] == [
        "3", "2", "1", "1", "1",
    ]  # fmt: skip
    assert whole["ungdomslos"]["plans_in_force"] == "2"
    cell = next(row for row in rows if (row["tiltak"], row["column"]) == ("mentor", "tilbakefall"))
    assert (cell["balance"], cell["findings"], cell["column_label"]) == ("blandet", "2", "Tilbakefall")
    assert client.get(cell["link"]).status_code == 200
    assert next(row for row in rows if row["tiltak"] == "belysning" and row["column"] == "")["balance"] == "virker"


@pytest.mark.parametrize(("plans", "weight"), [(0, 0), (1, 1), (2, 1), (3, 2), (9, 2), (10, 3), (400, 3)])
def test_more_plans_a_heavier_ring(plans, weight):
    assert ring(plans) == weight


def line(*findings, plans=1, name="Et tiltak med et svært langt navn som må brytes (forkortet)"):
    marks = tuple(Mark("virker", n, plans, "ord", "/") if n else None for n in findings)
    return Line(name, "/tiltak/x", Mark("", 0, plans, "planer", "/"), marks)


@pytest.mark.parametrize("paper", [WIDE, NARROW])
def test_nothing_is_drawn_outside_the_paper_and_area_follows_findings(paper):
    names = [f"Utfall nummer {n} med langt navn" for n in range(5)]
    drawing = draw("Planer", names, [line(1, 4, 16, 0, 2), line(*[16] * 5, plans=30)], paper)
    assert drawing.width <= paper.width
    for bubble in drawing.bubbles:
        reach = bubble.ring_r + bubble.ring / 2
        assert bubble.left <= bubble.x - reach
        assert bubble.x + reach <= bubble.left + bubble.width
        assert bubble.top <= bubble.y - reach
        assert bubble.width >= 24
        assert bubble.height >= 24
    full, quarter = (next(b.r for b in drawing.bubbles if b.mark.findings == n) for n in (16, 4))
    assert full == paper.radius
    assert quarter == max(paper.radius / 2, paper.least)
    assert len(drawing.dots) == 1


def test_a_cell_without_findings_or_plans_is_a_dot_and_with_plans_a_ring():
    drawing = draw(
        "Planer", ["A"], [line(0, plans=0), Line("x", "/", Mark("", 0, 2, "p", "/"), (Mark("", 0, 2, "p", "/"),))], WIDE
    )
    assert (len(drawing.dots), [(bubble.r, bubble.ring) for bubble in drawing.bubbles]) == (2, [(0, 1.5), (0, 1.5)])


def test_colours_are_those_of_the_theme():
    colours = palette.light_colours()
    assert colours["fill.virker"] == "#068718"
    assert len(colours) == 3 * len(Verdict) + 5


def test_a_colour_the_theme_has_not(monkeypatch):
    monkeypatch.setitem(palette.OTHERS, "ink", "accent-text-unheard-of")
    with pytest.raises(LookupError, match="unheard-of"):
        palette.light_colours()
