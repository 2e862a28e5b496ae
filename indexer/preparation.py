"""Preparation: from a file's bytes to what an index holds of it, kept in the cache; the work of one worker."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import FrameType
from typing import NoReturn

from corpus.config import ExtractConfig
from corpus.errors import CurationError, HvaVirkerError, Reason, told
from corpus.model import Extracted, Finding, Record, SourceFile, Statement
from corpus.vocabulary import Vocabulary
from indexer.cache import Cache, Made, Reading
from indexer.curation import Curation
from indexer.extract import PAGES_A_PART, Failure, Outcome, Pieces, ReadingFailed, Task, Usage, packed, unpacked
from indexer.personal import held_back, held_pages, without
from indexer.sources import Found, curation_of, stamp_of

Recall = Callable[[str], Outcome | None]
ReadFile = Callable[[Path, SourceFile, ExtractConfig, Recall], tuple[Extracted, Usage] | Pieces]
ReadPiece = Callable[[Task], Outcome]
Tasks = tuple[Task, ...]
ReadCuration = Callable[[Path, Vocabulary], Curation]
MakeRecord = Callable[[Extracted, Curation | None, Vocabulary], Record]
LoadVocabulary = Callable[[], Vocabulary]

CHANGED = Reading(reason=Reason.UNREADABLE, detail="the file changed while it was being read; run again")


class TooSlow(Exception):
    """A record took longer to make than one may."""


class Lost(Exception):
    """A text that was in the cache is not there and cannot be read again."""


@dataclass(frozen=True, slots=True)
class Work:
    """A file to prepare, or one piece of it to read."""

    found: Found
    piece: Task | None = None

    @property
    def pages(self) -> int:
        """How many pages of text a piece is."""
        return self.piece.last - self.piece.first + 1 if self.piece and self.piece.last else 0


@dataclass(frozen=True, slots=True)
class Preparer:
    """Reads files and makes records of them; can be sent to another process.

    A file's own faults are reasons, never raised. Raises OSError when the cache cannot be written, and
    HvaVirkerError when no file can be read at all.
    """

    read_file: ReadFile
    read_piece: ReadPiece
    read_curation: ReadCuration
    make_record: MakeRecord
    load_vocabulary: LoadVocabulary
    settings: ExtractConfig
    cache: Cache

    def prepare(self, work: Work) -> Reading | Tasks:
        """See to it that all of a file is in the cache, but for faults that may pass. How reading it went.

        Of a file that is read in several pieces, first the tasks to be done before it is prepared again.
        """
        found = work.found
        if work.piece:
            self.cache.keep_piece(found.source, work.piece.piece, packed(self._piece(work.piece)))
            return ()
        reading = self.cache.reading(found.source) or self._read(found)
        if isinstance(reading, Reading) and reading.reason is None and not self.cache.has_made(found):
            self.make(found)
        return reading

    def known(self, found: Found) -> Reading | None:
        """How reading a file went, when there is nothing to prepare of it; else None."""
        reading = self.cache.reading(found.source)
        return reading if reading and (reading.reason or self.cache.has_made(found)) else None

    def record(self, found: Found) -> Record | Made:
        """The record of a file that was prepared, or, with its reason, why there is none."""
        made = self.cache.made(found) or self.make(found)
        if made.document is None:
            return made
        try:
            pages = without(self._text(found).pages, held_pages(made.document.notices))
            return Record(made.document, pages, made.passages, made.findings, made.statements)
        except Lost as lost:
            return Made(reason=Reason.UNREADABLE, detail=str(lost))

    def make(self, found: Found) -> Made:
        """Make what an index holds of a file whose text is known, and keep it."""
        seconds = self._most_seconds(found)
        try:
            with time_limit(seconds):
                made = self._made(found)
        except CurationError as error:
            made = Made(reason=Reason.CURATION, detail=str(error))
        except TooSlow:
            made = Made(reason=Reason.TIMEOUT, detail=f"its record took more than {seconds} s of processor time")
        except Lost as lost:
            return Made(reason=Reason.UNREADABLE, detail=str(lost))
        except Exception as fault:  # a fault of ours on one file must not stop a run over thousands
            return Made(reason=Reason.FAULT, detail=told(fault))
        self.cache.keep_made(found, made)
        return made

    def _most_seconds(self, found: Found) -> int:
        """Of processor time for a record: as much as the parts of the file were given to be read in."""
        reading = self.cache.reading(found.source)
        return self.settings.cpu_seconds * max(1, -(-reading.pages // PAGES_A_PART) if reading else 1)

    def _made(self, found: Found) -> Made:
        words = _vocabulary(self.load_vocabulary)
        curation = self.read_curation(curation_of(found.location), words) if found.curation else None
        extracted = held_back(self._text(found), curation.released if curation else ())
        record = checked(self.make_record(extracted, curation, words))
        return Made(record.document, record.passages, record.findings, record.statements)

    def _text(self, found: Found) -> Extracted:
        """What was read from a file; from the cache, unless that was damaged since."""
        extracted = self.cache.extracted(found.source)
        if extracted is None:
            while isinstance(tasks := self._read(found), tuple):
                for task in tasks:
                    self.prepare(Work(found, task))
            extracted = self.cache.extracted(found.source)
        if extracted is None:
            raise Lost("it could be read once and cannot be read again")
        return extracted

    def _piece(self, task: Task) -> Outcome:
        try:
            return self.read_piece(task)
        except HvaVirkerError:
            raise
        except Exception as fault:  # as in `_read`
            return Outcome(Failure(Reason.FAULT, told(fault)), Usage())

    def _read(self, found: Found) -> Reading | Tasks:
        extracted: Extracted | None = None
        try:
            read = self.read_file(
                found.location, found.source, self.settings, lambda name: unpacked(self.cache.piece(found.source, name))
            )
            if isinstance(read, Pieces):
                return self._in_pieces(found, read)
            extracted, usage = read
            reading = replace(_costing(usage), engine=extracted.engine, pages=len(extracted.pages))
        except ReadingFailed as failure:
            reading = replace(_costing(failure.usage), reason=failure.reason, detail=failure.detail)
        except HvaVirkerError:
            raise
        except OSError as error:
            return Reading(reason=Reason.UNREADABLE, detail=error.strerror or type(error).__name__)
        except Exception as fault:  # a fault of ours on one file must not stop a run over thousands
            return Reading(reason=Reason.FAULT, detail=told(fault))
        if _changed(found):
            return CHANGED
        self.cache.keep_reading(found.source, reading, extracted)
        return reading

    def _in_pieces(self, found: Found, pieces: Pieces) -> Tasks:
        for name, outcome in pieces.done.items():
            self.cache.keep_piece(found.source, name, packed(outcome))
        return pieces.missing


def checked(record: Record) -> Record:
    """The record when every quote, cue and passage stands where it says. Raises ValueError."""
    texts = {page.number: page.text for page in record.pages}
    for passage in record.passages:
        if texts[passage.page][passage.start : passage.end] != passage.text:
            raise ValueError(f"a passage on page {passage.page} is not at {passage.start}")
    quotes: tuple[Finding | Statement, ...] = (*record.findings, *record.statements)
    for quoted in quotes:
        if texts[quoted.page][quoted.start : quoted.end] != quoted.quote:
            raise ValueError(f"finding {quoted.id} is not at {quoted.start} on page {quoted.page}")
        if quoted.quote[quoted.cue_start : quoted.cue_end] != quoted.cue:
            raise ValueError(f"the cue of finding {quoted.id} is not at {quoted.cue_start}")
    return record


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooSlow in what takes more processor time, a regular expression too; only a process's main thread can.

    Not time on the clock: a busy night must give the same index as a quiet one.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _too_slow)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _too_slow(number: int, frame: FrameType | None) -> NoReturn:
    raise TooSlow


@cache
def _vocabulary(load: LoadVocabulary) -> Vocabulary:
    """Read once in each process: it is too much to be sent with every file."""
    return load()


def _costing(usage: Usage) -> Reading:
    return Reading(usage.engine, usage.pages, round(usage.seconds, 3), usage.memory_mb)


def _changed(found: Found) -> bool:
    try:
        return stamp_of(found.location) != found.stamp
    except OSError:
        return True
