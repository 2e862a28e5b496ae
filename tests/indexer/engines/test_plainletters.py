"""Words typed without æ, ø and å find those of the collection, and are told from words that are written so."""

from pathlib import Path

import pytest

from corpus.config import Config, IndexConfig
from corpus.engine import Engine
from corpus.search import MatchKind, SearchRequest
from corpus.vocabulary import load_vocabulary
from indexer.engines import open_engine
from indexer.engines.lexicon import Lexicon
from indexer.engines.plainletters import PlainLetters
from tests.contract.collection import TODAY, record

COUNTS = {
    "mål": 30, "Mål": 10, "mal": 9, "får": 50, "far": 3, "på": 90, "nærmiljø": 4, "nærmiljøet": 2, "oppfølging": 8,
    "ås": 2, "as": 2, "røde": 5, "råde": 7, "ære": 1, "skole": 20, "Ås": 1, "ære-": 1, "førebygging": 1, "résumé": 3,
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("maal", ("mål",)),
        ("mal", ("mal", "mål")),
        ("far", ("får",)),
        ("mål", ("mål",)),
        ("pa", ("på",)),
        ("paa", ("på",)),
        ("naermiljoe", ("nærmiljø",)),
        ("narmiljo", ("nærmiljø",)),
        ("naermiljo", ("nærmiljø",)),
        ("oppfolging", ("oppfølging",)),
        ("naermiljoet", ("nærmiljøet",)),
        ("narmiljoet", ("nærmiljøet",)),
        ("naermiljoeet", ("nærmiljøet",)),
        ("aas", ("ås",)),
        ("as", ("as", "ås")),
        ("rade", ("råde",)),
        ("rode", ("røde",)),
        ("skole", ("skole",)),
        ("skåle", ("skåle",)),
        ("xqzw", ("xqzw",)),
        ("12", ("12",)),
        ("", ("",)),
    ],
)
def test_what_a_word_may_stand_for(typed: str, words: tuple[str, ...]) -> None:
    assert PlainLetters(Lexicon.of(COUNTS, {})).words(typed) == words


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("index")
    made = open_engine(Config(index=IndexConfig(folder=folder)), load_vocabulary())
    records = [
        record(1, "Sjølvmord blant unge på bygda. Målet er færre."),
        record(2, "Nærmiljøet skal følges opp av rådet på skolen."),
        record(3, "Malen for planen er ny. Plan for byen."),
    ]
    made.publish(made.build(records).name)
    return made


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("naermiljoet", "d002"), ("narmiljoet", "d002"), ("sjolvmord", "d001"), ("sjoelvmord paa bygda", "d001"),
        ('"pa skolen"', "d002"), ('"raadet paa skolen"', "d002"), ("selvmord", "d001"), ("radet", "d002"),
    ],
)  # fmt: skip
def test_a_document_is_found(engine: Engine, text: str, first: str) -> None:
    assert engine.search(SearchRequest(TODAY, text)).hits[0].document_id.endswith(first[1:].lstrip("0"))


def test_a_function_word_without_its_letters_is_still_one(engine: Engine) -> None:
    result = engine.search(SearchRequest(TODAY, "raadet paa"))
    assert [word.text for word in result.words] == ["raadet"]


def test_a_hit_says_that_the_spelling_is_another(engine: Engine) -> None:
    (hit,) = engine.search(SearchRequest(TODAY, "sjolvmord")).hits
    assert [(match.kind, match.forms) for match in hit.matches] == [(MatchKind.SPELLING, ("sjølvmord",))]


def test_it_is_scored_like_the_word_as_written(engine: Engine) -> None:
    scores = {text: engine.search(SearchRequest(TODAY, text)).hits[0].score for text in ("nærmiljøet", "naermiljoet")}
    assert scores["nærmiljøet"] == pytest.approx(scores["naermiljoet"])
