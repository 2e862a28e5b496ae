"""Where did a file come from? A table in the documents folder, beside what it tells of."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from corpus.errors import HvaVirkerError

HIDDEN = ".harvest"


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of one address. `file` is relative to the documents folder, "" when nothing was kept.

    `fetched` is when the bytes came, `checked` when the address was last asked (ISO 8601, UTC). `fault` says why the
    last question gave nothing.
    """

    url: str
    source: str
    file: str = ""
    sha256: str = ""
    etag: str = ""
    modified: str = ""
    fetched: str = ""
    checked: str = ""
    fault: str = ""


class Provenance:
    """The table of a documents folder, written to after every answer. Raises HvaVirkerError when it cannot be used."""

    def __init__(self, documents: Path) -> None:
        self._path = documents / HIDDEN / "provenance.sqlite"

    def origin(self, url: str) -> Origin | None:
        """What is known of an address."""
        return next(iter(self._asked("WHERE url = ?", url)), None)

    def origins(self) -> tuple[Origin, ...]:
        """All addresses ever asked, in order."""
        return tuple(self._asked("ORDER BY url"))

    def keep(self, origin: Origin) -> None:
        """Remember an address, in place of what was known of it."""
        marks = ", ".join("?" * len(fields(Origin)))
        with self._open() as table:
            table.execute(f"INSERT OR REPLACE INTO origin VALUES ({marks})", astuple(origin))  # noqa: S608 - marks only

    def _asked(self, rest: str, *values: str) -> list[Origin]:
        if not self._path.exists():
            return []
        with self._open() as table:
            return [Origin(*row) for row in table.execute(f"SELECT * FROM origin {rest}", values)]  # noqa: S608 - ours

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        columns = ", ".join(f"{field.name} TEXT NOT NULL" for field in fields(Origin))
        try:
            with closing(sqlite3.connect(self._path, timeout=10)) as connection, connection:
                connection.execute(f"CREATE TABLE IF NOT EXISTS origin ({columns}, PRIMARY KEY (url))")
                yield connection
        except sqlite3.Error as error:
            remedy = "Free the disk if it is full, else check it and who may write there."
            raise HvaVirkerError(f"{self._path} cannot be used: {error}.", remedy) from error
