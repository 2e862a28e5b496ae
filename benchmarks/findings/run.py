"""Read findings in sentences with the production code, or run the whole benchmark.

    run.py --sentences FILE --out PRED   label sentences
    run.py                               every set, with floors, and gains and losses against the baseline

FILE: JSON lines {id, text, prev, lang}. PRED: JSON lines {id, label} with the labels works (verdicts virker and
lovende), no_effect (ingen_effekt), harmful (skadelig), mixed (blandet, or two readings that differ), uncertain
(ikke_evaluert) and none.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.findings import all as everything
from benchmarks.findings.labels import predictions, read_rows
from corpus.vocabulary import load_vocabulary


def main() -> int:
    """Label one file, or run everything."""
    arguments = _arguments()
    if arguments.sentences is None:
        return everything.main(arguments.update)
    vocabulary = load_vocabulary()
    with arguments.out.open("w", encoding="utf-8") as out:
        for row in predictions(read_rows(arguments.sentences), vocabulary):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--update", action="store_true", help="make today's labels the baseline")
    arguments = parser.parse_args()
    if (arguments.sentences is None) != (arguments.out is None):
        parser.error("--sentences and --out go together")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
