"""What do the best rows share with the query beyond its words: runs of letters, and words near each other?

Asking this of every row would need an index of all runs of four letters, six times as large as that of words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.engines.concepts import Concept
from indexer.engines.lexicon import Ids, Lexicon
from indexer.engines.postings import Scores
from indexer.engines.profile import Profile
from indexer.engines.rows import Rows, Words
from indexer.engines.scoring import norms
from indexer.schema import FIELDS, Field

GRAM_ROWS = "grams.rows"
GRAM_LENGTHS = "grams.lengths"
ROWS_AT_ONCE = 2_000
MOST_PAIRED = 32
NEIGHBOURS = 3


@dataclass(frozen=True, slots=True)
class GramCounts:
    """In how many passages each run of letters stands, and how many runs each row has, its title's among them."""

    rows: Ids
    lengths: Scores


class SecondPass:
    """Adds to the scores of some rows what is too dear to ask of all."""

    def __init__(self, rows: Rows, lexicon: Lexicon, grams: GramCounts, profile: Profile) -> None:
        self._rows, self._lexicon, self._profile = rows, lexicon, profile
        passages = int(np.count_nonzero(rows.is_passage))
        self._gram_idf = np.log1p((passages - grams.rows + 0.5) / (grams.rows + 0.5)).astype(np.float32)
        self._fields = [rule for rule in FIELDS if len(rows.fields[rule.field].words)]
        self._norms = norms(grams.lengths, rows, profile)

    def scores(self, rows: Ids, concepts: Sequence[Concept], idfs: Sequence[float]) -> Scores:
        """What to add to the scores of `rows`, in their order; `idfs` are those of the concepts."""
        words, owner = self._rows.fields[Field.BODY].gather(rows)
        near = self._near_scores(words, owner, len(rows), concepts, idfs)
        return self._profile.near * near + self._profile.gram * self._gram_scores(rows, concepts)

    def _gram_scores(self, rows: Ids, concepts: Sequence[Concept]) -> Scores:
        asked = self._asked(concepts)
        counts = np.zeros(len(rows) * len(asked), np.float32)
        for rule in self._fields if len(asked) else ():
            held = self._rows.lead[self._rows.document[rows]] if rule.field is Field.TITLE else rows
            row, gram = self._shared(*self._rows.fields[rule.field].gather(held), asked)
            counts += np.float32(rule.weight) * np.bincount(row * len(asked) + gram, minlength=len(counts))
        table = counts.reshape(len(rows), len(asked))
        scores: Scores = (table / (table + self._norms[rows][:, None])) @ self._gram_idf[asked]
        return scores

    def _asked(self, concepts: Sequence[Concept]) -> Ids:
        places = (self._lexicon.grams.place(gram) for concept in concepts for gram in concept.grams)
        return np.array(list(dict.fromkeys(place for place in places if place is not None)), np.int32)

    def _shared(self, words: Words, owner: Ids, asked: Ids) -> tuple[Ids, Ids]:
        """Every (row, which of `asked`) that stands in the words, as often as it does."""
        wanted = np.full(len(self._lexicon.grams.keys), -1, np.int32)
        wanted[asked] = np.arange(len(asked), dtype=np.int32)
        there = np.zeros(len(self._lexicon.surfaces), np.bool_)
        there[words] = True
        distinct = np.flatnonzero(there)
        holder, place = self._lexicon.grams_of(distinct)
        shared = wanted[place] >= 0
        counts = np.bincount(holder[shared], minlength=len(distinct))
        spread = np.zeros(len(there), np.int64)
        first = np.zeros(len(there), np.int64)
        spread[distinct] = counts
        first[distinct] = np.cumsum(counts) - counts
        return _expanded(words, owner, spread, first, wanted[place[shared]])

    def _near_scores(
        self, words: Words, owner: Ids, rows: int, concepts: Sequence[Concept], idfs: Sequence[float]
    ) -> Scores:
        count = min(len(concepts), MOST_PAIRED)
        which = np.full(len(self._lexicon.surfaces), -1, np.int8)
        for number in reversed(range(count)):
            which[concepts[number].holds] = number
        found = which[words]
        places = np.flatnonzero(found >= 0)
        row, pair = _pairs(places, owner[places], found[places], self._profile.window, count)
        counts = np.bincount(row * count * count + pair, minlength=rows * count * count).astype(np.float32)
        counts = counts.reshape(rows, count * count)
        weights = (np.add.outer(idfs[:count], idfs[:count]) / 2).astype(np.float32).ravel()
        return (counts / (counts + np.float32(self._profile.k1))) @ weights


def _expanded(
    words: Words, owner: Ids, spread: npt.NDArray[np.int64], first: npt.NDArray[np.int64], items: Ids
) -> tuple[Ids, Ids]:
    """For each word w the `spread[w]` items from `first[w]` on, each with the word's owner."""
    kept = spread[words] > 0
    words, owner = words[kept], owner[kept]
    lengths = spread[words]
    skipped = np.cumsum(lengths) - lengths
    total = int(lengths.sum())
    return np.repeat(owner, lengths), items[np.arange(total) + np.repeat(first[words] - skipped, lengths)]


def _pairs(
    places: npt.NDArray[np.int64], owner: Ids, which: npt.NDArray[np.int8], window: int, count: int
) -> tuple[Ids, npt.NDArray[np.int64]]:
    """(row, pair number) of every two different concepts at most `window` words apart in one row."""
    rows, pairs = [], []
    for step in range(1, NEIGHBOURS + 1):
        if len(places) <= step:
            break
        left, right = which[:-step].astype(np.int64), which[step:].astype(np.int64)
        near = (owner[:-step] == owner[step:]) & (places[step:] - places[:-step] <= window) & (left != right)
        rows.append(owner[:-step][near])
        pairs.append((np.minimum(left, right) * count + np.maximum(left, right))[near])
    if not rows:
        return np.zeros(0, np.int32), np.zeros(0, np.int64)
    return np.concatenate(rows), np.concatenate(pairs)


def count_grams(rows: Rows, lexicon: Lexicon) -> GramCounts:
    """Count the runs of letters of a new generation."""
    lengths, found = np.zeros(len(rows.document), np.float32), np.zeros(len(lexicon.grams.keys), np.int32)
    for first in range(0, len(lengths), ROWS_AT_ONCE):
        some = np.arange(first, min(first + ROWS_AT_ONCE, len(lengths)), dtype=np.int32)
        for rule in FIELDS:
            held = rows.lead[rows.document[some]] if rule.field is Field.TITLE else some
            words, owner = rows.fields[rule.field].gather(held)
            lengths[some] += rule.weight * np.bincount(owner, lexicon.gram_counts[words], minlength=len(some))
            if rule.field is Field.BODY:
                found += _rows_with_gram(words, owner, lexicon)
    return GramCounts(found, lengths)


def _rows_with_gram(words: Words, owner: Ids, lexicon: Lexicon) -> Ids:
    """In how many of some rows each run of letters stands."""
    size, runs = len(lexicon.surfaces), len(lexicon.grams.keys)
    pairs = np.unique(owner.astype(np.int64) * size + words)
    holder, gram = lexicon.grams_of(pairs % size if size else pairs)
    distinct = np.unique((pairs // size)[holder] * runs + gram) if len(pairs) else pairs
    return np.bincount(distinct % runs if runs else distinct, minlength=runs).astype(np.int32)


def write_grams(folder: Path, grams: GramCounts) -> None:
    """Write them to `folder`."""
    grams.rows.tofile(folder / GRAM_ROWS)
    grams.lengths.tofile(folder / GRAM_LENGTHS)


def read_grams(folder: Path) -> GramCounts:
    """Read them back from `folder`."""
    return GramCounts(np.fromfile(folder / GRAM_ROWS, np.int32), np.fromfile(folder / GRAM_LENGTHS, np.float32))
