"""Which documents are much like this one? Shared codes, the rare ones counting most."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from corpus.model import Document
from search_app.base import Base

Codes = frozenset[tuple[str, str]]

WEIGHTS: Mapping[str, float] = {
    "tiltak": 3.0,
    "theme": 2.0,
    "target_group": 1.0,
    "kommune": 1.5,
    "design": 0.5,
    "doc_type": 0.5,
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """A document, how much it is like another (0-1), and the kinds of code the two share, weightiest first."""

    document: Document
    score: float
    shared: tuple[str, ...]


def alike(document: Document, base: Base, limit: int) -> tuple[Likeness, ...]:
    """The documents that share most with this one; type and design alone do not make two alike."""
    weigh = _weigher(base)
    mine = codes_of(document)
    found = []
    for other in base.documents.values():
        shared = mine & codes_of(other)
        kinds = tuple(kind for kind in WEIGHTS if any(kind == k for k, _ in shared))
        if other.id != document.id and set(kinds) - {"design", "doc_type"}:
            whole = weigh(mine | codes_of(other))
            found.append(Likeness(other, weigh(shared) / whole if whole else 0.0, kinds))
    return tuple(sorted(found, key=lambda likeness: (-likeness.score, likeness.document.id))[:limit])


def codes_of(document: Document) -> Codes:
    """Every code of a document with its kind."""
    known = document.metadata
    reads = {
        "tiltak": known.tiltak,
        "theme": known.themes,
        "target_group": known.target_groups,
        "kommune": known.kommuner,
        "design": (known.study_design,) if known.study_design else (),
        "doc_type": (known.doc_type,) if known.doc_type else (),
    }
    return frozenset((kind, read.value) for kind, values in reads.items() for read in values)


def _weigher(base: Base) -> Callable[[Iterable[tuple[str, str]]], float]:
    spread = Counter(code for document in base.documents.values() for code in codes_of(document))
    total = len(base.documents)

    def weigh(codes: Iterable[tuple[str, str]]) -> float:
        return sum(WEIGHTS[kind] * math.log(1 + total / spread[kind, code]) for kind, code in sorted(codes))

    return weigh
