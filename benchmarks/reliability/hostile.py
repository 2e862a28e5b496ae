"""Hostile files in one run: `python -m benchmarks.reliability.hostile [--folder ../shared/realfiles] [--workers 2]`.

One whole `hvavirker index` over every file of --folder and the bombs of tests/indexer/extract/bombs.py, with names that
no file should have; then one over files whose reader commits the six sins (see sinning). Both are watched from outside.
Every file must be in the ledger as indexed or set aside with a reason, none with a fault of ours; what is indexed must
answer; no child may take more than `memory_mb`, by the ledger, or live longer than `wall_seconds` and 5, by looking
five times a second: the seconds in the ledger are those of all the children of a file, since a retry with the other
engine and every eight scanned pages are a child each. No process may be left, and nothing written beside the index: in
the documents, working, home or temporary folder. Ends with 1 when it is otherwise.
"""

import argparse
import hashlib
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.reliability import sinning
from benchmarks.reliability.base import ROOT, Base, stage_seconds
from benchmarks.reliability.watching import Watch, watched
from corpus.config import ExtractConfig
from corpus.errors import Reason
from indexer.ledger import LEDGER, Entry, FileState, Ledger
from indexer.media import media_type_of
from indexer.progress import Stage
from tests.indexer.extract.bombs import BOMBS

FOLDER = ROOT.parent / "shared" / "realfiles"
LIMITS = ExtractConfig()
GRACE_SECONDS = 5
NAMES = (
    b"bl\xe5tt.txt",
    b"linje\nskift.txt",
    b"\x1b[31mr\xc3\xb8d.txt",
    "\u202etxt.fdp".encode(),
    b"-rf.txt",
    b"'; DROP TABLE file; --.txt",
    b"<script>alert(1)<script>.txt",
    b"n" * 251 + b".txt",
)

Failures = list[str]


def main() -> int:
    options = _options()
    print(f"seed {options.seed}, {options.workers} workers")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        files = _drawn(options.folder, options.most, options.seed)
        failed = over_files(root / "files", files, BOMBS if options.bombs is None else options.bombs, options)
        failed += over_sins(root / "sins")
    for failure in failed[:50]:
        print(f"FAIL {failure}")
    print(f"{len(failed)} failures")
    return 1 if failed else 0


def _drawn(folder: Path, most: int | None, seed: int) -> list[tuple[Path, str]]:
    """The files of a folder with their paths in it, or so many of them, drawn."""
    if not folder.is_dir():
        print(f"SKIPPED: no folder {folder}; only the bombs are tried")
        return []
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not _left_out(path, folder))
    drawn = paths if most is None else sorted(random.Random(seed).sample(paths, min(most, len(paths))))
    print(f"{len(drawn)} of {len(paths)} files of {folder.name}")
    return [(path, path.relative_to(folder).as_posix()) for path in drawn]


def _left_out(path: Path, folder: Path) -> bool:
    """Whether the product takes it for no document: a hidden file, a curation file."""
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    if hidden or path.suffix == ".toml":
        print(f"SKIPPED: {path} is hidden or a curation file")
    return hidden or path.suffix == ".toml"


def over_files(
    root: Path, files: Iterable[tuple[Path, str]], bombs: Iterable[str], options: argparse.Namespace
) -> Failures:
    """One run of the command over files, bombs and bad names; what failed."""
    base = Base(root, options.seed)
    for path, name in files:
        (base.documents / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, base.documents / name)
    lay_bombs(base.documents / "bomber", bombs)
    misname(base.documents / "navn")
    settings = {"HVAVIRKER_EXTRACT_WORKERS": str(options.workers)}
    before = digests(base.documents)
    watch = watched(base.arguments("index"), root, settings, 60 * options.minutes)
    entries = _entries(base.index)
    failed = judged(base, entries, before, watch)
    indexed = sorted(entry.path for entry in entries if entry.state is FileState.INDEXED)
    if not watch.code and base.live_paths() != indexed:
        failed.append(f"{len(indexed)} are indexed and {len(base.live_paths())} answer")
    show(base, entries, watch)
    return failed


def lay_bombs(folder: Path, names: Iterable[str]) -> None:
    """Make these bombs."""
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_bytes(BOMBS[name]())


def misname(folder: Path) -> None:
    """Files of names that no file should have, and things that are no files."""
    folder.mkdir(parents=True)
    for name in NAMES:
        try:
            (folder / os.fsdecode(name)).write_bytes(b"Tiltaket " + name.hex().encode())
        except OSError as error:
            print(f"SKIPPED: this system takes no file named {name!r}: {error.strerror}")
    (folder / "ring.pdf").symlink_to("ring.pdf")
    (folder / "ut.txt").symlink_to("/etc/hostname")
    (folder / "mappe.pdf").symlink_to(folder)
    os.mkfifo(folder / "rør.pdf")


def over_sins(root: Path) -> Failures:
    """One run over files whose reader sins; what failed."""
    base = Base(root, 0)
    for sin in sinning.ENDS:
        (base.documents / sin).write_text(f"Tiltaket {sin} virker.", encoding="utf-8")
    before = digests(base.documents)
    command = [sys.executable, "-m", "benchmarks.reliability.sinning", str(base.documents), str(base.index)]
    watch = watched(command, root, {}, 60 * len(sinning.ENDS))
    entries = _entries(base.index)
    failed = judged(base, entries, before, watch)
    for entry in entries:
        if entry.reason != sinning.ENDS[entry.path]:
            failed.append(f"{entry.path} ended as {entry.reason}, not {sinning.ENDS[entry.path]}: {entry.detail}")
        if entry.seconds > (most := sinning.limits(entry.path).wall_seconds) + GRACE_SECONDS:
            failed.append(f"{entry.path} took {entry.seconds} s, and its child may take {most}")
    said = (f"{e.path} {e.reason or 'indexed'} {e.seconds:.1f} s {e.memory_mb:.0f} MB" for e in entries)
    print("\nsins: " + ", ".join(said))
    return failed


def judged(base: Base, entries: tuple[Entry, ...], before: dict[str, str], watch: Watch) -> Failures:
    """What is wrong with a run, by its ledger, its folders and its processes."""
    rows = {entry.path for entry in entries}
    files = {os.fsencode(name).decode(errors="backslashreplace") for name in before}
    found = {
        f"ended with {watch.code}: {watch.said[-2000:]}": watch.code,
        "not in the ledger": files - rows,
        "in the ledger and not in the folder": rows - files,
        "set aside without a reason": [e.path for e in entries if e.state is FileState.SET_ASIDE and not e.reason],
        "neither indexed nor set aside": [e.path for e in entries if e.state is FileState.GONE],
        "a fault of ours": [(e.path, e.detail) for e in entries if e.reason is Reason.FAULT],
        f"more than {LIMITS.memory_mb} MB": [(e.path, e.memory_mb) for e in entries if e.memory_mb > LIMITS.memory_mb],
        f"a child lived more than {LIMITS.wall_seconds} s": max(0, watch.life - LIMITS.wall_seconds - GRACE_SECONDS),
        "processes are left": watch.left,
        "the documents folder was written to": digests(base.documents).items() ^ before.items(),
        "written beside the index": watch.litter,
    }
    return [f"{what}: {those}" for what, those in found.items() if those]


def digests(folder: Path) -> dict[str, str]:
    """Everything in a folder that is no folder, by path, with its content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }


def _entries(index: Path) -> tuple[Entry, ...]:
    return Ledger(index / LEDGER).entries()


def show(base: Base, entries: tuple[Entry, ...], watch: Watch) -> None:
    """What became of all files and what it took."""
    print(f"\n{watch.said.strip()}")
    table: dict[str, Counter[str]] = {}
    for entry in entries:
        path = base.documents / entry.path
        kind = media_type_of(path).rpartition("/")[2].rpartition(".")[2] if path.is_file() else "not to be opened"
        table.setdefault(entry.reason or "indexed", Counter())[kind] += 1
    for reason, kinds in sorted(table.items(), key=lambda row: -row[1].total()):
        print(f"{kinds.total():5} {reason:16}" + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    stages = stage_seconds(base.index)
    pages, children = sum(entry.pages for entry in entries), sum(entry.seconds for entry in entries)
    print(", ".join(f"{stage} {seconds:.0f} s" for stage, seconds in stages.items()) + f"; whole {watch.seconds:.0f} s")
    reading = stages.get(Stage.READING, 0.0)
    print(
        f"{pages} pages: {pages / max(reading, 0.001):.1f} a second of the reading stage,"
        f" {pages / max(children, 0.001):.1f} a second of a child"
    )
    print("slowest (all children of a file, and their largest memory):")
    for entry in sorted(entries, key=lambda entry: -entry.seconds)[:10]:
        said = f"{entry.reason or 'indexed'} {entry.engine} {entry.pages} pages"
        print(f"{entry.seconds:8.1f} s {entry.memory_mb:6.0f} MB  {entry.path}  {said}")
    largest = max(entries, key=lambda entry: entry.memory_mb)
    print(f"largest memory of a child {largest.memory_mb:.0f} MB ({largest.path}), longest life {watch.life:.1f} s")
    peaks = ", ".join(f"{role} {memory}" for role, memory in sorted(watch.memory.items(), key=lambda peak: -peak[1]))
    print(f"{len(watch.processes)} processes seen; most MB of one: {peaks}; all together {watch.together}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="files to index, with its subfolders")
    parser.add_argument("--most", type=int, help="so many of the files, drawn")
    parser.add_argument("--bombs", nargs="*", choices=BOMBS, help="these bombs instead of all")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--minutes", type=int, default=90, help="a run is ended after so many")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
