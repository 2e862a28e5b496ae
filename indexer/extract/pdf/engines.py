"""Which engine's reading of each page is taken?

`auto`: pdfium reads; a page that fails the quality gate is read by pdfminer too, and the better reading stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.config import ExtractConfig, PdfEngine
from corpus.errors import ExtractionFailed, Reason
from corpus.model import Notice
from indexer.extract.message import PAGES_A_PART, Announce
from indexer.extract.pdf import miner, pdfium
from indexer.extract.pdf.gate import Quality, quality
from indexer.extract.pdf.sheet import OutlineEntry, Sheet

VAIN = 3  # second readings in a row that changed nothing: the document is like that, not the engine
BLANK = Sheet(0, 0.0, 0.0, "", (), "")


@dataclass(frozen=True, slots=True)
class Readings:
    """What was taken of one file, or of some of its pages: then outline, info and language are with the first."""

    engine: str
    sheets: tuple[Sheet, ...]
    outline: tuple[OutlineEntry, ...] = ()
    info: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    notices: tuple[Notice, ...] = ()
    page_count: int = 0


def read_sheets(data: bytes, config: ExtractConfig, announce: Announce, first: int = 1, last: int = 0) -> Readings:
    """Read the pages from `first` to `last`; without one, all of a file that is not long, or so many of it.

    Raises ExtractionFailed (password, corrupt, too many pages).
    """
    name = miner.NAME if config.engine is PdfEngine.PDFMINER else pdfium.NAME
    announce(name)
    file = miner.MinerFile(data, config.pdf_pages) if name == miner.NAME else pdfium.PdfiumFile(data)
    if file.page_count > config.pdf_pages:
        raise ExtractionFailed(Reason.TOO_MANY_PAGES, f"more than {config.pdf_pages} pages")
    if not file.page_count:
        raise ExtractionFailed(Reason.CORRUPT, "no pages")
    checker = _Checker(data, config, announce)
    sheets = []
    for number in range(first, (last or min(file.page_count, PAGES_A_PART)) + 1):
        try:
            sheet = _sheet(file, number)
        except ExtractionFailed as failed:
            checker.notices.append(Notice(Reason.CORRUPT, failed.detail, number))
            sheet = replace(BLANK, number=number, engine=name)
        sheets.append(checker.checked(sheet) if config.engine is PdfEngine.AUTO else sheet)
    readings = Readings(name, tuple(sheets), notices=tuple(checker.notices), page_count=file.page_count)
    if first > 1:
        return readings
    return replace(readings, outline=file.outline(), info=file.docinfo(), language=file.language())


def joined(parts: Sequence[Readings]) -> Readings:
    """All pages of a file from those of its parts, in order."""
    sheets = tuple(sheet for part in parts for sheet in part.sheets)
    return replace(parts[0], sheets=sheets, notices=tuple(notice for part in parts for notice in part.notices))


def _sheet(file: miner.MinerFile | pdfium.PdfiumFile, number: int) -> Sheet:
    if number > file.page_count:
        raise ExtractionFailed(Reason.CORRUPT, f"page {number}: there are {file.page_count}")
    return file.sheet(number)


class _Checker:
    """Reads again with pdfminer what pdfium read badly."""

    def __init__(self, data: bytes, config: ExtractConfig, announce: Announce) -> None:
        self.notices: list[Notice] = []
        self._data = data
        self._config = config
        self._announce = announce
        self._file: miner.MinerFile | None = None
        self._vain = 0

    def checked(self, sheet: Sheet) -> Sheet:
        """The better reading of one page."""
        found = quality(sheet)
        if found.passes:
            return sheet
        other = self._second(sheet.number) if self._vain < VAIN else None
        if other is not None and quality(other).better_than(found):
            self._vain = 0
            self.notices.append(Notice(Reason.ENGINE_SWITCHED, miner.NAME, sheet.number))
            sheet, found = replace(other, rules=sheet.rules, picture=sheet.picture, label=sheet.label), quality(other)
        else:
            self._vain += 1
        self._warn(found, sheet.number)
        return sheet

    def _second(self, number: int) -> Sheet | None:
        try:
            if self._file is None:
                self._announce(miner.NAME)
                self._file = miner.MinerFile(self._data, self._config.pdf_pages)
            return self._file.sheet(number) if number <= self._file.page_count else None
        except ExtractionFailed:
            self._vain = VAIN
            return None

    def _warn(self, found: Quality, number: int) -> None:
        if found.letters and not found.passes and found.bad:
            self.notices.append(Notice(Reason.POOR_TEXT, f"{found.bad:.1%} of the characters are no text", number))
