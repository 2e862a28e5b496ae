"""What is in a PDF? From an engine's sheets to pages of clean text."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from corpus.errors import Reason
from corpus.model import Notice, Page, PageStatus
from indexer.extract.contents import Contents
from indexer.extract.hyphens import SOFT, Lexicon
from indexer.extract.message import PAGES_A_PART, Announce, Part, Task
from indexer.extract.pdf import ocr
from indexer.extract.pdf.docinfo import docinfo
from indexer.extract.pdf.drafts import Draft, drafts, piece
from indexer.extract.pdf.engines import BLANK, Readings, joined, read_sheets
from indexer.extract.pdf.headings import structured
from indexer.extract.pdf.lines import Line, lines_of
from indexer.extract.pdf.paragraphs import setting_of
from indexer.extract.pdf.pdfium import PdfiumFile
from indexer.extract.pdf.running import running_lines
from indexer.extract.pdf.sheet import Sheet
from indexer.extract.pdf.strips import lay_out
from indexer.extract.tesseract import NAME
from indexer.extract.weave import PageMeta, weave

SCAN_SHARE = 0.3  # a page without text whose picture covers this much of it is a scan
STAMP_SHARE = 0.6  # nor does a page number or a stamp on such a picture make it text
STAMP_LETTERS = 30
SCAN_SCALE = 200 / 72  # pixels a point
MOST_PIXELS = 40_000_000  # A2 at that scale


def read(data: bytes, task: Task, announce: Announce) -> Contents | Part:
    """The pages of a PDF, or a part of a long one. Raises ExtractionFailed (password, corrupt, too many pages)."""
    readings = read_sheets(data, task.config, announce, task.first, task.last)
    if task.last or readings.page_count > PAGES_A_PART:
        return Part(readings.page_count, msgspec.msgpack.encode(readings))
    return _contents(readings)


def read_parts(task: Task, announce: Announce) -> Contents:
    """The pages of a PDF from all its parts: what stands on each is judged by the whole."""
    parts = [msgspec.msgpack.decode(part, type=Readings) for part in task.parts]
    announce(parts[0].engine)
    return _contents(joined(parts))


def _contents(readings: Readings) -> Contents:
    pages = make_pages(readings)
    notices = (*readings.notices, *_scanned(readings.sheets, pages))
    return Contents(readings.engine, True, pages, docinfo(readings.info, readings.language), notices)


def read_scans(data: bytes, task: Task, announce: Announce) -> Contents:
    """The pages of `task.scans`, read as pictures; some may have no text. Raises ExtractionFailed."""
    announce(NAME)
    file = PdfiumFile(data)
    found = [_scan(file, number) for number in task.scans]
    pages = make_pages(Readings(NAME, tuple(sheet for sheet, _ in found)))
    notices = tuple(
        Notice(Reason.OCR_PAGE, f"{sure:.0f} %", page.number)
        for page, (_, sure) in zip(pages, found, strict=True)
        if page.status is PageStatus.TEXT
    )
    return Contents(NAME, True, pages, docinfo({}, ""), notices)


def _scan(file: PdfiumFile, number: int) -> tuple[Sheet, float]:
    scan = ocr.read_scan(file.picture(number, SCAN_SCALE, MOST_PIXELS), number)
    return (scan.sheet, scan.sure) if scan else (replace(BLANK, number=number, engine=NAME, picture=1.0), 0.0)


def make_pages(readings: Readings) -> tuple[Page, ...]:
    """Clean text for every sheet of one file."""
    sheets = readings.sheets
    lines = [lines_of(sheet) for sheet in sheets]
    edges = running_lines(lines, sheets)
    body = [
        [line for i, line in enumerate(found) if (page, i) not in edges.left_out] for page, found in enumerate(lines)
    ]
    setting = setting_of(body)
    lexicon = Lexicon((line.text for found in body for line in found), _marks_hyphens(body))
    blocks = structured(
        [drafts(lay_out(sheet, found), sheet, setting) for sheet, found in zip(sheets, body, strict=True)],
        readings.outline,
        setting,
    )
    return tuple(
        _page(sheet, page, label, lexicon) for sheet, page, label in zip(sheets, blocks, edges.labels, strict=True)
    )


def _marks_hyphens(pages: Sequence[Sequence[Line]]) -> bool:
    """Whether the document has a character of its own for the typesetter's hyphens."""
    lines = [line for page in pages for line in page]
    return any(line.hyphen and line.hyphen in SOFT for line in lines) and any("-" in line.text[:-1] for line in lines)


def _page(sheet: Sheet, blocks: Sequence[Draft], label: str, lexicon: Lexicon) -> Page:
    meta = PageMeta(sheet.number, sheet.engine, sheet.label or label, _status(sheet))
    return weave(sheet.source, (piece(draft, sheet.source, lexicon) for draft in blocks), meta)


def _status(sheet: Sheet) -> PageStatus:
    """What a page is if it gives no text."""
    if sheet.words:
        return PageStatus.EMPTY
    return PageStatus.SCANNED if sheet.picture >= SCAN_SHARE else PageStatus.EMPTY


def _scanned(sheets: Sequence[Sheet], pages: Sequence[Page]) -> list[Notice]:
    return [
        Notice(Reason.SCANNED_PAGE, "skannet side", page.number)
        for sheet, page in zip(sheets, pages, strict=True)
        if page.status is PageStatus.SCANNED or _stamped(sheet)
    ]


def _stamped(sheet: Sheet) -> bool:
    return sheet.picture >= STAMP_SHARE and sum(map(str.isalpha, sheet.source)) < STAMP_LETTERS
