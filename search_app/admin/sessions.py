"""Who is logged in, and who tries too often? A small database that may be removed at any time.

A browser holds a random word, the database only its sha256. Addresses are kept as a keyed digest, for an hour.
"""

import hashlib
import hmac
import ipaddress
import secrets
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.database import Database

SESSIONS = "sessions.sqlite"
SESSIONS_VERSION = 1
TABLES = """
CREATE TABLE session (key TEXT PRIMARY KEY, who TEXT, csrf TEXT NOT NULL, note TEXT NOT NULL, made REAL NOT NULL,
                      used REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE attempt (kind TEXT NOT NULL, whose TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE secret (one INTEGER PRIMARY KEY CHECK (one = 1), value TEXT NOT NULL);
"""
HOUR = 3600
DOOR_SECONDS = 15 * 60  # to log in once the page is open
MOST_AT_THE_DOOR = 1000


@dataclass(frozen=True, slots=True)
class Session:
    """One browser. `who` is None until it is logged in; `note` is what logging in must remember meanwhile."""

    word: str
    who: str | None
    csrf: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions in a file. `idle` and `longest` in seconds; `now` is a clock in seconds."""

    path: Path
    idle: float
    longest: float
    now: Callable[[], float] = field(default=time.time)

    def open(self, who: str | None, note: str = "", instead: Session | None = None) -> Session:
        """A new session under a new word; the one it stands `instead` of ends."""
        session = Session(secrets.token_urlsafe(32), who, secrets.token_urlsafe(32), note)
        now = self.now()
        with self._kept.opened() as database, database:
            self._tidy(database, now)
            if instead:
                database.execute("DELETE FROM session WHERE key = ?", (_key(instead.word),))
            row = (_key(session.word), who, session.csrf, note, now, now)
            database.execute("INSERT INTO session VALUES (?, ?, ?, ?, ?, ?)", row)
        return session

    def find(self, word: str) -> Session | None:
        """The session of a word, and note that it was used; None when it has ended or never was."""
        now = self.now()
        with self._kept.opened() as database, database:
            self._tidy(database, now)
            rows = database.execute("SELECT who, csrf, note FROM session WHERE key = ?", (_key(word),)).fetchall()
            if not rows:
                return None
            database.execute("UPDATE session SET used = ? WHERE key = ?", (now, _key(word)))
            return Session(word, *rows[0])

    def end(self, session: Session) -> None:
        """End a session."""
        with self._kept.opened() as database, database:
            database.execute("DELETE FROM session WHERE key = ?", (_key(session.word),))

    def attempt(self, kind: str, address: str, most: int) -> bool:
        """Note an attempt from an address; False, and no note, when it has made as many as it may this hour."""
        now = self.now()
        with self._kept.opened() as database, database:
            database.execute("BEGIN IMMEDIATE")
            database.execute("DELETE FROM attempt WHERE at < ?", (now - HOUR,))
            whose = _whose(database, address)
            count = "SELECT count(*) FROM attempt WHERE kind = ? AND whose = ?"
            if database.execute(count, (kind, whose)).fetchone()[0] >= most:
                return False
            database.execute("INSERT INTO attempt VALUES (?, ?, ?)", (kind, whose, now))
        return True

    def forgive(self, kind: str, address: str) -> None:
        """Forget the attempts of an address: the last one was good."""
        with self._kept.opened() as database, database:
            whose = _whose(database, address)
            database.execute("DELETE FROM attempt WHERE kind = ? AND whose = ?", (kind, whose))

    def _tidy(self, database: sqlite3.Connection, now: float) -> None:
        """Remove what has ended, and the oldest of too many that never logged in."""
        database.execute("DELETE FROM session WHERE used < ? OR made < ?", (now - self.idle, now - self.longest))
        database.execute("DELETE FROM session WHERE who IS NULL AND made < ?", (now - DOOR_SECONDS,))
        database.execute(
            "DELETE FROM session WHERE who IS NULL AND key NOT IN "
            "(SELECT key FROM session WHERE who IS NULL ORDER BY made DESC LIMIT ?)",
            (MOST_AT_THE_DOOR,),
        )

    @property
    def _kept(self) -> Database:
        return Database(self.path, "sessions", SESSIONS_VERSION, TABLES, "Check the disk; the file may be removed.")


def _key(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def _whose(database: sqlite3.Connection, address: str) -> str:
    return hmac.new(_secret(database), _visitor(address).encode(), "sha256").hexdigest()


def _visitor(address: str) -> str:
    """One visitor's addresses as one: in IPv6 whoever has one address mostly has all of its /64."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    return str(found.ipv4_mapped or ipaddress.IPv6Address(int(found) >> 64 << 64))


def _secret(database: sqlite3.Connection) -> bytes:
    """The key that addresses are digested with, made when first needed."""
    made = secrets.token_hex(32)
    database.execute("INSERT OR IGNORE INTO secret VALUES (1, ?)", (made,))
    kept: str = database.execute("SELECT value FROM secret").fetchone()[0]
    return kept.encode()
