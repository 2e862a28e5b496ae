"""Every judged set on the product's own path: nDCG@10 beside its floor (run.py without arguments).

The sets lie beside the project, in ../shared/benchmarks, or where BENCHMARK_SETS says; else nothing is measured.
"""

import math
import os
import sys
import tempfile
import tomllib
from collections import defaultdict
from pathlib import Path

from benchmarks.quality.run import indexed, ranked, read_lines

HERE = Path(__file__).parent
DEPTH = 10
SETS = {
    "norquad": ("norquad/corpus.jsonl", "norquad/queries.jsonl", "norquad/qrels.tsv"),
    "norquad-nn": ("norquad/corpus.jsonl", "norquad/queries.nn.jsonl", "norquad/qrels.tsv"),
    "norquad-aa-oe-ae": ("norquad/corpus.jsonl", "norquad/queries.aa-oe-ae.jsonl", "norquad/qrels.tsv"),
    "norquad-a-o-a": ("norquad/corpus.jsonl", "norquad/queries.a-o-a.jsonl", "norquad/qrels.tsv"),
    "norquad-typo": ("norquad/corpus.jsonl", "norquad/queries.typo.jsonl", "norquad/qrels.tsv"),
    "flores-nb-nn": (
        "flores-nb-nn/corpus.nn.jsonl",
        "flores-nb-nn/queries.nb-keywords.jsonl",
        "flores-nb-nn/qrels.tsv",
    ),
    "domain": ("domain/corpus.jsonl", "domain/queries.jsonl", "domain/qrels.tsv"),
}

Judged = dict[str, dict[str, float]]


def main() -> int:
    """Print all sets; 1 when one is below its floor."""
    root = Path(os.environ.get("BENCHMARK_SETS", HERE.parents[2] / "shared" / "benchmarks"))
    if not root.is_dir():
        print(f"The judged sets are not in {root}; set BENCHMARK_SETS to their folder.")
        return 0
    floors = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))["ndcg10"]
    print(f"{'set':<18}{'nDCG@10':>9}{'floor':>8}")
    return max([_told(name, score, floors[name]) for name, score in _scores(root)])


def _told(name: str, score: float, floor: float) -> int:
    print(f"{name:<18}{score:>9.3f}{floor:>8.3f}{'' if score >= floor else '  below'}", flush=True)
    return int(score < floor)


def _scores(root: Path):
    by_corpus = defaultdict(list)
    for name, (corpus, queries, judged) in SETS.items():
        by_corpus[corpus].append((name, queries, judged))
    for corpus, asked in by_corpus.items():
        with tempfile.TemporaryDirectory() as folder:
            engine = indexed(root / corpus, Path(folder))
            for name, queries, judged in asked:
                runs = {
                    query["id"]: [document for document, _ in ranked(engine, query["text"], DEPTH)]
                    for query in read_lines(root / queries)
                }
                yield name, ndcg(runs, read_judged(root / judged))


def read_judged(path: Path) -> Judged:
    """query → document → grade, from lines of query, document and grade (1 when left out) between tabs."""
    judged: Judged = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        query, document, *grade = line.split("\t")
        judged[query][document] = float(grade[0]) if grade else 1.0
    return judged


def ndcg(runs: dict[str, list[str]], judged: Judged) -> float:
    """Mean nDCG at DEPTH over all judged queries; one that is not answered counts 0."""
    return sum(_one(runs.get(query, []), grades) for query, grades in judged.items()) / len(judged)


def _one(found: list[str], grades: dict[str, float]) -> float:
    best = _gain(sorted(grades.values(), reverse=True)[:DEPTH])
    return _gain([grades.get(document, 0.0) for document in found[:DEPTH]]) / best if best else 0.0


def _gain(grades: list[float]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


if __name__ == "__main__":
    sys.exit(main())
