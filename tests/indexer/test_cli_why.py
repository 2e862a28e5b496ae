"""Why is this report not found? One line, for every file a run ever saw."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.config import Config, IndexConfig
from corpus.errors import Reason
from corpus.model import Notice
from indexer.cli.command import Exit, run
from indexer.cli.why import WORDS
from indexer.engines import open_engine, open_generations
from indexer.ledger import LEDGER, Ledger, Outcome, Run
from indexer.records import document_id
from tests.contract.collection import record
from tests.indexer.run_fakes import known_vocabulary, pathed

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
COST = {"engine": "pdfium", "pages": 34, "seconds": 1.24, "memory_mb": 80.0}
LIVE = "planer/a.pdf: indexed, and found in generation {live}, which is live"
TOOK = "34 pages, 1.2 s, 80 MB, first seen 2026-03-02"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """A ledger, and a live index of planer/a.pdf."""
    engine = open_engine(Config(index=IndexConfig(tmp_path)), known_vocabulary())
    one = pathed(record(1, "Ungdommen fikk mentor"), "planer/a.pdf", document_id("planer/a.pdf"))
    name = engine.build([one]).name
    engine.publish(name)
    ledger = Ledger(tmp_path / LEDGER)
    ledger.save([Outcome("borte.pdf", "0", **COST)], NOW, Run("d", name, NOW))  # type: ignore[arg-type]
    outcomes = [
        Outcome("planer/a.pdf", "1", **COST),  # type: ignore[arg-type]
        Outcome("b.pdf", "2", Reason.PASSWORD),
        Outcome("kopi.pdf", "1", Reason.DUPLICATE, "same content as planer/a.pdf"),
        Outcome("ny.pdf", "3", **COST),  # type: ignore[arg-type]
        Outcome("andre/b.pdf", "4", Reason.CRASHED, **COST),  # type: ignore[arg-type]
    ]
    ledger.save(outcomes, NOW, Run("d", name, NOW))
    ledger.save(outcomes, NOW + timedelta(days=1), Run("d", name, NOW))
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], index: Path, file: str, *more: str) -> str:
    capsys.readouterr()
    assert run(["why", file, "--index", str(index), "--documents", str(index / "inn"), *more]) is Exit.OK
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("planer/a.pdf", f"{LIVE} (read by pdfium, {TOOK})"),
        ("a.pdf", f"{LIVE} (read by pdfium, {TOOK})"),
        ("PLANER", f"{LIVE} (read by pdfium, {TOOK})"),
        ("b.pdf", "b.pdf: set aside, password: it asks for a password: save it without one "
                  "(0 pages, 0.0 s, 0 MB, first seen 2026-03-02)"),
        ("kopi.pdf", "kopi.pdf: set aside, duplicate: another file has the same content and is found in its place "
                     "[same content as planer/a.pdf] (0 pages, 0.0 s, 0 MB, first seen 2026-03-02)"),
        ("ny.pdf", "ny.pdf: indexed in generation {live}, which does not answer; `hvavirker verify` tells what does "
                   f"(read by pdfium, {TOOK})"),
        ("borte.pdf", "borte.pdf: it was removed from the folder, and last seen 2026-03-02 08:30 UTC "
                      f"(read by pdfium, {TOOK})"),
    ],
)  # fmt: skip
def test_one_line_says_what_became_of_a_file(
    index: Path, capsys: pytest.CaptureFixture[str], file: str, line: str
) -> None:
    live = open_generations(Config(index=IndexConfig(index))).live_name()
    assert said(capsys, index, file) == line.format(live=live) + "\n"


def test_a_path_from_here_is_understood(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (index / "inn" / "planer").mkdir(parents=True)
    (index / "inn" / "planer" / "a.pdf").touch()
    assert said(capsys, index, str(index / "inn" / "planer" / "a.pdf")).startswith("planer/a.pdf: indexed")


def test_a_generation_that_waits_or_was_taken_back_is_told(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = Config(index=IndexConfig(index))
    engine, ledger = open_engine(config, known_vocabulary()), Ledger(index / LEDGER)
    name = engine.build([record(2, "Natteravner")]).name
    ledger.save([Outcome("ny.pdf", "3")], NOW, Run("d", name, NOW))
    assert f"indexed in generation {name}, which waits for a person" in said(capsys, index, "ny.pdf")
    engine.publish(name)
    open_generations(config).roll_back()
    assert "which a person rolled back" in said(capsys, index, "ny.pdf")


def test_a_file_that_was_moved_or_is_still_found_is_told(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    live = open_generations(Config(index=IndexConfig(index))).live_name()
    outcomes = [Outcome("arkiv/a.pdf", "1"), Outcome("ny.pdf", "3", Reason.TIMEOUT)]
    Ledger(index / LEDGER).save(outcomes, NOW + timedelta(days=2), Run("d", "g", NOW))
    told = said(capsys, index, "planer/a.pdf")
    assert f"UTC; still found in generation {live}, which is live; its content is now arkiv/a.pdf (" in told
    Ledger(index / LEDGER).save([Outcome("planer/a.pdf", "1", Reason.TIMEOUT)], NOW + timedelta(days=3), None)
    assert f"[extract]; still found in generation {live}" in said(capsys, index, "planer/a.pdf")


@pytest.mark.parametrize(("pages", "told"), [((1,), "all its pages are held back"), ((1, 3), "page 1, 3 is held back")])
def test_a_page_that_is_held_back_is_told(
    index: Path, capsys: pytest.CaptureFixture[str], pages: tuple[int, ...], told: str
) -> None:
    config = Config(index=IndexConfig(index))
    engine = open_engine(config, known_vocabulary())
    one = pathed(record(1, "Ungdommen fikk mentor"), "planer/a.pdf", document_id("planer/a.pdf"))
    notices = tuple(Notice(Reason.PERSONAL_DATA, "fødselsnummer (1)", page) for page in pages)
    document = replace(one.document, notices=notices, page_count=max(pages) + (len(pages) > 1))
    engine.publish(engine.build([replace(one, document=document)]).name)
    assert f"which is live; {told} for personal data until a person releases it (" in said(capsys, index, "a.pdf")


def test_a_name_of_odd_bytes_is_found_as_it_is_typed(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = Outcome(r"odd\xff.md", reason=Reason.UNREADABLE, detail="the name is not UTF-8; rename the file")
    Ledger(index / LEDGER).save([outcome], NOW + timedelta(days=2), None)
    assert "rename the file" in said(capsys, index, os.fsdecode(b"odd\xff.md"))


def test_a_damaged_index_does_not_hide_the_ledger(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = open_generations(Config(index=IndexConfig(index)))
    (known.folder(known.live_name() or "") / "records.sqlite").write_bytes(b"")
    assert "which does not answer" in said(capsys, index, "planer/a.pdf")


def test_for_a_program_it_is_json(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = json.loads(said(capsys, index, "andre/b.pdf", "--json"))["files"]
    assert (found["path"], found["state"], found["reason"], found["pages"], found["first_seen"]) == (
        "andre/b.pdf", "set_aside", "crashed", 34, "2026-03-02T08:30:00+00:00",
    )  # fmt: skip
    assert found["why"].startswith("set aside, crashed: the process that read it broke down")


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("ukjent.pdf", "No run has ever seen a file ukjent.pdf."),
        (".skjult.pdf", ".skjult.pdf was never looked at: hidden files are left out."),
        ("fersk.pdf", "fersk.pdf was not there at the last run."),
    ],
)
def test_a_file_no_run_has_seen_is_told(index: Path, capsys: pytest.CaptureFixture[str], file: str, told: str) -> None:
    (index / "inn").mkdir()
    (index / "inn" / "fersk.pdf").touch()
    assert run(["why", file, "--index", str(index), "--documents", str(index / "inn")]) is Exit.NOTHING
    assert told in capsys.readouterr().err


def test_every_reason_a_file_is_set_aside_for_has_its_words() -> None:
    shown = (Path(__file__).parents[2] / "docs" / "admins.md").read_text(encoding="utf-8")
    table = shown.partition("### Why a file was set aside")[2].partition("These are said")[0]
    assert {line.split("`")[1] for line in table.splitlines() if line.startswith("| `")} == set(WORDS)
