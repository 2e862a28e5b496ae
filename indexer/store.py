"""What did the generation's documents say? records.sqlite: written once, then only read.

The text of a page is kept once, in pieces, so that a passage of a long page is read without the rest; a passage is its
place on the page. What else there is of a page is compressed against its text, for most of it is the engine's own text.
A key is one integer: in a table ordered by two columns a row of a kilobyte takes two and a half.
"""

import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from corpus.model import Document, Finding, Language, Page, Passage, Record, Statement

T = TypeVar("T")

RECORDS = "records.sqlite"
STORE_VERSION = 3
PIECE = 8_192  # characters
PIECE_BITS = 16
PLACE_BITS = 24
WINDOW = 32_768  # bytes that zlib looks back

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA page_size = 16384;
CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, body BLOB NOT NULL);
CREATE TABLE pages (key INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE texts (key INTEGER PRIMARY KEY, text BLOB NOT NULL);
CREATE TABLE passages (key INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE findings (document INTEGER NOT NULL, place INTEGER NOT NULL, tiltak TEXT, body BLOB NOT NULL,
                       PRIMARY KEY (document, place)) WITHOUT ROWID;
CREATE INDEX findings_tiltak ON findings (tiltak);
CREATE TABLE statements (document INTEGER NOT NULL, place INTEGER NOT NULL, tiltak TEXT, body BLOB NOT NULL,
                         PRIMARY KEY (document, place)) WITHOUT ROWID;
CREATE INDEX statements_tiltak ON statements (tiltak);
"""


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a passage stands, and what is known of it."""

    page: int
    start: int
    end: int
    headings: tuple[str, ...]
    language: Language


class RecordWriter:
    """Writes records to a new records.sqlite. Documents are numbered from 0 as they come."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / RECORDS)
        self._connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 16384;" + _TABLES
        )
        self._count = 0

    def add(self, record: Record) -> int:
        """Write one record; its number.

        Raises ValueError when a document of that id is there already, or a passage is not what its page says there.
        """
        number = self._count
        document = record.document
        try:
            self._insert("documents", [(number, document.id, zlib.compress(_packed(document)))])
        except sqlite3.IntegrityError as error:
            raise ValueError(f"two documents have the id {document.id}") from error
        texts = {page.number: page.text for page in record.pages}
        self._insert("pages", [(_key(number, page.number), _without_text(page)) for page in record.pages])
        self._insert("texts", [piece for page in record.pages for piece in _pieces(_key(number, page.number), page)])
        self._insert("passages", [(_key(number, at), _place(each, texts)) for at, each in enumerate(record.passages)])
        self._insert("findings", _quoted(number, record.findings))
        self._insert("statements", _quoted(number, record.statements))
        self._count += 1
        return number

    def close(self) -> None:
        """Put everything in the file."""
        self._connection.commit()
        self._connection.close()

    def _insert(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            holes = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({holes})", rows)  # noqa: S608 (our own names)


def write(folder: Path, records: Iterable[Record]) -> int:
    """Write records to `folder`/records.sqlite; how many."""
    writer = RecordWriter(folder)
    count = sum(1 for _ in map(writer.add, records))
    writer.close()
    return count


class RecordStore:
    """Reads a records.sqlite that nobody writes any more; safe to use from many threads (corpus.engine.Records)."""

    def __init__(self, folder: Path) -> None:
        address = f"{(folder / RECORDS).resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._lock = threading.Lock()

    def document(self, document_id: str) -> Document | None:
        """The document with this id, or None."""
        rows = self._rows("SELECT body FROM documents WHERE id = ?", document_id)
        return _unpacked(zlib.decompress(rows[0][0]), Document) if rows else None

    def documents(self) -> tuple[Document, ...]:
        """Every document, by id."""
        bodies = self._rows("SELECT body FROM documents ORDER BY id")
        return tuple(_unpacked(zlib.decompress(body), Document) for (body,) in bodies)

    def page(self, document_id: str, number: int) -> Page | None:
        """One page from 1, or None."""
        return next(self._pages(document_id, number, number), None)

    def pages(self, document_id: str) -> tuple[Page, ...]:
        """A document's pages in order; empty when there is no such document."""
        return tuple(self._pages(document_id, 0, (1 << PLACE_BITS) - 1))

    def findings(self, document_id: str | None = None, tiltak: str | None = None) -> tuple[tuple[str, Finding], ...]:
        """(document id, finding) for all, of one document, or of one tiltak; by document, page, place."""
        return tuple((name, _unpacked(body, Finding)) for name, body in self._about("findings", document_id, tiltak))

    def statements(
        self, document_id: str | None = None, tiltak: str | None = None
    ) -> tuple[tuple[str, Statement], ...]:
        """(document id, statement) as for findings."""
        return tuple(
            (name, _unpacked(body, Statement)) for name, body in self._about("statements", document_id, tiltak)
        )

    def passages(self, numbers: Iterable[tuple[int, int]]) -> tuple[Passage, ...]:
        """The passages with these (document number, place in the document), both from 0; KeyError when one is not."""
        asked = [(document, _key(document, place)) for document, place in numbers]
        bodies = dict(self._held("passages", "body", [key for _, key in asked]))
        places = [(document, _unpacked(bodies[key], _Place)) for document, key in asked]
        spans = [_span(document, place) for document, place in places]
        texts = dict(self._held("texts", "text", [key for span in spans for key in span]))
        return tuple(_passage(place, span, texts) for (_, place), span in zip(places, spans, strict=True))

    def ids(self) -> tuple[str, ...]:
        """The ids of all documents, in the order of their numbers."""
        return tuple(name for (name,) in self._rows("SELECT id FROM documents ORDER BY number"))

    def _about(self, table: str, document_id: str | None, tiltak: str | None) -> list[Any]:
        """(document id, body) of findings or statements, by document, page, place."""
        asked = {"d.id": document_id, "f.tiltak": tiltak}
        wanted = {column: value for column, value in asked.items() if value is not None}
        where = "WHERE " + " AND ".join(f"{column} = ?" for column in wanted) if wanted else ""
        query = f"SELECT d.id, f.body FROM {table} f JOIN documents d ON d.number = f.document {where}"  # noqa: S608
        return self._rows(f"{query} ORDER BY d.id, f.place", *wanted.values())

    def _pages(self, document_id: str, first: int, last: int) -> Iterator[Page]:
        """Some pages of a document, by number."""
        found = self._rows("SELECT number FROM documents WHERE id = ?", document_id)
        if not found:
            return
        keys = _key(found[0][0], first), _key(found[0][0], last)
        bodies = self._rows("SELECT key, body FROM pages WHERE key BETWEEN ? AND ? ORDER BY key", *keys)
        ends = keys[0] << PIECE_BITS, (keys[1] + 1) << PIECE_BITS
        pieces = self._rows(
            "SELECT key >> ?, text FROM texts WHERE key >= ? AND key < ? ORDER BY key", PIECE_BITS, *ends
        )
        texts = {key: "".join(_text(text) for _, text in held) for key, held in groupby(pieces, lambda piece: piece[0])}
        yield from (_with_text(body, texts[key]) for key, body in bodies)

    def _held(self, table: str, column: str, keys: Sequence[int]) -> list[tuple[int, bytes]]:
        among = f"key IN ({', '.join('?' * len(keys))})"
        return self._rows(f"SELECT key, {column} FROM {table} WHERE {among}", *keys)  # noqa: S608 (our own names)

    def _rows(self, query: str, *values: object) -> list[Any]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def _quoted(number: int, quotes: Sequence[Finding | Statement]) -> list[tuple[object, ...]]:
    """Rows of what is quoted from a document, by page and place."""
    ordered = sorted(quotes, key=lambda each: (each.page, each.start, each.id))
    return [(number, place, each.tiltak, _packed(each)) for place, each in enumerate(ordered)]


def _key(document: int, place: int) -> int:
    return document << PLACE_BITS | place


def _pieces(key: int, page: Page) -> Iterator[tuple[int, bytes]]:
    """The text of a page; at least one piece."""
    for number, start in enumerate(range(0, max(len(page.text), 1), PIECE)):
        text = page.text[start : start + PIECE].encode()
        yield key << PIECE_BITS | number, zlib.compress(text)


def _without_text(page: Page) -> bytes:
    squeeze = zlib.compressobj(zdict=_dictionary(page.text))
    return squeeze.compress(_packed(replace(page, text=""))) + squeeze.flush()


def _with_text(body: bytes, text: str) -> Page:
    return replace(_unpacked(zlib.decompressobj(zdict=_dictionary(text)).decompress(body), Page), text=text)


def _dictionary(text: str) -> bytes:
    return text.encode()[:WINDOW]


def _place(passage: Passage, texts: Mapping[int, str]) -> bytes:
    if texts.get(passage.page, "")[passage.start : passage.end] != passage.text:
        raise ValueError(f"a passage of page {passage.page} is not what the page says")
    return _packed(_Place(passage.page, passage.start, passage.end, passage.headings, passage.language))


def _span(document: int, place: _Place) -> range:
    """The keys of the pieces that hold a passage."""
    key = _key(document, place.page) << PIECE_BITS
    return range(key + place.start // PIECE, key + ceil(place.end / PIECE))


def _passage(place: _Place, span: range, texts: Mapping[int, bytes]) -> Passage:
    before = place.start // PIECE * PIECE
    text = "".join(_text(texts[key]) for key in span)[place.start - before : place.end - before]
    return Passage(place.page, place.start, place.end, text, place.headings, place.language)


def _text(piece: bytes) -> str:
    return zlib.decompress(piece).decode()


def _packed(value: object) -> bytes:
    return msgspec.msgpack.encode(value)


def _unpacked(body: bytes, kind: type[T]) -> T:
    return msgspec.msgpack.decode(body, type=kind)
