"""What is lit by the places kept in the index is what is lit by reading the text."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.search import Mark
from indexer.analysis import Token, fold_key, tokens
from indexer.engines.concepts import Concept, Concepts
from indexer.engines.lexicon import Lexicon
from indexer.engines.marks import Marker, Markers
from indexer.engines.matching import Query
from indexer.engines.profile import PROFILE
from indexer.engines.rows import UNTOLD, Rows, RowWriter, read_rows, steps
from indexer.schema import Field

PIECES = (
    "mobbing", "mobbinga", "MOBBING", "i", "skolen", "skolemiljøet", "skole", "miljø", "miljøet", "mil\u00adjø",
    "Mobbings", "e-post", "epost", "§ 12-3", "ﬁlm", "film", "mentor's", "SLT-koordinator", "ordfører’n", "å", "1999",
    "İstanbul",
    " ", "\n", ". ", ", ", "-", " – ", " " * 300, "«", "»", "/",
)  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
ASKED = st.lists(st.sampled_from(["mobbing", "skole", "miljø", "skolemiljø", "epost", "film", "i", "mob*"]), max_size=3)
PHRASES = st.lists(
    st.lists(st.sampled_from(["mobbing", "i", "skolen", "epost", "film"]), min_size=1, max_size=3), max_size=3
)


def marker_of(texts: Sequence[str], folder: Path, asked: Sequence[str], phrases: Sequence[Sequence[str]]) -> Marker:
    found = [tokens(text) for text in texts]
    numbers: dict[str, int] = {}
    writer = RowWriter(folder)
    writer.add(0, {})
    for each in found:
        words = [numbers.setdefault(token.surface, len(numbers)) for token in each]
        writer.add(0, {Field.BODY: words}, steps(each))
    writer.close()
    lexicon = Lexicon.of(dict.fromkeys(numbers, 3), {})
    concepts = Concepts(lexicon, PROFILE)
    scored = tuple(concepts.of(word.rstrip("*"), word.endswith("*")) for word in dict.fromkeys(asked))
    told = tuple(tuple(concepts.of_phrase(word) for word in phrase) for phrase in phrases)
    rows: Rows = read_rows(folder)
    return Markers(rows, lexicon).of(Query(scored, (), scored, told))


def plainly(marker: Marker, text: str) -> list[tuple[int, int]]:
    """The letters lit, by plain loops over every word and phrase."""
    query, lexicon, found = marker._query, marker._lexicon, tokens(text)
    lit: set[int] = set()
    for token in found:
        for start, end in _of_word(token, query.scored, lexicon):
            lit.update(range(start, end))
    for phrase in query.phrases:
        for at in range(len(found) - len(phrase) + 1):
            run = found[at : at + len(phrase)]
            if all(lexicon.ids.get(token.surface) in word.holds for token, word in zip(run, phrase, strict=True)):
                lit.update(range(run[0].start, run[-1].end))
    return sorted((at, at + 1) for at in lit)


def _of_word(token: Token, words: Sequence[Concept], lexicon: Lexicon) -> list[tuple[int, int]]:
    number, lower = lexicon.ids.get(token.surface), token.surface.lower()
    if not any(number in ids for word in words for ids in (word.holds, *(held.ids for held in word.channels))):
        return []
    inside = {key for word in words for key in word.inside}
    if any(number in word.whole for word in words) or fold_key(lower) in inside:
        return [(token.start, token.end)]
    if token.end - token.start != len(lower):
        return [(token.start, token.end)]
    parts = [part for part in lexicon.splitter.split(lower) if fold_key(part.text) in inside]
    return [(token.start + part.start, token.start + part.end) for part in parts]


def letters(marks: Sequence[Mark]) -> list[tuple[int, int]]:
    assert all(one.end <= two.start for one, two in pairwise(marks))
    return [(at, at + 1) for mark in marks for at in range(mark.start, mark.end)]


@settings(max_examples=80)
@given(texts=st.lists(TEXT, min_size=1, max_size=4), asked=ASKED, phrases=PHRASES)
def test_marks_are_the_same_by_places_by_text_and_by_plain_loops(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], asked: list[str], phrases: list[list[str]]
) -> None:
    marker = marker_of(texts, tmp_path_factory.mktemp("rows"), asked, phrases)
    for row, text in enumerate(texts, 1):
        assert marker.in_row(row, text) == marker.marks(text)
        assert letters(marker.marks(text)) == plainly(marker, text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", b""),
        ("Natteravner går.", bytes((0, 12))),
        ("  vold", bytes((2,))),
        ("a" + " " * 253 + "b", bytes((0, 254))),
        ("a" + " " * 254 + "b", UNTOLD * 2),
        ("mil\u00adjø i byen", UNTOLD * 3),
        ("e-post", UNTOLD),
        ("MOBBING I SKOLEN MÅ STANSE", bytes((0, 8, 2, 7, 3))),
    ],
)
def test_how_far_words_begin_after_each_other(text: str, told: bytes) -> None:
    assert steps(tokens(text)) == told


def test_a_word_of_another_text_is_marked_in_any(tmp_path: Path) -> None:
    marker = marker_of(["mobbing"], tmp_path, ["mobbing"], [])
    assert marker.marks("aldri mobbing, aldri") == (Mark(6, 13),)
    assert not marker.empty
