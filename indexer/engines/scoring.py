"""How well does each row answer the words of a query?

BM25F: a row's words are those of its fields and of its document's title, each counted by the field's weight
(indexer.schema); a word is worth the sum over its channels (exact form, stem, wider). This is the first pass, over
every row; what is too dear to ask of all rows is in `rescoring`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from corpus.search import Facet
from indexer.engines.concepts import Concept
from indexer.engines.lexicon import Ids, Lexicon
from indexer.engines.postings import PostingCache, PostingReader, Postings, Scores, merged, summed
from indexer.engines.profile import Profile
from indexer.engines.rows import Rows
from indexer.schema import FIELDS, Field

_WEIGHTS = np.array([next(rule.weight for rule in FIELDS if rule.field is field) for field in Field], np.float32)
_TITLE = list(Field).index(Field.TITLE)


def idf(rows: int, with_word: int) -> float:
    """Lucene's inverse document frequency."""
    return float(np.log1p((rows - with_word + 0.5) / (with_word + 0.5)))


def norms(lengths: Scores, rows: Rows, profile: Profile) -> Scores:
    """BM25's length norm of rows of these lengths; the mean is that of passages."""
    of_passages = lengths[rows.is_passage]
    mean = of_passages.mean() if of_passages.any() else 1.0
    return (profile.k1 * (1 - profile.b + profile.b * lengths / mean)).astype(np.float32)


class FirstPass:
    """Turns concepts into postings with their worth, and those into the score of every row."""

    def __init__(
        self, rows: Rows, lexicon: Lexicon, reader: PostingReader, cache: PostingCache, profile: Profile
    ) -> None:
        self._rows, self._lexicon, self._reader, self._cache = rows, lexicon, reader, cache
        self._norms = norms(row_lengths(rows), rows, profile)
        self._named = {Facet.TILTAK: profile.tiltak, Facet.KOMMUNE: profile.kommune, Facet.THEME: profile.theme}
        self._passages = int(np.count_nonzero(rows.is_passage))

    def postings(self, concept: Concept) -> Postings:
        """Where a concept stands and what it is worth."""
        return self._cache.get(concept.key, lambda: self._make(concept))

    def named(self, facet: Facet, code: str, rows: Callable[[], Ids]) -> Postings:
        """The postings of something that stands in some rows by one name or another, in each as if said once."""
        return self._cache.get(("named", facet, code), lambda: self._make_named(rows(), self._named[facet]))

    def scores(self, postings: Iterable[Postings]) -> Scores:
        """The score of every row: the sum of what it is worth."""
        scores = np.zeros(len(self._rows.document), np.float32)
        for held in postings:
            scores[held.rows] += held.worth
        return scores

    def _make_named(self, rows: Ids, weight: float) -> Postings:
        rows, worth = self._worth((rows, np.ones(len(rows), np.float32)), weight)
        return Postings(rows, worth, np.unique(self._rows.document[rows]), self._idf(rows))

    def _make(self, concept: Concept) -> Postings:
        held = self._read(concept)
        rows, worth = merged(self._worth(held.of(channel.ids), channel.weight) for channel in concept.channels)
        holding = held.of(concept.holds)[0]
        return Postings(rows, worth, np.unique(self._rows.document[holding]), self._idf(holding))

    def _worth(self, counted: tuple[Ids, Scores], weight: float) -> tuple[Ids, Scores]:
        rows, counts = counted
        return rows, np.float32(weight * self._idf(rows)) * counts / (counts + self._norms[rows])

    def _idf(self, rows: Ids) -> float:
        return idf(self._passages, int(np.count_nonzero(self._rows.is_passage[rows])))

    def _read(self, concept: Concept) -> "_Held":
        """Where the words of a concept stand; a word of a title stands in all rows of its document."""
        ids = np.unique(np.concatenate([concept.holds, *(channel.ids for channel in concept.channels)]))
        found = self._reader.read(ids)
        counts = _WEIGHTS[found.field] * found.counts
        titled = found.field == _TITLE
        rows, owner = self._rows.of(self._rows.document[found.rows[titled]])
        return _Held.sorted(
            ids,
            np.concatenate([found.word[~titled], found.word[titled][owner]]),
            np.concatenate([found.rows[~titled], rows]),
            np.concatenate([counts[~titled], counts[titled][owner]]),
        )


@dataclass(frozen=True, slots=True)
class _Held:
    """The postings of some words, by row: `ids[word[i]]` stands `counts[i]` times in `rows[i]`."""

    ids: Ids
    word: Ids
    rows: Ids
    counts: Scores

    @classmethod
    def sorted(cls, ids: Ids, word: Ids, rows: Ids, counts: Scores) -> "_Held":
        """Those of rows in any order."""
        order = np.argsort(rows, kind="stable")
        return cls(ids, word[order], rows[order], counts[order])

    def of(self, ids: Ids) -> tuple[Ids, Scores]:
        """The postings of some of them as of one word."""
        wanted = np.isin(self.ids, ids)[self.word]
        return summed(self.rows[wanted], self.counts[wanted])


def row_lengths(rows: Rows) -> Scores:
    """How many words each row has, each counted by its field's weight."""
    lengths = np.zeros(len(rows.document), np.float32)
    for rule in FIELDS:
        held = rows.fields[rule.field].lengths
        lengths += np.float32(rule.weight) * (held[rows.lead[rows.document]] if rule.field is Field.TITLE else held)
    return lengths
