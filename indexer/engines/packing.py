"""In how few bytes can be said where words stand, and how are they found again?

Words stand on shelves of SHELF, ordered by their stems, so that the forms of a word share a shelf. Rows are taken in
blocks of ROWS_A_BLOCK. What an index keeps is, for every shelf and block, where its words stand: a slot is a row's
place in its block, after those of the fields before its own, so that sixteen bits hold it. Written one after the
other: the words' places on the shelf, how many slots each has, the low bytes of the steps from slot to slot, their
high bytes, and how often the word stands in each slot. The index compresses it.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt

from indexer.engines.lexicon import Ids, Lexicon
from indexer.engines.postings import NO_SCORES, Occurrences, Scores
from indexer.engines.rows import Rows
from indexer.schema import Field

SHELF = 16  # of 8, 16, 32, 64: 1.9, 1.4, 1.1, 0.9 MB at 5,000 passages, and twice the work each for one word
SLOT_BITS = 16
ROWS_A_BLOCK = (1 << SLOT_BITS) // len(Field)
MOST_NARROW = 255
_HEAD = struct.Struct("<BBI")  # words, bytes of a count, slots

Longs = npt.NDArray[np.int64]


class ShelfReader(Protocol):
    """What an index must give back of what was written to it."""

    def read(self, shelves: Iterable[int]) -> list[tuple[int, int, bytes]]:
        """(shelf, block, what was written) for every block that has any of some shelves."""


class PackedPostings:
    """Reads the postings of words, for one generation."""

    def __init__(self, reader: ShelfReader, lexicon: Lexicon) -> None:
        self._reader, self._places = reader, places(lexicon)

    def read(self, ids: Ids) -> Occurrences:
        """Where each of some words stands; every (word, field, row) once."""
        asked = self._places[ids]
        order = np.argsort(asked)
        found = _Found(self._reader.read(np.unique(asked // SHELF).tolist()))
        return found.of(asked[order], order.astype(np.int32))


def places(lexicon: Lexicon) -> Ids:
    """For each word its place on the shelves."""
    _, first = np.unique(lexicon.stems.ids, return_index=True)
    stemmed = lexicon.stems.ids[np.sort(first)]
    others = np.setdiff1d(np.arange(len(lexicon.surfaces)), stemmed)
    found = np.zeros(len(lexicon.surfaces), np.int32)
    found[np.concatenate([stemmed, others])] = np.arange(len(found), dtype=np.int32)
    return found


def blocks(rows: int) -> Iterator[tuple[int, int]]:
    """The blocks of so many rows: first row, and the one after the last."""
    return ((first, min(first + ROWS_A_BLOCK, rows)) for first in range(0, rows, ROWS_A_BLOCK))


def pack(rows: Rows, places: Ids, first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """(shelf, what to write) for every shelf with words in a block."""
    keys, counts = _counted(rows, places, first, last)
    words, slots = (keys >> SLOT_BITS).astype(np.int32), (keys & (1 << SLOT_BITS) - 1).astype(np.int32)
    del keys
    lists = np.flatnonzero(np.diff(words, prepend=-1))
    steps = np.diff(slots, prepend=0)
    steps[lists] = slots[lists]
    sizes = np.diff(lists, append=len(words))
    shelves = words[lists] // SHELF
    for start, end in pairwise(np.flatnonzero(np.diff(shelves, prepend=-1, append=-1)).tolist()):
        span = slice(lists[start], lists[end - 1] + sizes[end - 1])
        yield int(shelves[start]), _written(words[lists[start:end]], sizes[start:end], steps[span], counts[span])


def _counted(rows: Rows, places: Ids, first: int, last: int) -> tuple[Longs, Ids]:
    """Every (word's place, slot) of a block as one number, ascending, and how often each stands there."""
    keys = []
    for number, field in enumerate(Field):
        words, owner = rows.fields[field].gather(np.arange(first, last, dtype=np.int32))
        keys.append(places[words].astype(np.int64) << SLOT_BITS | owner + number * ROWS_A_BLOCK)
    every = np.concatenate(keys)
    del keys
    every.sort()
    starts = np.flatnonzero(np.concatenate([every[:1] >= 0, every[1:] != every[:-1]]))
    return every[starts], np.diff(starts, append=len(every)).astype(np.int32)


def _written(words: Ids, sizes: Longs, steps: Ids, counts: Ids) -> bytes:
    count = "<u1" if counts.max() <= MOST_NARROW else "<u4"
    parts = (
        (words % SHELF).astype(np.uint8),
        sizes.astype("<u4"),
        (steps & 255).astype(np.uint8),
        (steps >> 8).astype(np.uint8),
        counts.astype(count),
    )
    head = _HEAD.pack(len(words), parts[-1].itemsize, len(steps))
    return head + b"".join(part.tobytes() for part in parts)


class _Found:
    """What was read of some shelves, as arrays: one item a list (a word in a block), then one a slot."""

    def __init__(self, read: Sequence[tuple[int, int, bytes]]) -> None:
        parts = [_parts(written) for _, _, written in read]
        words, sizes, low, high = (
            np.frombuffer(b"".join(plain[at] for plain, _ in parts), kind)
            for at, kind in enumerate(("<u1", "<u4", "<u1", "<u1"))
        )
        held = np.array([len(plain[0]) for plain, _ in parts], np.int64)
        shelf, block = np.array([(shelf, block) for shelf, block, _ in read], np.int64).reshape(-1, 2).T
        self.words = words + np.repeat(shelf, held) * SHELF
        self.blocks, self.sizes = np.repeat(block, held), sizes.astype(np.int64)
        self.steps = low | high.astype(np.int64) << 8
        self.counts = np.concatenate([NO_SCORES, *(counts for _, counts in parts)])

    def of(self, words: Ids, numbers: Ids) -> Occurrences:
        """Those of some words, their places ascending; `numbers` is what each is called."""
        at = np.minimum(np.searchsorted(words, self.words), len(words) - 1)
        asked = words[at] == self.words if len(words) else np.zeros(0, np.bool_)
        run = np.concatenate([[0], np.cumsum(self.steps)])
        before = run[np.cumsum(self.sizes) - self.sizes]
        wanted = np.repeat(asked, self.sizes)
        sizes = self.sizes[asked]
        slots = run[1:][wanted] - np.repeat(before[asked], sizes)
        return Occurrences(
            np.repeat(numbers[at[asked]], sizes),
            (slots // ROWS_A_BLOCK).astype(np.uint8),
            (slots % ROWS_A_BLOCK + np.repeat(self.blocks[asked] * ROWS_A_BLOCK, sizes)).astype(np.int32),
            self.counts[wanted],
        )


def _parts(written: bytes) -> tuple[tuple[bytes, bytes, bytes, bytes], Scores]:
    words, wide, slots = _HEAD.unpack_from(written)
    sizes = _HEAD.size + words
    low = sizes + 4 * words
    high, counts = low + slots, low + 2 * slots
    narrow = (written[_HEAD.size : sizes], written[sizes:low], written[low:high], written[high:counts])
    return narrow, np.frombuffer(written, f"<u{wide}", offset=counts).astype(np.float32)
