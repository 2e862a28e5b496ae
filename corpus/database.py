"""A small database of one file: what people typed or did, kept outside every index."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import HvaVirkerError

WAIT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Database:
    """A file that only its owner reads. `what` names it in an error, `remedy` says who mends it and how.

    `tables` makes the tables of `version`, 1 or more; a file of another version is not used.
    """

    path: Path
    what: str
    version: int
    tables: str
    remedy: str

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """A connection for one piece of work, made with its tables when there is none. Raises HvaVirkerError."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=WAIT_SECONDS)) as connection:
                self._prepare(connection)
                yield connection
        except (sqlite3.DatabaseError, OSError) as error:
            raise HvaVirkerError(f"The {self.what} in {self.path} cannot be used: {error}.", self.remedy) from error

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the tables; two processes may come to it at once."""
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found == 0:
            script = f"BEGIN IMMEDIATE; PRAGMA user_version = {self.version}; {self.tables} COMMIT;"
            with suppress(sqlite3.OperationalError):  # the other one was first
                connection.executescript(script)
        elif found != self.version:
            raise sqlite3.DatabaseError(f"it has version {found}, this program reads {self.version}")
