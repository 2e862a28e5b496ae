"""Damaged bytes: `python -m benchmarks.reliability.flipping [--n 500]`.

One bit of one byte of the live index, or of the file that names it, is turned over, file by file in turn. A process
that starts then must find out, say so, and answer: from the index before it, or, when only the file that names it is
damaged, from the same one. Ends with 1 when one goes unseen.
"""

import argparse
import logging
import random
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.reliability.base import Base
from benchmarks.reliability.injection import VOCABULARY, Fault, index_with
from corpus.errors import HvaVirkerError
from indexer.engines import open_engine, open_generations


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=500, help="flips")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    logging.disable()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        base = Base(Path(folder) / "base", options.seed)
        for numbers in (range(6), range(6, 9)):
            base.write(numbers)
            index_with(base.documents, base.index, Fault.NONE, 0)
        unseen = unseen_flips(base, options.n, random.Random(options.seed))
    print(f"{options.n} flips: {options.n - len(unseen)} found, {len(unseen)} unseen, {time.monotonic() - began:.0f} s")
    for flip in unseen[:20]:
        print(f"FAIL {flip}")
    return 1 if unseen else 0


def unseen_flips(base: Base, flips: int, chance: random.Random) -> list[str]:
    """Which flips were not found, or left nothing that answers."""
    known = open_generations(base.config)
    live, before = known.standing().published[:2]
    pointer = base.index / "live"
    files = [path for path in sorted(known.folder(live).rglob("*")) if path.stat().st_size and path.is_file()] + [
        pointer
    ]
    unseen = []
    for number in range(flips):
        path = files[number % len(files)]
        whole, bit = path.read_bytes(), 1 << chance.randrange(8)
        at = chance.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        try:
            found = open_engine(base.config, VOCABULARY).live()
        except HvaVirkerError as error:
            unseen.append(f"{path.name} byte {at}: nothing answers: {error}")
        else:
            if not found or not found.fault or found.name != (live if path == pointer else before):
                unseen.append(f"{path.name} byte {at}: {found}")
        path.write_bytes(whole)
    return unseen


if __name__ == "__main__":
    sys.exit(main())
