"""What did the generation's documents say? records.sqlite: written once, then only read."""

import sqlite3
import threading
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from corpus.model import Document, Finding, Page, Passage, Record, Statement

T = TypeVar("T")

RECORDS = "records.sqlite"
STORE_VERSION = 2

_TABLES = """
CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, body BLOB NOT NULL);
CREATE TABLE pages (document INTEGER NOT NULL, page INTEGER NOT NULL, body BLOB NOT NULL,
                    PRIMARY KEY (document, page)) WITHOUT ROWID;
CREATE TABLE passages (document INTEGER NOT NULL, passage INTEGER NOT NULL, body BLOB NOT NULL,
                       PRIMARY KEY (document, passage)) WITHOUT ROWID;
CREATE TABLE findings (document INTEGER NOT NULL, place INTEGER NOT NULL, tiltak TEXT, body BLOB NOT NULL,
                       PRIMARY KEY (document, place)) WITHOUT ROWID;
CREATE INDEX findings_tiltak ON findings (tiltak);
CREATE TABLE statements (document INTEGER NOT NULL, place INTEGER NOT NULL, tiltak TEXT, body BLOB NOT NULL,
                         PRIMARY KEY (document, place)) WITHOUT ROWID;
CREATE INDEX statements_tiltak ON statements (tiltak);
"""


class RecordWriter:
    """Writes records to a new records.sqlite. Documents are numbered from 0 as they come."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / RECORDS)
        self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        self._count = 0

    def add(self, record: Record) -> int:
        """Write one record; its number. Raises ValueError when a document of that id is there already."""
        number = self._count
        document = record.document
        try:
            self._insert("documents", [(number, document.id, _packed(document))])
        except sqlite3.IntegrityError as error:
            raise ValueError(f"two documents have the id {document.id}") from error
        self._insert("pages", [(number, page.number, zlib.compress(_packed(page), 1)) for page in record.pages])
        self._insert("passages", [(number, place, _packed(each)) for place, each in enumerate(record.passages)])
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
        return _unpacked(rows[0][0], Document) if rows else None

    def documents(self) -> tuple[Document, ...]:
        """Every document, by id."""
        return tuple(_unpacked(body, Document) for (body,) in self._rows("SELECT body FROM documents ORDER BY id"))

    def page(self, document_id: str, number: int) -> Page | None:
        """One page from 1, or None."""
        rows = self._rows(
            "SELECT p.body FROM pages p JOIN documents d ON d.number = p.document WHERE d.id = ? AND p.page = ?",
            document_id,
            number,
        )
        return _unpacked(zlib.decompress(rows[0][0]), Page) if rows else None

    def pages(self, document_id: str) -> tuple[Page, ...]:
        """A document's pages in order; empty when there is no such document."""
        rows = self._rows(
            "SELECT p.body FROM pages p JOIN documents d ON d.number = p.document WHERE d.id = ? ORDER BY p.page",
            document_id,
        )
        return tuple(_unpacked(zlib.decompress(body), Page) for (body,) in rows)

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
        return tuple(_unpacked(self._passage(*number), Passage) for number in numbers)

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

    def _passage(self, document: int, place: int) -> bytes:
        rows = self._rows("SELECT body FROM passages WHERE document = ? AND passage = ?", document, place)
        if not rows:
            raise KeyError((document, place))
        body: bytes = rows[0][0]
        return body

    def _rows(self, query: str, *values: object) -> list[Any]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def _quoted(number: int, quotes: Sequence[Finding | Statement]) -> list[tuple[object, ...]]:
    """Rows of what is quoted from a document, by page and place."""
    ordered = sorted(quotes, key=lambda each: (each.page, each.start, each.id))
    return [(number, place, each.tiltak, _packed(each)) for place, each in enumerate(ordered)]


def _packed(value: object) -> bytes:
    return msgspec.msgpack.encode(value)


def _unpacked(body: bytes, kind: type[T]) -> T:
    return msgspec.msgpack.decode(body, type=kind)
