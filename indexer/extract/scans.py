"""What stands on the scanned pages of a file? A few pages to a child, each child within the limits of a file."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from corpus.config import ExtractConfig, Ocr
from corpus.errors import ConfigError, Reason
from corpus.model import Extracted, Notice, Page
from indexer.extract.contents import without_text
from indexer.extract.guard import Outcome
from indexer.extract.message import Failure, Task
from indexer.extract.tesseract import INSTALL, missing
from indexer.extract.usage import ReadingFailed, Usage

Run = Callable[[Task], Outcome]

PAGES_A_CHILD = 8  # 1.0 to 2.6 s of processor time a page, of the 60 that a child has


def equipped(config: ExtractConfig) -> ExtractConfig:
    """The settings with `auto` resolved. Raises ConfigError naming what to install when OCR is on and cannot be."""
    if config.ocr is Ocr.OFF:
        return config
    lacking = missing()
    if lacking and config.ocr is Ocr.ON:
        raise ConfigError(f"extract.ocr is on, and {lacking} is not installed.", f"Install it: {INSTALL}.")
    return replace(config, ocr=Ocr.OFF if lacking else Ocr.ON)


def with_scans_read(extracted: Extracted, usage: Usage, task: Task, run: Run) -> tuple[Extracted, Usage]:
    """The reading with every scanned page that OCR finds text on. Raises ReadingFailed (no text) when there is none."""
    scanned = [notice.page for notice in extracted.notices if notice.code == Reason.SCANNED_PAGE and notice.page]
    pages: dict[int, Page] = {}
    notices: list[Notice] = []
    for part, outcome in _outcomes(scanned[: task.config.ocr_pages], task, run):
        usage = usage.and_then(replace(outcome.usage, pages=usage.pages))
        if not isinstance(outcome.result, Failure):
            pages |= {page.number: page for page in outcome.result.pages if page.text}
            notices += outcome.result.notices
        elif len(part) == 1:
            notices.append(Notice(Reason.OCR_FAILED, str(outcome.result.reason), part[0]))
    whole = _joined(extracted, pages, notices)
    if not any(page.text for page in whole.pages):
        raise ReadingFailed(Reason.NO_TEXT, without_text(len(scanned), len(whole.pages)), usage)
    return whole, usage


def _outcomes(numbers: list[int], task: Task, run: Run) -> Iterator[tuple[tuple[int, ...], Outcome]]:
    """What a child gave for some pages at a time; when one page ends it, for each page alone."""
    for part in _parts(numbers):
        outcome = run(replace(task, scans=part))
        yield part, outcome
        if isinstance(outcome.result, Failure) and len(part) > 1:
            yield from (((number,), run(replace(task, scans=(number,)))) for number in part)


def _parts(numbers: list[int]) -> Iterator[tuple[int, ...]]:
    rest = iter(numbers)
    while part := tuple(islice(rest, PAGES_A_CHILD)):
        yield part


def _joined(extracted: Extracted, pages: dict[int, Page], notices: list[Notice]) -> Extracted:
    """A page read as a picture replaces the scan; it keeps the label that the file gives it."""
    kept = (notice for notice in extracted.notices if notice.code != Reason.SCANNED_PAGE or notice.page not in pages)
    merged = tuple(
        replace(pages[page.number], label=page.label) if page.number in pages else page for page in extracted.pages
    )
    return replace(extracted, pages=merged, notices=(*kept, *notices))
