"""Every judged set on the product's own path and on four other engines (run.py without arguments).

    python -m benchmarks.quality.all [--ours] [SET ...]

For each set: nDCG@10, the change since the commit that last wrote expected.toml, the floor it must not fall below, and
the peers in the same run; --ours leaves those out. Ends with 1 when a set is below its floor. The sets lie beside the
project, in ../shared/benchmarks, or where BENCHMARK_SETS says; else only our own questions to the sample documents are
asked (own.py).
"""

import argparse
import os
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from benchmarks.quality import own
from benchmarks.quality.peers import PEERS, Ask, Line
from benchmarks.quality.run import indexed, ranked, read_lines
from benchmarks.quality.scoring import DEPTH, Judged, ndcg, read_judged
from corpus.engine import Engine

HERE = Path(__file__).parent
Peer = Callable[[Sequence[Line]], Ask]
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


def main(arguments: Sequence[str] = ()) -> int:
    """Print the sets; 1 when one is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", action="store_true")
    parser.add_argument("sets", nargs="*", choices=[*SETS, []], metavar="SET")
    options = parser.parse_args(arguments)
    root = Path(os.environ.get("BENCHMARK_SETS", HERE.parents[2] / "shared" / "benchmarks"))
    if not root.is_dir():
        print(f"The judged sets are not in {root}; set BENCHMARK_SETS to their folder.")
        return own.measure()
    expected = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
    peers: Mapping[str, Peer] = {} if options.ours else PEERS
    print(f"Change: since {_last_written()}")
    print(f"{'nDCG@10':<18}{'ours':>8}{'change':>8}{'floor':>7} |" + "".join(f"{name:>9}" for name in peers))
    asked = options.sets or list(SETS)
    below = [_told(name, scores, expected[name]) for name, scores in _scores(root, asked, peers)]
    return max(below) if options.sets else max(*below, own.measure())


def _last_written() -> str:
    """The commit that last changed what is expected."""
    command = ["git", "log", "-1", "--format=%h %as %s", "--", str(HERE / "expected.toml")]
    told = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "expected.toml was written"


def _told(name: str, scores: list[float], expected: dict[str, float]) -> int:
    """Print one set: ours first, then the peers; 1 when ours is below its floor."""
    ours, *peers = scores
    change = f"{ours - expected['was']:>+8.4f}{expected['floor']:>7.3f}"
    below = ours < expected["floor"]
    others = "".join(f"{score:>9.4f}" for score in peers)
    print(f"{name:<18}{ours:>8.4f}{change} |{others}{'  BELOW ITS FLOOR' if below else ''}", flush=True)
    return int(below)


def _scores(root: Path, asked_for: Sequence[str], peers: Mapping[str, Peer]) -> Iterator[tuple[str, list[float]]]:
    by_corpus = defaultdict(list)
    for name in asked_for:
        corpus, queries, judged = SETS[name]
        by_corpus[corpus].append((name, queries, judged))
    for corpus, asked in by_corpus.items():
        lines = list(read_lines(root / corpus))
        with tempfile.TemporaryDirectory() as folder:
            engine = indexed(root / corpus, Path(folder))
            engines: list[Ask] = [partial(_ours, engine), *(peer(lines) for peer in peers.values())]
            for name, queries, judged in asked:
                questions = list(read_lines(root / queries))
                yield name, [_score(ask, questions, read_judged(root / judged)) for ask in engines]


def _ours(engine: Engine, text: str, depth: int) -> list[str]:
    return [document for document, _ in ranked(engine, text, depth)]


def _score(ask: Ask, questions: list[Line], judged: Judged) -> float:
    return ndcg({question["id"]: ask(question["text"], DEPTH) for question in questions}, judged)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
