"""What stands in each row of the index, word by word?

A row is a document's lead or one of its passages (indexer.schema). Each field is one long run of word ids in
the order of the text, with the place where each row begins; the files are mapped, not read. Phrases, words near
each other and runs of letters are looked up here for the few rows that are worth it. Of the text of a passage it is
also known where each word begins, so that marking words does not take reading the text again.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import sub
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from indexer.analysis import Token
from indexer.engines.lexicon import Ids
from indexer.schema import Field

N = TypeVar("N", np.uint8, np.uint32)
Words = npt.NDArray[np.uint32]
Offsets = npt.NDArray[np.int64]
Steps = npt.NDArray[np.uint8]
FLUSH_WORDS = 1_000_000
STEPS = "body.steps"
UNTOLD = b"\xff"  # as the first step of a row: where its words begin is not told


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
    `steps`: how many characters after the word before it, or the start of the text, each word of a body begins.
    """

    document: Ids
    lead: Ids
    is_passage: npt.NDArray[np.bool_]
    fields: Mapping[Field, FieldWords]
    steps: Steps

    def of(self, documents: Ids) -> tuple[Ids, Ids]:
        """All rows of some documents (which must not be repeated), and for each the place of its document in them."""
        first, counts = self.lead[documents], self.lead[documents + 1] - self.lead[documents]
        owner = np.repeat(np.arange(len(documents), dtype=np.int32), counts)
        skipped = np.cumsum(counts) - counts
        return (np.arange(len(owner), dtype=np.int32) + np.repeat(first - skipped, counts)).astype(np.int32), owner

    def body(self, row: int) -> tuple[Words, Offsets | None]:
        """The words of a passage and where each begins; None where a word is not as long as what is written."""
        held = self.fields[Field.BODY]
        span = slice(held.starts[row], held.starts[row + 1])
        steps = self.steps[span]
        told = not len(steps) or steps[0] != UNTOLD[0]
        return held.words[span], np.cumsum(steps, dtype=np.int64) if told else None

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
        self._steps = bytearray()

    def add(self, document: int, words: Mapping[Field, Sequence[int]], steps: bytes = b"") -> None:
        """Write one row of a document; a field that is not given is empty. `steps`: those of its body, if known."""
        self._documents.append(document)
        self._steps += steps or UNTOLD * len(words.get(Field.BODY, ()))
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
        if field is Field.BODY:
            with (self._folder / STEPS).open("ab") as file:
                file.write(self._steps)
            self._steps.clear()


def steps(found: Sequence[Token]) -> bytes:
    """How far each word of a text begins after the one before; UNTOLD where a word is not as long as its token."""
    if not found:
        return b""
    surfaces, starts, ends = zip(*found, strict=True)
    told = bytes(min(step, UNTOLD[0]) for step in map(sub, starts, (0, *starts[:-1])))
    as_long = list(map(len, surfaces)) == list(map(sub, ends, starts))
    return told if as_long and UNTOLD not in told else UNTOLD * len(found)


def read_rows(folder: Path) -> Rows:
    """The rows in `folder`, mapped from their files."""
    document = np.fromfile(folder / "documents.rows", np.int32)
    count = int(document[-1]) + 1 if len(document) else 0
    lead = np.searchsorted(document, np.arange(count + 1)).astype(np.int32)
    is_passage = np.ones(len(document), np.bool_)
    is_passage[lead[:-1]] = False
    return Rows(
        document,
        lead,
        is_passage,
        {field: _field_words(folder, field) for field in Field},
        _mapped(folder / STEPS, np.uint8),
    )


def _field_words(folder: Path, field: Field) -> FieldWords:
    return FieldWords(_mapped(folder / f"{field}.words", np.uint32), np.fromfile(folder / f"{field}.starts", np.int64))


def _mapped(path: Path, kind: type[N]) -> npt.NDArray[N]:
    return np.asarray(np.memmap(path, kind, "r")) if path.stat().st_size else np.zeros(0, kind)
