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
        asked = concepts[:MOST_PAIRED]
        found = self._found(rows, asked)
        rarity = np.array(idfs[: len(asked)], np.float32)
        scores = np.float32(self._profile.near) * _near(found, len(rows), rarity, self._profile)
        scores += np.float32(self._profile.close) * _close(found, len(rows), rarity, self._profile.span)
        scores += np.float32(self._profile.gram) * self._gram_scores(rows, concepts)
        return scores

    def _found(self, rows: Ids, concepts: Sequence[Concept]) -> "_Found":
        which = np.full(len(self._lexicon.surfaces), -1, np.int8)
        for number in reversed(range(len(concepts))):
            which[concepts[number].holds] = number
        words, owner = self._rows.fields[Field.BODY].gather(rows)
        concept = which[words]
        places = np.flatnonzero(concept >= 0)
        return _Found(places, owner[places], concept[places].astype(np.int64))

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


@dataclass(frozen=True, slots=True)
class _Found:
    """The words of a query in the text of some rows, in order: their places, which row, which concept."""

    places: npt.NDArray[np.int64]
    row: Ids
    concept: npt.NDArray[np.int64]

    def within(self, step: int, words: int) -> npt.NDArray[np.bool_]:
        """For each but the last `step`: is the one `step` further on in the same row, at most so many words on?"""
        far = (self.places[step:] - self.places[:-step] > words) | (self.row[:-step] != self.row[step:])
        near: npt.NDArray[np.bool_] = ~far
        return near


def _near(found: _Found, rows: int, idfs: Scores, profile: Profile) -> Scores:
    """Every two different words of the query that stand near each other, as if the pair were a word."""
    count = len(idfs)
    pairs = np.zeros(rows * count * count, np.int64)
    for step in range(1, min(NEIGHBOURS + 1, len(found.places))):
        left, right = found.concept[:-step], found.concept[step:]
        near = found.within(step, profile.window) & (left != right)
        pair = np.minimum(left, right) * count + np.maximum(left, right)
        pairs += np.bincount((found.row[:-step] * count * count + pair)[near], minlength=len(pairs))
    table = pairs.reshape(rows, count * count).astype(np.float32)
    rarity = np.add.outer(idfs, idfs).ravel() / 2
    return ((table / (table + np.float32(profile.k1))) @ rarity).astype(np.float32)


def _close(found: _Found, rows: int, idfs: Scores, span: int) -> Scores:
    """The most that any run of `span` words holds of the query: the sum of the idf of its different words."""
    bits = np.int64(1) << found.concept
    held = bits.copy()
    for step in range(1, min(span, len(found.places))):
        near = found.within(step, span - 1)
        if not near.any():
            break
        held[:-step] |= np.where(near, bits[step:], 0)
    worth = ((held[:, None] >> np.arange(len(idfs))) & 1) @ idfs
    best = np.zeros(rows, np.float32)
    np.maximum.at(best, found.row, worth.astype(np.float32))
    return best


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
