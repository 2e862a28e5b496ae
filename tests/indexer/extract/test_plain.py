"""Plain texts: paragraphs, headings, lists and tables told by how the lines stand; and in which encoding they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract import plain as reader
from indexer.extract.encoding import decoded
from tests.indexer.extract.reader_files import read, shown


def blocks(text: str) -> list[tuple[str, str]]:
    return shown(read(reader.read, text.encode()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("En linje\nog en til.\n\nNytt.", [("paragraph", "En linje og en til."), ("paragraph", "Nytt.")]),
        ("a\r\nb\r\n\r\nc\rd", [("paragraph", "a b"), ("paragraph", "c d")]),
        ("side en\fside to", [("paragraph", "side en"), ("paragraph", "side to")]),
        ("Det fore-\nbyggende arbeidet", [("paragraph", "Det forebyggende arbeidet")]),
        ("barne- og ungdom, barne-\nog familie", [("paragraph", "barne- og ungdom, barne- og familie")]),
        ("SLT-\nRådet", [("paragraph", "SLT-Rådet")]),
        ("PLAN MOT VOLD\n\nTekst her.", [("h1", "PLAN MOT VOLD"), ("paragraph", "Tekst her.")]),
        ("2027\n\na", [("paragraph", "2027"), ("paragraph", "a")]),
        ("2.3 Losteam\n\nTekst.", [("h2", "2.3 Losteam"), ("paragraph", "Tekst.")]),
        ("1. Bakgrunn\n\nTekst.", [("h1", "1. Bakgrunn"), ("paragraph", "Tekst.")]),
        ("1. Kjøpe lys\n\n2. Slukke lys", [("list_item", "1. Kjøpe lys"), ("list_item", "2. Slukke lys")]),
        ("Plan\n====\n\nDel\n---\nTekst\n\nUnder\n.....\n\nNy del\n---",
         [("h1", "Plan"), ("h2", "Del"), ("paragraph", "Tekst"), ("h3", "Under"), ("h2", "Ny del")]),
        ("Vi vil:\n- ha det godt\n  sammen\n* leve\n• (a) og\na) le",
         [("paragraph", "Vi vil:"), ("list_item", "- ha det godt sammen"), ("list_item", "* leve"),
          ("list_item", "• (a) og"), ("list_item", "a) le")]),
        ("Tabell 1. Kostnader\nTiltak | 2025\n-------|-----\nLos | 100 | ja",
         [("caption", "Tabell 1. Kostnader"), ("table_row", "Tiltak\t2025"), ("table_row", "Los\t100\tja")]),
        ("a\tb\nc\td\nslutt", [("table_row", "a\tb"), ("table_row", "c\td"), ("paragraph", "slutt")]),
        ("en | to", [("paragraph", "en | to")]),
        ("a" * 130 + "\nb\n\nC", [("paragraph", "a" * 130), ("paragraph", "b"), ("h1", "C")]),
        ("LITTERATUR\n\nA. Eksempel (2021).", [("h1", "LITTERATUR"), ("reference", "A. Eksempel (2021).")]),
        ("a\0b", [("paragraph", "a\ufffdb")]),
        ("", []),
    ],
)  # fmt: skip
def test_how_lines_become_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(text) == expected


@given(st.text(alphabet=st.sampled_from("aåB \n\t-.=|1\u030a\u00ad"), max_size=60))
def test_every_text_is_read_and_leads_back(text: str) -> None:
    letters = "".join(text.split())
    found = "".join(page.text for page in read(reader.read, text.encode()).pages)
    assert set(found.lower()) <= set(" \n\t-.=|1abå\u030a•") and ("a" in letters) <= ("a" in found or "å" in found)


NORWEGIAN = "Blåbærsyltetøy «på» brød – 100 €"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (NORWEGIAN.encode(), NORWEGIAN),
        (NORWEGIAN.encode("utf-8-sig"), NORWEGIAN),
        (NORWEGIAN.encode("utf-16"), NORWEGIAN),
        (b"\xfe\xff" + NORWEGIAN.encode("utf-16-be"), NORWEGIAN),
        (NORWEGIAN.encode("windows-1252"), NORWEGIAN),
        (b"<meta charset=iso-8859-1>" + NORWEGIAN.encode("windows-1252"), "<meta charset=iso-8859-1>" + NORWEGIAN),
        (b'<?xml encoding="koi8-r"?>' + "мир".encode("koi8-r"), '<?xml encoding="koi8-r"?>мир'),
        (b"<meta charset=base64>\xe5", "<meta charset=base64>å"),
        (b"<meta charset=ukjent>\xe5", "<meta charset=ukjent>å"),
        (b"<meta charset=utf-8>\xe5", "<meta charset=utf-8>å"),
        (b"<meta charset=shift_jis>\xe5", "<meta charset=shift_jis>å"),
        (("æøå" * 10).encode() + b"\xe5", "æøå" * 10 + "\ufffd"),
        (b"\x81", "\ufffd"),
        (b"", ""),
    ],
)  # fmt: skip
def test_in_which_encoding_a_text_is(data: bytes, text: str) -> None:
    assert decoded(data) == text


@given(st.binary(max_size=200))
def test_no_bytes_are_too_odd(data: bytes) -> None:
    assert isinstance(decoded(data), str)
