"""What only an engine with words shows: marks, forms, "mente du", suggestions; and how it meets a damaged index."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.config import Config, IndexConfig
from corpus.engine import Engine
from corpus.errors import IndexDamaged, NoIndex
from corpus.model import Language, Verdict
from corpus.search import Facet, SearchRequest, SearchResult, SuggestionKind
from corpus.vocabulary import load_vocabulary
from indexer.engines import open_engine
from tests.contract.collection import TODAY, record

VOCABULARY = load_vocabulary()
SHELF = (
    record(1, "Mentorordningen førte til mindre mobbing blant elevene.\nEn mentor møtte eleven hver uke.",
           title="Evaluering av mentorordningen", heading="Resultater", findings=[(Verdict.VIRKER, "mentor")]),
    record(2, "Skulane i MOT fekk ikkje mindre mobbing.\nForebyggjande arbeid mot rus tek tid.",
           title="Robust ungdom", language=Language.NN, findings=[(Verdict.INGEN_EFFEKT, "mot")]),
    record(3, "Kriminalitetsforebyggende arbeid krever samordning.\nNatteravner går i sentrum.", title="Plan for Moss"),
    record(4, "Street lighting reduced crime in the city centre.", title="Street lighting", language=Language.EN),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    made = open_engine(Config(index=IndexConfig(folder=tmp_path_factory.mktemp("index"))), VOCABULARY)
    made.publish(made.build(SHELF).name)
    return made


def ask(engine: Engine, text: str) -> SearchResult:
    return engine.search(SearchRequest(TODAY, text))


def lit(result: SearchResult) -> set[str]:
    return {
        passage.text[mark.start : mark.end].lower()
        for hit in result.hits
        for passage in hit.passages
        for mark in passage.marks
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mentor", {"mentor", "mentorordningen"}),
        ("elev", {"elevene", "eleven"}),
        ("mobbing", {"mobbing"}),
        ('"mindre mobbing"', {"mindre mobbing", "mindre", "mobbing"}),
        ("natteravner", {"natteravner"}),
        ("crime", {"crime"}),
    ],
)
def test_the_word_as_it_stands_is_lit(engine: Engine, text: str, words: set[str]) -> None:
    found = lit(ask(engine, text))
    assert found
    assert found <= words


def test_what_is_lit_lies_in_the_passage(engine: Engine) -> None:
    for hit in ask(engine, "mobbing mentor rus").hits:
        for passage in hit.passages:
            assert all(0 <= mark.start < mark.end <= len(passage.text) for mark in passage.marks)
            page = engine.records().page(hit.document_id, passage.page)
            assert page is not None
            assert page.text[passage.start : passage.start + len(passage.text)] == passage.text


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("førebyggjande", "d002"),
        ("forebyggende rus", "d002"),
        ("MOT", "d002"),
        ("mentorordningen", "d001"),
        ("street lights", "d004"),
        ("moebbing mentor", "d001"),
    ],
)
def test_the_best_hit(engine: Engine, text: str, best: str) -> None:
    assert ask(engine, text).hits[0].document_id == best


def test_an_acronym_is_not_the_word(engine: Engine) -> None:
    assert [hit.document_id for hit in ask(engine, "MOT").hits] == ["d002"]


def test_which_forms_matched_and_in_how_many(engine: Engine) -> None:
    word = ask(engine, "skole mobbing").words[1]
    assert (word.text, word.documents, word.relaxed) == ("mobbing", 2, False)
    assert "mobbing" in word.forms


def test_findings_come_with_the_hit(engine: Engine) -> None:
    hit = ask(engine, "mobbing mentorordningen").hits[0]
    assert [finding.verdict for finding in hit.findings] == [Verdict.VIRKER]
    only = engine.search(SearchRequest(TODAY, "mobbing", {Facet.VERDICT: ("ingen_effekt",)}))
    assert [finding.verdict for hit in only.hits for finding in hit.findings] == [Verdict.INGEN_EFFEKT]


def test_a_finding_said_in_several_places_comes_once(tmp_path: Path) -> None:
    made = record(1, "Mentor gav mindre mobbing.\nMentor gav mindre vold.", findings=[(Verdict.VIRKER, "mentor")] * 3)
    first, again, other = made.findings
    held = replace(made, findings=(first, replace(again, same_as=first.id), other))
    engine = open_engine(Config(index=IndexConfig(folder=tmp_path)), load_vocabulary())
    engine.publish(engine.build([held]).name)
    assert [finding.id for finding in ask(engine, "mentor").hits[0].findings] == [first.id, other.id]


def test_did_you_mean_offers_a_word_of_the_collection(engine: Engine) -> None:
    assert ask(engine, "natteravnerr").did_you_mean == "natteravner"
    assert ask(engine, "natteravner").did_you_mean is None


@pytest.mark.parametrize(
    ("typed", "kind", "code"),
    [
        ("mentor", SuggestionKind.TILTAK, "mentor"),
        ("rygge", SuggestionKind.KOMMUNE, "3103"),
        ("mob", SuggestionKind.THEME, "mobbing"),
        ("robust", SuggestionKind.DOCUMENT, "d002"),
        ("alesund", SuggestionKind.KOMMUNE, "1508"),
    ],
)
def test_suggestions(engine: Engine, typed: str, kind: SuggestionKind, code: str) -> None:
    assert (kind, code) in [(each.kind, each.code) for each in engine.suggest(typed, Language.NB)]


@pytest.mark.parametrize("typed", ["", " ", "*", "qqqqqq", "\x00", "a" * 5000])
def test_nothing_to_suggest(engine: Engine, typed: str) -> None:
    assert engine.suggest(typed, Language.NN, 3) == ()


@given(st.text(max_size=80))
def test_any_text_is_answered(engine: Engine, text: str) -> None:
    result = ask(engine, text)
    assert result.total >= len(result.hits)
    assert len(engine.suggest(text, Language.EN, 5)) <= 5


def test_a_damaged_index_is_refused_and_says_what_to_do(tmp_path: Path) -> None:
    config = Config(index=IndexConfig(folder=tmp_path))
    made = open_engine(config, VOCABULARY)
    name = made.build(SHELF).name
    made.publish(name)
    path = next(path for path in sorted((tmp_path / "generations" / name).rglob("*")) if path.is_file())
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(IndexDamaged) as raised:
        ask(open_engine(config, VOCABULARY), "mentor")
    assert raised.value.remedy


def test_an_engine_without_a_vocabulary_of_its_own_reads_the_products(tmp_path: Path) -> None:
    made = open_engine(Config(index=IndexConfig(folder=tmp_path)))
    with pytest.raises(NoIndex):
        ask(made, "mentor")
    made.publish(made.build(SHELF[:1]).name)
    assert ask(made, "mentor").total == 1
