"""Words, their places, and the keys they are found by."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.search import And, Word
from indexer.analysis import Splitter, is_stop_word, surfaces, tokens, word_keys
from indexer.querytext import parse

NOTHING = Splitter({})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mentorordningen virker.", ["Mentorordningen", "virker"]),
        ("SLT-koordinator", ["SLT", "koordinator"]),
        ("e-postar og e-post", ["epostar", "og", "epost"]),
        ("§ 12-3 og §4", ["§12-3", "og", "§4"]),
        ("2023–2026", ["2023", "2026"]),
        ("rus- og kriminalitetsforebygging", ["rus", "og", "kriminalitetsforebygging"]),
        ("fore\u00adbygging", ["forebygging"]),
        ("a\u030apen", ["åpen"]),
        ("MOT i skolen", ["MOT", "i", "skolen"]),
        ("HANDLINGSPLAN MOT VOLD", ["handlingsplan", "mot", "vold"]),
        ("BTI og SLT", ["BTI", "og", "SLT"]),
        ("politiet's", ["politiet"]),
        ("E-helse og x-ray", ["Ehelse", "og", "xray"]),
        ("HMS-arbeid, MOT-skole", ["HMS", "arbeid", "MOT", "skole"]),
        ("barne- og ungdomsvern", ["barne", "og", "ungdomsvern"]),
        ("sør-øst", ["sør", "øst"]),
        ("SLT/politiråd", ["SLT", "politiråd"]),
        ("10–18 år", ["10", "18", "år"]),
        ("15-åring, 1990-åra", ["15", "åring", "1990", "åra"]),
        ("covid-19", ["covid", "19"]),
        ("2023/24, 2,5 og 50 %", ["2023", "24", "2", "5", "og", "50"]),
        ("§ 12-3 b, §§ 3-1 og kap. 3", ["§12-3b", "§3-1", "og", "kap", "3"]),
        ("LOV-2005-06-17-64", ["LOV", "2005", "06", "17", "64"]),
        ("ART og art, LINK og link", ["ART", "og", "art", "LINK", "og", "link"]),
        ("Heim er ikke heim", ["Heim", "er", "ikke", "heim"]),
        ("NAV’s U18", ["NAV", "U18"]),
        ("ﬁnans ½ x²", ["finans", "½", "x2"]),
        ("", []),
        ("… — « »", []),
        ("x" * 500, ["x" * 64]),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert surfaces(text) == words


SAME = [
    ("ungdom", "ungdommen"), ("ungdom", "ungdommer"), ("ungdom", "ungdomar"), ("program", "programmet"),
    ("skole", "skoler"), ("skole", "skolen"), ("skole", "skule"), ("skolene", "skulane"), ("vold", "vald"),
    ("volden", "valden"), ("forebygging", "førebygging"), ("forebygge", "førebyggje"), ("tjeneste", "teneste"),
    ("kommune", "kommunane"), ("kommuner", "kommunar"), ("mobbing", "mobbinga"), ("evaluering", "evalueringa"),
    ("veileder", "rettleiar"), ("tiltak", "tiltaka"), ("tiltak", "tiltakene"), ("elev", "elevane"),
    ("foreldre", "foreldra"), ("barnevern", "barnevernet"), ("barnevern", "barnevernets"), ("politi", "politiet"),
    ("trygghet", "tryggleik"), ("mulighet", "moglegheit"), ("oppfølging", "oppfølginga"), ("sjøl", "selv"),
    ("hjelp", "hjelpa"), ("arbeid", "arbeidet"), ("koordinator", "koordinatorar"), ("rapport", "rapportane"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_forms_are_one_word(one: str, other: str) -> None:
    assert word_keys(one, NOTHING).stem == word_keys(other, NOTHING).stem


APART = [
    ("får", "far"), ("mål", "mal"), ("før", "for"), ("råd", "rad"), ("bør", "bor"), ("rør", "ror"), ("vold", "volum"),
    ("tillit", "tilsyn"), ("natt", "nett"), ("bot", "båt"), ("skole", "skade"), ("rus", "ros"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_words_stay_two(one: str, other: str) -> None:
    assert word_keys(one, NOTHING).stem != word_keys(other, NOTHING).stem


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("maal", "mål"), ("kriminalitetsforebyggende", "kriminalitetsforebyggende"), ("ungdomsrad", "ungdomsråd"),
     ("oppfolging", "oppfølging"), ("oppfoelging", "oppfølging"), ("naermiljo", "nærmiljø")],
)  # fmt: skip
def test_typed_without_the_norwegian_letters(typed: str, meant: str) -> None:
    assert word_keys(typed, NOTHING).fold == word_keys(meant, NOTHING).fold


def test_words_inside_a_compound_are_the_collections_own() -> None:
    splitter = Splitter({"kriminalitet": 3, "forebygging": 3, "ungdom": 3})
    parts = splitter.split("kriminalitetsforebygging")
    assert [part.text for part in parts] == ["kriminalitet", "forebygging"]
    assert all("kriminalitetsforebygging"[part.start : part.end] == part.text for part in parts)
    assert splitter.split("kriminalitet") == ()


@given(st.text(max_size=300))
def test_every_word_stands_where_it_says(text: str) -> None:
    found = tokens(text)
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for token in found:
        keys = word_keys(token.surface.lower(), NOTHING)
        assert keys == word_keys(token.surface.lower(), NOTHING)
        assert isinstance(is_stop_word(token.surface.lower()), bool)


@given(st.text(max_size=100) | st.text(alphabet="abAB æøåÅ-'’§ 1234.–\u00ad\u030aE½ß²", max_size=40))
def test_a_word_of_a_text_is_the_same_word_when_it_is_asked_for(text: str) -> None:
    for surface in surfaces(text):
        assert surfaces(surface) == [surface]
        assert surface in {"OR", "ELLER"} or parse(surface) == And((Word(surface),))
