"""How well is the metadata of the sample documents read? One line a field, with its floor.

    run.py [--samples FOLDER] [--differences]

FOLDER holds manifest.json and documents/. --differences also prints every value that differs from gold.
Ends with 1 when a field is below its floor in expected.toml.
"""

import argparse
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.metadata.samples import SAMPLES, read_samples
from benchmarks.metadata.scoring import MANY, SINGLE, Difference, Tally, score

FLOORS = Path(__file__).with_name("expected.toml")


def main() -> int:
    """Read, compare, print."""
    arguments = _arguments()
    tallies, differences = score(read_samples(arguments.samples))
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    print(f"{'field':14} {'right':>5} {'wrong':>5} {'missed':>6} {'prec.':>6} {'recall':>6} {'F1':>6} {'floor':>6}")
    below = [name for name in (*SINGLE, *MANY) if _print(name, tallies[name], floors[name])]
    for difference in differences if arguments.differences else ():
        _tell(difference)
    return 1 if below else 0


def _print(name: str, tally: Tally, floor: float) -> bool:
    """Print one field; whether it is below its floor."""
    below = tally.f1 < floor
    counts = f"{tally.right:5} {tally.wrong:5} {tally.missed:6}"
    print(
        f"{name:14} {counts} {tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f} {floor:6.3f}"
        f"{'  BELOW' if below else ''}"
    )
    return below


def _tell(difference: Difference) -> None:
    print(f"{difference.file} {difference.field}: gold {difference.gold} | read {difference.read}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=Path, default=SAMPLES)
    parser.add_argument("--differences", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
