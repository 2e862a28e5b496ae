"""A process that is watched from outside, with all that it starts: how much memory, how long, and is anything left?"""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.reliability.base import ROOT, surroundings

EVERY_SECONDS = 0.2
LEAVING_SECONDS = 5
MEGABYTE = 2**20
NURSERY = "indexer.extract.nursery"
RUN = "the run itself"
ROLES = ("worker", "nursery", "keeper", "reading child")  # a nursery forks keepers, a keeper forks the child that reads
CHILD = 3


@dataclass(slots=True)
class Watch:
    """What was seen of a process and all below it: the largest memory in MB by role and of all `together`, the longest
    `life` of a child that reads in seconds, which processes; `left` are those that outlived it,
    `litter` what it left in its working, home and temporary folders."""

    memory: dict[str, int] = field(default_factory=dict)
    life: float = 0.0
    together: int = 0
    processes: set[tuple[int, float]] = field(default_factory=set)
    left: list[str] = field(default_factory=list)
    litter: list[str] = field(default_factory=list)
    code: int = 0
    said: str = ""
    seconds: float = 0.0

    def look(self, top: psutil.Process) -> None:
        """Note what is there now."""
        depths: dict[int, int] = {}
        together = 0
        for process in (top, *top.children(recursive=True)):
            try:
                parent, born = process.ppid(), process.create_time()
                nursed = NURSERY in process.cmdline()
                memory = process.memory_info().rss // MEGABYTE
            except psutil.Error:
                continue
            depth = depths[process.pid] = depths.get(parent, 0) + nursed
            role = ROLES[min(depth, CHILD)] if depth or process.pid != top.pid else RUN
            self.processes.add((process.pid, born))
            self.memory[role] = max(self.memory.get(role, 0), memory)
            self.life = max(self.life, time.time() - born) if depth >= CHILD else self.life
            together += memory
        self.together = max(self.together, together)


def watched(arguments: list[str], room: Path, environment: Mapping[str, str], most_seconds: float) -> Watch:
    """Run a command to its end in folders of its own under `room` (to work in, home, temporary files), and watch it.

    The room is in the search path of everything the command starts, so that what is left of it can be told.
    """
    watch, began = Watch(), time.monotonic()
    places = {name: room / name for name in ("work", "HOME", "TMPDIR")}
    for place in places.values():
        place.mkdir()
    mine = {
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(room))),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(places["HOME"]),
        "TMPDIR": str(places["TMPDIR"]),
    }
    with (room / "said.log").open("wb") as said:
        process = subprocess.Popen(
            arguments, cwd=places["work"], env=surroundings({**mine, **environment}), stdout=said, stderr=said
        )
        _look_until(process, watch, began + most_seconds)
    watch.code, watch.seconds = process.returncode, time.monotonic() - began
    watch.said = (room / "said.log").read_text(encoding="utf-8", errors="replace")
    watch.left = _left(str(room))
    watch.litter = [str(path.relative_to(room)) for place in places.values() for path in place.rglob("*")]
    return watch


def _look_until(process: subprocess.Popen[bytes], watch: Watch, deadline: float) -> None:
    top, over = psutil.Process(process.pid), threading.Event()

    def look() -> None:
        while not over.wait(EVERY_SECONDS):
            try:
                watch.look(top)
            except psutil.NoSuchProcess:
                return

    looking = threading.Thread(target=look)
    looking.start()
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    finally:
        over.set()
        looking.join()


def _left(mark: str) -> list[str]:
    """The processes that bear this mark and are still there after a while."""
    until = time.monotonic() + LEAVING_SECONDS
    while (left := list(_marked(mark))) and time.monotonic() < until:
        time.sleep(EVERY_SECONDS)
    return left


def _marked(mark: str) -> Iterator[str]:
    for process in psutil.process_iter():
        try:
            if mark in process.environ().get("PYTHONPATH", ""):
                yield f"{process.pid} {' '.join(process.cmdline())}"
        except psutil.Error:
            continue
