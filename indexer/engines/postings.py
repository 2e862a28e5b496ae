"""Where does each word of a query stand, and what is that worth? Decoded once, kept while there is room."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from indexer.engines.lexicon import NO_IDS, Ids

Scores = npt.NDArray[np.float32]
NO_SCORES: Scores = np.zeros(0, np.float32)
MB = 2**20


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where some words stand: in which row and field (its place in Field), and how often there.

    `word` is a word's place among those asked for.
    """

    word: Ids
    field: npt.NDArray[np.uint8]
    rows: Ids
    counts: Scores


class PostingReader(Protocol):
    """What an index must give: the postings of words as written, by their ids in the lexicon."""

    def read(self, ids: Ids) -> Occurrences:
        """Where each of some words stands; every (word, field, row) once."""


@dataclass(frozen=True, slots=True)
class Postings:
    """What a query word is worth in every row that has it, and the documents that hold it; both ascending.

    `idf` is that of its stem in the text of passages.
    """

    rows: Ids
    worth: Scores
    documents: Ids
    idf: float

    @property
    def size(self) -> int:
        """Bytes held."""
        return self.rows.nbytes + self.worth.nbytes + self.documents.nbytes


class PostingCache:
    """The most recently used postings, up to a number of bytes. Safe to use from many threads."""

    def __init__(self, megabytes: int) -> None:
        self._room = megabytes * MB
        self._held: OrderedDict[Hashable, Postings] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Postings]) -> Postings:
        """The postings kept under `key`, made when they are not there. Two threads may both make them; no harm."""
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
                return found
        made = make()
        with self._lock:
            self._keep(key, made)
        return made

    @property
    def size(self) -> int:
        """Bytes held."""
        return self._size

    def _keep(self, key: Hashable, made: Postings) -> None:
        if key in self._held or made.size > self._room:
            return
        self._held[key] = made
        self._size += made.size
        while self._size > self._room:
            _, dropped = self._held.popitem(last=False)
            self._size -= dropped.size


def merged(postings: Iterable[tuple[Ids, Scores]]) -> tuple[Ids, Scores]:
    """Several postings as one: each row once, ascending, its values summed."""
    held = [each for each in postings if len(each[0])]
    if not held:
        return NO_IDS, NO_SCORES
    if len(held) == 1:
        return held[0]
    rows, values = np.concatenate([rows for rows, _ in held]), np.concatenate([values for _, values in held])
    order = np.argsort(rows, kind="stable")
    return summed(rows[order], values[order])


def summed(rows: Ids, values: Scores) -> tuple[Ids, Scores]:
    """Each of some rows in order once, its values summed."""
    if not len(rows):
        return rows, values
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    return rows[first], np.add.reduceat(values, first)
