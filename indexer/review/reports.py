"""Reports: what did readers say is wrong, and which pages do they open? Kept outside every index.

A report holds the words it is about, so that it outlives the finding's id. No report and no count says who.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.database import Database

REPORTS = "reports.sqlite"
REPORTS_VERSION = 1
TABLES = """
CREATE TABLE report (
    id INTEGER PRIMARY KEY, finding TEXT NOT NULL, file TEXT NOT NULL, page INTEGER NOT NULL, quote TEXT NOT NULL,
    verdict TEXT NOT NULL, fault TEXT NOT NULL, comment TEXT NOT NULL, at TEXT NOT NULL,
    handled TEXT, handled_by TEXT, outcome TEXT
);
CREATE INDEX report_open ON report (handled);
CREATE TABLE view (document TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
"""


class Fault(StrEnum):
    """What a reader says is wrong with a finding."""

    NO_FINDING = "no_finding"
    VERDICT = "verdict"
    ABOUT = "about"
    PLACE = "place"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody said of a finding. `at` is in UTC; `id` counts from 1, 0 before it is kept."""

    finding: str
    file: str
    page: int
    quote: str
    verdict: str
    fault: Fault
    comment: str
    at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports in a file, and how often each document was opened."""

    path: Path

    def take(self, report: Report) -> None:
        """Keep a report. Raises HvaVirkerError when it cannot be kept."""
        row = (report.finding, report.file, report.page, report.quote, report.verdict, report.fault, report.comment)
        with self._kept.opened() as database, database:
            database.execute(
                "INSERT INTO report (finding, file, page, quote, verdict, fault, comment, at) VALUES (?,?,?,?,?,?,?,?)",
                (*row, report.at.astimezone(UTC).isoformat(timespec="seconds")),
            )

    def waiting(self) -> tuple[Report, ...]:
        """The reports that nobody has handled, oldest first."""
        columns = "finding, file, page, quote, verdict, fault, comment, at, id"
        query = f"SELECT {columns} FROM report WHERE handled IS NULL ORDER BY id"  # noqa: S608 (our own names)
        return tuple(_report(dict(zip(columns.split(", "), row, strict=True))) for row in self._rows(query))

    def handle(self, ids: tuple[int, ...], by: str, outcome: str) -> None:
        """Note that reports were looked at, by whom, and what came of it."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._kept.opened() as database, database:
            update = "UPDATE report SET handled = ?, handled_by = ?, outcome = ? WHERE id = ? AND handled IS NULL"
            database.executemany(update, [(now, by, outcome, each) for each in ids])

    def count_views(self, counts: Mapping[str, int]) -> None:
        """Add to how often documents were opened, by their id."""
        with self._kept.opened() as database, database:
            database.executemany(
                "INSERT INTO view VALUES (?, ?) ON CONFLICT (document) DO UPDATE SET count = count + excluded.count",
                list(counts.items()),
            )

    def views(self) -> Mapping[str, int]:
        """How often each document was opened since counting began; those never opened are not there."""
        return dict(self._rows("SELECT document, count FROM view"))

    def _rows(self, query: str) -> list[Any]:
        if not self.path.exists():
            return []
        with self._kept.opened() as database:
            return database.execute(query).fetchall()

    @property
    def _kept(self) -> Database:
        return Database(self.path, "reports", REPORTS_VERSION, TABLES, "Check the disk, and who may write there.")


def _report(row: dict[str, Any]) -> Report:
    return Report(**{**row, "fault": Fault(row["fault"]), "at": datetime.fromisoformat(row["at"])})
