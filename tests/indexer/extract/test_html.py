"""HTML pages: what is main text, and what each element becomes."""

from datetime import date

import pytest
import trafilatura

from corpus.errors import ExtractionFailed, Reason
from corpus.model import DocInfo
from indexer.extract import html as reader
from indexer.extract.htmlwalk import found_blocks, page_tree
from tests.indexer.extract.reader_files import read, shown

LONG = "Kommunen skal i planperioden styrke det forebyggende arbeidet i skole, fritid og barnehage."
PROSE = "".join(f"<p>Avsnitt {i}. {LONG}</p>" for i in range(6))


def walked(body: str) -> list[tuple[str, str]]:
    """Kind and text of every block of a page, before main text is chosen."""
    return [
        (f"h{one.flowing.level}" if one.flowing.level else str(one.flowing.kind), _line("\t".join(one.flowing.cells)))
        for one in found_blocks(page_tree(f"<html><body>{body}</body></html>"))
    ]


def _line(text: str) -> str:
    return "\t".join(" ".join(cell.split()) for cell in text.split("\t"))


def page(body: str, head: str = "") -> list[tuple[str, str]]:
    return shown(read(reader.read, f"<html lang=nb><head>{head}</head><body>{body}</body></html>".encode()))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>Mål <em>og</em> tiltak</h2>", [("h2", "Mål og tiltak")]),
        ("<h2><button>Mål</button></h2>", [("h2", "Mål")]),
        ("<h2><div>Mål</div></h2>", [("h2", "Mål")]),
        ("<p>En<br>to</p>", [("paragraph", "En to")]),
        ("<p>For<b>e</b>bygging</p>", [("paragraph", "Forebygging")]),
        ("løs<p>fast</p>igjen", [("paragraph", "løs"), ("paragraph", "fast"), ("paragraph", "igjen")]),
        ("<ul><li>a<ul><li><p>b</p></li></ul></li><li>c</li></ul>", [("list_item", x) for x in "abc"]),
        ("<dl><dt>a</dt><dd>b</dd></dl>", [("list_item", "a"), ("list_item", "b")]),
        ("<ol><li><h3>a</h3>b</li></ol>", [("h3", "a"), ("list_item", "b")]),
        ("<blockquote><p>a</p></blockquote>", [("paragraph", "a")]),
        ("<figure><img alt=x><figcaption>a</figcaption></figure>", [("caption", "a")]),
        ("<details><summary>a</summary><p>b</p></details>", [("paragraph", "a"), ("paragraph", "b")]),
        ("<form><p>a</p><label>b</label><input value=c></form>", [("paragraph", "a")]),
        ("<div class=footnotes><ol><li><p>a</p></li></ol></div>", [("footnote", "a")]),
        ("<div id=toc><ul><li><a>a</a></li></ul></div>", [("toc", "a")]),
        ("<pre>a\n b</pre>", [("paragraph", "a b")]),
        ("<p>a<!-- b -->c<?php d ?></p>", [("paragraph", "ac")]),
    ],
)
def test_what_an_element_becomes(body: str, expected: list[tuple[str, str]]) -> None:
    assert walked(body) == expected


@pytest.mark.parametrize(
    "around",
    [
        "<nav>x</nav>",
        "<header>x</header>",
        "<footer>x</footer>",
        "<aside>x</aside>",
        "<script>x</script>",
        "<style>x</style>",
        "<noscript>x</noscript>",
        "<select><option>x</select>",
        "<div hidden>x</div>",
        "<div aria-hidden=true>x</div>",
        "<div style='color:red; display : none'>x</div>",
        "<div role=dialog>x</div>",
        "<div class='cookie-banner wide'>x</div>",
        "<ul id=breadcrumb><li>x</ul>",
        "<div class=site_menu>x</div>",
        "<a class=skip-link role=navigation>x</a>",
    ],
)
def test_what_is_around_a_page_is_left_out(around: str) -> None:
    assert walked(f"{around}<p>a</p>") == [("paragraph", "a")]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<div class=has-sidebar><main><p>a</p></main></div>",
        "<div class='share'><h1>a</h1></div>",
        "<header><h1>a</h1></header>",
        "<article class=menu><p>a</p></article>",
        "<article><header><p>a</p></header></article>",
        "<div hidden=until-found><p>a</p></div>",
        "<p class=socialt>a</p>",
    ],
)
def test_what_holds_the_page_is_kept(wrapped: str) -> None:
    assert [text for _, text in walked(wrapped)] == ["a"]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("<tr><th>a<th>b<tr><td>1<td>2", ["a\tb", "1\t2"]),
        ("<thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><p>1</p><p>2</p></td><td><ul><li>3</li></ul></td></tr>",
         ["a\tb", "1 2\t3"]),
        ("<tr><td colspan=2>a</td><td>b</td></tr><tr><td>1</td><td>2</td><td>3</td></tr>", ["a\t\tb", "1\t2\t3"]),
        ("<tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e", ["a\tb", "\tc", "d\te"]),
        ("<tr><td>a</td><td rowspan=3 colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr>", ["a\tb\t", "c\t\t\td"]),
        ("<tr><td rowspan=99999999>a</td><td colspan=x>b</td></tr>", ["a\tb"]),
        ("<tr><td></td><td></td></tr><tr><td>a</td><td>b</td></tr>", ["a\tb"]),
    ],
)  # fmt: skip
def test_rows_keep_their_columns(table: str, rows: list[str]) -> None:
    assert walked(f"<table>{table}</table>") == [("table_row", row) for row in rows]


def test_a_caption_stands_outside_its_table() -> None:
    table = "<table><caption>Tabell 1. Tiltak</caption><tr><td>a</td><td>b</td></tr></table>"
    assert walked(table) == [("caption", "Tabell 1. Tiltak"), ("table_row", "a\tb")]


@pytest.mark.parametrize(
    "table",
    [
        "<table role=presentation><tr><td>a</td><td>b</td></tr></table>",
        "<table><tr><td><table><tr><td>a</td></tr></table></td><td>b</td></tr></table>",
        "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>",
    ],
    ids=["presentation", "nested", "one column"],
)
def test_a_table_that_only_lays_out_is_no_table(table: str) -> None:
    assert walked(table) == [("paragraph", "a"), ("paragraph", "b")]


def test_the_main_text_is_whole() -> None:
    """Short rows, short items and the last table of a plan are main text, whatever surrounds them."""
    links = "".join(f"<li><a href=#{i}>Lenke til noe annet på nettstedet {i}</a></li>" for i in range(8))
    rows = "".join(f"<tr><td>{i}</td><td>Los</td><td>2027</td></tr>" for i in range(4))
    body = (
        f"<div><ul>{links}</ul></div><h1>Plan mot vold</h1><p>Vedtatt 1.2.2027</p>{PROSE}<h2>Mål</h2>"
        f"<ul><li>Færre</li><li>Tryggere</li></ul>{PROSE}<h2>Tiltak</h2><table>{rows}</table>"
        f"<p>Fant du det du lette etter?</p><ul>{links}</ul>"
    )
    found = page(body)
    texts = [text for _, text in found]
    assert texts[:2] == ["Plan mot vold", "Vedtatt 1.2.2027"]
    assert ("list_item", "Færre") in found
    assert found[-1] == ("table_row", "3\tLos\t2027")
    assert not any("Lenke til" in text for text in texts)


def test_a_page_that_trafilatura_gives_up_is_read_by_our_own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up(*_: object, **__: object) -> None:
        raise RecursionError

    body = f"<nav>Meny</nav><h1>Plan</h1>{PROSE}<p><a>{LONG}</a></p>"
    monkeypatch.setattr(trafilatura, "extract", lambda *_, **__: None)
    nothing = page(body)
    monkeypatch.setattr(trafilatura, "extract", gives_up)
    assert page(body) == nothing
    assert [kind for kind, _ in nothing] == ["h1", *["paragraph"] * 6]


def test_a_page_of_links_alone_is_kept() -> None:
    assert page("<p><a href=a>Plan mot vold</a></p>") == [("paragraph", "Plan mot vold")]


@pytest.mark.parametrize("data", [b"", b"  \n", b"<html></html>", b"<!-- a -->", b"<!--" * 300_000])
def test_a_page_without_text_has_no_part(data: bytes) -> None:
    contents = read(reader.read, data)
    assert contents.pages == ()
    assert contents.docinfo == DocInfo()


def test_nesting_past_what_is_read_fails_instead_of_losing_text() -> None:
    assert walked("<div>" * 1500 + "a") == [("paragraph", "a")]
    with pytest.raises(ExtractionFailed) as failed:
        walked("<div>" * 3000 + "a")
    assert failed.value.reason is Reason.UNREADABLE


def test_a_large_page_is_read_without_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_ELEMENTS", 10)
    monkeypatch.setattr(trafilatura, "extract", lambda *_, **__: pytest.fail("too large for it"))
    assert len(page(PROSE * 3)) == 18


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<title>A - B</title><meta property=og:title content=C>", "<h1> D \n E</h1>", DocInfo("D E", language="nb")),
        ("<title>A - B</title><meta property=og:title content=C>", "", DocInfo("C", language="nb")),
        ("<title>Plan mot vold - Eksempel kommune</title>", "", DocInfo("Plan mot vold", language="nb")),
        ("<title>Plan | Etat</title>", "", DocInfo("Plan", language="nb")),
        (
            "<title>Plan – Etat</title><meta property=og:site_name content=ETAT>",
            "",
            DocInfo("Plan", (), "ETAT", None, "nb"),
        ),
        ("<title>Plan 2023 – 2026</title>", "", DocInfo("Plan 2023 – 2026", language="nb")),
        (
            "<meta name=author content='A. Eksempel'><meta name=Author content='B. Prøve'>"
            "<meta name=date content=2027>",
            "",
            DocInfo("", ("A. Eksempel", "B. Prøve"), "", date(2027, 1, 1), "nb"),
        ),
        ("<meta property=article:author content=https://a.example/b>", "", DocInfo(language="nb")),
        (
            "<meta property=article:published_time content=2026-03-01T10:00>",
            "<time datetime=2020-01-01>",
            DocInfo("", created=date(2026, 3, 1), language="nb"),
        ),
        (
            "<meta name=dc.date content=tull>",
            "<time datetime=2020-01-02>",
            DocInfo(created=date(2020, 1, 2), language="nb"),
        ),
        (
            "<meta name=dc.date content=31.12.2025><meta content=x>",
            "",
            DocInfo(created=date(2025, 12, 31), language="nb"),
        ),
        ("<meta name=dc.date content=2026-13-01>", "", DocInfo(language="nb")),
    ],
)  # fmt: skip
def test_what_a_page_says_of_itself(head: str, body: str, expected: DocInfo) -> None:
    data = f"<html lang=nb><head><meta charset=utf-8>{head}</head><body>{body}{PROSE}</body></html>".encode()
    assert read(reader.read, data).docinfo == expected


@pytest.mark.parametrize(
    ("page_start", "language"),
    [("<html xml:lang=nn>", "nn"), ("<html><meta http-equiv=content-language content=en>", "en"), ("<html>", "")],
)
def test_the_language_a_page_names(page_start: str, language: str) -> None:
    assert read(reader.read, f"{page_start}<body>{PROSE}".encode()).docinfo.language == language
