"""What is an answer worth, held against judgments? nDCG."""

import math
from collections import defaultdict
from pathlib import Path

DEPTH = 10
Judged = dict[str, dict[str, float]]


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
