import pytest

from indexer.extract.hyphens import Lexicon, Mend

LINES = [
    "Rus-skolene og Rus igjen, men rus er noe annet; e-post og barnevern.",
    "Kommunen har barne- og ungdomsarbeid i Nord-Norge med samarbeids-",
    "partnere, og samarbeidspartnere finnes. MOT er MOT.",
]
ENGLISH = ["the night was dark and the time was late in the under pass with the cars", "the co-intervention"]


@pytest.mark.parametrize(
    ("before", "after", "mend"),
    [
        ("deler på sam-", "arbeid mellom", Mend.JOIN),
        ("barne-", "og ungdomsarbeid", Mend.KEEP_APART),
        ("for-", "eller ettermiddag", Mend.KEEP_APART),
        ("Nord-", "Norge er langt", Mend.KEEP),
        ("SLT-", "koordinator", Mend.KEEP),
        ("2019-", "2022", Mend.KEEP),
        ("e-", "post", Mend.KEEP),
        ("Rus-", "skolene", Mend.KEEP),
        ("MOT-", "klassene", Mend.KEEP),
        ("svensk-", "norsk studie", Mend.KEEP),
        ("samarbeids-", "partnere", Mend.JOIN),
        ("Kom-", "munen", Mend.JOIN),
        ("night-", "time", Mend.JOIN),
        ("en tankestrek -", "her", Mend.KEEP_APART),
        ("slutt-", "«sitat»", Mend.KEEP_APART),
    ],
)
def test_norwegian(before: str, after: str, mend: Mend) -> None:
    assert Lexicon(LINES).mend(before, after) == mend


@pytest.mark.parametrize(
    ("before", "after", "mend"),
    [
        ("night-", "time", Mend.KEEP),
        ("under-", "pass", Mend.JOIN),
        ("dis-", "appears", Mend.JOIN),
        ("co-", "intervention", Mend.KEEP),
        ("pre-", "and post-test", Mend.KEEP_APART),
    ],
)
def test_english(before: str, after: str, mend: Mend) -> None:
    assert Lexicon(ENGLISH).mend(before, after) == mend


@pytest.mark.parametrize(
    ("hyphen", "mend"),
    [("\u00ad", Mend.JOIN), ("\u2010", Mend.JOIN), ("-", Mend.KEEP), ("\ufffe", Mend.JOIN)],
)
def test_a_document_with_two_characters_for_the_two_kinds(hyphen: str, mend: Mend) -> None:
    assert Lexicon(LINES, marked=True).mend("gate-", "lys", hyphen) == mend


def test_halves_of_divided_words_are_no_words_of_the_document() -> None:
    lexicon = Lexicon(["the differ-", "ence was the same", "the differ and the rest"])
    assert lexicon.mend("differ-", "ence") == Mend.JOIN
