"""Whoosh 2.7.4: writing an index and reading it. The only file that imports whoosh.

Whoosh writes and reads one posting a Python call, which is where its time goes. A term here is therefore a shelf of
words, a document a block of rows, and what Whoosh keeps with the one in the other, as it keeps positions, is where the
words of that shelf stand in that block (indexer.engines.packing): 50,000 passages are four documents to Whoosh.
"""

import threading
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

with warnings.catch_warnings():  # its source is of 2016: compiling it warns of escapes and comparisons
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import fields, formats, index
    from whoosh.codec.whoosh3 import W3Codec, W3Segment
    from whoosh.filedb.filestore import FileStorage
    from whoosh.reading import TermNotFound

FOLDER = "whoosh"
SHELVES, ROWS = "shelves", "rows"
COMPRESSION = 6
MEMORY_MB = 64
BLOCKS_A_SEGMENT = 8


class _Packed(formats.Format):  # type: ignore[misc]
    """A posting with bytes of any length."""


class _Shelves(fields.FieldType):  # type: ignore[misc]
    """A field whose value is what is to be written of the shelves of a block.

    It is called scorable only because Whoosh asks the disk at every posting for the lengths of a field that is not.
    """

    def __init__(self) -> None:
        super().__init__(_Packed(), analyzer=None, scorable=True, stored=False)

    def index(self, value: Iterable[tuple[int, bytes]], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The postings of one block."""
        return ((_term(shelf), 1, 1.0, written) for shelf, written in value)


class WhooshWriter:
    """Writes blocks of rows to a new Whoosh index in `folder`/whoosh."""

    def __init__(self, folder: Path) -> None:
        path = folder / FOLDER
        path.mkdir()
        schema = fields.Schema(**{SHELVES: _Shelves(), ROWS: fields.STORED()})
        self._index = _Timeless(str(path)).create_index(schema)
        self._segments = 0
        self._writer = self._new_writer()
        self._blocks = 0

    def add(self, rows: int, shelves: Iterable[tuple[int, bytes]]) -> None:
        """Write the next block: how many rows it has, and for every shelf what is to be written."""
        if self._blocks and self._blocks % BLOCKS_A_SEGMENT == 0:
            self._writer.commit(merge=False)
            self._writer = self._new_writer()
        self._writer.add_document(**{SHELVES: shelves, ROWS: rows})
        self._blocks += 1

    def close(self) -> None:
        """Put everything in the files."""
        self._writer.commit(merge=False)
        self._index.close()

    def abandon(self) -> None:
        """Give up: drop what is not written and the write lock."""
        self._writer.cancel()
        self._index.close()

    def _new_writer(self) -> Any:
        self._segments += 1
        return self._index.writer(procs=1, limitmb=MEMORY_MB, codec=_Numbering(self._segments))


class _Numbering(W3Codec):  # type: ignore[misc]
    """Names a segment by its number, not at random: the same records give the same files."""

    def __init__(self, number: int) -> None:
        super().__init__(compression=COMPRESSION)
        self._number = number

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        """A segment of that name."""
        return W3Segment(self, indexname, segid=f"{self._number:016d}")


class _Timeless(FileStorage):  # type: ignore[misc]
    """Tells no file's time, which Whoosh would write into the segment: the same records give the same files."""

    def file_modified(self, name: str) -> float:
        """The same for all."""
        return 0.0

    def temp_storage(self, name: str | None = None) -> "_Timeless":
        """Where a segment's parts lie until they are put together."""
        return _Timeless(super().temp_storage(name).folder)


class WhooshPostings:
    """Reads a Whoosh index. A matcher is never shared: one thread reads at a time."""

    def __init__(self, folder: Path) -> None:
        self._reader = index.open_dir(str(folder / FOLDER)).reader()
        self._leaves = list(self._reader.leaf_readers())
        self._lock = threading.Lock()

    @property
    def rows(self) -> int:
        """How many rows the index holds."""
        return sum(stored[ROWS] for stored in self._reader.all_stored_fields())

    def read(self, shelves: Iterable[int]) -> list[tuple[int, int, bytes]]:
        """(shelf, block, what was written) for every block that has any of some shelves."""
        with self._lock:
            return [
                (shelf, first + block, written)
                for shelf in shelves
                for leaf, first in self._leaves
                for block, written in _blocks(leaf, shelf)
            ]

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            self._reader.close()


def _blocks(leaf: Any, shelf: int) -> Iterator[tuple[int, bytes]]:
    """What the blocks of a segment have of a shelf."""
    try:
        matcher = leaf.postings(SHELVES, _term(shelf))
    except TermNotFound:
        return
    while matcher.is_active():
        yield matcher.id(), matcher.value()
        matcher.next()


def _term(shelf: int) -> bytes:
    return shelf.to_bytes(4, "big")
