"""Make the weights of the second opinion again: `make reader` (needs scikit-learn; a few minutes).

Multinomial logistic regression with an L2 penalty. A sentence with two verdicts counts once for each.
"""

import sys
from importlib import import_module
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from corpus.vocabulary import load_vocabulary
from indexer.findings.second import LABELS, NONE, SIZE, WEIGHTS, features
from tools.reader.sentences import LEARNT_FROM, ROOT, Read, digest, read_by_people

PENALTY = 30.0  # C, the inverse of the penalty's weight
STEPS = 400
RARER = 1.0  # in reports a sentence tells of no effect this much oftener (log odds) than among those learnt from


def main() -> int:
    """Read, learn, write; the exit code."""
    if find_spec("sklearn") is None:
        print("This needs scikit-learn: .venv/bin/pip install scikit-learn", file=sys.stderr)
        return 1
    reads = list(read_by_people(load_vocabulary()))
    weights, bias = learnt(reads)
    folder = ROOT / "indexer" / "findings"
    np.savez_compressed(folder / WEIGHTS, weights=weights.astype(np.float16), bias=bias.astype(np.float32))
    LEARNT_FROM.write_text(f"{digest()}\n", encoding="ascii")
    told = sum(bool(read.verdicts) for read in reads)
    print(f"{len(reads)} sentences, {told} with a verdict; {(folder / WEIGHTS).stat().st_size / 2**20:.1f} MB")
    return 0


def learnt(reads: list[Read]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights by label and feature, and the bias of each label, labels in the order of LABELS."""
    sparse, linear_model = import_module("scipy.sparse"), import_module("sklearn.linear_model")
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    labels: list[int] = []
    for read in reads:
        found = features(read.scene)
        for label in read.verdicts or {NONE}:
            rows += [len(labels)] * len(found)
            columns += found.keys()
            values += found.values()
            labels.append(LABELS.index(label))
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(labels), SIZE))
    model = linear_model.LogisticRegression(C=PENALTY, max_iter=STEPS).fit(matrix, labels)
    bias = model.intercept_.copy()
    bias[LABELS.index(NONE)] += RARER
    return model.coef_, bias


if __name__ == "__main__":
    sys.exit(main())
