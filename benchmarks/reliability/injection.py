"""A run that is killed, or whose disk fails, at a chosen step: in a forked child, so that nothing is loaded anew.

A step is anything that changes the index folder: a file opened for writing, renamed or removed, a folder made, a
database opened, data put on disk for good. The child reads its files itself, without a process for each.
"""

import errno
import importlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from resource import RLIMIT_FSIZE, setrlimit

from corpus.config import Config, ExtractConfig, load_config
from corpus.model import Extracted, SourceFile
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.cli.command import Exit
from indexer.cli.command import run as command
from indexer.extract import Usage
from indexer.extract.message import Task
from indexer.extract.readers import read
from indexer.pipeline import Report, Rooms
from indexer.pipeline import run as run_pipeline
from indexer.preparation import Recall
from indexer.progress import Progress, silent

CHANGING = frozenset(
    ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "sqlite3.connect", "os.fsync")
)
VOCABULARY = load_vocabulary()
HOLD = "HVA_RELIABILITY_HOLD"  # while the file this names is there, no file is read
WRITING = os.O_WRONLY | os.O_RDWR


class Fault(StrEnum):
    """What happens at the chosen step."""

    NONE = "none"
    KILL = "kill"
    ENOSPC = "ENOSPC"
    EIO = "EIO"
    EROFS = "EROFS"
    FILE_SIZE = "file size"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit code (None when killed), the steps it took, what it said on standard error."""

    code: int | None
    steps: int
    said: str


@cache
def warm_up() -> None:
    """Load in this process, once, what every child needs."""
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "documents"
        documents.mkdir()
        (documents / "a.txt").write_text("Rapport om mentor\n\nUngdommen fikk mentor.\n", encoding="utf-8")
        config = load_config(None, {})
        _run(
            replace(
                config,
                documents=replace(config.documents, folder=documents),
                index=replace(config.index, folder=Path(folder) / "index"),
            ),
            silent,
        )


def index_with(base_folder: Path, index: Path, fault: Fault, at: int) -> Ended:
    """`hvavirker index` in a child that meets a fault at step `at` (for a file size: at so many bytes of any file)."""
    warm_up()
    reading, writing = os.pipe()
    told, telling = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.close(told)
        _child(base_folder, index, fault, at, (writing, telling))
    os.close(writing)
    os.close(telling)
    with os.fdopen(reading, "rb") as steps, os.fdopen(told, "r", encoding="utf-8", errors="replace") as said:
        text, counted = said.read(), len(steps.read())
    _, status = os.waitpid(child, 0)
    return Ended(None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status), counted, text)


def _child(documents: Path, index: Path, fault: Fault, at: int, pipes: tuple[int, int]) -> None:
    """Never returns."""
    code: int = Exit.ERROR
    try:
        steps, telling = pipes
        os.dup2(telling, 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.stdout = os.fdopen(1, "w")
        sys.stderr = os.fdopen(2, "w")
        os.nice = lambda increment: 0
        importlib.import_module("indexer.cli.index").run = _run  # type: ignore[attr-defined]
        if fault is Fault.FILE_SIZE:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            setrlimit(RLIMIT_FSIZE, (at, at))
        else:
            _watch(index, steps, fault, at)
        code = command(["index", "--documents", str(documents), "--index", str(index)])
        sys.stderr.flush()
    except BaseException:  # what the command lets out is a fault of ours: its trace is what was said
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
        sys.stderr.flush()
        code = 99
    finally:
        os._exit(code)


def _run(config: Config, progress: Progress) -> Report:
    rooms = replace(Rooms(), recruit=ThreadPoolExecutor, read_file=_read_here, load_vocabulary=_vocabulary)
    return run_pipeline(config, progress, rooms)


def _vocabulary() -> Vocabulary:
    return VOCABULARY


def _read_here(path: Path, source: SourceFile, config: ExtractConfig, recall: Recall) -> tuple[Extracted, Usage]:
    while HOLD in os.environ and Path(os.environ[HOLD]).exists():
        time.sleep(0.01)
    extracted = read(Task(os.fsencode(path), source, config), lambda started: None)
    assert isinstance(extracted, Extracted)
    return extracted, Usage("plain", 1)


def _watch(index: Path, steps: int, fault: Fault, at: int) -> None:
    root, count, busy = str(index), 0, False
    original = os.fsync

    def stepped(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count, busy
        if busy or not _changes(event, arguments, root):
            return
        busy = True
        count += 1
        os.write(steps, b".")
        if count == at:
            _strike(fault)
        busy = False

    def fsync(descriptor: int) -> None:
        stepped("os.fsync", ())
        original(descriptor)

    os.fsync = fsync
    sys.addaudithook(stepped)


def _changes(event: str, arguments: tuple[object, ...], root: str) -> bool:
    if event not in CHANGING:
        return False
    if event == "os.fsync":
        return True
    path = str(arguments[0])
    inside = path.startswith(root) or path.startswith(f"file://{root}")
    return inside and (event != "open" or bool(int(str(arguments[2] or 0)) & WRITING))


def _strike(fault: Fault) -> None:
    if fault is Fault.KILL:
        os.kill(os.getpid(), signal.SIGKILL)
    if fault is not Fault.NONE:
        number = getattr(errno, fault)
        raise OSError(number, os.strerror(number))


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """A real disk of that size at a folder. Raises OSError when this system does not let us."""
    _mount("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder))
    try:
        yield
    finally:
        _mount("umount", "--lazy", str(folder))


def _mount(*arguments: str) -> None:
    ended = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise OSError(errno.EPERM, ended.stderr.strip())
