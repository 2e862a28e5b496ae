"""A second opinion on a sentence: how likely is each verdict, judged from many sentences read by people?

Linear weights (multinomial logistic regression, `tools.reader.train`) over hashed features: words, pairs of words,
pieces of words, and what the cues of the rules mark, alone and in pairs. It does not know the document.
"""

import math
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.model import Verdict
from indexer.findings.scene import Scene

SIZE = 2**16
NONE = "none"
LABELS = (*Verdict, NONE)
WEIGHTS = "second.npz"
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_PIECES = (3, 4, 5)

Features = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Opinion:
    """How likely each verdict is, from 0 to 1; what is left of 1 is that there is none."""

    likely: Mapping[Verdict, float]

    @property
    def best(self) -> Verdict:
        """The likeliest verdict."""
        return max(self.likely, key=lambda verdict: self.likely[verdict])


def features(scene: Scene) -> Features:
    """The features of a sentence, hashed to 0 .. SIZE - 1; each of the three kinds has length 1."""
    found: dict[int, float] = {}
    words = _WORD.findall(_plain(scene.text))
    for group in (_of_words(words), _of_pieces(words), _of_marks(scene)):
        names = set(group)
        for name in names:
            place = _place(name)
            found[place] = found.get(place, 0.0) + 1 / math.sqrt(len(names))
    return found


def opinion(scene: Scene) -> Opinion:
    """How likely each verdict is for a sentence."""
    weights, bias = _weights()
    found = features(scene)
    places = np.fromiter(found, np.int64, len(found))
    values = np.fromiter(found.values(), np.float32, len(found))
    scores = weights[:, places].astype(np.float32) @ values + bias
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    return Opinion({verdict: float(share) for verdict, share in zip(Verdict, shares, strict=False)})


def telling(scene: Scene, verdict: Verdict) -> tuple[int, int]:
    """Where the word stands that speaks most for a verdict, with its pieces; the whole sentence when it has no word."""
    weights, _ = _weights()
    says = weights[LABELS.index(verdict)] - weights[LABELS.index(NONE)]

    def speaks(match: re.Match[str]) -> float:
        pieces = [float(says[_place(piece)]) for piece in _of_pieces([match[0]])]
        return float(says[_place(f"w{match[0]}")]) + sum(pieces) / math.sqrt(len(pieces) or 1)

    words = _WORD.finditer(_plain(scene.text))
    return max(((speaks(match), match.span()) for match in words), default=(0.0, (0, len(scene.text))))[1]


def _of_words(words: list[str]) -> Iterator[str]:
    yield from (f"w{word}" for word in words)
    yield from (f"b{left} {right}" for left, right in pairwise(words))


def _of_pieces(words: list[str]) -> Iterator[str]:
    for word in words:
        whole = f" {word} "
        for size in _PIECES:
            yield from (f"c{whole[start : start + size]}" for start in range(len(whole) - size + 1))


def _of_marks(scene: Scene) -> Iterator[str]:
    marks = [f"{mark.role}:{mark.value}" for mark in scene.marks]
    yield from (f"m{mark}" for mark in marks)
    yield from (f"n{left}>{right}" for left, right in pairwise(marks))
    yield from (f"k{left}&{right}" for left, right in combinations(marks, 2))
    yield from (f"l{clause.link}" for clause in scene.clauses)


def _plain(text: str) -> str:
    """The text in small letters with every digit a nought; places stay where they are."""
    small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return _DIGIT.sub("0", small)


def _place(name: str) -> int:
    return zlib.crc32(name.encode()) % SIZE


@cache
def _weights() -> tuple[NDArray[np.float16], NDArray[np.float32]]:
    """Weights by label and feature, and what each label has to begin with."""
    with (files("indexer.findings") / WEIGHTS).open("rb") as file, np.load(file) as held:
        return held["weights"], held["bias"]
