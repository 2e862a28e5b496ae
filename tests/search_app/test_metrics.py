"""/metrics as Prometheus reads it, and what is logged of an answer."""

import logging
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.config import Config, IndexConfig, LogConfig
from corpus.errors import IndexDamaged, Reason
from corpus.vocabulary import Vocabulary
from indexer.journal import Ending, Journal
from indexer.ledger import LEDGER, Ledger, Outcome, Run
from indexer.progress import Stage, Step
from search_app import create_app
from tests.search_app.fakes import FakeEngine
from tests.search_app.invented import entries

SAMPLE = re.compile(r'^([a-z_]+(?:\{[a-z]+="(?:[^"\\]|\\.)*"\})?) (-?[0-9.e+]+|\+Inf)$')


def fresh(vocabulary: Vocabulary) -> FakeEngine:
    return FakeEngine([entry.record() for entry in entries()], vocabulary)


def site(tmp_path: Path, engine: FakeEngine, requests: bool = False) -> FlaskClient:
    config = Config(index=IndexConfig(tmp_path), log=LogConfig(requests=requests))
    return create_app(config, engine).test_client()


def samples(asked: FlaskClient) -> dict[str, float]:
    response = asked.get("/metrics")
    assert response.content_type.startswith("text/plain; version=0.0.4")
    lines = response.get_data(as_text=True).splitlines()
    assert all(SAMPLE.match(line) for line in lines if not line.startswith("# "))
    found = [SAMPLE.match(line) for line in lines]
    return {match[1]: float(match[2]) for match in found if match}


def test_the_index_and_the_last_run_are_told(tmp_path: Path, vocabulary: Vocabulary) -> None:
    now = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    outcomes = [Outcome("a.pdf"), Outcome("b.pdf", reason=Reason.PASSWORD), Outcome("c.pdf", reason=Reason.PASSWORD)]
    Ledger(tmp_path / LEDGER).save(outcomes, now, Run("d", "g", now))
    engine = fresh(vocabulary)
    found = samples(site(tmp_path, engine))
    assert found["hvavirker_documents"] == engine.generation.documents
    assert found[f'hvavirker_generation{{name="{engine.generation.name}"}}'] == 1
    assert {name: found[f"hvavirker_{name}"] for name in ("up", "damaged", "waits", "files_indexed")} == {
        "up": 1, "damaged": 0, "waits": 0, "files_indexed": 1,
    }  # fmt: skip
    assert found['hvavirker_files_set_aside{reason="password"}'] == 2
    assert found["hvavirker_last_run_seconds"] == now.timestamp()


@pytest.mark.parametrize(("ending", "later"), [(Ending.DONE, True), (Ending.WAITS, True), (Ending.FAILED, False)])
def test_a_run_that_found_nothing_new_is_a_run_and_one_that_failed_is_none(
    tmp_path: Path, vocabulary: Vocabulary, ending: Ending, later: bool
) -> None:
    built = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    looked = built + timedelta(days=3)
    Ledger(tmp_path / LEDGER).save([Outcome("a.pdf")], built, Run("d", "g", built))
    journal = Journal(tmp_path, lambda: looked)
    journal(Step(Stage.LISTING, 1, 1))
    journal.end(ending)
    found = samples(site(tmp_path, fresh(vocabulary)))
    assert found["hvavirker_last_run_seconds"] == (looked if later else built).timestamp()


def test_answers_are_counted_by_status_and_time(tmp_path: Path, vocabulary: Vocabulary) -> None:
    asked = site(tmp_path, fresh(vocabulary))
    for path in ("/", "/sok?q=mentor", "/finnes-ikke"):
        asked.get(path)
    found = samples(asked)
    assert (
        found['hvavirker_http_answers_total{status="2xx"}'],
        found['hvavirker_http_answers_total{status="4xx"}'],
    ) == (2, 1)
    buckets = [found[name] for name in found if "_bucket" in name]
    assert buckets == sorted(buckets)
    assert buckets[-1] == found["hvavirker_http_answer_seconds_count"] == 3
    assert found["hvavirker_http_answer_seconds_sum"] > 0


def test_an_index_that_is_not_there_or_damaged_is_told(
    tmp_path: Path, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = fresh(vocabulary)
    engine.published = False
    found = samples(site(tmp_path, engine))
    assert (found["hvavirker_up"], found["hvavirker_damaged"], "hvavirker_documents" in found) == (0, 0, False)

    def damaged() -> None:
        raise IndexDamaged("Byte 3.")

    monkeypatch.setattr(engine, "live", damaged)
    found = samples(site(tmp_path, engine))
    assert (found["hvavirker_up"], found["hvavirker_damaged"]) == (0, 1)


def test_one_that_stands_in_is_told(tmp_path: Path, vocabulary: Vocabulary) -> None:
    engine = fresh(vocabulary)
    engine.generation = replace(engine.generation, fault="g2 is not as it was built")
    asked = site(tmp_path, engine)
    assert (samples(asked)["hvavirker_up"], samples(asked)["hvavirker_damaged"]) == (1, 1)
    health = asked.get("/helse")
    assert (health.status_code, health.get_json()["status"], health.get_json()["message"]) == (
        200, "degraded", "g2 is not as it was built",
    )  # fmt: skip


def test_a_ledger_that_cannot_be_read_is_left_out(tmp_path: Path, vocabulary: Vocabulary) -> None:
    (tmp_path / LEDGER).write_bytes(b"not a database, only bytes" * 100)
    assert "hvavirker_files_indexed" not in samples(site(tmp_path, fresh(vocabulary)))


def test_an_answer_is_logged_without_its_question(
    tmp_path: Path, vocabulary: Vocabulary, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "search_app"):
        site(tmp_path, fresh(vocabulary)).get("/sok?q=hemmelig")
        assert caplog.records == []
        site(tmp_path, fresh(vocabulary), requests=True).get("/sok?q=hemmelig")
    (record,) = caplog.records
    assert (record.path, record.status, "hemmelig" in caplog.text) == ("/sok", 200, False)  # type: ignore[attr-defined]
