"""Two workers against one: `python -m benchmarks.reliability.workers [--files 84] [--engine auto|pdfium|pdfminer]`.

PDFs are indexed from nothing by one worker and by two in turn, --times times each; told are the seconds of the reading
stage (files read and their records made) and of the whole run, and how many times as fast two are: at least 1.7 in the
reading stage. What the machine has room for is measured in each turn by bare computing, one process against two at the
same niceness; below 1.9 there it is not quiet, and no floor is held. Then one worker reads all with each engine: pages
a second. The PDFs are the samples, each copy with a comment of its own at its end, or with --folder those found there,
the same in every run. Ends with 1 below the floor on a quiet machine.
"""

import argparse
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.reliability.base import ROOT, Base, stage_seconds
from corpus.config import PdfEngine
from indexer.ledger import LEDGER, Ledger
from indexer.media import MediaType, media_type_of
from indexer.progress import Stage

SAMPLES = ROOT / "corpus" / "samples" / "documents"
LEAST_TIMES, QUIET = 1.7, 1.9
COMPUTING = "import os; os.nice(5); sum(number * number % 7 for number in range(15_000_000))"


@dataclass(frozen=True, slots=True)
class Took:
    """What one run took: seconds of the reading stage, of all of it, and of the children that read; pages read."""

    reading: float
    whole: float
    children: float
    pages: int


def main() -> int:
    options = _options()
    print(f"seed {options.seed}")
    with tempfile.TemporaryDirectory() as folder:
        base = Base(Path(folder) / "base", options.seed)
        files = found(options.folder, options.files, options.seed) if options.folder else copies(options.files)
        size = lay(base.documents, files)
        print(f"{len(list(base.documents.iterdir()))} PDFs, {size / 2**20:.0f} MB, engine {options.engine}")
        wrong, one = compared(base, options.times, options.engine)
        by_engine(base, {options.engine: one})
    for fault in wrong:
        print(f"FAIL {fault}")
    return 1 if wrong else 0


def copies(files: int) -> Iterable[tuple[str, bytes]]:
    """So many PDFs, each another file: the samples again and again, with a comment after their end."""
    samples = itertools.cycle([(path.name, path.read_bytes()) for path in sorted(SAMPLES.glob("*.pdf"))])
    for number, (name, data) in enumerate(itertools.islice(samples, files)):
        yield f"{number}-{name}", data + b"\n%% %d\n" % number


def found(folder: Path, files: int, seed: int) -> Iterable[tuple[str, bytes]]:
    """So many of the PDFs in a folder, drawn."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and media_type_of(path) == MediaType.PDF]
    drawn = random.Random(seed).sample(paths, min(files, len(paths)))
    yield from ((f"{number}.pdf", path.read_bytes()) for number, path in enumerate(drawn))


def lay(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write the files; how many bytes they are."""
    return sum((folder / name).write_bytes(data) for name, data in files)


def compared(base: Base, times: int, engine: PdfEngine) -> tuple[list[str], Took]:
    """One worker and two in turn; what is wrong, and the middle run of one worker."""
    print("load   room   1 worker: reading, whole   2 workers: reading, whole")
    ones, twos, rooms = [], [], []
    for _ in range(times):
        load = os.getloadavg()[0]
        rooms.append(room())
        ones.append(indexed(base, 1, engine))
        twos.append(indexed(base, 2, engine))
        one, two = ones[-1], twos[-1]
        print(
            f"{load:4.1f} {rooms[-1]:6.2f} {one.reading:17.1f} s {one.whole:5.1f} s"
            f" {two.reading:19.1f} s {two.whole:5.1f} s"
        )
    reading = median(took.reading for took in ones) / median(took.reading for took in twos)
    whole = median(took.whole for took in ones) / median(took.whole for took in twos)
    quiet = min(rooms) >= QUIET
    print(f"two workers are {reading:.2f} times as fast in the reading stage, {whole:.2f} in the whole run", end="")
    print("" if quiet else f"; not a quiet machine (room for {min(rooms):.2f} to {max(rooms):.2f}), no floor held")
    wrong = [f"the reading stage is {reading:.2f} times as fast, at least {LEAST_TIMES}"]
    middle = sorted(ones, key=lambda took: took.reading)[len(ones) // 2]
    return wrong if quiet and reading < LEAST_TIMES else [], middle


def room() -> float:
    """How many times as much two processes compute as one does in the same time."""
    return 2 * _computing(1) / _computing(2)


def _computing(processes: int) -> float:
    began = time.monotonic()
    running = [subprocess.Popen([sys.executable, "-c", COMPUTING]) for _ in range(processes)]
    for process in running:
        process.wait()
    return time.monotonic() - began


def indexed(base: Base, workers: int, engine: PdfEngine) -> Took:
    """Index the documents folder from nothing. Raises CalledProcessError when the run fails."""
    shutil.rmtree(base.index, ignore_errors=True)
    settings = {"HVAVIRKER_EXTRACT_WORKERS": str(workers), "HVAVIRKER_EXTRACT_ENGINE": str(engine)}
    began = time.monotonic()
    base.run("index", **settings).check_returncode()
    whole = time.monotonic() - began
    entries = Ledger(base.index / LEDGER).entries()
    pages, children = sum(entry.pages for entry in entries), sum(entry.seconds for entry in entries)
    return Took(stage_seconds(base.index)[Stage.READING], whole, children, pages)


def by_engine(base: Base, known: dict[PdfEngine, Took]) -> None:
    """Print pages a second by engine, with one worker."""
    print("engine    pages   a second of the reading stage   of a child that reads   of the whole run")
    for engine in PdfEngine:
        took = known.get(engine) or indexed(base, 1, engine)
        each = [took.pages / seconds for seconds in (took.reading, took.children, took.whole)]
        print(f"{engine:9} {took.pages:5} {each[0]:31.1f} {each[1]:23.1f} {each[2]:18.1f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=84, help="how many PDFs")
    parser.add_argument("--folder", type=Path, help="draw the PDFs from here instead of making them")
    parser.add_argument("--engine", type=PdfEngine, choices=PdfEngine, default=PdfEngine.AUTO)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
