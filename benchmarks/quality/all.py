"""Every judged set on the product's own path and on four other engines (run.py without arguments).

For each set: nDCG@10, what it was when expected.toml was last written, the floor it must not fall below, and the
peers in the same run. The sets lie beside the project, in ../shared/benchmarks, or where BENCHMARK_SETS says; else
only our own questions to the sample documents are asked (own.py).
"""

import os
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.quality import own
from benchmarks.quality.peers import PEERS, Ask, Line
from benchmarks.quality.run import indexed, ranked, read_lines
from benchmarks.quality.scoring import DEPTH, Judged, ndcg, read_judged
from corpus.engine import Engine

HERE = Path(__file__).parent
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


def main() -> int:
    """Print all sets; 1 when one is below its floor."""
    root = Path(os.environ.get("BENCHMARK_SETS", HERE.parents[2] / "shared" / "benchmarks"))
    if not root.is_dir():
        print(f"The judged sets are not in {root}; set BENCHMARK_SETS to their folder.")
        return own.measure()
    expected = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
    print(f"{'nDCG@10':<18}{'ours':>8}{'change':>8}{'floor':>7} |" + "".join(f"{name:>9}" for name in PEERS))
    below = [_told(name, scores, expected[name]) for name, scores in _scores(root)]
    return max(*below, own.measure())


def _told(name: str, scores: list[float], expected: dict[str, float]) -> int:
    """Print one set: ours first, then the peers; 1 when ours is below its floor."""
    ours, *peers = scores
    change = f"{ours - expected['was']:>+8.4f}{expected['floor']:>7.3f}"
    below = ours < expected["floor"]
    others = "".join(f"{score:>9.4f}" for score in peers)
    print(f"{name:<18}{ours:>8.4f}{change} |{others}{'  BELOW ITS FLOOR' if below else ''}", flush=True)
    return int(below)


def _scores(root: Path) -> Iterator[tuple[str, list[float]]]:
    by_corpus = defaultdict(list)
    for name, (corpus, queries, judged) in SETS.items():
        by_corpus[corpus].append((name, queries, judged))
    for corpus, asked in by_corpus.items():
        lines = list(read_lines(root / corpus))
        with tempfile.TemporaryDirectory() as folder:
            engine = indexed(root / corpus, Path(folder))
            engines = [partial(_ours, engine), *(peer(lines) for peer in PEERS.values())]
            for name, queries, judged in asked:
                questions = list(read_lines(root / queries))
                yield name, [_score(ask, questions, read_judged(root / judged)) for ask in engines]


def _ours(engine: Engine, text: str, depth: int) -> list[str]:
    return [document for document, _ in ranked(engine, text, depth)]


def _score(ask: Ask, questions: list[Line], judged: Judged) -> float:
    return ndcg({question["id"]: ask(question["text"], DEPTH) for question in questions}, judged)


if __name__ == "__main__":
    sys.exit(main())
