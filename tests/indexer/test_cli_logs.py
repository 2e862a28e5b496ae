"""Events on standard error, as text and as JSON; `hvavirker watch` stops when told to."""

import json
import logging
import os
import re
import signal
from pathlib import Path

import pytest

from corpus.config import LogFormat
from indexer.cli.command import Exit, run
from indexer.cli.logs import log_as

LOG = logging.getLogger("indexer.test")


@pytest.fixture(autouse=True)
def _restored() -> object:
    yield
    for name in ("corpus", "indexer", "search_app"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).setLevel(logging.NOTSET)


def told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


def test_an_event_is_a_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    log_as(LogFormat.JSON, logging.INFO)
    LOG.debug("not this")
    LOG.info("indexed %d", 3, extra={"files": 3, "where": Path("æ")})
    event = json.loads(told(capsys)[0])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", event.pop("time"))
    assert event == {"level": "info", "logger": "indexer.test", "message": "indexed 3", "files": 3, "where": "æ"}


def test_a_fault_has_its_trace(capsys: pytest.CaptureFixture[str]) -> None:
    for form in LogFormat:
        log_as(form, logging.INFO)
        try:
            int("odd")
        except ValueError:
            LOG.exception("a fault")
        assert "ValueError: invalid literal" in capsys.readouterr().err


def test_an_event_is_one_line_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    log_as(LogFormat.TEXT, logging.WARNING)
    LOG.info("not this")
    LOG.warning("two\nlines\x1b[0m")
    (line,) = told(capsys)
    assert line.endswith(" WARNING two lines[0m")


def base(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "inn").mkdir()
    (tmp_path / "inn" / "a.txt").write_text("Rapport om mentor\n\nUngdommen fikk mentor.\n", encoding="utf-8")
    return "--documents", str(tmp_path / "inn"), "--index", str(tmp_path / "ut")


def test_a_run_is_an_event(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HVAVIRKER_LOG_FORMAT", "json")
    assert run(["index", *base(tmp_path)]) is Exit.OK
    (event,) = [json.loads(line) for line in told(capsys)]
    assert (event["message"], event["files"], event["indexed"], event["changed"], event["waits"]) == (
        "indexed", 1, 1, True, [],
    )  # fmt: skip


def test_a_run_that_fails_is_an_event_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HVAVIRKER_LOG_FORMAT", "json")
    assert run(["index", "--documents", str(tmp_path / "inn"), "--index", str(tmp_path / "ut")]) is Exit.USAGE
    event = json.loads(told(capsys)[0])
    assert (event["level"], event["message"]) == ("error", "failed")
    assert "There is no documents folder" in event["error"]


def test_watch_indexes_and_stops_when_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = base(tmp_path)
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr("time.sleep", sleep)
    before = signal.getsignal(signal.SIGTERM)
    try:
        assert run(["watch", "--every", "7", *folders]) is Exit.STOPPED
    finally:
        signal.signal(signal.SIGTERM, before)
    assert pauses == [7]
    lines = told(capsys)
    assert any("INFO watching" in line for line in lines)
    assert any("1 files: 1 indexed, none set aside. Generation 000001" in line for line in lines)
