"""What people type becomes a tree, whatever they type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.search import And, InField, Node, Not, Or, Phrase, Word
from indexer.querytext import MOST_NODES, parse


def tree(*nodes: Node) -> And:
    return And(nodes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", tree()),
        ("mentor", tree(Word("mentor"))),
        ("mentor ungdom", tree(Word("mentor"), Word("ungdom"))),
        ('"bedre tverrfaglig innsats"', tree(Phrase("bedre tverrfaglig innsats"))),
        ("«tidlig innsats»", tree(Phrase("tidlig innsats"))),
        ('"åpen', tree(Word("åpen"))),
        ('""', tree()),
        ("mobbing -digital", tree(Word("mobbing"), Not(Word("digital")))),
        ('mobbing -"på nett"', tree(Word("mobbing"), Not(Phrase("på nett")))),
        ("mobbing - digital", tree(Word("mobbing"), Word("digital"))),
        ("natteravn OR nattevandring", tree(Or((Word("natteravn"), Word("nattevandring"))))),
        ("natteravn ELLER nattevandring", tree(Or((Word("natteravn"), Word("nattevandring"))))),
        ("natteravn or nattevandring", tree(Word("natteravn"), Word("or"), Word("nattevandring"))),
        ("a1 OR b1 OR c1 d1", tree(Or((Word("a1"), Word("b1"), Word("c1"))), Word("d1"))),
        ("OR mentor OR", tree(Word("mentor"))),
        ("OR", tree()),
        ("ungdom*", tree(Word("ungdom", prefix=True))),
        ("*dom", tree(Word("dom"))),
        ("u*", tree(Word("u"))),
        ("kommune:Moss", tree(InField("kommune", "Moss"))),
        ('kommune:"Indre Østfold"', tree(InField("kommune", "Indre Østfold"))),
        ("år:2021", tree(InField("year", "2021"))),
        ("year:2018-2021", tree(InField("year", "2018-2021"))),
        ("TYPE:evaluering", tree(InField("doc_type", "evaluering"))),
        ("-tema:rus", tree(Not(InField("theme", "rus")))),
        ("ukjent:felt", tree(Word("ukjent"), Word("felt"))),
        ("tittel:plan", tree(InField("title", "plan"))),
        ("SLT-koordinator", tree(Word("SLT"), Word("koordinator"))),
        ("§ 12-3", tree(Word("§12-3"))),
        ("kl. 20:30", tree(Word("kl"), Word("20"), Word("30"))),
    ],
)
def test_trees(text: str, expected: Node) -> None:
    assert parse(text) == expected


@given(st.text(max_size=400))
def test_nothing_raises(text: str) -> None:
    assert isinstance(parse(text), And)


@given(
    st.lists(
        st.sampled_from(['"', "-", "OR", "ELLER", ":", "*", "tema:", "mentor", "«", "»", " ", "(", ")", "\\", "\x00"]),
        max_size=60,
    )
)
def test_signs_in_any_order(parts: list[str]) -> None:
    assert isinstance(parse("".join(parts)), And)
    assert isinstance(parse(" ".join(parts)), And)


def test_a_book_is_cut() -> None:
    assert len(parse("ord " * 100_000).nodes) <= MOST_NODES  # type: ignore[union-attr]
