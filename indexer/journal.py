"""Journal: how far has the run at work come, and how did the last one end? Small files that anyone may read.

`run.json` is replaced in one step whenever a run has come further; `run.jsonl` has a line for every part of the last
run. Only the run that holds the lock writes them.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from corpus.errors import GenerationWaits, HvaVirkerError
from indexer.progress import Stage, Step

JOURNAL, LINES = "run.json", "run.jsonl"
WRITE_EVERY, LINE_EVERY = 1.0, 10.0  # seconds


class Ending(StrEnum):
    """How a run ended."""

    DONE = "done"
    WAITS = "waits"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Told:
    """How far the run of process `pid` had come at `at`. Times are in UTC; `stage_at` is when the stage began.

    `pages` were read in this stage; of the files at work `longest` had been so for the longest, `longest_seconds`.
    `ending` is None while it runs, and stays None when it was killed; `message` says what went wrong.
    """

    pid: int
    started: datetime
    at: datetime
    stage: Stage
    stage_at: datetime
    done: int = 0
    total: int = 0
    file: str = ""
    share: float = 0.0
    pages: int = 0
    longest: str = ""
    longest_seconds: float = 0.0
    ending: Ending | None = None
    message: str = ""

    @property
    def rate(self) -> float:
        """Files a second in this stage so far."""
        seconds = (self.at - self.stage_at).total_seconds()
        return self.done / seconds if seconds > 0 else 0.0

    @property
    def pages_rate(self) -> float:
        """Pages a second in this stage so far."""
        seconds = (self.at - self.stage_at).total_seconds()
        return self.pages / seconds if seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds until the stage is done, at the pace so far; None when that cannot be told."""
        seconds = (self.at - self.stage_at).total_seconds()
        return seconds / self.share - seconds if self.share > 0 and seconds > 0 else None


class Journal:
    """Writes down how far a run has come; a disk that fails costs the journal, never the run."""

    def __init__(self, folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._folder = folder
        self._now = now
        self._told: Told | None = None
        self._written = self._lined = datetime.min.replace(tzinfo=UTC)

    def __call__(self, step: Step) -> None:
        """Note a step; it is written when it is the first of its stage, or some time has passed."""
        now, before = self._now(), self._told
        fresh = before is None or before.stage is not step.stage
        self._told = Told(
            pid=os.getpid(),
            started=before.started if before else now,
            at=now,
            stage=step.stage,
            stage_at=now if before is None or fresh else before.stage_at,
            done=step.done,
            total=step.total,
            file=step.file,
            share=step.share,
            pages=step.pages,
            longest=step.longest,
            longest_seconds=round(step.longest_seconds, 1),
        )
        if before is None:
            with contextlib.suppress(OSError):
                (self._folder / LINES).unlink(missing_ok=True)
        if fresh or (now - self._written).total_seconds() >= WRITE_EVERY:
            self._write(self._told, fresh or (now - self._lined).total_seconds() >= LINE_EVERY)

    def end(self, ending: Ending, message: str = "") -> None:
        """Note how it ended; a run that never began has nothing to note."""
        if self._told is not None:
            self._write(replace(self._told, at=self._now(), ending=ending, message=message), True)

    def _write(self, told: Told, line: bool) -> None:
        self._written, encoded = told.at, msgspec.json.encode(told)
        part = self._folder / f"{JOURNAL}.part"
        with contextlib.suppress(OSError):
            part.write_bytes(encoded)
            part.replace(self._folder / JOURNAL)
            if line:
                self._lined = told.at
                with (self._folder / LINES).open("ab") as file:
                    file.write(encoded + b"\n")


@contextmanager
def journal(folder: Path) -> Iterator[Journal]:
    """A journal of the run inside, with how it ended."""
    kept = Journal(folder)
    try:
        yield kept
    except GenerationWaits as waits:
        kept.end(Ending.WAITS, str(waits))
        raise
    except KeyboardInterrupt:
        kept.end(Ending.STOPPED)
        raise
    except (HvaVirkerError, OSError) as error:
        kept.end(Ending.FAILED, f"{error} {getattr(error, 'remedy', '')}".strip())
        raise
    except BaseException as fault:
        kept.end(Ending.FAILED, f"{type(fault).__name__}: {fault}")
        raise
    kept.end(Ending.DONE)


def read_journal(folder: Path) -> Told | None:
    """What was last noted, or None when there is nothing that can be read."""
    try:
        return msgspec.json.decode((folder / JOURNAL).read_bytes(), type=Told)
    except (OSError, msgspec.MsgspecError):
        return None


def read_lines(folder: Path, most: int) -> tuple[Told, ...]:
    """The last lines on the last run, oldest first; those that cannot be read are left out."""
    try:
        lines = (folder / LINES).read_bytes().splitlines()[-most:]
    except OSError:
        return ()
    told = []
    for line in lines:
        with contextlib.suppress(msgspec.MsgspecError):
            told.append(msgspec.json.decode(line, type=Told))
    return tuple(told)
