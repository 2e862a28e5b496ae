import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from corpus.errors import ConfigError, HvaVirkerError, IndexDamaged, NoIndex, NothingIndexed, RunActive
from indexer.cli.command import Exit, run
from indexer.cli.terminal import plain

ROOT = Path(__file__).parents[2]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> type:
    """Makes `hvavirker status` raise what a test sets."""

    class Failing:
        fault: BaseException

        def __init__(self, fault: BaseException) -> None:
            @click.command()
            def status() -> None:
                raise fault

            monkeypatch.setattr("indexer.cli.status.status", status)

    return Failing


@pytest.mark.parametrize(
    ("fault", "code", "line"),
    [
        (ConfigError("Unknown key.", "Mend it."), Exit.USAGE, "hvavirker: Unknown key. Mend it."),
        (NoIndex("No index."), Exit.NOTHING, "hvavirker: No index."),
        (NothingIndexed("No document.", "Put one."), Exit.NOTHING, "hvavirker: No document. Put one."),
        (RunActive("Another run.", "Wait."), Exit.BUSY, "hvavirker: Another run. Wait."),
        (IndexDamaged("Byte 3.", "Build."), Exit.DAMAGED, "hvavirker: Byte 3. Build."),
        (HvaVirkerError("a\nb\x1b[0m"), Exit.ERROR, "hvavirker: a b[0m."),
        (
            OSError(28, "No space left on device", "/indeks"),
            Exit.ERROR,
            "hvavirker: No space left on device: /indeks. Check the disk, and who may write there.",
        ),
        (OSError("odd"), Exit.ERROR, "hvavirker: odd. Check the disk, and who may write there."),
        (
            KeyboardInterrupt(),
            Exit.STOPPED,
            "hvavirker: stopped. What was read is kept; run the same command again to go on.",
        ),
    ],
)
def test_every_error_is_one_line_and_a_code(
    failing: type, capsys: pytest.CaptureFixture[str], fault: BaseException, code: Exit, line: str
) -> None:
    failing(fault)
    assert run(["status"]) is code
    assert capsys.readouterr().err.strip() == line


def test_a_fault_of_ours_is_shown_whole(failing: type) -> None:
    failing(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        run(["status"])


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["index", "-h"]])
def test_help_and_version_end_well(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) is Exit.OK
    assert capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("blåbær", "blåbær"),
        ("a\tb\nc", "a b c"),
        ("\x1b[31mrød\x07\x9b", "[31mrød"),
        ("a\u200b\u202eb", "ab"),
        ("r\udce5d", "r\ufffdd"),
        ("bl\udcc3\udca5", "blå"),
        ("\ud800", "?"),
        ("", ""),
    ],
)
def test_what_strangers_wrote_cannot_steer_a_terminal(text: str, shown: str) -> None:
    assert plain(text) == shown


def started(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "indexer.cli", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def test_the_command_ends_with_its_code() -> None:
    with started("status", "--config", "finnes-ikke.toml") as process:
        out, error = process.communicate()
    assert (process.returncode, out) == (2, "")
    assert (
        error
        == "hvavirker: Cannot read finnes-ikke.toml: No such file or directory. Give the right file with --config.\n"
    )


def test_a_closed_pipe_is_no_error_message() -> None:
    with started("--help") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_output_is_utf8_wherever_it_runs() -> None:
    with started(
        "status", "--config", "blåbær.toml", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="latin-1"
    ) as process:
        _, error = process.communicate()
    assert "blåbær.toml" in error


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_says_so_and_ends_at_once(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text("tekst", encoding="utf-8")
    os.mkfifo(tmp_path / "reading")
    (tmp_path / "stopped.py").write_text(STOPPED, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "stopped.py"), "index", "--documents", "documents", "--index", "index"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        (tmp_path / "reading").read_text(encoding="ascii")  # opens once a worker is at the file
        process.send_signal(number)
        if number == signal.SIGTERM:
            process.send_signal(number)
        _, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert error.strip() == "hvavirker: stopped. What was read is kept; run the same command again to go on."


STOPPED = """
import time
from dataclasses import replace
from pathlib import Path
import indexer.cli.index
import indexer.pipeline
from indexer.cli.command import main

def waits(path, source, config, recall):
    Path("reading").write_text("")
    time.sleep(600)

if __name__ == "__main__":
    rooms = replace(indexer.pipeline.Rooms(), read_file=waits)
    indexer.cli.index.run = lambda config, progress: indexer.pipeline.run(config, progress, rooms)
    main()
"""
