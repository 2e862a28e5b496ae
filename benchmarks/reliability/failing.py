"""Disks that fill or fail while an index is built: `python -m benchmarks.reliability.failing [--n 100]`.

--n runs meet a full disk, a read or write error or a disk that turned read-only at a random step, or may write no
more than so many bytes to a file; where the system lets us, as many run on a real disk of a random small size. A run
must either end well, and then the new index answers, or leave the old one as it was, say why on one line and end with
an exit code above 0. Ends with 1 on a failure.
"""

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.reliability.base import Base
from benchmarks.reliability.injection import Ended, Fault, index_with, small_disk
from benchmarks.reliability.killing import Paths, Trial

INJECTED = (Fault.ENOSPC, Fault.EIO, Fault.EROFS, Fault.FILE_SIZE)
LARGEST_FILE = 60_000
DISK_KB = (20, 600)


class Failing:
    """Trials of one kind after another, what failed, and how the runs ended."""

    def __init__(self, base: Base, documents: int) -> None:
        self.trial = Trial(base, documents)
        self.base, self.ends, self.failed = base, Counter[str](), self.trial.failed

    def first(self) -> int:
        """An index to begin with; how many steps it took."""
        return index_with(self.base.documents, self.base.index, Fault.NONE, 0).steps

    def meet(self, fault: Fault, at: int) -> None:
        """One run that meets a fault."""
        self.trial.change()
        old = self.base.live_paths()
        self.judge(f"{fault} at {at}", old, index_with(self.base.documents, self.base.index, fault, at))
        self.recover(f"{fault} at {at}")

    def judge(self, what: str, old: Paths, ended: Ended) -> None:
        """Check how a run ended and what answers after it."""
        answering, new = self.base.live_paths(), self.trial.wanted()
        self.ends["ended well" if ended.code == 0 else "told"] += 1
        if ended.code == 0 and answering != new:
            self.failed.append(f"{what}: ended well and {len(answering)} of {len(new)} documents answer")
        elif ended.code != 0 and answering != old:
            self.failed.append(f"{what}: ended with {ended.code} and the old index does not answer: {ended.said}")
        said = [line for line in ended.said.splitlines() if line.startswith("hvavirker: ")]
        if ended.code not in (0, 1) or (ended.code and (len(said) != 1 or "Traceback" in ended.said)):
            self.failed.append(f"{what}: ended with {ended.code}, saying: {ended.said[-600:]}")

    def recover(self, what: str) -> None:
        """The next run, with nothing wrong, must end well and leave all documents."""
        ended = index_with(self.base.documents, self.base.index, Fault.NONE, 0)
        if ended.code or self.base.live_paths() != self.trial.wanted():
            self.failed.append(f"{what}: the next run ended with {ended.code}: {ended.said[-600:]}")


def main() -> int:
    options = _options()
    print(f"seed {options.seed}")
    os.environ["HVAVIRKER_PUBLISH_SWITCH"] = "always"
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        failing = Failing(Base(Path(folder) / "injected", options.seed), options.documents)
        injected(failing, options.n, chance)
        print(f"{options.n} injected faults: {len(failing.failed)} failures, {dict(failing.ends)}")
        for failure in failing.failed[:20]:
            print(f"FAIL {failure}")
        full = small_disks(Path(folder) / "full", options, chance)
        for failure in full[:20]:
            print(f"FAIL {failure}")
    return 1 if failing.failed or full else 0


def injected(failing: Failing, faults: int, chance: random.Random) -> None:
    """Meet faults of every kind in turn."""
    steps = failing.first()
    for number in range(faults):
        fault = INJECTED[number % len(INJECTED)]
        failing.meet(fault, chance.randint(1, LARGEST_FILE if fault is Fault.FILE_SIZE else steps))


def small_disks(folder: Path, options: argparse.Namespace, chance: random.Random) -> list[str]:
    """Runs with the index on a real disk that is too small; what failed."""
    failing = Failing(Base(folder, options.seed), options.documents)
    failing.base.index.mkdir()
    for number in range(options.n):
        size = chance.randint(*DISK_KB)
        try:
            with small_disk(failing.base.index, size):
                ended = index_with(failing.base.documents, failing.base.index, Fault.FILE_SIZE, 2**40)
                _judge_first(failing, f"disk {number} of {size} kB", ended)
        except OSError as error:
            print(f"no real small disk on this system: {error}")
            return failing.failed
    print(f"{options.n} runs on small disks: {len(failing.failed)} failures, {dict(failing.ends)}")
    return failing.failed


def _judge_first(failing: Failing, what: str, ended: Ended) -> None:
    """A first run has no old index: nothing may answer unless it ended well."""
    if (failing.base.index / "live").exists():
        failing.judge(what, failing.trial.wanted() if ended.code == 0 else [], ended)
        return
    failing.ends["told"] += 1
    if ended.code != 1 or ended.said.count("hvavirker: ") != 1 or "Traceback" in ended.said:
        failing.failed.append(f"{what}: ended with {ended.code}, saying: {ended.said[-600:]}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=100, help="runs of each of the two ways")
    parser.add_argument("--documents", type=int, default=9)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
