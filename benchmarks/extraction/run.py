"""Measure extraction on a folder of real files: `python -m benchmarks.extraction.run [FOLDER]`.

Part 1, engines: every PDF by pdfium and by our pdfminer device: token agreement, characters that are no text,
processor time. Part 2, reading: every file through `read_file`: how many were read, how many set aside and why,
the slowest, the largest child. Ends with 1 when a floor of expected.toml is missed on the files it was set on.
"""

import argparse
import hashlib
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.config import ExtractConfig, PdfEngine
from corpus.model import Extracted, SourceFile
from indexer.extract import ReadingFailed, Usage, media_type_of, read_file_measured
from indexer.extract.guard import Guard
from indexer.extract.message import Task
from indexer.media import MediaType

HERE = Path(__file__).parent
DEFAULT = HERE.parents[2] / "shared" / "realfiles"
OUT = HERE.parent / "out" / "extraction.json"
WORKERS = 2
_TOKEN = re.compile(r"\w+")
_BAD = re.compile(r"\x00|\ufffd|\(cid:\d+\)")
_HYPHENS = re.compile("[-\u00ad\u2010\u2011\ufffe\x02]")


@dataclass
class Engines:
    """What two engines gave for the PDFs of one set."""

    files: int = 0
    both: int = 0
    only_pdfium: int = 0
    only_pdfminer: int = 0
    shared: int = 0
    tokens: int = 0
    characters: Counter[str] = field(default_factory=Counter)
    bad: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    seconds: Counter[str] = field(default_factory=Counter)
    worst: list[tuple[float, str]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The figures a floor can be set on."""
        return {
            "f1": 2 * self.shared / max(1, self.tokens),
            "bad_pdfium": self.bad["pdfium"] / max(1, self.characters["pdfium"]),
            "bad_pdfminer": self.bad["pdfminer"] / max(1, self.characters["pdfminer"]),
            "pdfium_pages_per_cpu_second": self.pages / max(0.001, self.seconds["pdfium"]),
            "pdfium_times_pdfminer": self.seconds["pdfminer"] / max(0.001, self.seconds["pdfium"]),
        }


@dataclass
class Reading:
    """What became of every file of one set."""

    files: int = 0
    read: int = 0
    pages: int = 0
    bad: int = 0
    characters: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    notices: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    slowest: tuple[float, str] = (0.0, "")
    largest: tuple[int, str] = (0, "")
    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The figures a floor can be set on."""
        return {
            "lost": self.files - self.read - self.set_aside.total(),
            "read": self.read,
            "bad": self.bad / max(1, self.characters),
            "slowest_seconds": self.slowest[0],
            "largest_mb": self.largest[0],
        }


def sources(folder: Path) -> Iterator[tuple[Path, SourceFile]]:
    """Every file below a folder."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        yield path, SourceFile(str(path.relative_to(folder)), digest, path.stat().st_size, media_type_of(path))


def tokens(text: str) -> Counter[str]:
    """Words with how often they occur; hyphens of any kind and line ends after them count for nothing."""
    return Counter(_TOKEN.findall(re.sub(r"-\s*", "", _HYPHENS.sub("-", text.lower()))))


def compare_engines(files: list[tuple[Path, SourceFile]]) -> Engines:
    """Part 1 for one set."""
    found = Engines()
    guard = Guard("benchmarks.extraction.engines_only:read")
    for path, source in files:
        if source.media_type != MediaType.PDF:
            continue
        found.files += 1
        given = {engine: _raw(guard, path, source, engine, found) for engine in ("pdfium", "pdfminer")}
        _agree(found, given, source.path)
    guard.close()
    return found


def _raw(guard: Guard, path: Path, source: SourceFile, engine: str, found: Engines) -> Extracted | None:
    config = replace(ExtractConfig(), engine=PdfEngine(engine))
    outcome = guard.run(Task(str(path.resolve()).encode(), source, config))
    if not isinstance(outcome.result, Extracted):
        return None
    text = "".join(page.source for page in outcome.result.pages)
    found.characters[engine] += len(text)
    found.bad[engine] += sum(len(match[0]) for match in _BAD.finditer(text))
    found.seconds[engine] += outcome.usage.cpu_seconds
    return outcome.result


def _agree(found: Engines, given: dict[str, Extracted | None], name: str) -> None:
    pdfium, pdfminer = given["pdfium"], given["pdfminer"]
    if pdfium is None or pdfminer is None:
        found.only_pdfium += pdfium is not None
        found.only_pdfminer += pdfminer is not None
        return
    one, other = (tokens("\n".join(page.source for page in result.pages)) for result in (pdfium, pdfminer))
    shared, total = (one & other).total(), one.total() + other.total()
    found.both += 1
    found.pages += len(pdfium.pages)
    found.shared += shared
    found.tokens += total
    if total:
        found.worst.append((2 * shared / total, name))


def read_all(files: list[tuple[Path, SourceFile]]) -> Reading:
    """Part 2 for one set."""
    found = Reading()
    with ThreadPoolExecutor(WORKERS) as pool:
        for (_, source), outcome in zip(files, pool.map(_read, files), strict=True):
            _count(found, source, *outcome)
    return found


def _read(file: tuple[Path, SourceFile]) -> tuple[Extracted | ReadingFailed, Usage]:
    try:
        return read_file_measured(*file, ExtractConfig())
    except ReadingFailed as failed:
        return failed, failed.usage


def _count(found: Reading, source: SourceFile, result: Extracted | ReadingFailed, usage: Usage) -> None:
    found.files += 1
    found.seconds += usage.cpu_seconds
    found.slowest = max(found.slowest, (usage.seconds, source.path))
    found.largest = max(found.largest, (usage.memory_mb, source.path))
    if isinstance(result, ReadingFailed):
        found.set_aside[result.reason] += 1
        found.rows.append((source.path, result.reason, result.detail))
        return
    found.read += 1
    found.pages += len(result.pages)
    found.characters += sum(len(page.text) for page in result.pages)
    found.bad += sum(len(match[0]) for page in result.pages for match in _BAD.finditer(page.text))
    found.notices.update(notice.code for notice in result.notices)


def show(name: str, engines: Engines | None, reading: Reading) -> None:
    """Print one set."""
    print(f"\n{name}: {reading.files} files")
    if engines and engines.both:
        figures = engines.figures()
        print(
            f"  engines  {engines.files} PDF, read by both {engines.both}, by pdfium alone {engines.only_pdfium},"
            f" by pdfminer alone {engines.only_pdfminer}; {engines.pages} pages"
        )
        print(
            f"           token F1 {figures['f1']:.4f}; no text: pdfium {figures['bad_pdfium']:.5%},"
            f" pdfminer {figures['bad_pdfminer']:.5%}; pdfium is {figures['pdfium_times_pdfminer']:.1f} times as fast"
            f" ({figures['pdfium_pages_per_cpu_second']:.0f} pages per processor second)"
        )
        for f1, file in sorted(engines.worst)[:5]:
            print(f"           least agreement {f1:.3f} {file}")
    aside = ", ".join(f"{reason} {count}" for reason, count in sorted(reading.set_aside.items())) or "none"
    lost = reading.figures()["lost"]
    print(f"  reading  {reading.read} read + {reading.set_aside.total()} set aside, {lost:.0f} lost; {aside}")
    print(
        f"           {reading.pages} pages, no text {reading.bad / max(1, reading.characters):.5%},"
        f" {reading.pages / max(0.001, reading.seconds):.0f} pages per processor second;"
        f" notices {dict(sorted(reading.notices.items()))}"
    )
    print(f"           slowest {reading.slowest[0]:.1f} s {reading.slowest[1]}")
    print(f"           largest {reading.largest[0]} MB {reading.largest[1]}")


def missed(name: str, figures: dict[str, float], expected: dict[str, dict[str, float]]) -> list[str]:
    """The floors and ceilings a set misses: keys are a figure's name after `least_` or `most_`."""
    wrong = []
    for key, limit in expected.get(name, {}).items():
        side, _, figure = key.partition("_")
        value = figures[figure]
        if (side == "least" and value < limit) or (side == "most" and value > limit):
            wrong.append(f"{name}: {figure} is {value:.5f}, {side} {limit}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--set", action="append", help="only this folder directly below FOLDER")
    parser.add_argument("--no-engines", action="store_true", help="leave out part 1")
    options = parser.parse_args()
    if not options.folder.is_dir():
        print(f"No folder {options.folder}: give one with files to read.")
        return 2
    expected = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
    results, wrong = {}, []
    for folder in sorted(path for path in options.folder.iterdir() if path.is_dir()):
        if options.set and folder.name not in options.set:
            continue
        files = list(sources(folder))
        engines = None if options.no_engines else compare_engines(files)
        reading = read_all(files)
        show(folder.name, engines, reading)
        figures = reading.figures() | (engines.figures() if engines else {})
        digest = hashlib.sha256("".join(source.sha256 for _, source in files).encode()).hexdigest()[:16]
        results[folder.name] = figures | {"digest": digest, "rows": reading.rows}
        if expected["digests"].get(folder.name) == digest and not options.no_engines:
            wrong += missed(folder.name, figures, expected["limits"])
        else:
            print(f"           digest {digest}: no floors for these files or this run")
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    print("\n" + ("\n".join(wrong) if wrong else "No floor missed."), f"Rows set aside: {OUT.name}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
