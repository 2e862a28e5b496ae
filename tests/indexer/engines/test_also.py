"""A tiltak, a theme and a kommune are found by all their names; a word that is also a name stays itself."""

from pathlib import Path

import pytest

from corpus.config import Config, IndexConfig
from corpus.engine import Engine
from corpus.search import Facet, SearchRequest, SearchResult
from corpus.vocabulary import load_vocabulary
from indexer.engines import open_engine
from indexer.engines.aliases import Aliases
from tests.contract.collection import TODAY, record

VOCABULARY = load_vocabulary()
SHELF = (
    record(1, "Focused deterrence reduced shootings.", title="Group violence"),
    record(2, "Fokusert avskrekking er prøvd i byen.", title="Gjengvold"),
    record(3, "Planen gjelder til 2027.", title="Plan for SLT", kommuner=["3103"]),
    record(4, "Rygge hadde egen plan.", title="Gammel plan"),
    record(5, "Tiltak mot rus.", title="Nei"),
    record(6, "Skolen bruker MOT i niende trinn.", title="Ja"),
    record(7, "Heim kommune har plan, og vi gikk heim.", title="Plan"),
    record(8, "Vi går heim.", title="Kveld"),
    record(9, "Zero ble prøvd på skolen.", title="Uten mobbing"),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    made = open_engine(Config(index=IndexConfig(folder=tmp_path_factory.mktemp("index"))), VOCABULARY)
    made.publish(made.build(SHELF).name)
    return made


def ask(engine: Engine, text: str, *, exact: bool = False) -> SearchResult:
    return engine.search(SearchRequest(TODAY, text, exact=exact, enough=1))


def numbers(result: SearchResult) -> set[int]:
    return {int(hit.document_id[1:]) for hit in result.hits}


@pytest.mark.parametrize(
    ("text", "found", "exactly"),
    [
        ("focused deterrence", {1, 2}, {1}),
        ("deterrence focused", {1, 2}, {1}),
        ("fokusert avskrekking", {1, 2}, {2}),
        ("gruppevoldsintervensjon", {1, 2}, set()),
        ("rygge", {3, 4}, {4}),
        ("Moss", {3, 4}, set()),
        ("SLT Moss", {3}, {3}),
        ("MOT", {6}, {6}),
        ("zero", {9}, {9}),
        ("ZERO", {9}, set()),
        ("Heim", {7}, {7}),
        ("heim", {7, 8}, {7, 8}),
    ],
)
def test_what_is_found_by_which_name(engine: Engine, text: str, found: set[int], exactly: set[int]) -> None:
    assert numbers(ask(engine, text)) == found
    assert numbers(ask(engine, text, exact=True)) == exactly


def test_it_says_what_else_it_searched_for(engine: Engine) -> None:
    (told,) = ask(engine, "focused deterrence").expansions
    assert (told.text, told.facet, told.code) == ("focused deterrence", Facet.TILTAK, "fokusert_avskrekking")
    assert "fokusert avskrekking" in told.forms
    assert "focused deterrence" not in told.forms
    assert ask(engine, "focused deterrence", exact=True).expansions == ()


def test_another_name_is_lit(engine: Engine) -> None:
    hits = {hit.document_id: hit for hit in ask(engine, "focused deterrence").hits}
    (passage,) = hits["d002"].passages
    assert [passage.text[mark.start : mark.end] for mark in passage.marks] == ["Fokusert avskrekking"]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("vold i nære relasjoner", ["vold_naere"]),
        ("SLT-koordinator i Moss", ["slt", "3103"]),
        ("mot rus", ["rus"]),
        ("MOT rus", ["mot", "rus"]),
        ("trygghet", ["trygghet"]),
        ("soning", []),
        ("heim", []),
        ("heim kommune", ["5055"]),
        ("for førsteklassinger", []),
        ("", []),
    ],
)
def test_what_words_name(words: str, codes: list[str]) -> None:
    found = Aliases(VOCABULARY).mentions(words.replace("-", " ").split())
    assert [mention.named.code for mention in found] == codes


def test_a_new_engine_sees_the_same(engine: Engine, tmp_path: Path) -> None:
    other = open_engine(Config(index=IndexConfig(folder=tmp_path)), VOCABULARY)
    other.publish(other.build(SHELF).name)
    assert ask(other, "rygge").total == ask(engine, "rygge").total
