"""Ledger: what became of every file ever seen?"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.errors import HvaVirkerError, IndexDamaged, Reason

LEDGER = "ledger.sqlite"
LEDGER_VERSION = 1

SCHEMA = f"""
PRAGMA user_version = {LEDGER_VERSION};
CREATE TABLE file (
    path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, detail TEXT NOT NULL,
    engine TEXT NOT NULL, pages INTEGER NOT NULL, seconds REAL NOT NULL, memory_mb REAL NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, generation TEXT
) WITHOUT ROWID;
CREATE TABLE run (
    one INTEGER PRIMARY KEY CHECK (one = 1), digest TEXT NOT NULL, generation TEXT NOT NULL, finished TEXT NOT NULL
);
"""

UNSEEN = """
UPDATE file SET state = 'set_aside', reason = 'unreadable', detail = 'its folder cannot be listed', last_seen = :now,
    generation = :generation
WHERE state <> 'gone' AND last_seen <> :now AND substr(path, 1, length(:path)) = :path
"""
SAVE = """
INSERT INTO file VALUES (:path, :sha256, :state, :reason, :detail, :engine, :pages, :seconds, :memory_mb,
    :now, :now, :generation)
ON CONFLICT (path) DO UPDATE SET sha256 = excluded.sha256, state = excluded.state, reason = excluded.reason,
    detail = excluded.detail, engine = excluded.engine, pages = excluded.pages, seconds = excluded.seconds,
    memory_mb = excluded.memory_mb, last_seen = excluded.last_seen, generation = excluded.generation
"""


class FileState(StrEnum):
    """Where a file stands after the last run that saw it."""

    INDEXED = "indexed"
    SET_ASIDE = "set_aside"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run made of one file. No `reason` means indexed. `seconds` and `memory_mb` are those of reading it."""

    path: str
    sha256: str = ""
    reason: Reason | None = None
    detail: str = ""
    engine: str = ""
    pages: int = 0
    seconds: float = 0.0
    memory_mb: float = 0.0

    @property
    def state(self) -> FileState:
        """Indexed, or set aside when there is a reason."""
        return FileState.SET_ASIDE if self.reason else FileState.INDEXED


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger. Times are in UTC; `generation` is the one the last outcome belongs to."""

    path: str
    sha256: str
    state: FileState
    reason: Reason | None
    detail: str
    engine: str
    pages: int
    seconds: float
    memory_mb: float
    first_seen: datetime
    last_seen: datetime
    generation: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """The last run that published: what went in (`digest`), what came out, when (UTC)."""

    digest: str
    generation: str
    finished: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """The files of the last run: `files` = `indexed` + `set_aside`; `reasons` says why, most files first."""

    indexed: int
    set_aside: int
    reasons: Mapping[Reason, int]

    @property
    def files(self) -> int:
        """Every file that was in the folder."""
        return self.indexed + self.set_aside


class Ledger:
    """The table of files in one SQLite file.

    Raises IndexDamaged when it is damaged, HvaVirkerError when the disk fails.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def save(self, outcomes: Iterable[Outcome], now: datetime, run: Run | None) -> None:
        """Take the outcomes of a whole run at once; files seen before and not among them are gone.

        Not so those in a folder (its path ends in /) that could not be listed: nobody knows, and they are set aside.
        `run` is None when nothing was published; the rows then no longer tell what the last one was made of, so that
        its `digest` is "" and the next run does not take them for its own.
        """
        rows = [_row(outcome, now, run) for outcome in outcomes]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as database, database:
            _prepare(database)
            database.executemany(SAVE, rows)
            database.executemany(UNSEEN, [row for row in rows if str(row["path"]).endswith("/")])
            database.execute("UPDATE file SET state = 'gone' WHERE last_seen <> ?", (now.isoformat(),))
            if run is not None:
                values = (run.digest, run.generation, run.finished.isoformat())
                database.execute("INSERT OR REPLACE INTO run VALUES (1, ?, ?, ?)", values)
            else:
                database.execute("UPDATE run SET digest = ''")

    def touch(self, now: datetime) -> None:
        """Note that a run saw the same files as the one before."""
        with self._open() as database, database:
            database.execute("UPDATE file SET last_seen = ? WHERE state <> 'gone'", (now.isoformat(),))

    def counts(self) -> Counts:
        """How many files the last run indexed and set aside, and why."""
        query = "SELECT reason, count(*) FROM file WHERE state <> 'gone' GROUP BY reason ORDER BY count(*) DESC, reason"
        found = dict(self._rows(query))
        indexed = found.pop(None, 0)
        return Counts(indexed, sum(found.values()), {Reason(reason): count for reason, count in found.items()})

    def entries(self) -> tuple[Entry, ...]:
        """Every row, by path."""
        return tuple(_entry(row) for row in self._rows("SELECT * FROM file ORDER BY path"))

    def aside(self) -> Mapping[str, Reason]:
        """The files of the last run that were set aside, and why: few, where all rows are many."""
        query = "SELECT path, reason FROM file WHERE state <> 'gone' AND reason IS NOT NULL ORDER BY path"
        return {path: Reason(reason) for path, reason in self._rows(query)}

    def entry(self, path: str) -> Entry | None:
        """The row of one path, or None."""
        rows = self._rows("SELECT * FROM file WHERE path = ?", path)
        return _entry(rows[0]) if rows else None

    def last_run(self) -> Run | None:
        """The last run that published, or None."""
        rows = self._rows("SELECT digest, generation, finished FROM run")
        return Run(rows[0][0], rows[0][1], datetime.fromisoformat(rows[0][2])) if rows else None

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        if not self._path.exists():
            return []
        with self._open() as database:
            return database.execute(query, values).fetchall()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=30)) as database:
                _prepare(database)
                yield database
        except sqlite3.OperationalError as error:
            raise HvaVirkerError(
                f"The ledger {self._path} cannot be used: {error}.",
                "Free the disk if it is full, else check it and who may write there.",
            ) from error
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(
                f"The ledger {self._path} cannot be used: {error}.",
                "Remove the file and run `hvavirker index`: it is made again.",
            ) from error


def _prepare(database: sqlite3.Connection) -> None:
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        database.executescript(SCHEMA)
    elif version != LEDGER_VERSION:
        raise sqlite3.DatabaseError(f"it has version {version}, this program reads {LEDGER_VERSION}")


def _row(outcome: Outcome, now: datetime, run: Run | None) -> dict[str, object]:
    row: dict[str, object] = {field.name: getattr(outcome, field.name) for field in fields(Outcome)}
    return row | {"state": outcome.state, "now": now.isoformat(), "generation": run.generation if run else None}


def _entry(row: tuple[Any, ...]) -> Entry:
    path, sha256, state, reason, *figures, first_seen, last_seen, generation = row
    detail, engine, pages, seconds, memory_mb = figures
    return Entry(
        path=path,
        sha256=sha256,
        state=FileState(state),
        reason=Reason(reason) if reason else None,
        detail=detail,
        engine=engine,
        pages=pages,
        seconds=seconds,
        memory_mb=memory_mb,
        first_seen=datetime.fromisoformat(first_seen),
        last_seen=datetime.fromisoformat(last_seen),
        generation=generation,
    )
