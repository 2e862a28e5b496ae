"""Measure speed: `python -m benchmarks.speed.run [--passages N] [--documents FOLDER]`.

1. The whole pipeline on a folder of real files. 2. Indexing a generated base, ours beside plain Whoosh, tantivy and
SQLite FTS5. 3. 200 queries to all of them, in turns. 4. What each step of the search costs beside words alone. Ends
with 1 when a floor of expected.toml is missed. Figures go to benchmarks/out/speed.json. Plain Whoosh takes minutes to
index and never changes, so its index is kept under benchmarks/out/speed for the next run on the same base; --fresh
builds it again.
"""

import argparse
import hashlib
import importlib
import json
import shutil
import sys
import tempfile
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.speed import asking, checks, tables
from benchmarks.speed.base import Query, queries, read_base, write_base
from benchmarks.speed.measuring import watched
from benchmarks.speed.ours import OurSearcher
from benchmarks.speed.steps import BUILT

HERE = Path(__file__).parent
OUT = HERE.parent / "out"
REAL = HERE.parents[2] / "shared" / "realfiles" / "norsk"
ENGINES = {"ours": "ours", "whoosh": "whoosh_peer", "tantivy": "tantivy_peer", "fts5": "fts5_peer"}
MODES = {"top10": False, "top10_facets_filter": True}
COLD_EVERY = 10
Figures = dict[str, Any]


def main() -> int:
    options = _options()
    work = OUT / "speed"
    work.mkdir(parents=True, exist_ok=True)
    figures: Figures = {"passages": options.passages}
    with tempfile.TemporaryDirectory(dir=work) as folder:
        figures["pipeline"] = _pipeline(options.documents, Path(folder) / "pipeline")
        tables.pipeline(figures["pipeline"])
        base = Path(folder) / "base.jsonl"
        figures["digest"] = write_base(base, options.passages)
        figures["text"] = sum(len(each.encode()) for document in read_base(base) for each in document.passages)
        indexes = {name: Path(folder) / name for name in ENGINES} | {"whoosh": _whoosh(work, figures["digest"])}
        figures["index"] = _build(indexes, base, figures["text"], options.fresh)
        tables.index(figures)
        figures["query"] = _ask(indexes, queries(base), options.passes)
        figures["checks"] = checks.problems(indexes["ours"], base)
        tables.query(figures)
        figures["steps"] = _steps(indexes["ours"], Path(folder), base)
    figures["ratios"] = _ratios(figures)
    tables.steps(figures)
    failures = [*figures["checks"], *_missed(figures)]
    (OUT / "speed.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for failure in failures:
        print(f"FAIL {failure}")
    return 1 if failures else 0


def _pipeline(documents: Path, index: Path) -> Figures | None:
    if not documents.is_dir():
        print(f"Pipeline: skipped, there is no folder {documents} (--documents names another).")
        return None
    found = watched("pipeline", documents, index)
    cpu = found.cpu_seconds - found.answer["cpu_outside"]
    return {**found.answer, "cpu": cpu, "peak_mb": found.peak_mb, "largest_mb": found.largest_mb}


def _whoosh(work: Path, digest: str) -> Path:
    """Where plain Whoosh's index of this base is kept."""
    program = (HERE / "whoosh_peer.py").read_bytes()
    return work / f"whoosh-{hashlib.sha256(digest.encode() + program).hexdigest()[:16]}"


def _build(indexes: dict[str, Path], base: Path, text: int, fresh: bool) -> dict[str, Figures]:
    """What indexing took: cpu, wall (s), peak_mb, size (bytes), and whether that was measured in this run."""
    figures = {}
    for name, folder in indexes.items():
        kept = folder.with_suffix(".json")
        if name == "whoosh" and kept.exists() and not fresh:
            figures[name] = json.loads(kept.read_text(encoding="utf-8")) | {"now": False}
            continue
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        found = watched("building", ENGINES[name], folder, base)
        figures[name] = {
            **found.answer,
            "size_ratio": found.answer["size"] / text,
            "peak_mb": found.peak_mb,
            "now": True,
        }
        kept.write_text(json.dumps(figures[name]), encoding="utf-8")
    return figures


def _ask(indexes: dict[str, Path], asked: list[Query], passes: int) -> Figures:
    kinds = {name: importlib.import_module(f"benchmarks.speed.{module}") for name, module in ENGINES.items()}
    searchers = {name: kind.opened(indexes[name]) for name, kind in kinds.items()}
    searchers["ours, no hits shown"] = OurSearcher(searchers["ours"].engine, 0)
    figures: Figures = {}
    for mode, narrowed in MODES.items():
        found = asking.warm(searchers, asked, narrowed, passes)
        figures[mode] = {name: asdict(each.times) for name, each in found.items()}
        times, opening = asking.cold(
            lambda: kinds["ours"].opened(indexes["ours"]), asked[1::COLD_EVERY], narrowed, asked[0]
        )
        figures[mode]["ours, cold"] = asdict(times)
        figures[f"{mode}_slowest"] = checks.slowest(asked, found["ours"])
        figures[f"{mode}_agreement"] = checks.agreement({name: each.answers for name, each in found.items()})
    figures["opening_ms"] = opening
    return figures


def _steps(product: Path, folder: Path, base: Path) -> Figures:
    """What each step took to build, holds and takes to ask; and what keeping the records alone took."""
    found = {step: watched("steps", step, folder / f"step-{step}", base).answer for step in BUILT}
    return found | {"product": watched("steps", "product", product, base).answer}


def _beside_words(figures: Figures) -> dict[str, float]:
    """Words alone by the whole, in size and build time, each with the records and without."""
    words, product = figures["steps"]["words"], figures["steps"]["product"]
    records, alone = product["records_cpu"], words["sizes"]["index"]
    cpu, whole = figures["index"]["ours"]["cpu"], product["sizes"]
    return {
        "words_alone_vs_size": (alone + whole["records"]) / sum(whole.values()),
        "words_alone_vs_size_without_records": alone / (whole["index"] + whole["marks"]),
        "words_alone_vs_build": words["cpu"] / cpu,
        "words_alone_vs_build_without_records": (words["cpu"] - records) / (cpu - records),
    }


def _ratios(figures: Figures) -> dict[str, float]:
    """The figures that floors are set on: how many times as fast as a peer we are (above 1: faster), by processor
    time; and how large the index is beside the text."""
    index, asked, run = figures["index"], figures["query"], figures["pipeline"]
    ratios = {f"index_speed_vs_{peer}": index[peer]["cpu"] / index["ours"]["cpu"] for peer in ("whoosh", "tantivy")}
    for mode in MODES:
        for peer in ("whoosh", "tantivy", "fts5"):
            for place in ("p50", "p95"):
                key = f"cpu_{place}"
                ratios[f"{mode}_{place}_vs_{peer}"] = asked[mode][peer][key] / asked[mode]["ours"][key]
        ratios[f"{mode}_cold_p50_vs_whoosh"] = asked[mode]["whoosh"]["cpu_p50"] / asked[mode]["ours, cold"]["cpu_p50"]
    ratios |= _beside_words(figures)
    ratios["text_vs_index_size"] = 1 / index["ours"]["size_ratio"]
    ratios["text_vs_index_memory"] = figures["text"] / 2**20 / index["ours"]["peak_mb"]
    if run and run["yardstick"]:
        ratios["pipeline_speed_vs_pdfium_alone"] = run["yardstick"] / run["cpu"]
    return ratios


def _missed(figures: Figures) -> list[str]:
    """What is below its floor. Floors hold for the base they were set on."""
    expected = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
    own = expected.get(f"passages-{figures['passages']}")
    if own is None:
        print(f"No floors are set for {figures['passages']} passages.")
        return []
    if own["digest"] != figures["digest"]:
        return [
            f"The base is not the one its floors were set on (sha256 {figures['digest']}, expected {own['digest']}):"
            " the sample sources or the vocabulary have changed. Look at the table, then put the new digest in"
            " expected.toml."
        ]
    ratios = figures["ratios"]
    return [
        f"{name} is {ratios[name]:.3g}, below its floor {floor}"
        for name, floor in own["floors"].items()
        if name in ratios and ratios[name] < floor
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=50_000, help="size of the generated base (50000)")
    parser.add_argument("--documents", type=Path, default=REAL, help="folder of real files for the whole pipeline")
    parser.add_argument("--passes", type=int, default=3, help="how often each query is timed (3)")
    parser.add_argument("--fresh", action="store_true", help="build plain Whoosh's index again")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
