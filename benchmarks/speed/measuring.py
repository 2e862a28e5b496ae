"""Runs a part of the benchmark in a process of its own, and watches that process and all below it."""

import contextlib
import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

import psutil

EVERY_SECONDS = 0.05
LEFT_OVER_SECONDS = 10
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Watched:
    """What a part answered, and the processor time of all its processes from start to end. `peak_mb`: the most
    they held at once, memory they share counted once; `largest_mb`: the most one of them ever held."""

    answer: dict[str, Any]
    cpu_seconds: float
    peak_mb: float
    largest_mb: float


def watched(module: str, *arguments: object) -> Watched:
    """Run `python -m benchmarks.speed.<module> arguments`, which prints its answer as JSON on its last line."""
    command = [sys.executable, "-W", "ignore", "-m", f"benchmarks.speed.{module}", *map(str, arguments)]
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # processes it leaves behind are counted too
    before = _cpu_of_children()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = largest = 0.0
    while process.poll() is None:
        together, most = _memory(process.pid)
        peak, largest = max(peak, together), max(largest, most)
        time.sleep(EVERY_SECONDS)
    printed = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise SystemExit(f"benchmarks.speed.{module} failed; what it said is above.")
    _wait_for_left_over()
    return Watched(json.loads(printed.splitlines()[-1]), _cpu_of_children() - before, peak, largest)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _wait_for_left_over() -> None:
    until = time.monotonic() + LEFT_OVER_SECONDS
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < until:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(EVERY_SECONDS)


def _memory(pid: int) -> tuple[float, float]:
    """MB held by a process and all below it together, and by the largest one at its peak."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0, 0.0
    held = [_one(each.pid) for each in family]
    return sum(together for together, _ in held), max(most for _, most in held)


def _one(pid: int) -> tuple[float, float]:
    try:
        shared_once = _kilobytes(f"/proc/{pid}/smaps_rollup", "Pss:")
        return shared_once / 1024, _kilobytes(f"/proc/{pid}/status", "VmHWM:") / 1024
    except (OSError, ValueError):  # it ended meanwhile
        return 0.0, 0.0


def _kilobytes(path: str, name: str) -> int:
    with open(path, encoding="ascii") as file:  # noqa: PTH123 (a proc file, twenty times a second)
        return next((int(line.split()[1]) for line in file if line.startswith(name)), 0)
