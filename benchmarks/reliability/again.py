"""Indexing again: `python -m benchmarks.reliability.again [--n 5000]`.

A first run over so many documents, a second with nothing changed (at most 2 % of the time), and one by another
version of the program, which must make every record anew and read no file. Ends with 1 when it is otherwise.
"""

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.reliability.base import Base, surroundings

MOST_SHARE = 0.02
AS_ANOTHER_VERSION = (
    "import indexer.pipeline as pipeline; own = pipeline._program; pipeline._program = lambda: own() + 'x';"
    "from indexer.cli import main; main()"
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=5000, help="documents")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}, {options.n} documents")
    with tempfile.TemporaryDirectory() as folder:
        base = Base(Path(folder) / "base", options.seed)
        base.write(range(options.n))
        first, _ = _timed("first", base.arguments("index"))
        again, said = _timed("nothing changed", base.arguments("index"))
        other, anew = _timed(
            "another program", [sys.executable, "-c", AS_ANOTHER_VERSION, *base.arguments("index")[3:]]
        )
    share, read = again / first, re.search(r"\((\d+) files read", anew)
    print(f"nothing changed takes {100 * share:.2f} % of the first run, another program {100 * other / first:.0f} %")
    wrong = [
        "" if share <= MOST_SHARE else f"nothing changed takes more than {100 * MOST_SHARE:.0f} %",
        "" if "Nothing has changed" in said else f"the second run did something: {said}",
        "" if read and read[1] == "0" else f"another program read files: {anew}",
    ]
    for fault in filter(None, wrong):
        print(f"FAIL {fault}")
    return 1 if any(wrong) else 0


def _timed(what: str, arguments: list[str]) -> tuple[float, str]:
    began = time.monotonic()
    ended = subprocess.run(arguments, env=surroundings({}), capture_output=True, text=True, check=True)
    took = time.monotonic() - began
    print(f"{what}: {took:.1f} s: {' '.join(ended.stdout.splitlines()[:2])}")
    return took, ended.stdout


if __name__ == "__main__":
    sys.exit(main())
