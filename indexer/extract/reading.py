"""What is in this file? Read by a child within limits, and by the other engine when the first one fails."""

import os
from dataclasses import replace
from pathlib import Path

from corpus.config import ExtractConfig, Ocr, PdfEngine
from corpus.errors import Reason
from corpus.model import Extracted, Notice, SourceFile
from indexer.extract.guard import Guard, shared_guard
from indexer.extract.message import Failure, Task
from indexer.extract.scans import Run, equipped, with_scans_read
from indexer.extract.usage import ReadingFailed, Usage
from indexer.media import MediaType, refusal

WORTH_A_RETRY = frozenset((Reason.TIMEOUT, Reason.MEMORY, Reason.CRASHED, Reason.CORRUPT, Reason.UNREADABLE))


def read_file(path: Path, source: SourceFile, config: ExtractConfig) -> Extracted:
    """What `read_file_measured` gives, without what it cost."""
    return read_file_measured(path, source, config)[0]


def read_file_measured(
    path: Path, source: SourceFile, config: ExtractConfig, guard: Guard | None = None
) -> tuple[Extracted, Usage]:
    """Read one file in a limited child process; usable from several threads at once.

    With the engine `auto`, a PDF that breaks one engine is tried once with the other. Raises
    ReadingFailed, an ExtractionFailed with reason, detail and what trying cost.
    """
    refuse(source, config)
    run = (guard or shared_guard()).run
    task = Task(os.fsencode(path.absolute()), source, equipped(config))
    extracted, usage = _read(task, run)
    return with_scans_read(extracted, usage, task, run) if task.config.ocr is Ocr.ON else (extracted, usage)


def _read(task: Task, run: Run) -> tuple[Extracted, Usage]:
    first = run(task)
    if isinstance(first.result, Extracted):
        return first.result, first.usage
    if not _worth_a_retry(first.result, task):
        raise ReadingFailed(first.result.reason, first.result.detail, first.usage)
    other = PdfEngine.PDFIUM if first.usage.engine == PdfEngine.PDFMINER else PdfEngine.PDFMINER
    second = run(replace(task, config=replace(task.config, engine=other)))
    usage = first.usage.and_then(second.usage)
    if not isinstance(second.result, Extracted):
        raise ReadingFailed(first.result.reason, first.result.detail, usage)
    switched = Notice(Reason.ENGINE_SWITCHED, f"{first.usage.engine}: {first.result.reason} {first.result.detail}")
    return replace(second.result, notices=(switched, *second.result.notices)), usage


def _worth_a_retry(failure: Failure, task: Task) -> bool:
    choice = task.source.media_type == MediaType.PDF and task.config.engine is PdfEngine.AUTO
    return choice and failure.reason in WORTH_A_RETRY


def refuse(source: SourceFile, config: ExtractConfig) -> None:
    """Raise ReadingFailed for a file that need not be opened: empty, too large, or no format we read."""
    if told := refusal(source, config):
        raise ReadingFailed(*told)
