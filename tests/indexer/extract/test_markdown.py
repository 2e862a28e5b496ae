"""Markdown texts: what is left when the marks are gone."""

from datetime import date

import pytest

from corpus.model import DocInfo
from indexer.extract import markdown as reader
from tests.indexer.extract.reader_files import read, shown


def blocks(text: str) -> list[tuple[str, str]]:
    return shown(read(reader.read, text.encode()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# En\n\n### Tre ###", [("h1", "En"), ("h3", "Tre")]),
        ("En\n==\n\nTo\n--", [("h1", "En"), ("h2", "To")]),
        ("# Mål **og** _tiltak_", [("h1", "Mål og tiltak")]),
        ("Et **fett** og *skrått* `kode` ~~strøket~~ ord", [("paragraph", "Et fett og skrått kode strøket ord")]),
        ("Se [lenken](http://a.example 'b') <http://b.example>", [("paragraph", "Se lenken http://b.example")]),
        ("før ![et bilde](a.png) etter", [("paragraph", "før etter")]),
        ("a\nb  \nc<br>d<sup>2</sup>", [("paragraph", "a b c d2")]),
        ("1\\. a \\* &aring;", [("paragraph", "1. a * å")]),
        ("- a\n- b\n  1. c\n\n     d", [("list_item", x) for x in "abcd"]),
        ("> sitat", [("paragraph", "sitat")]),
        ("```\nkode <b>\n```", [("paragraph", "kode <b>")]),
        ("    innrykk", [("paragraph", "innrykk")]),
        ("| A | B |\n|---|--:|\n| 1 | **2** |\n| 3 |", [("table_row", row) for row in ("A\tB", "1\t2", "3")]),
        ("<div><p>a <b>b</b></p>\n<ul><li>c</ul></div>", [("paragraph", "a b"), ("list_item", "c")]),
        ("<!-- a > b -->\n\nc", [("paragraph", "c")]),
        ("a\n\n---\n\nb", [("paragraph", "a"), ("paragraph", "b")]),
        ("# Kilder\n\n- A. Eksempel\n\n# Slutt", [("h1", "Kilder"), ("reference", "A. Eksempel"), ("h1", "Slutt")]),
        ("a\r\nb\r\rc", [("paragraph", "a b"), ("paragraph", "c")]),
    ],
)  # fmt: skip
def test_what_markup_becomes(text: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(text) == expected


def test_no_text_of_a_deep_list_is_lost() -> None:
    depth = 20
    assert len(blocks("".join(f"{'  ' * level}- punkt {level}\n" for level in range(depth)))) == depth


def test_notes_stand_last_without_their_marks() -> None:
    notes = "[^1]: Om *losen*\n    og mer.\n[^2]: To\n[^3]: Tre\n[^4]: Løs"
    text = f"# Los[^3]\n\nLos[^1] virker[^ukjent].\n\n|a[^2]|b|\n|-|-|\n\n{notes}"
    assert blocks(text) == [
        ("h1", "Los"),
        ("paragraph", "Los virker."),
        ("table_row", "a\tb"),
        ("footnote", "Tre"),
        ("footnote", "Om losen og mer."),
        ("footnote", "To"),
        ("footnote", "Løs"),
    ]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: 'Plan mot vold'\nauthor: A. Eksempel\ndate: 2026-03-01\nlang: nn\npublisher: Etaten",
         DocInfo("Plan mot vold", ("A. Eksempel",), "Etaten", date(2026, 3, 1), "nn")),
        ("Tittel: Plan: del 2\nforfattere: [A. Eksempel, \"B. Prøve\"]\ndato: 31.12.2025",
         DocInfo("Plan: del 2", ("A. Eksempel", "B. Prøve"), "", date(2025, 12, 31), "")),
        ("authors:\n  - A. Eksempel\n  - B. Prøve\n# merknad\ntitle:", DocInfo("", ("A. Eksempel", "B. Prøve"))),
        ("date: snart", DocInfo()),
    ],
)  # fmt: skip
def test_front_matter(front: str, expected: DocInfo) -> None:
    contents = read(reader.read, f"---\n{front}\n---\nTekst".encode())
    assert contents.docinfo == expected
    assert shown(contents) == [("paragraph", "Tekst")]


def test_a_line_of_dashes_without_an_end_is_no_front_matter() -> None:
    contents = read(reader.read, b"---\ntitle: a\n\nb")
    assert contents.docinfo == DocInfo()
    assert shown(contents) == [("paragraph", "title: a"), ("paragraph", "b")]
