"""How well does each row, and each document, answer the words of a query?

First pass, every row: BM25 with Lucene's idf, for each word the sum over its channels (exact form, stem, wider) and
over the fields. Second pass, the best rows only: runs of four letters that the query and the row share, and words of
the query that stand near each other. A document is worth its lead, its best passage, and a little of the next two.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.engines.concepts import Concept
from indexer.engines.lexicon import Ids, Lexicon
from indexer.engines.postings import PostingCache, PostingReader, Postings, Scores, merged
from indexer.engines.profile import Profile
from indexer.engines.rows import Rows
from indexer.schema import FIELDS, Field, FieldRule

Counts = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _FieldMeasure:
    """What BM25 needs of a field: how many rows have it, and the norm of each row."""

    rows: int
    norms: Scores


def idf(rows: int, with_word: int) -> float:
    """Lucene's inverse document frequency."""
    return float(np.log1p((rows - with_word + 0.5) / (with_word + 0.5)))


class FirstPass:
    """Turns concepts into postings with their worth, and those into the score of every row."""

    def __init__(
        self, rows: Rows, lexicon: Lexicon, reader: PostingReader, cache: PostingCache, profile: Profile
    ) -> None:
        self._rows, self._lexicon, self._reader, self._cache, self._profile = rows, lexicon, reader, cache, profile
        self._measures = {rule.field: _measure(rows.fields[rule.field].lengths, rule.b, profile.k1) for rule in FIELDS}

    def postings(self, concept: Concept) -> Postings:
        """Where a concept stands and what it is worth."""
        return self._cache.get(concept.key, lambda: self._make(concept))

    def scores(self, concepts: Sequence[Concept]) -> Scores:
        """The score of every row."""
        scores = np.zeros(len(self._rows.document), np.float32)
        for concept in concepts:
            held = self.postings(concept)
            scores[held.rows] += held.worth
        return scores

    def _make(self, concept: Concept) -> Postings:
        fields = [self._in_field(concept, rule) for rule in FIELDS]
        rows, worth = merged((each[0], each[1]) for each in fields)
        holding = np.unique(np.concatenate([each[2] for each in fields]))
        return Postings(rows, worth, np.unique(self._rows.document[holding]), fields[-1][3])

    def _in_field(self, concept: Concept, rule: FieldRule) -> tuple[Ids, Scores, Ids, float]:
        """(rows, worth, rows that hold the concept, idf of what holds) in one field."""
        measure = self._measures[rule.field]
        held = self._read(concept, rule.field)
        rows, worth = merged(
            _bm25(held.of(channel.ids), channel.weight * rule.weight, measure) for channel in concept.channels
        )
        holding = held.of(concept.holds)[0]
        return rows, worth, holding, idf(measure.rows, len(holding))

    def _read(self, concept: Concept, field: Field) -> "_Held":
        ids = np.unique(np.concatenate([concept.holds, *(channel.ids for channel in concept.channels)]))
        return _Held({int(each): self._reader.read(field, self._lexicon.surfaces[each]) for each in ids})


@dataclass(frozen=True, slots=True)
class _Held:
    """The postings of some words in one field."""

    postings: dict[int, tuple[Ids, Scores]]

    def of(self, ids: Ids) -> tuple[Ids, Scores]:
        """The postings of some of them as of one word."""
        return merged(self.postings[int(each)] for each in ids)


def _bm25(postings: tuple[Ids, Scores], weight: float, measure: _FieldMeasure) -> tuple[Ids, Scores]:
    rows, counts = postings
    factor = np.float32(weight * idf(measure.rows, len(rows)))
    return rows, factor * counts / (counts + measure.norms[rows])


def _measure(lengths: npt.NDArray[np.int64], b: float, k1: float) -> _FieldMeasure:
    rows = int(np.count_nonzero(lengths))
    mean = lengths.sum() / rows if rows else 1.0
    return _FieldMeasure(rows, (k1 * (1 - b + b * lengths / mean)).astype(np.float32))
