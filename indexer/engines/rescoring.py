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
from indexer.engines.rows import FieldWords, Rows, Words
from indexer.schema import FIELDS, Field

GRAM_ROWS = "grams.rows"
ROWS_AT_ONCE = 2_000
MOST_PAIRED = 32
NEIGHBOURS = 3
GRAM_FIELDS = tuple(rule for rule in FIELDS if rule.field in {Field.TITLE, Field.BODY})


@dataclass(frozen=True, slots=True)
class GramCounts:
    """In how many passages each run of letters stands, and how many runs each row has, by field."""

    rows: Ids
    lengths: dict[Field, Ids]


class SecondPass:
    """Adds to the scores of some rows what is too dear to ask of all."""

    def __init__(self, rows: Rows, lexicon: Lexicon, grams: GramCounts, profile: Profile) -> None:
        self._rows, self._lexicon, self._profile = rows, lexicon, profile
        passages = int(np.count_nonzero(rows.fields[Field.BODY].lengths))
        self._gram_idf = np.log1p((passages - grams.rows + 0.5) / (grams.rows + 0.5)).astype(np.float32)
        self._norms = {rule.field: _norms(grams.lengths[rule.field], rule.b, profile.k1) for rule in GRAM_FIELDS}

    def scores(self, rows: Ids, concepts: Sequence[Concept], idfs: Sequence[float]) -> Scores:
        """What to add to the scores of `rows`, in their order; `idfs` are those of the concepts."""
        added = np.zeros(len(rows), np.float32)
        for rule in GRAM_FIELDS:
            words, owner = self._rows.fields[rule.field].gather(rows)
            norms = self._norms[rule.field][rows]
            added += rule.weight * self._profile.gram * self._gram_scores(words, owner, norms, concepts)
            if rule.field is Field.BODY:
                added += self._profile.near * self._near_scores(words, owner, len(rows), concepts, idfs)
        return added

    def _gram_scores(self, words: Words, owner: Ids, norms: Scores, concepts: Sequence[Concept]) -> Scores:
        asked = self._asked(concepts)
        if not len(asked):
            return np.zeros(len(norms), np.float32)
        row, gram = self._shared(words, owner, asked)
        counts = np.bincount(row * len(asked) + gram, minlength=len(norms) * len(asked)).astype(np.float32)
        counts = counts.reshape(len(norms), len(asked))
        return (counts / (counts + norms[:, None])) @ self._gram_idf[asked]

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


def _norms(lengths: Ids, b: float, k1: float) -> Scores:
    having = np.count_nonzero(lengths)
    mean = lengths.sum() / having if having else 1.0
    return (k1 * (1 - b + b * lengths / mean)).astype(np.float32)


def count_grams(rows: Rows, lexicon: Lexicon) -> GramCounts:
    """Count the runs of letters of a new generation."""
    lengths = {rule.field: _lengths(rows.fields[rule.field], lexicon) for rule in GRAM_FIELDS}
    return GramCounts(_rows_with_gram(rows.fields[Field.BODY], lexicon), lengths)


def write_grams(folder: Path, grams: GramCounts) -> None:
    """Write them to `folder`."""
    grams.rows.tofile(folder / GRAM_ROWS)
    for field, lengths in grams.lengths.items():
        lengths.tofile(folder / f"{field}.grams")


def read_grams(folder: Path) -> GramCounts:
    """Read them back from `folder`."""
    lengths = {rule.field: np.fromfile(folder / f"{rule.field}.grams", np.int32) for rule in GRAM_FIELDS}
    return GramCounts(np.fromfile(folder / GRAM_ROWS, np.int32), lengths)


def _lengths(held: FieldWords, lexicon: Lexicon) -> Ids:
    lengths = np.zeros(len(held.starts) - 1, np.int32)
    for first in range(0, len(lengths), ROWS_AT_ONCE):
        some = np.arange(first, min(first + ROWS_AT_ONCE, len(lengths)), dtype=np.int32)
        words, owner = held.gather(some)
        lengths[some] = np.bincount(owner, lexicon.gram_counts[words], minlength=len(some))
    return lengths


def _rows_with_gram(held: FieldWords, lexicon: Lexicon) -> Ids:
    found = np.zeros(len(lexicon.grams.keys), np.int32)
    for first in range(0, len(held.starts) - 1, ROWS_AT_ONCE):
        some = np.arange(first, min(first + ROWS_AT_ONCE, len(held.starts) - 1), dtype=np.int32)
        words, owner = held.gather(some)
        pairs = np.unique(owner.astype(np.int64) * len(lexicon.surfaces) + words)
        holder, gram = lexicon.grams_of(pairs % len(lexicon.surfaces))
        grams = np.unique((pairs // len(lexicon.surfaces))[holder] * len(found) + gram)
        found += np.bincount(grams % len(found), minlength=len(found)).astype(np.int32)
    return found
