import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import BlockKind, Page, PageStatus, Segment
from indexer.extract.weave import (
    ADDED,
    LIGATURES,
    PageMeta,
    Piece,
    Strand,
    sound_source,
    strands,
    weave,
)

LETTERS = "aåøæÅ é\u0301o\u030a\u0327ﬁﬄ-\u2010\u2011\u00ad\u00a0\t\n\r\u200b\ufffe\x00\uf0b7 .1\u212b𝒳 "
sources = st.text(st.sampled_from(LETTERS), max_size=60)


def woven(source: str) -> Page:
    return weave(source, [Piece(BlockKind.PARAGRAPH, tuple(strands(source, 0, len(source))))], PageMeta(1, "test"))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Tiltaket virker.", "Tiltaket virker."),
        ("to  mellomrom\r\nog linje", "to mellomrom og linje"),
        ("a\u030apen", "åpen"),
        ("\u212bpen", "Åpen"),
        ("\u1112\u1161\u11ab", "한"),
        ("ﬁn ﬂate, oﬃsiell", "fin flate, offisiell"),
        ("myk\u00adbindestrek", "mykbindestrek"),
        ("e\u2010post og SLT\u2011møte", "e-post og SLT-møte"),
        ("\uf0b7 punkt", "• punkt"),
        ("hardt\u00a0mellomrom", "hardt mellomrom"),
        ("null\x00tegn\u200b", "nulltegn"),
        ("\u030aløs ring", "løs ring"),
        ("  rundt  ", "rundt"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_clean_text(source: str, text: str) -> None:
    assert woven(source).text == text


def test_the_way_back_of_a_rewritten_character() -> None:
    page = woven("en ﬁn a\u030are")
    assert page.text == "en fin åre"
    assert page.segments == (
        Segment(0, 0, 3),
        Segment(3, 3, 1),
        Segment(4, 3, 1),
        Segment(5, 4, 2),
        Segment(7, 6, 1),
        Segment(8, 8, 2),
    )


def test_blocks_stand_between_newlines_and_added_characters_in_no_segment() -> None:
    source = "Tiltak Frist\nLos 2025"
    cells = (*strands(source, 0, 6), Strand("\t", ADDED), *strands(source, 7, 12))
    pieces = [
        Piece(BlockKind.HEADING, cells, 2),
        Piece(BlockKind.PARAGRAPH, (Strand("  ", ADDED),)),
        Piece(BlockKind.PARAGRAPH, tuple(strands(source, 13, 21))),
    ]
    page = weave(source, pieces, PageMeta(3, "test", "iii"))
    assert page.text == "Tiltak\tFrist\nLos 2025"
    assert [(b.kind, page.text[b.start : b.end], b.level) for b in page.blocks] == [
        (BlockKind.HEADING, "Tiltak\tFrist", 2),
        (BlockKind.PARAGRAPH, "Los 2025", 0),
    ]
    assert page.segments == (Segment(0, 0, 6), Segment(7, 7, 5), Segment(13, 13, 8))
    assert (page.number, page.label, page.status) == (3, "iii", PageStatus.TEXT)


def test_no_space_beside_a_tab() -> None:
    cells = (Strand("a ", ADDED), Strand(" ", ADDED), Strand("\t", ADDED), Strand(" b", ADDED))
    assert weave("", [Piece(BlockKind.TABLE_ROW, cells)], PageMeta(1, "test")).text == "a\tb"


def test_a_page_without_text_keeps_its_status() -> None:
    page = weave("", [], PageMeta(1, "test", "", PageStatus.SCANNED))
    assert (page.text, page.status) == ("", PageStatus.SCANNED)


def test_lone_surrogates_are_shown() -> None:
    assert sound_source("a\ud800b") == "a\ufffdb"
    assert sound_source("æ𝒳") == "æ𝒳"


@given(sources)
def test_every_segment_leads_back(source: str) -> None:
    page = woven(source)
    for segment in page.segments:
        there = page.text[segment.start : segment.start + segment.length]
        here = source[segment.source_start : segment.source_start + segment.length]
        exact = "".join(" " if c.isspace() else c for c in here) == there
        assert exact or (segment.length == 1 and there in rewritings(source, segment.source_start))


def rewritings(source: str, at: int) -> str:
    first = cluster = source[at]
    while at + 1 < len(source) and unicodedata.combining(source[at + 1]):
        at += 1
        cluster += source[at]
    return unicodedata.normalize("NFC", cluster) + LIGATURES.get(first, "") + "-•"


@given(sources)
def test_text_is_composed_and_tidy(source: str) -> None:
    text = woven(source).text
    assert unicodedata.is_normalized("NFC", text)
    assert "  " not in text
    assert text == text.strip()
    assert not set(text) & set("\u00ad\u200b\ufffe\x00\r\n\t\u00a0ﬁﬄ\u2010\u2011")


@given(sources, st.integers(0, 60), st.integers(0, 60))
def test_part_of_a_source(source: str, start: int, end: int) -> None:
    for strand in strands(source, start, end):
        assert strand.at == ADDED or start <= strand.at < end
    assert "".join(strand.text for strand in strands(source, start, end)).strip() in " ".join(
        woven(source[start:end]).text.split(" ")
    )
