"""What stands in each row of the index, word by word?

A row is a document's lead or one of its passages (indexer.schema). Each field is one long run of word ids in
the order of the text, with the place where each row begins; the files are mapped, not read. Phrases, words near
each other and runs of letters are looked up here for the few rows that are worth it.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.engines.lexicon import Ids
from indexer.schema import Field

Words = npt.NDArray[np.uint32]
Offsets = npt.NDArray[np.int64]
FLUSH_WORDS = 1_000_000


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field of all rows: row r holds `words[starts[r]:starts[r + 1]]`."""

    words: Words
    starts: Offsets

    @property
    def lengths(self) -> Offsets:
        """Words in each row."""
        return np.diff(self.starts)

    def gather(self, rows: Ids) -> tuple[Words, Ids]:
        """The words of some rows one after the other, and for each word which of `rows` (its place) it is in."""
        first, lengths = self.starts[rows], self.starts[rows + 1] - self.starts[rows]
        owner = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
        skipped = np.cumsum(lengths) - lengths
        return self.words[np.arange(len(owner)) + np.repeat(first - skipped, lengths)], owner


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows. `document[r]`: the number of r's document; `lead[d]`: the row of document d's lead; `is_passage[r]`.

    Document d's passages are the rows from `lead[d] + 1` up to `lead[d + 1]` (`lead` has one more item at its end).
    """

    document: Ids
    lead: Ids
    is_passage: npt.NDArray[np.bool_]
    fields: Mapping[Field, FieldWords]

    def of(self, documents: Ids) -> tuple[Ids, Ids]:
        """All rows of some documents (which must not be repeated), and for each the place of its document in them."""
        first, counts = self.lead[documents], self.lead[documents + 1] - self.lead[documents]
        owner = np.repeat(np.arange(len(documents), dtype=np.int32), counts)
        skipped = np.cumsum(counts) - counts
        return (np.arange(len(owner), dtype=np.int32) + np.repeat(first - skipped, counts)).astype(np.int32), owner

    def place(self, row: int) -> int:
        """A passage row's place in its document, from 0."""
        return row - int(self.lead[self.document[row]]) - 1


class RowWriter:
    """Writes rows as they come; holds no more than a million words in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._documents = array("i")
        self._words = {field: array("I") for field in Field}
        self._starts = {field: array("q", [0]) for field in Field}

    def add(self, document: int, words: Mapping[Field, Sequence[int]]) -> None:
        """Write one row of a document; a field that is not given is empty."""
        self._documents.append(document)
        for field in Field:
            held, starts = self._words[field], self._starts[field]
            given = words.get(field, ())
            held.extend(given)
            starts.append(starts[-1] + len(given))
            if len(held) >= FLUSH_WORDS:
                self._flush(field)

    def close(self) -> None:
        """Put everything in the files."""
        for field in Field:
            self._flush(field)
            (self._folder / f"{field}.starts").write_bytes(self._starts[field].tobytes())
        (self._folder / "documents.rows").write_bytes(self._documents.tobytes())

    def _flush(self, field: Field) -> None:
        with (self._folder / f"{field}.words").open("ab") as file:
            self._words[field].tofile(file)
        self._words[field] = array("I")


def read_rows(folder: Path) -> Rows:
    """The rows in `folder`, mapped from their files."""
    document = np.fromfile(folder / "documents.rows", np.int32)
    count = int(document[-1]) + 1 if len(document) else 0
    lead = np.searchsorted(document, np.arange(count + 1)).astype(np.int32)
    is_passage = np.ones(len(document), np.bool_)
    is_passage[lead[:-1]] = False
    return Rows(document, lead, is_passage, {field: _field_words(folder, field) for field in Field})


def _field_words(folder: Path, field: Field) -> FieldWords:
    path = folder / f"{field}.words"
    words = np.asarray(np.memmap(path, np.uint32, "r")) if path.stat().st_size else np.zeros(0, np.uint32)
    return FieldWords(words, np.fromfile(folder / f"{field}.starts", np.int64))
