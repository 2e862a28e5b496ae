"""What came of one task given to a child process that may fail in every way?"""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from corpus.errors import HvaVirkerError, Reason
from corpus.model import Extracted, Notice
from indexer.extract import message, soundness
from indexer.extract.message import Answer, Failure, Part, Started, Task, Verdict
from indexer.extract.usage import Usage

READER = "indexer.extract.readers:read"
GRACE_SECONDS = 10  # for a keeper to end its child and say so
DYING_SECONDS = 0.5
STARVED = 0.7  # a child ended by a signal with this share of its memory in use ran out of it
CHUNK = 2**16
NOT_STARTED = "The process that reads files does not start."
NOT_STARTED_REMEDY = "Mend the installation: `python -m indexer.extract.nursery` shows the error."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a child gave (or why it gave nothing), what it used, and what there is to note of that."""

    result: Extracted | Part | Failure
    usage: Usage
    notices: tuple[Notice, ...] = ()


class Guard:
    """Has tasks done, each in a child of its own, by the reader that `module:name` names.

    Safe to call from many threads at once. The process the children are forked from starts with the
    first task and ends with `close`, or with this process.
    """

    def __init__(self, reader: str = READER) -> None:
        self._reader = reader
        self._lock = threading.Lock()
        self._nursery: tuple[subprocess.Popen[bytes], socket.socket] | None = None

    def run(self, task: Task) -> Outcome:
        """Do one task. Raises HvaVirkerError only when no child can be started at all."""
        began = time.monotonic()
        for _ in range(2):
            said = self._ask(task)
            if isinstance(said, bytes) and said:
                return _outcome(said, task, time.monotonic() - began)
            if isinstance(said, Failure) or self._alive():
                failure = said if isinstance(said, Failure) else Failure(Reason.CRASHED, "the keeper was ended")
                return Outcome(failure, Usage(seconds=time.monotonic() - began))
            self.close()
        raise HvaVirkerError(NOT_STARTED, NOT_STARTED_REMEDY)

    def close(self) -> None:
        """End the process the children come from; tasks under way are finished by their keepers."""
        with self._lock:
            if self._nursery is not None:
                process, control = self._nursery
                control.close()
                process.kill()
                process.wait()
                self._nursery = None

    def _ask(self, task: Task) -> bytes | Failure:
        ours, theirs = socket.socketpair()
        with ours:
            try:
                with theirs:
                    self._hand_over(theirs)
                ours.settimeout(task.config.wall_seconds + GRACE_SECONDS)
                ours.sendall(message.frame(task))
                return _all_of(ours)
            except ConnectionError:
                return b""
            except TimeoutError:
                return Failure(Reason.TIMEOUT, f"no word after {task.config.wall_seconds + GRACE_SECONDS} s")

    def _hand_over(self, connection: socket.socket) -> None:
        with self._lock:
            if self._nursery is None:
                self._nursery = _start(self._reader)
            socket.send_fds(self._nursery[1], [b"."], [connection.fileno()])

    def _alive(self) -> bool:
        with self._lock, contextlib.suppress(subprocess.TimeoutExpired):
            if self._nursery is not None:
                self._nursery[0].wait(DYING_SECONDS)
            return False
        return True


@cache
def shared_guard() -> Guard:
    """The guard of this process, closed when it ends."""
    guard = Guard()
    atexit.register(guard.close)
    return guard


def _start(reader: str) -> tuple[subprocess.Popen[bytes], socket.socket]:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "indexer.extract.nursery", str(theirs.fileno()), reader],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=_environment(),
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
    return process, ours


def _environment() -> dict[str, str]:
    """No secret of the caller reaches a reader, and hashing without a seed keeps reading repeatable."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX") if name in os.environ}
    folders = os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)
    return kept | {"PYTHONPATH": folders, "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}


def _all_of(connection: socket.socket) -> bytes:
    data = bytearray()
    while chunk := connection.recv(CHUNK):
        data += chunk
    return bytes(data)


def _outcome(data: bytes, task: Task, seconds: float) -> Outcome:
    verdict, output = message.verdict(data)
    said = message.words(output)
    engine = next((word.engine for word in reversed(said) if isinstance(word, Started)), "")
    result = _killed(verdict, task) or _result(said, task)
    pages = len(result.pages) if isinstance(result, Extracted) else 0
    return Outcome(result, Usage(engine, pages, seconds, verdict.memory_mb, verdict.cpu_seconds))


def _killed(verdict: Verdict, task: Task) -> Failure | None:
    """Why a limit or a signal ended the child; None when it ended by itself."""
    config = task.config
    if verdict.ended == message.FLOOD:
        return Failure(Reason.OUTPUT_LIMIT, f"more than {config.output_mb} MB of text")
    if verdict.ended == message.WALL:
        return Failure(Reason.TIMEOUT, f"more than {config.wall_seconds} s on the clock")
    if verdict.status >= 0:
        return None
    if verdict.status == -signal.SIGXCPU or verdict.cpu_seconds >= config.cpu_seconds:
        return Failure(Reason.TIMEOUT, f"more than {config.cpu_seconds} s of processor time")
    if verdict.status == -signal.SIGKILL or verdict.memory_mb >= STARVED * config.memory_mb:
        return Failure(Reason.MEMORY, f"ended by {_name(verdict.status)} with {verdict.memory_mb} MB in use")
    return Failure(Reason.CRASHED, f"ended by {_name(verdict.status)}")


def _name(status: int) -> str:
    with contextlib.suppress(ValueError):
        return signal.Signals(-status).name
    return f"signal {-status}"


def _result(said: list[message.Word], task: Task) -> Extracted | Part | Failure:
    last = said[-1] if said else None
    if isinstance(last, Failure):
        return last
    if not isinstance(last, Answer | Part):
        return Failure(Reason.UNREADABLE, "the reader gave no whole answer")
    if wrong := soundness.fault(last, task):
        return Failure(Reason.UNREADABLE, f"the reader's answer does not hold: {wrong}")
    return last if isinstance(last, Part) else replace(last.extracted, source=task.source)
