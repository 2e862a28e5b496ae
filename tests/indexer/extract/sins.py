"""A reader that does what the name of its file says: the sins a real reader may commit, and two virtues."""

import ctypes
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from corpus.errors import ExtractionFailed, Reason
from corpus.model import BlockKind, DocInfo, Extracted, Page, PageStatus
from indexer.extract.message import Announce, Task
from indexer.extract.weave import PageMeta, Piece, Strand, weave

BIG = 2**26


def read(task: Task, announce: Announce) -> Extracted:
    announce("sinner")
    return SINS[task.source.path](task)


def said(task: Task, text: str) -> Extracted:
    page = weave(text, [Piece(BlockKind.PARAGRAPH, (Strand(text, 0),))], PageMeta(1, "sinner"))
    return Extracted(task.source, "sinner", 1, True, (page,), DocInfo())


def well(task: Task) -> Extracted:
    return said(task, task.file.read_text())


def hang(task: Task) -> NoReturn:
    while True:
        time.sleep(60)


def spin(task: Task) -> NoReturn:
    while True:
        pass


def memory(task: Task) -> NoReturn:
    hoard = []
    while True:
        hoard.append(bytearray(BIG))


def segfault(task: Task) -> Extracted:
    ctypes.string_at(8)
    return well(task)


def starved(task: Task) -> Extracted:
    """Ends like a C++ library that gets no memory: by a signal, with most of its memory in use."""
    size, _ = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    hoard = bytearray(int(0.9 * (size - pages * resource.getpagesize())))
    hoard[:: resource.getpagesize()] = b"x" * len(hoard[:: resource.getpagesize()])
    os.abort()


def fork_bomb(task: Task) -> NoReturn:
    while True:
        os.fork()


def threads(task: Task) -> Extracted:
    subprocess.run([sys.executable, "-c", ""], check=True)
    return well(task)


def flood(task: Task) -> NoReturn:
    while True:
        os.write(outlet(), bytes(BIG))


def much(task: Task) -> Extracted:
    return said(task, "ord " * 2**21)


def rubbish(task: Task) -> NoReturn:
    os.write(outlet(), b"\0\0\0\0\0\0\0\5hello")
    os._exit(0)


def half(task: Task) -> NoReturn:
    os.write(outlet(), b"\0\0\0\0\0\0\xff\xffhello")
    os._exit(0)


def lie(task: Task) -> Extracted:
    page = Page(7, "tekst", (), "tekst", (), PageStatus.TEXT, "sinner")
    return Extracted(task.source, "sinner", 1, True, (page,), DocInfo())


def silent(task: Task) -> NoReturn:
    os._exit(3)


def closes(task: Task) -> NoReturn:
    os.close(outlet())
    hang(task)


def untyped(task: Task) -> NoReturn:
    raise IndexError("list index out of range")


def typed(task: Task) -> NoReturn:
    raise ExtractionFailed(Reason.PASSWORD, "a password is needed")


def deep(task: Task) -> NoReturn:
    deep(task)


def network(task: Task) -> Extracted:
    socket.socket().close()
    return well(task)


def writes(task: Task) -> Extracted:
    task.file.write_text("changed")
    return well(task)


def removes(task: Task) -> Extracted:
    task.file.unlink()
    return well(task)


def kills(task: Task) -> Extracted:
    os.kill(os.getppid(), 9)
    return well(task)


def environment(task: Task) -> Extracted:
    return said(task, " ".join(f"{name}={value}" for name, value in os.environ.items()))


def descriptors(task: Task) -> Extracted:
    held = sorted(int(name.name) for name in Path("/proc/self/fd").iterdir())
    return said(task, " ".join(str(fd) for fd in held if Path(f"/proc/self/fd/{fd}").exists()))


def other(task: Task) -> Extracted:
    return said(task.__class__(task.path, task.source.__class__("forged", "", 0, ""), task.config), "tekst")


def outlet() -> int:
    """The pipe to the keeper: the one descriptor above the standard three that is not ours."""
    return next(fd for fd in range(3, 64) if Path(f"/proc/self/fd/{fd}").exists())


SINS: dict[str, Callable[[Task], Extracted]] = {
    name: value
    for name, value in globals().items()
    if callable(value) and getattr(value, "__module__", "") == __name__ and name not in ("read", "said", "outlet")
}
