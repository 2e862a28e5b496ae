"""kill -9 while an index is built: `python -m benchmarks.reliability.killing [--n 1000] [--processes 50]`.

--n runs are killed at a random step of the run (see injection), and --processes whole runs, with their workers, at a
random moment. After each, what answers must be the old index or the new one, whole; the next run must end well; no
document may be lost or doubled. Ends with 1 on a failure.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.reliability.base import Base
from benchmarks.reliability.injection import Fault, index_with

Paths = list[str]


class Trial:
    """One base, changed before each run that will be killed, so that there is always something to do."""

    def __init__(self, base: Base, documents: int) -> None:
        self.base, self._numbers, self._edition = base, range(documents), 0
        base.write(self._numbers)
        self.failed: list[str] = []

    def change(self) -> None:
        """Write a third of the documents anew, remove a third, put the third removed before back."""
        self._edition += 1
        self.base.write(self._numbers[self._edition % 3 :: 3], self._edition)
        self.base.remove(self._numbers[(self._edition + 1) % 3 :: 3])
        self.base.write(self._numbers[(self._edition + 2) % 3 :: 3], self._edition)

    def wanted(self) -> Paths:
        """The documents that are in the folder now."""
        folder = self.base.documents
        return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.txt"))

    def killed(self, old: Paths, what: str, resume: Callable[[], str]) -> None:
        """Check what is left after a kill, and that the next run makes it good. `resume` says what went wrong."""
        answering = self.base.live_paths()
        if answering not in (old, self.wanted()):
            self.failed.append(f"{what}: {len(answering)} documents answer, neither the old {len(old)} nor the new")
        if fault := resume():
            self.failed.append(f"{what}: the next run: {fault}")
        if self.base.live_paths() != self.wanted():
            self.failed.append(f"{what}: documents are lost or doubled")


def main() -> int:
    options = _options()
    print(f"seed {options.seed}")
    os.environ["HVAVIRKER_PUBLISH_SWITCH"] = "always"
    chance = random.Random(options.seed)
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        trial = Trial(Base(Path(folder) / "steps", options.seed), options.documents)
        failed += at_steps(trial, options.n, chance)
        print(f"{options.n} runs killed at a step: {len(failed)} failures, {time.monotonic() - began:.0f} s")
        trial = Trial(Base(Path(folder) / "moments", options.seed), options.documents)
        found = at_moments(trial, options.processes, chance)
        print(f"{options.processes} whole runs killed at a moment: {len(found)} failures")
    for failure in [*failed, *found][:20]:
        print(f"FAIL {failure}")
    return 1 if failed or found else 0


def at_steps(trial: Trial, kills: int, chance: random.Random) -> list[str]:
    """Kill runs at random steps; what failed."""
    base = trial.base
    steps = index_with(base.documents, base.index, Fault.NONE, 0).steps
    for number in range(kills):
        trial.change()
        old, at = base.live_paths(), chance.randint(1, steps)
        ended = index_with(base.documents, base.index, Fault.KILL, at)
        if ended.code == 0:
            steps = ended.steps
        trial.killed(old, f"kill {number} at step {at} of about {steps}", lambda: _again(base))
    return trial.failed


def _again(base: Base) -> str:
    ended = index_with(base.documents, base.index, Fault.NONE, 0)
    return f"exit {ended.code}: {ended.said}" if ended.code else ""


def at_moments(trial: Trial, kills: int, chance: random.Random) -> list[str]:
    """Kill whole runs, workers and all, at random moments; what failed."""
    base = trial.base
    began = time.monotonic()
    first = base.run("index")
    took = time.monotonic() - began
    if kills and first.returncode:
        return [first.stderr]
    for number in range(kills):
        trial.change()
        old, after = base.live_paths(), chance.uniform(0, took)
        process = base.start("index")
        time.sleep(after)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        trial.killed(old, f"kill {number} after {after:.2f} s", lambda: _resumed(base))
    return trial.failed


def _resumed(base: Base) -> str:
    ended = base.run("index")
    return f"exit {ended.returncode}: {ended.stderr}" if ended.returncode else ""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=1000, help="runs killed at a step")
    parser.add_argument("--processes", type=int, default=50, help="whole runs killed at a moment")
    parser.add_argument("--documents", type=int, default=9)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
