"""The process that every reading child is forked from: readers loaded once, nothing of the caller inherited.

For each task it forks a keeper; the keeper forks the child, watches its time and its output, ends it, and says
how it ended and what it used. A child never outlives its keeper's wait, nor a task the process that set it.
"""

import gc
import importlib
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import NoReturn

from corpus.errors import ExtractionFailed, Reason
from corpus.model import Extracted
from indexer.extract.confine import MEGABYTE, confine
from indexer.extract.message import (
    ABANDONED,
    FLOOD,
    LENGTH_BYTES,
    WALL,
    Announce,
    Answer,
    Failure,
    Part,
    Started,
    Task,
    Verdict,
    Word,
    frame,
    task,
)

Reader = Callable[[Task, Announce], Extracted | Part]

MESSAGE_PER_TEXT = 4  # an answer holds the text, what it was read from, and the way between them
CHUNK = 2**16
DETAIL_CHARACTERS = 300
DEVNULL = "/dev/null"


def load_reader(entry: str) -> Reader:
    """The function that `module:name` names."""
    module, _, name = entry.partition(":")
    reader: Reader = getattr(importlib.import_module(module), name)
    return reader


def serve(control: socket.socket, read: Reader) -> None:
    """Fork a keeper for every connection that arrives over `control`, until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    while True:
        _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not descriptors:
            return
        with socket.socket(fileno=descriptors[0]) as request:
            if os.fork() == 0:
                control.close()
                _keep(request, read)


def _keep(request: socket.socket, read: Reader) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        set_task = task(_receive(request))
        request.sendall(keep(set_task, request, read))
    finally:
        os._exit(0)


def _receive(request: socket.socket) -> bytes:
    with request.makefile("rb") as stream:
        return stream.read(int.from_bytes(stream.read(LENGTH_BYTES), "big"))


def keep(task: Task, request: socket.socket, read: Reader) -> bytes:
    """Have one task done by a child; the framed verdict and what the child wrote."""
    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        _work(task, outlet, read)
    os.close(outlet)
    output, ended = _collect(inlet, request, task)
    os.close(inlet)
    _end(child)
    _, status, used = os.wait4(child, 0)
    per_megabyte = MEGABYTE if sys.platform == "darwin" else 1024
    verdict = Verdict(
        os.waitstatus_to_exitcode(status),
        ended,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss // per_megabyte,
        len(output),
    )
    return frame(verdict) + output


def _collect(inlet: int, request: socket.socket, task: Task) -> tuple[bytes, str]:
    """All that comes out of `inlet`, and which limit ended it; then only the start, which names the engine."""
    deadline = time.monotonic() + task.config.wall_seconds
    room = task.config.output_mb * MEGABYTE * MESSAGE_PER_TEXT
    output = bytearray()
    while True:
        ready, _, _ = select.select([inlet, request.fileno()], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return bytes(output[:CHUNK]), WALL
        if request.fileno() in ready:
            return b"", ABANDONED
        chunk = os.read(inlet, CHUNK)
        if not chunk:
            return bytes(output), ""
        output += chunk
        if len(output) > room:
            return bytes(output[:CHUNK]), FLOOD


def _end(child: int) -> None:
    for kill in (os.killpg, os.kill):
        try:
            kill(child, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue


def _work(task: Task, outlet: int, read: Reader) -> NoReturn:
    try:
        os.setsid()
        _leave_only(outlet)
        _say(outlet, Started(task.source.media_type))
        confine(task.config)
        _say(outlet, attempt(task, read, lambda engine: _say(outlet, Started(engine))))
    finally:
        os._exit(0)


def _leave_only(outlet: int) -> None:
    nothing = os.open(DEVNULL, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.closerange(3, outlet)
    os.closerange(outlet + 1, os.sysconf("SC_OPEN_MAX"))


def _say(outlet: int, word: Word) -> None:
    rest = memoryview(frame(word))
    while rest:
        rest = rest[os.write(outlet, rest) :]


def attempt(task: Task, read: Reader, announce: Announce) -> Answer | Part | Failure:
    """Read, and turn whatever goes wrong into a reason."""
    try:
        found = read(task, announce)
        return found if isinstance(found, Part) else Answer(found)
    except ExtractionFailed as failed:
        return Failure(failed.reason, failed.detail[:DETAIL_CHARACTERS])
    except MemoryError:
        return Failure(Reason.MEMORY, f"more than {task.config.memory_mb} MB")
    except RecursionError:
        return Failure(Reason.UNREADABLE, "nested too deep")
    except Exception as error:  # readers leak untyped exceptions on hostile files
        return Failure(Reason.UNREADABLE, f"{type(error).__name__}: {error}"[:DETAIL_CHARACTERS])


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), load_reader(sys.argv[2]))
