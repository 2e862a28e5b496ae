"""Whoosh 2.7.4: writing an index and reading its postings into arrays. The only file that imports whoosh.

Whoosh reads one posting a Python call, which is where its query time goes; here a word's postings are decoded
once, a block of 128 at a time, and everything after is numpy. The blocks are read through names of 2.7.4 that are
not public, so the version is pinned by hash and a test compares every array with the public matcher.
"""

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import fields, formats, index
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.reading import TermNotFound

from indexer.engines.lexicon import Ids
from indexer.schema import Field

Counts = npt.NDArray[np.float32]
FOLDER = "whoosh"
MEMORY_MB = 96
ROWS_A_SEGMENT = 50_000


class _Words(fields.FieldType):  # type: ignore[misc]
    """A field whose value is the words of a row; a posting is (row, how often), without positions."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), analyzer=None, scorable=False, stored=False)

    def index(self, value: Sequence[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The postings of one row."""
        for word, count in Counter(value).items():
            yield word.encode(), count, float(count), b""


class WhooshWriter:
    """Writes rows to a new Whoosh index in `folder`/whoosh, a segment every 50,000 rows."""

    def __init__(self, folder: Path) -> None:
        path = folder / FOLDER
        path.mkdir()
        self._index = index.create_in(str(path), fields.Schema(**{field.value: _Words() for field in Field}))
        self._writer = self._new_writer()
        self._rows = 0

    def add(self, words: Mapping[Field, Sequence[str]]) -> None:
        """Write the next row."""
        if self._rows and self._rows % ROWS_A_SEGMENT == 0:
            self._writer.commit(merge=False)
            self._writer = self._new_writer()
        self._writer.add_document(**{field.value: given for field, given in words.items() if given})
        self._rows += 1

    def close(self) -> None:
        """Put everything in the files."""
        self._writer.commit(merge=False)
        self._index.close()

    def abandon(self) -> None:
        """Give up: drop what is not written and the write lock."""
        self._writer.cancel()
        self._index.close()

    def _new_writer(self) -> Any:
        return self._index.writer(procs=1, limitmb=MEMORY_MB)


class WhooshPostings:
    """Reads the postings of a Whoosh index. A matcher is never shared: one thread reads at a time."""

    def __init__(self, folder: Path) -> None:
        self._reader = index.open_dir(str(folder / FOLDER)).reader()
        self._leaves = list(self._reader.leaf_readers())
        self._lock = threading.Lock()

    @property
    def rows(self) -> int:
        """How many rows the index holds."""
        return int(self._reader.doc_count_all())

    def read(self, field: Field, word: str) -> tuple[Ids, Counts]:
        """The rows that hold a word in a field, ascending, and how often each does."""
        with self._lock:
            blocks = [block for leaf, first in self._leaves for block in _blocks(leaf, first, field, word)]
        if not blocks:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        return np.concatenate([rows for rows, _ in blocks]), np.concatenate([counts for _, counts in blocks])

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            self._reader.close()


def _blocks(leaf: Any, first_row: int, field: Field, word: str) -> Iterator[tuple[Ids, Counts]]:
    try:
        matcher = leaf.postings(field.value, word.encode())
    except TermNotFound:
        return
    decoded = _decoded(matcher) if isinstance(matcher, W3LeafMatcher) else _one_by_one(matcher)
    for rows, counts in decoded:
        yield np.array(rows, np.int32) + np.int32(first_row), np.array(counts, np.float32)


def _decoded(matcher: Any) -> Iterator[tuple[Sequence[int], Sequence[float]]]:
    while matcher.is_active():
        matcher._read_ids()
        matcher._read_weights()
        yield matcher._ids, matcher._weights
        matcher._next_block()


def _one_by_one(matcher: Any) -> Iterator[tuple[Sequence[int], Sequence[float]]]:
    """A word of one row: Whoosh keeps its posting with the word."""
    while matcher.is_active():
        yield (matcher.id(),), (matcher.weight(),)
        matcher.next()
