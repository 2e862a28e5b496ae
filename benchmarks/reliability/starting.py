"""Runs started at once: `python -m benchmarks.reliability.starting [--n 50]`.

Exactly one must work and the others be told that it does. The one that works waits until all others have ended.
Ends with 1 when it is otherwise.
"""

import argparse
import os
import select
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.reliability.base import Base
from benchmarks.reliability.injection import HOLD, Fault, index_with, warm_up
from indexer.cli.command import Exit

PATIENCE_SECONDS = 60


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=50, help="runs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = Base(Path(folder) / "base", 0)
        base.write(range(9))
        codes = at_once(base, options.n)
    print(f"{options.n} runs at once (nothing is random): {codes[Exit.OK]} worked, {codes[Exit.BUSY]} were told")
    return 0 if codes == Counter({Exit.OK: 1, Exit.BUSY: options.n - 1}) else 1


def at_once(base: Base, runs: int) -> Counter[int]:
    """How many runs that are started together end with each exit code."""
    held = base.documents.parent / "hold"
    held.touch()
    warm_up()
    os.environ[HOLD] = str(held)
    reading, ended = os.pipe()
    children = [_started(base, ended) for _ in range(runs)]
    del os.environ[HOLD]
    os.close(ended)
    codes = b""
    while len(codes) < runs - 1 and select.select([reading], [], [], PATIENCE_SECONDS)[0]:
        codes += os.read(reading, runs)
    held.unlink()
    with os.fdopen(reading, "rb") as rest:
        codes += rest.read()
    for child in children:
        os.waitpid(child, 0)
    return Counter(codes)


def _started(base: Base, ended: int) -> int:
    child = os.fork()
    if child == 0:
        code = index_with(base.documents, base.index, Fault.NONE, 0).code
        os.write(ended, bytes([99 if code is None else code]))
        os._exit(0)
    return child


if __name__ == "__main__":
    sys.exit(main())
