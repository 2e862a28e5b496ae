"""What stands on the scanned pages of a file? A few pages to a child, each child within the limits of a file."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.config import ExtractConfig, Ocr
from corpus.errors import ConfigError, Reason
from corpus.model import Extracted, Notice, Page
from indexer.extract.contents import without_text
from indexer.extract.guard import Outcome
from indexer.extract.message import Failure, Task
from indexer.extract.tesseract import INSTALL, missing
from indexer.extract.usage import ReadingFailed, Usage

Result = tuple[Extracted, Usage]

PAGES_A_CHILD = 8  # 1.0 to 2.6 s of processor time a page, of the 60 that a child has


def equipped(config: ExtractConfig) -> ExtractConfig:
    """The settings with `auto` resolved. Raises ConfigError naming what to install when OCR is on and cannot be."""
    if config.ocr is Ocr.OFF:
        return config
    lacking = missing()
    if lacking and config.ocr is Ocr.ON:
        raise ConfigError(f"extract.ocr is on, and {lacking} is not installed.", f"Install it: {INSTALL}.")
    return replace(config, ocr=Ocr.OFF if lacking else Ocr.ON)


def scanned_pages(extracted: Extracted, config: ExtractConfig) -> list[int]:
    """The pages that OCR is to read: none when it is off."""
    scanned = [notice.page for notice in extracted.notices if notice.code == Reason.SCANNED_PAGE and notice.page]
    return scanned[: config.ocr_pages] if config.ocr is Ocr.ON else []


def scan_tasks(task: Task, numbers: Sequence[int]) -> list[Task]:
    """The tasks that read these pages, a few each."""
    starts = range(0, len(numbers), PAGES_A_CHILD)
    return [replace(task, scans=tuple(numbers[start : start + PAGES_A_CHILD])) for start in starts]


def single_tasks(tasks: Sequence[Task], read: Sequence[Outcome]) -> list[Task]:
    """Of each task that one of its pages ended, the pages one by one."""
    failed = (task for task, outcome in zip(tasks, read, strict=True) if isinstance(outcome.result, Failure))
    return [replace(task, scans=(number,)) for task in failed if len(task.scans) > 1 for number in task.scans]


def with_scans_read(extracted: Extracted, usage: Usage, tasks: Sequence[Task], read: Sequence[Outcome]) -> Result:
    """The reading with every scanned page that OCR finds text on. Raises ReadingFailed (no text) when there is none."""
    pages: dict[int, Page] = {}
    notices: list[Notice] = []
    for task, outcome in zip(tasks, read, strict=True):
        usage = usage.and_then(replace(outcome.usage, pages=usage.pages))
        if isinstance(outcome.result, Extracted):
            pages |= {page.number: page for page in outcome.result.pages if page.text}
            notices += outcome.result.notices
        elif isinstance(outcome.result, Failure) and len(task.scans) == 1:
            notices.append(Notice(Reason.OCR_FAILED, str(outcome.result.reason), task.scans[0]))
    whole = _joined(extracted, pages, sorted(notices, key=lambda notice: notice.page or 0))
    if not any(page.text for page in whole.pages):
        scanned = sum(notice.code == Reason.SCANNED_PAGE for notice in extracted.notices)
        raise ReadingFailed(Reason.NO_TEXT, without_text(scanned, len(whole.pages)), usage)
    return whole, usage


def _joined(extracted: Extracted, pages: dict[int, Page], notices: Sequence[Notice]) -> Extracted:
    """A page read as a picture replaces the scan; it keeps the label that the file gives it."""
    kept = (notice for notice in extracted.notices if notice.code != Reason.SCANNED_PAGE or notice.page not in pages)
    merged = tuple(
        replace(pages[page.number], label=page.label) if page.number in pages else page for page in extracted.pages
    )
    return replace(extracted, pages=merged, notices=(*kept, *notices))
