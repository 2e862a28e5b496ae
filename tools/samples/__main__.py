"""The command that re-makes the sample documents: python -m tools.samples [SLUG ...]."""

import sys
from pathlib import Path

from tools.samples.make import make_all

FOLDER = Path(__file__).parents[2] / "corpus" / "samples"


def main(slugs: list[str]) -> int:
    """Make the named samples, or all; 1 when a source has a fault."""
    faults = 0
    for line, fault in make_all(FOLDER, frozenset(slugs)):
        print(line, file=sys.stderr if fault else sys.stdout)
        faults += fault
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
