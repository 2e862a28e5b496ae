"""How well are our own questions to the sample documents answered? nDCG@10 by kind of question, on the whole path.

    python -m benchmarks.quality.own [--answers]

samples/queries.jsonl: {id, kind, text} a line. samples/qrels.tsv: query, document (file name without its ending) and
grade between tabs: 3 answers the question, 2 has a part that does, 1 touches it; what is not named does not. Judged by
reading the documents, not by searching. --answers also prints the answer to every question that is not perfect.
Ends with 1 when a floor of expected.toml does not hold.
"""

import argparse
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.quality.run import read_lines
from benchmarks.quality.scoring import DEPTH, ndcg, read_judged
from corpus.config import Config, DocumentsConfig, IndexConfig
from corpus.engine import Engine
from corpus.search import SearchRequest
from indexer.engines import open_engine
from indexer.pipeline import run

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "corpus" / "samples" / "documents"
DAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with what was found (best first, by file name without its ending), and its judgments."""

    kind: str
    text: str
    found: tuple[str, ...]
    total: int
    judged: Mapping[str, float]

    @property
    def score(self) -> float:
        """nDCG@10."""
        return ndcg({"": list(self.found)}, {"": dict(self.judged)})


def main() -> int:
    """Measure; 1 below the floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", action="store_true")
    return measure(parser.parse_args().answers)


def measure(shown: bool = False) -> int:
    """Index the sample documents, ask, print; 1 when the floor does not hold or a question gets nothing."""
    with tempfile.TemporaryDirectory() as folder:
        answers = ask(indexed(Path(folder)))
    floor, mean, empty = floors()["floor"], mean_score(answers), [each.text for each in answers if not each.total]
    print(f"{'our own questions':<18}{'number':>8}{'nDCG@10':>9}")
    for kind, score in by_kind(answers).items():
        print(f"{kind:<18}{sum(each.kind == kind for each in answers):>8}{score:>9.3f}")
    below = "  BELOW ITS FLOOR" if mean < floor else ""
    print(f"{'all':<18}{len(answers):>8}{mean:>9.3f}  floor {floor:.3f}, {len(empty)} with nothing found {below}")
    for each in answers if shown else ():
        _show(each)
    return int(mean < floor or bool(empty))


def _show(answered: Answered) -> None:
    """Print an answer that is not perfect, each document with its grade; those it missed last."""
    if answered.score == 1:
        return
    print(f"\n{answered.score:.3f} {answered.text}")
    missed = (f"{name} (not found)" for name in answered.judged if name not in answered.found)
    graded = [f"  {answered.judged.get(name, 0):.0f} {name}" for name in answered.found]
    print(*graded, *(f"  {name}" for name in missed), sep="\n")


def indexed(folder: Path) -> Engine:
    """The product's engine with all sample documents, indexed as `hvavirker index` does."""
    config = Config(documents=DocumentsConfig(folder=SAMPLES), index=IndexConfig(folder=folder))
    run(config)
    return open_engine(config)


def ask(engine: Engine) -> list[Answered]:
    """All questions answered."""
    judged = read_judged(HERE / "samples" / "qrels.tsv")
    names = {each.id: Path(each.source.path).stem for each in engine.records().documents()}
    answers = []
    for query in read_lines(HERE / "samples" / "queries.jsonl"):
        result = engine.search(SearchRequest(DAY, query["text"], size=DEPTH))
        found = tuple(names[hit.document_id] for hit in result.hits)
        answers.append(Answered(query["kind"], query["text"], found, result.total, judged[query["id"]]))
    return answers


def by_kind(answers: Iterable[Answered]) -> dict[str, float]:
    """The mean score of each kind of question."""
    kinds: dict[str, list[Answered]] = defaultdict(list)
    for each in answers:
        kinds[each.kind].append(each)
    return {kind: mean_score(held) for kind, held in kinds.items()}


def mean_score(answers: list[Answered]) -> float:
    """The mean nDCG@10."""
    return sum(each.score for each in answers) / len(answers)


def floors() -> dict[str, float]:
    """What must hold."""
    table = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
    return dict(table["own"])


if __name__ == "__main__":
    sys.exit(main())
