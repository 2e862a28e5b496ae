import gc
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.config import ExtractConfig
from corpus.errors import HvaVirkerError, Reason
from corpus.model import Extracted, SourceFile
from indexer.extract import guard as guard_module
from indexer.extract import message, nursery
from indexer.extract.guard import Guard
from indexer.extract.message import ABANDONED, Answer, Failure, Started, Task, Verdict
from tests.indexer.extract import sins

LIMITS = ExtractConfig(cpu_seconds=30, wall_seconds=90, memory_mb=500, output_mb=1)
LIMITS_OF = {"hang": replace(LIMITS, wall_seconds=2), "spin": replace(LIMITS, cpu_seconds=1)}
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="seccomp and /proc are Linux's")


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    sinner = Guard("tests.indexer.extract.sins:read")
    yield sinner
    sinner.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_text("Tiltaket virker.")
    return path


def task(file: Path, sin: str, config: ExtractConfig = LIMITS) -> Task:
    return Task(os.fsencode(file), SourceFile(sin, "0" * 64, 16, "text/plain"), config)


@pytest.mark.parametrize(
    ("sin", "reason", "detail"),
    [
        ("hang", Reason.TIMEOUT, "2 s on the clock"),
        ("spin", Reason.TIMEOUT, "1 s of processor time"),
        ("memory", Reason.MEMORY, "500 MB"),
        ("segfault", Reason.CRASHED, "SIGSEGV"),
        ("starved", Reason.MEMORY, "SIGABRT"),
        ("flood", Reason.OUTPUT_LIMIT, "1 MB of text"),
        ("much", Reason.OUTPUT_LIMIT, "1 MB of text"),
        ("rubbish", Reason.UNREADABLE, "no whole answer"),
        ("half", Reason.UNREADABLE, "no whole answer"),
        ("lie", Reason.UNREADABLE, "page 1 is numbered 7"),
        ("silent", Reason.UNREADABLE, "no whole answer"),
        ("untyped", Reason.UNREADABLE, "IndexError: list index out of range"),
        ("typed", Reason.PASSWORD, "a password is needed"),
        ("deep", Reason.UNREADABLE, "nested too deep"),
    ],
)
def test_a_sin_is_a_reason(guard: Guard, file: Path, sin: str, reason: Reason, detail: str) -> None:
    outcome = guard.run(task(file, sin, LIMITS_OF.get(sin, LIMITS)))
    assert isinstance(outcome.result, Failure)
    assert outcome.result.reason == reason
    assert detail in outcome.result.detail
    assert outcome.usage.engine == "sinner"


@linux_only
@pytest.mark.parametrize("sin", ["fork_bomb", "threads", "network", "removes", "kills"])
def test_what_a_reader_may_not_do_is_refused(guard: Guard, file: Path, sin: str) -> None:
    outcome = guard.run(task(file, sin))
    assert isinstance(outcome.result, Failure)
    assert outcome.result.reason == Reason.UNREADABLE
    assert outcome.result.detail.startswith(("PermissionError", "BlockingIOError"))
    assert file.read_text() == "Tiltaket virker."


def test_a_reader_cannot_write(guard: Guard, file: Path) -> None:
    assert isinstance(guard.run(task(file, "writes")).result, Failure)


def test_a_child_that_closes_its_pipe_and_stays_is_ended(guard: Guard, file: Path) -> None:
    outcome = guard.run(task(file, "closes"))
    assert isinstance(outcome.result, Failure)
    assert outcome.result.reason in (Reason.MEMORY, Reason.UNREADABLE)


def test_a_file_is_read_after_all_sins(guard: Guard, file: Path) -> None:
    outcome = guard.run(task(file, "well"))
    assert isinstance(outcome.result, Extracted)
    assert outcome.result.pages[0].text == "Tiltaket virker."
    assert (outcome.usage.engine, outcome.usage.pages) == ("sinner", 1)
    assert outcome.usage.memory_mb > 0
    assert outcome.usage.seconds > 0


def test_the_source_is_the_one_asked_for(guard: Guard, file: Path) -> None:
    asked = task(file, "other")
    outcome = guard.run(asked)
    assert isinstance(outcome.result, Extracted)
    assert outcome.result.source == asked.source


def test_threads_share_a_guard(guard: Guard, tmp_path: Path) -> None:
    files = []
    for number in range(12):
        (tmp_path / str(number)).write_text(f"fil {number}")
        files.append(task(tmp_path / str(number), "segfault" if number % 4 == 3 else "well"))
    with ThreadPoolExecutor(4) as pool:
        results = [outcome.result for outcome in pool.map(guard.run, files)]
    for number, result in enumerate(results):
        if number % 4 == 3:
            assert isinstance(result, Failure)
        else:
            assert isinstance(result, Extracted)
            assert result.pages[0].text == f"fil {number}"


def test_nothing_of_the_caller_reaches_a_reader(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HVAVIRKER_SECRET", "hemmelig")
    guard = Guard("tests.indexer.extract.sins:read")
    with file.open() as held:
        os.set_inheritable(held.fileno(), True)
        environment, descriptors = (guard.run(task(file, sin)).result for sin in ("environment", "descriptors"))
    guard.close()
    assert isinstance(environment, Extracted)
    assert isinstance(descriptors, Extracted)
    assert "hemmelig" not in environment.pages[0].text
    assert len(descriptors.pages[0].text.split()) == 4


def test_a_lost_nursery_is_started_again(file: Path) -> None:
    guard = Guard("tests.indexer.extract.sins:read")
    assert isinstance(guard.run(task(file, "well")).result, Extracted)
    assert guard._nursery is not None
    process = guard._nursery[0]
    process.kill()
    process.wait()
    assert isinstance(guard.run(task(file, "well")).result, Extracted)
    guard.close()
    guard.close()


def test_a_reader_that_cannot_be_loaded_stops_the_run(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    guard = Guard("tests.indexer.extract.no_such_module:read")
    with pytest.raises(HvaVirkerError) as raised:
        guard.run(task(file, "well"))
    assert "nursery" in raised.value.remedy
    assert "no_such_module" in capfd.readouterr().err
    guard.close()


def test_a_keeper_that_is_lost_costs_one_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guard = Guard("tests.indexer.extract.sins:read")
    assert isinstance(guard.run(task(file, "well")).result, Extracted)
    monkeypatch.setattr(guard, "_ask", lambda task: b"")
    outcome = guard.run(task(file, "well"))
    assert outcome.result == Failure(Reason.CRASHED, "the keeper was ended")
    guard.close()


def test_a_keeper_that_says_nothing_is_a_timeout(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard_module, "GRACE_SECONDS", -LIMITS.wall_seconds + 0.2)
    guard = Guard("tests.indexer.extract.sins:read")
    outcome = guard.run(task(file, "hang"))
    guard.close()
    assert isinstance(outcome.result, Failure)
    assert outcome.result.reason == Reason.TIMEOUT


def test_the_guard_of_the_process_is_one() -> None:
    assert guard_module.shared_guard() is guard_module.shared_guard()


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        (Verdict(-signal.SIGXCPU, "", 0.1, 10, 0), Reason.TIMEOUT),
        (Verdict(-signal.SIGKILL, "", 30.5, 10, 0), Reason.TIMEOUT),
        (Verdict(-signal.SIGKILL, "", 0.1, 10, 0), Reason.MEMORY),
        (Verdict(-signal.SIGBUS, "", 0.1, 490, 0), Reason.MEMORY),
        (Verdict(-signal.SIGBUS, "", 0.1, 10, 0), Reason.CRASHED),
        (Verdict(-99, "", 0.1, 10, 0), Reason.CRASHED),
    ],
)
def test_how_a_child_ended(file: Path, verdict: Verdict, reason: Reason) -> None:
    failure = guard_module._killed(verdict, task(file, "well"))
    assert failure is not None
    assert failure.reason == reason


def test_a_keeper_ends_its_child_when_nobody_waits(file: Path) -> None:
    ours, theirs = socket.socketpair()
    ours.close()
    with theirs:
        verdict, output = message.verdict(nursery.keep(task(file, "hang"), theirs, sins.read))
    assert (verdict.ended, verdict.status, output) == (ABANDONED, -signal.SIGKILL, b"")


def test_a_keeper_hands_on_what_the_child_wrote(file: Path) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        verdict, output = message.verdict(nursery.keep(task(file, "well"), theirs, sins.read))
    first, second, last = message.words(output)
    assert (verdict.status, verdict.ended, verdict.length) == (0, "", len(output))
    assert first == Started("text/plain")
    assert second == Started("sinner")
    assert isinstance(last, Answer)


def test_attempt_gives_the_reason_in_the_same_process(file: Path) -> None:
    def starve(task: Task, announce: message.Announce) -> Extracted:
        raise MemoryError

    assert nursery.attempt(task(file, "well"), starve, print) == Failure(Reason.MEMORY, "more than 500 MB")


def test_the_nursery_ends_with_the_process_that_started_it() -> None:
    ours, theirs = socket.socketpair()
    ours.close()
    kept = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGCHLD)
    try:
        with theirs:
            nursery.serve(theirs, nursery.load_reader("tests.indexer.extract.sins:read"))
    finally:
        gc.unfreeze()
        signal.signal(signal.SIGINT, kept[0])
        signal.signal(signal.SIGCHLD, kept[1])


def test_reading_works_from_a_script_without_a_main_guard(file: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from corpus.config import ExtractConfig\n"
        "from corpus.model import SourceFile\n"
        "from indexer.extract import read_file\n"
        "path = Path(sys.argv[1])\n"
        "source = SourceFile('a.txt', '', 16, 'text/plain')\n"
        "print(read_file(path, source, ExtractConfig()).pages[0].text)\n"
    )
    root = Path(__file__).parents[3]
    ran = subprocess.run(
        [sys.executable, "-W", "error", str(script), str(file)],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "Tiltaket virker.\n"
    assert ran.stderr == ""
