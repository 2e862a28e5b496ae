"""Readings: every file read once, several at a time; what was read before comes from the cache."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from corpus.config import ExtractConfig
from corpus.errors import Reason, told
from corpus.model import Extracted, SourceFile
from indexer.cache import Cache, Reading
from indexer.extract import ReadingFailed, Usage
from indexer.sources import Found, stamp_of

ReadFile = Callable[[Path, SourceFile, ExtractConfig], tuple[Extracted, Usage]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads files into the cache; safe to call from several threads at once, and can be sent to another process."""

    read_file: ReadFile
    settings: ExtractConfig
    cache: Cache

    def read(self, found: Found) -> Reading:
        """How reading a file went; what came out is in the cache, but for faults that may pass.

        A file's own faults are reasons, never raised. Raises OSError when the cache cannot be written.
        """
        extracted: Extracted | None = None
        try:
            extracted, usage = self.read_file(found.location, found.source, self.settings)
            reading = replace(_costing(usage), engine=extracted.engine, pages=len(extracted.pages))
        except ReadingFailed as failure:
            reading = replace(_costing(failure.usage), reason=failure.reason, detail=failure.detail)
        except OSError as error:
            return Reading(reason=Reason.UNREADABLE, detail=error.strerror or type(error).__name__)
        except Exception as fault:  # a fault of ours on one file must not stop a run over thousands
            return Reading(reason=Reason.FAULT, detail=told(fault))
        if _changed(found):
            return Reading(reason=Reason.UNREADABLE, detail="the file changed while it was being read; run again")
        self.cache.keep(found.source, reading, extracted)
        return reading


def read_all(
    reader: Reader, files: Iterable[Found], executor: Executor, at_once: int
) -> Iterator[tuple[Found, Reading]]:
    """Each file with its reading, in the order they are done; at most `at_once` are under way."""
    waiting = iter(files)
    under_way: dict[Future[Reading], Found] = {}
    while True:
        for found in islice(waiting, at_once - len(under_way)):
            under_way[executor.submit(reader.read, found)] = found
        if not under_way:
            return
        done, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            yield under_way.pop(future), future.result()


def _costing(usage: Usage) -> Reading:
    return Reading(usage.engine, usage.pages, round(usage.seconds, 3), usage.memory_mb)


def _changed(found: Found) -> bool:
    try:
        return stamp_of(found.location) != found.stamp
    except OSError:
        return True
