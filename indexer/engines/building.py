"""How do records become the files of a generation?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from corpus.model import Language, Record
from corpus.vocabulary import Vocabulary
from indexer.analysis import surfaces
from indexer.engines.facets import Card, card, write_cards
from indexer.engines.lexicon import Lexicon
from indexer.engines.rescoring import count_grams, write_grams
from indexer.engines.rows import RowWriter, read_rows
from indexer.generation import Counts
from indexer.schema import Field
from indexer.store import RecordWriter


class IndexWriter(Protocol):
    """What an index must take: rows of words as written, by field."""

    def add(self, words: Mapping[Field, list[str]]) -> None:
        """Write the next row."""

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
        self._counts: Counter[str] = Counter()
        self._english: Counter[str] = Counter()
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
        title = {Field.TITLE: surfaces(document.metadata.title.value), Field.SUMMARY: surfaces(document.summary)}
        self._row(number, title, document.metadata.language.value)
        for passage in record.passages:
            headings = [surface for heading in passage.headings for surface in surfaces(heading)]
            self._row(number, {Field.HEADINGS: headings, Field.BODY: surfaces(passage.text)}, passage.language)
        self._cards.append(card(document, record.findings, self._vocabulary, record.statements))
        self._passages += len(record.passages)
        self._findings += len(record.findings)

    def _row(self, document: int, words: Mapping[Field, list[str]], language: Language) -> None:
        for held in words.values():
            self._counts.update(held)
            if language is Language.EN:
                self._english.update(held)
        self._index.add(words)
        numbers = self._numbers
        self._rows.add(
            document,
            {field: [numbers.setdefault(word, len(numbers)) for word in held] for field, held in words.items()},
        )

    def _close(self) -> None:
        self._index.close()
        self._store.close()
        self._rows.close()
        write_cards(self._folder, self._cards)
        lexicon = Lexicon.of({word: self._counts[word] for word in self._numbers}, self._english)
        lexicon.write(self._folder)
        write_grams(self._folder, count_grams(read_rows(self._folder), lexicon))
