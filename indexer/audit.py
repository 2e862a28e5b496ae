"""Audit: who did what, when, with what before and after?

A file of JSON lines that is only ever added to. Each line holds the sha256 of the line before it, so that a line
changed or taken away later is found.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

AUDIT = "audit.jsonl"
FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: the moment in UTC, who, what was done, and what it was done with."""

    at: datetime
    by: str
    action: str
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit log in a file."""

    path: Path

    def tell(self, by: str, action: str, told: Mapping[str, Any]) -> None:
        """Add a line; it is on the disk when this returns. Raises OSError."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "by": by, "action": action}
            body = json.dumps({**line, **told, "previous": _last(file)}, ensure_ascii=False, default=_written)
            file.write(body.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def entries(self) -> tuple[Entry, ...]:
        """Every line that can be read, oldest first; none when nothing was ever told."""
        return tuple(entry for line in self._lines() if (entry := _entry(line)))

    def broken_at(self) -> int | None:
        """The number of the first line, from 1, that is not as it was written after the one before; None: none."""
        before = FIRST
        for number, line in enumerate(self._lines(), 1):
            try:
                if json.loads(line)["previous"] != before:
                    return number
            except (ValueError, KeyError, TypeError):
                return number
            before = hashlib.sha256(line).hexdigest()
        return None

    def _lines(self) -> Iterator[bytes]:
        try:
            with self.path.open("rb") as file:
                yield from (line.rstrip(b"\n") for line in file if line.strip())
        except FileNotFoundError:
            return


def _last(file: Any) -> str:
    """The sha256 of the last line of a file open for reading; a line a dying machine cut short is closed first."""
    file.seek(0)
    last = b""
    for line in file:
        last = line
    if not last:
        return FIRST
    if not last.endswith(b"\n"):
        file.write(b"\n")
    return hashlib.sha256(last.rstrip(b"\n")).hexdigest()


def _entry(line: bytes) -> Entry | None:
    try:
        given = json.loads(line)
        told = {name: value for name, value in given.items() if name not in ("at", "by", "action", "previous")}
        return Entry(datetime.fromisoformat(given["at"]), given["by"], given["action"], told)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot stand in the audit log")
