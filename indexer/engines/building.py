"""How do records become the files of a generation?"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

import numpy as np

from corpus.model import Language, Record
from corpus.vocabulary import Vocabulary
from indexer.analysis import surfaces, tokens
from indexer.engines.facets import Card, card, write_cards
from indexer.engines.lexicon import Lexicon
from indexer.engines.packing import blocks, pack, places
from indexer.engines.rescoring import count_grams, write_grams
from indexer.engines.rows import Rows, RowWriter, read_rows, steps
from indexer.generation import Counts
from indexer.schema import Field
from indexer.store import RecordWriter


class IndexWriter(Protocol):
    """What an index must take: blocks of rows (indexer.engines.packing)."""

    def add(self, rows: int, shelves: Iterable[tuple[int, bytes]]) -> None:
        """Write the next block: how many rows it has, and for every shelf what is to be written."""

    def close(self) -> None:
        """Put everything in the files."""

    def abandon(self) -> None:
        """Give up and let go of every lock."""


class Builder:
    """Writes one generation to `folder`. No record is held longer than it takes to write it."""

    def __init__(self, folder: Path, index: IndexWriter, vocabulary: Vocabulary) -> None:
        self._folder, self._index, self._vocabulary = folder, index, vocabulary
        self._store = RecordWriter(folder)
        self._rows = RowWriter(folder)
        self._numbers: dict[str, int] = {}
        self._english: list[bool] = []
        self._cards: list[Card] = []
        self._passages = self._findings = 0

    def build(self, records: Iterable[Record]) -> Counts:
        """Write all records; what there was."""
        try:
            for record in records:
                self._add(record)
        except BaseException:
            self._index.abandon()
            self._store.close()
            raise
        self._close()
        return Counts(len(self._cards), self._passages, self._findings)

    def _add(self, record: Record) -> None:
        document = record.document
        number = self._store.add(record)
        told = {Field.TITLE: surfaces(document.metadata.title.value), Field.SUMMARY: surfaces(document.summary)}
        self._row(number, told, document.metadata.language.value)
        for passage in record.passages:
            headings = [surface for heading in passage.headings for surface in surfaces(heading)]
            body = tokens(passage.text)
            told = {Field.HEADINGS: headings, Field.BODY: [token.surface for token in body]}
            self._row(number, told, passage.language, steps(body))
        self._cards.append(card(document, record.findings, self._vocabulary, record.statements))
        self._passages += len(record.passages)
        self._findings += len(record.findings)

    def _row(self, document: int, words: Mapping[Field, list[str]], language: Language, steps: bytes = b"") -> None:
        numbers = self._numbers
        self._rows.add(
            document,
            {field: [numbers.setdefault(word, len(numbers)) for word in held] for field, held in words.items()},
            steps,
        )
        self._english.append(language is Language.EN)

    def _close(self) -> None:
        self._store.close()
        self._rows.close()
        write_cards(self._folder, self._cards)
        rows = read_rows(self._folder)
        lexicon = self._lexicon(rows)
        lexicon.write(self._folder)
        write_grams(self._folder, count_grams(rows, lexicon))
        order = places(lexicon)
        for first, last in blocks(len(rows.document)):
            self._index.add(last - first, pack(rows, order, first, last))
        self._index.close()

    def _lexicon(self, rows: Rows) -> Lexicon:
        counts = (self._counted(rows, only_english) for only_english in (False, True))
        return Lexicon.of(*(dict(zip(self._numbers, each, strict=True)) for each in counts))

    def _counted(self, rows: Rows, only_english: bool) -> list[int]:
        """How often each word stands there, or stands there in English text."""
        counts = np.zeros(len(self._numbers), np.int64)
        for field in rows.fields.values():
            some = np.repeat(np.array(self._english, np.bool_), field.lengths) if only_english else slice(None)
            counts += np.bincount(field.words[some], minlength=len(counts))
        return counts.tolist()
