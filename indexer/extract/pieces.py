"""In which pieces is a file read? A long PDF some pages at a time, scans a few at a time, each by a child of its own.

The steps of a file ask for pieces that can be read side by side; who takes the steps decides where that is done.
"""

from collections.abc import Generator, Sequence
from dataclasses import replace
from functools import reduce

import msgspec

from corpus.errors import Reason
from corpus.model import Extracted, Notice
from indexer.extract.guard import Outcome
from indexer.extract.message import PAGES_A_PART, Answer, Failure, Part, Task
from indexer.extract.scans import Result, scan_tasks, scanned_pages, single_tasks, with_scans_read
from indexer.extract.usage import ReadingFailed, Usage

Steps = Generator[list[Task], list[Outcome], Result]


class Packed(msgspec.Struct, frozen=True):
    """What came of a piece, as it is kept."""

    word: Answer | Part | Failure
    usage: Usage
    notices: tuple[Notice, ...]


def packed(outcome: Outcome) -> bytes:
    """What came of a piece, to be kept."""
    word = Answer(outcome.result) if isinstance(outcome.result, Extracted) else outcome.result
    return msgspec.msgpack.encode(Packed(word, outcome.usage, outcome.notices))


def unpacked(data: bytes | None) -> Outcome | None:
    """What came of a piece that was kept, or None when there is nothing that can be read."""
    try:
        kept = msgspec.msgpack.decode(data or b"", type=Packed)
    except msgspec.MsgspecError:
        return None
    return Outcome(kept.word.extracted if isinstance(kept.word, Answer) else kept.word, kept.usage, kept.notices)


def steps(task: Task) -> Steps:
    """Ask for pieces and be sent what came of each, until the file is read. Raises ReadingFailed."""
    extracted, usage = yield from _text(task)
    tasks = scan_tasks(task, scanned_pages(extracted, task.config))
    if not tasks:
        return extracted, usage
    read = yield tasks
    again = single_tasks(tasks, read)
    if again:
        read = [*read, *(yield again)]
    return with_scans_read(extracted, usage, [*tasks, *again], read)


def _text(task: Task) -> Steps:
    """The file without its scans."""
    read = yield [task]
    if isinstance(first := read[0].result, Part):
        rest = _parts_after_first(task, first.page_count)
        read = [*read, *(yield rest)]
        whole = replace(task, parts=_all_packed([task, *rest], read))
        read = [*read, *(yield [whole])]
    if not isinstance(extracted := read[-1].result, Extracted):
        raise _failed(task, read[-1], read)
    notices = tuple(notice for outcome in read for notice in outcome.notices)
    return replace(extracted, notices=(*notices, *extracted.notices)), _used(read)


def _parts_after_first(task: Task, page_count: int) -> list[Task]:
    starts = range(PAGES_A_PART + 1, page_count + 1, PAGES_A_PART)
    return [replace(task, first=start, last=min(start + PAGES_A_PART - 1, page_count)) for start in starts]


def _all_packed(tasks: Sequence[Task], read: Sequence[Outcome]) -> tuple[bytes, ...]:
    """The parts; raises ReadingFailed when one is missing."""
    given = []
    for task, outcome in zip(tasks, read, strict=True):
        if not isinstance(outcome.result, Part):
            raise _failed(task, outcome, read)
        given.append(outcome.result.packed)
    return tuple(given)


def _failed(task: Task, outcome: Outcome, read: Sequence[Outcome]) -> ReadingFailed:
    where = f"{task.piece}: " if task.last else ""
    if isinstance(outcome.result, Failure):
        return ReadingFailed(outcome.result.reason, where + outcome.result.detail, _used(read))
    return ReadingFailed(Reason.UNREADABLE, f"{where}not what was asked for", _used(read))


def _used(read: Sequence[Outcome]) -> Usage:
    return reduce(Usage.and_then, (outcome.usage for outcome in read))
