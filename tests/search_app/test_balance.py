"""What many findings say together, and a finding that a document repeats."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Verdict
from corpus.vocabulary import load_vocabulary
from search_app.balance import balance, votes
from search_app.base import Sourced, fold, gather
from tests.search_app.fakes import FakeEngine
from tests.search_app.invented import entries
from tests.search_app.told import records

MENTOR = entries()[0].record()


def sourced(*documents: str) -> list[Sourced]:
    """Findings of several documents; of each a letter a finding: v l b i(ngen) s(kadelig) ?(ikke evaluert)."""
    letters = dict(zip("vlbis?", Verdict, strict=True))
    said = ((number, at, letters[letter]) for number, told in enumerate(documents) for at, letter in enumerate(told))
    return [made(f"d{number}", verdict, at) for number, at, verdict in said]


def made(document: str, verdict: Verdict, at: int = 0, same_as: str | None = None) -> Sourced:
    finding = replace(MENTOR.findings[0], id=f"{document}-{at}", verdict=verdict, same_as=same_as)
    return Sourced(replace(MENTOR.document, id=document), finding)


@pytest.mark.parametrize(
    ("documents", "carries"),
    [
        ((), None),
        (("?",), Verdict.IKKE_EVALUERT),
        (("?", "?", "?", "v"), Verdict.VIRKER),
        (("v", "v", "l"), Verdict.VIRKER),
        (("v", "l"), Verdict.LOVENDE),
        (("l", "l", "i"), Verdict.LOVENDE),
        (("v", "i"), Verdict.BLANDET),
        (("vvvvv", "i"), Verdict.BLANDET),
        (("vvvvv", "i", "i"), Verdict.INGEN_EFFEKT),
        (("b",), Verdict.BLANDET),
        (("v", "b"), Verdict.BLANDET),
        (("i",), Verdict.INGEN_EFFEKT),
        (("s",), Verdict.SKADELIG),
        (("s", "i"), Verdict.INGEN_EFFEKT),
        (("s", "s", "i"), Verdict.SKADELIG),
        (("v", "v", "v", "s"), Verdict.BLANDET),
    ],
)
def test_what_carries(documents, carries):
    assert balance(sourced(*documents)) is carries


def test_a_document_has_one_vote():
    assert votes(sourced("vvi", "i")) == {Verdict.VIRKER: Fraction(1, 3), Verdict.INGEN_EFFEKT: Fraction(2, 3)}


@given(st.lists(st.text("vlbis?", min_size=1, max_size=4), max_size=6))
def test_votes_are_shared_and_harm_is_never_outvoted_into_good(documents):
    found = sourced(*documents)
    shares = votes(found)
    assert sum(shares.values()) in (0, 1)
    assert not (Verdict.SKADELIG in shares and balance(found) in (Verdict.VIRKER, Verdict.LOVENDE))
    assert balance(found) is balance(list(reversed(found)))


def test_a_repeated_finding_counts_once_with_its_other_places():
    first, again, once_more = (
        made("a", Verdict.VIRKER, 0),
        made("a", Verdict.VIRKER, 1, same_as="a-0"),
        made("a", Verdict.VIRKER, 2, same_as="a-0"),
    )
    other = made("b", Verdict.VIRKER, 1, same_as="b-0")
    folded = fold([first, again, other, once_more])
    assert [(each.finding.id, [place.id for place in each.also]) for each in folded] == [
        ("a-0", ["a-1", "a-2"]),
        ("b-1", []),
    ]


def test_the_other_places_of_a_finding_are_found_for_a_copy_of_it():
    engine = FakeEngine(records(), load_vocabulary())
    base = gather(engine, engine.live())
    document = base.documents["rapport-virker"]
    first, again = base.findings_of[document.id]
    assert base.placed(document, replace(first)).also == (again,)
    assert base.placed(document, replace(again)).also == (first,)
    alone = base.findings_of["rapport-los"][0]
    assert base.placed(base.documents["rapport-los"], replace(alone)).also == ()
