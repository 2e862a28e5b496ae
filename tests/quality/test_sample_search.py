"""Search over all the sample documents, from file to page: our own judged questions, other names, old kommuner."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from benchmarks.quality.own import DAY, HERE, SAMPLES, Answered, ask, by_kind, floors, indexed, mean_score
from benchmarks.quality.run import read_lines
from benchmarks.quality.scoring import read_judged
from corpus.config import Config, DocumentsConfig, IndexConfig, SearchConfig
from corpus.engine import Engine
from corpus.search import Facet, MatchKind, SearchRequest, SearchResult
from search_app import create_app

RYGGE, MOSS = "handlingsplan-slt-rygge-2015-2018", "moss-trygghet-og-forebygging-2025-2028"
INTERVENTION = "nar-alle-skal-samarbeide"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("samples")


@pytest.fixture(scope="module")
def engine(index: Path) -> Engine:
    return indexed(index)


@pytest.fixture(scope="module")
def client(engine: Engine, index: Path) -> Iterator[FlaskClient]:
    config = Config(
        documents=DocumentsConfig(folder=SAMPLES), index=IndexConfig(folder=index), search=SearchConfig(as_of=DAY)
    )
    with create_app(config, engine).test_client() as client:
        yield client


@pytest.fixture(scope="module")
def answers(engine: Engine) -> list[Answered]:
    return ask(engine)


def found(engine: Engine, request: SearchRequest) -> tuple[list[str], SearchResult]:
    """The documents found, by file name without its ending, and the whole answer."""
    names = {document.id: Path(document.source.path).stem for document in engine.records().documents()}
    result = engine.search(replace(request, size=50))
    return [names[hit.document_id] for hit in result.hits], result


def text_of(client: FlaskClient, address: str) -> str:
    html = re.sub(r"<svg.*?</svg>", "", client.get(address).text, flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))).replace(" ,", ",")


def test_the_questions_are_answered_this_well(answers: list[Answered]) -> None:
    assert mean_score(answers) >= floors()["floor"], by_kind(answers)


def test_no_question_gets_an_empty_page(answers: list[Answered]) -> None:
    assert [each.text for each in answers if not each.total] == []


def test_every_judgment_is_of_a_question_and_a_document_that_there_is() -> None:
    judged = read_judged(HERE / "samples" / "qrels.tsv")
    queries = [query["id"] for query in read_lines(HERE / "samples" / "queries.jsonl")]
    assert len(queries) >= 60
    assert sorted(judged) == sorted(set(queries))
    documents = {path.stem for path in SAMPLES.iterdir()}
    assert {name for grades in judged.values() for name in grades} <= documents
    assert {grade for grades in judged.values() for grade in grades.values()} == {1.0, 2.0, 3.0}


@pytest.mark.parametrize("text", ["SLT Moss", "SLT Rygge", "slt rygge"])
def test_a_kommune_is_found_through_its_history(engine: Engine, text: str) -> None:
    names, result = found(engine, SearchRequest(DAY, text))
    assert set(names[:2]) == {RYGGE, MOSS}
    assert (Facet.KOMMUNE, "3103") in [(each.facet, each.code) for each in result.expansions]


def test_a_tiltak_is_found_by_its_english_name(engine: Engine) -> None:
    names, result = found(engine, SearchRequest(DAY, "focused deterrence"))
    assert INTERVENTION in names
    hit = result.hits[names.index(INTERVENTION)]
    named = {form for match in hit.matches if match.kind is MatchKind.NAME for form in match.forms}
    assert "gruppevoldsintervensjon" in named
    assert "kunnskapsoversikt-ungdomskriminalitet-og-vold" in names
    exactly, without = found(engine, SearchRequest(DAY, "focused deterrence", exact=True))
    assert without.expansions == ()
    assert "kunnskapsoversikt-ungdomskriminalitet-og-vold" not in exactly


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (
            "/sok?q=SLT+Moss",
            ["Søkte også etter", "også om tidligere Rygge (til 2019)", "Søk bare etter ordene jeg skrev"],
        ),
        ("/nn/sok?q=SLT+Rygge", ["Søkte òg etter", "Moss, for «Rygge»: dokument om kommunen, òg om tidlegare Rygge"]),
        ("/en/sok?q=SLT+Moss", ["Also searched for", "including the former Rygge (until 2019)"]),
        ("/sok?q=SLT+Moss&exact=1", ["Vi søker bare etter ordene du skrev", "Søk også etter andre navn"]),
        ("/en/sok?q=focused+deterrence", ["gruppevoldsintervensjon", "by the name gruppevoldsintervensjon"]),
        ("/sok?q=SLT+Moss", ["dokumenter har alle ordene. De andre mangler oftest «Moss».", "Krev alle ordene"]),
        ("/sok?q=SLT+Moss&all_words=1", ["2 dokumenter", "Alle ordene kreves."]),
        ("/sok?q=natteravnerr", ["Mente du natteravner", "Ingen dokumenter har «natteravnerr» skrevet slik."]),
        ("/sok?q=forebyggingsplan", ["Ingen dokumenter har «forebyggingsplan»."]),
        ("/sok?q=mentor+-ungdom&theme=mobbing", ["0 dokumenter", "Fjern Tema: Mobbing og skolemiljø"]),
    ],
)
def test_the_page_tells(client: FlaskClient, address: str, says: list[str]) -> None:
    text = text_of(client, address)
    for words in says:
        assert words in text


def test_the_switch_stays_in_every_address(client: FlaskClient) -> None:
    html = unescape(client.get("/sok?q=SLT+Moss&exact=1&all_words=1").text)
    assert '<input type="hidden" name="exact" value="1">' in html
    assert '<input type="hidden" name="all_words" value="1">' in html
    assert re.search(r'href="/sok\?q=SLT\+Moss&exact=1&all_words=1&sort=newest"', html)
    assert re.search(r'href="/dok/[^"]*q=SLT\+Moss&exact=1&all_words=1', html)
    assert 'href="/nn/sok?q=SLT+Moss&exact=1&all_words=1"' in html
