"""What is in this file? Read by children within limits, and by the other engine when the first one fails."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.config import ExtractConfig, PdfEngine
from corpus.errors import Reason
from corpus.model import Extracted, Notice, SourceFile
from indexer.extract.guard import Guard, Outcome, shared_guard
from indexer.extract.message import Failure, Task
from indexer.extract.pieces import steps
from indexer.extract.scans import Result, equipped
from indexer.extract.usage import ReadingFailed
from indexer.media import MediaType, refusal

WORTH_A_RETRY = frozenset((Reason.TIMEOUT, Reason.MEMORY, Reason.CRASHED, Reason.CORRUPT, Reason.UNREADABLE))


@dataclass(frozen=True, slots=True)
class Pieces:
    """What of a file is to be read next, in any order, and what came of all that was read so far, by name."""

    missing: tuple[Task, ...]
    done: Mapping[str, Outcome]


def read_file(path: Path, source: SourceFile, config: ExtractConfig) -> Extracted:
    """What `read_file_measured` gives, without what it cost."""
    return read_file_measured(path, source, config)[0]


def read_file_measured(path: Path, source: SourceFile, config: ExtractConfig, guard: Guard | None = None) -> Result:
    """Read one file, piece after piece, each in a limited child process; usable from several threads at once.

    With the engine `auto`, a PDF that breaks one engine is tried once with the other. Raises
    ReadingFailed, an ExtractionFailed with reason, detail and what trying cost.
    """
    done: dict[str, Outcome] = {}
    while isinstance(found := read_on(path, source, config, done.get, guard), Pieces):
        done.update(found.done)
        done.update((task.piece, read_piece(task, guard)) for task in found.missing)
    return found


def read_on(
    path: Path,
    source: SourceFile,
    config: ExtractConfig,
    recall: Callable[[str], Outcome | None],
    guard: Guard | None = None,
) -> Result | Pieces:
    """Read one file until it is read or there are several pieces to be read next; `recall` knows those done before.

    Raises ReadingFailed.
    """
    refuse(source, config)
    known: dict[str, Outcome] = {}
    taken = steps(Task(os.fsencode(path.absolute()), source, equipped(config)))
    asked = next(taken)
    while True:
        known |= {task.piece: outcome for task in asked if (outcome := recall(task.piece))}
        missing = [task for task in asked if task.piece not in known]
        if len(missing) > 1:
            return Pieces(tuple(missing), known)
        for task in missing:
            known[task.piece] = read_piece(task, guard)
        try:
            asked = taken.send([known[task.piece] for task in asked])
        except StopIteration as ended:
            result: Result = ended.value
            return result


def read_piece(task: Task, guard: Guard | None = None) -> Outcome:
    """Read one piece of a file, with the other engine too when that may help."""
    run = (guard or shared_guard()).run
    first = run(task)
    if not isinstance(first.result, Failure) or not _worth_a_retry(first.result, task):
        return first
    other = PdfEngine.PDFIUM if first.usage.engine == PdfEngine.PDFMINER else PdfEngine.PDFMINER
    second = run(replace(task, config=replace(task.config, engine=other)))
    usage = first.usage.and_then(second.usage)
    if isinstance(second.result, Failure):
        return replace(first, usage=usage)
    told = f"{first.usage.engine}: {first.result.reason} {first.result.detail}"
    page = task.first if task.last else None
    return replace(second, usage=usage, notices=(Notice(Reason.ENGINE_SWITCHED, told, page),))


def _worth_a_retry(failure: Failure, task: Task) -> bool:
    choice = task.source.media_type == MediaType.PDF and task.config.engine is PdfEngine.AUTO
    return choice and failure.reason in WORTH_A_RETRY and not (task.parts or task.scans)


def refuse(source: SourceFile, config: ExtractConfig) -> None:
    """Raise ReadingFailed for a file that need not be opened: empty, too large, or no format we read."""
    if told := refusal(source, config):
        raise ReadingFailed(*told)
