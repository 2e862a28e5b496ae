"""What does pdfium see in a PDF? This file, `drawn` and `tags` import pypdfium2."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.errors import ExtractionFailed, Reason
from indexer.extract.pdf.drawn import drawn
from indexer.extract.pdf.sheet import OutlineEntry, Sheet, Word
from indexer.extract.pdf.tags import heading_levels
from indexer.extract.pdf.turn import Turn
from indexer.extract.weave import sound_source

NAME = "pdfium"
HYPHEN_MARKS = "\x02\ufffe"  # what pdfium gives for a hyphen at a line's end
RAISED = 0.2  # a number whose foot is higher than this share of the type size is a mark
OUTLINE_ENTRIES = 20_000
LABEL_BYTES = 128
FONT_BYTES = 256
_FORCE_BOLD = 1 << 18
_BOLD = re.compile(r"bold|black|heavy|demi|semibold", re.IGNORECASE)
_WORD = re.compile(r"[^\s\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_SOFT_INSIDE = re.compile(r"\u00ad(?=\w)")
_MARK = re.compile(r"\d{1,3}|\*{1,3}")
_JOINT = re.compile(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])|(?<=[.,;:!?)»”\"])(?=\d)")
_REASONS = {
    raw.FPDF_ERR_PASSWORD: (Reason.PASSWORD, "a password is needed to open it"),
    raw.FPDF_ERR_SECURITY: (Reason.PASSWORD, "it is protected in a way that cannot be opened"),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as grey pixels, a byte each, `stride` bytes a row; `scale` pixels are a point."""

    data: bytes
    width: int
    height: int
    stride: int
    scale: float


class PdfiumFile:
    """An open PDF. Raises ExtractionFailed (password, corrupt) when it does not open."""

    def __init__(self, data: bytes) -> None:
        try:
            self._document = pdfium.PdfDocument(data)
            self.page_count = len(self._document)
        except pdfium.PdfiumError as error:
            reason = _REASONS.get(getattr(error, "err_code", None), (Reason.CORRUPT, str(error)))
            raise ExtractionFailed(*reason) from error

    def docinfo(self) -> dict[str, str]:
        """The document information dictionary."""
        return {key: sound_source(value) for key, value in self._document.get_metadata_dict().items()}

    def language(self) -> str:
        """The language the catalogue names, "" if none."""
        length = raw.FPDFCatalog_GetLanguage(self._document.raw, None, 0)
        buffer = ctypes.create_string_buffer(max(2, min(length, LABEL_BYTES)))
        raw.FPDFCatalog_GetLanguage(
            self._document.raw, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), len(buffer)
        )
        return buffer.raw.decode("utf-16-le", "ignore").strip("\0 ")

    def outline(self) -> tuple[OutlineEntry, ...]:
        """The bookmarks in order."""
        return tuple(self._outline())

    def _outline(self) -> Iterator[OutlineEntry]:
        for count, bookmark in enumerate(self._document.get_toc()):
            if count == OUTLINE_ENTRIES:
                return
            target = bookmark.get_dest()
            page = target.get_index() if target else None
            title = sound_source(bookmark.get_title()).strip()
            yield OutlineEntry(title, bookmark.level + 1, None if page is None else page + 1)

    def sheet(self, number: int) -> Sheet:
        """One page from 1. Raises ExtractionFailed when the page does not load."""
        page = self._page(number)
        try:
            return self._sheet(page, number)
        finally:
            page.close()

    def picture(self, number: int, scale: float, most_pixels: int) -> Picture:
        """One page drawn, smaller than asked when too large. Raises ExtractionFailed when it does not load."""
        page = self._page(number)
        try:
            width, height = page.get_size()
            scale = min(scale, math.sqrt(most_pixels / max(1.0, width * height)))
            drawing = page.render(scale=scale, grayscale=True)
            return Picture(bytes(drawing.buffer), drawing.width, drawing.height, drawing.stride, scale)
        finally:
            page.close()

    def _page(self, number: int) -> pdfium.PdfPage:
        try:
            return self._document[number - 1]
        except pdfium.PdfiumError as error:
            raise ExtractionFailed(Reason.CORRUPT, f"page {number}: {error}") from error

    def _sheet(self, page: pdfium.PdfPage, number: int) -> Sheet:
        text_page = page.get_textpage()
        try:
            source = _text(text_page)
            source = _with_hyphens(text_page.raw, source)
            glyphs = _Glyphs(text_page.raw, source, heading_levels(page.raw))
            found = [glyphs.word(*span) for match in _WORD.finditer(source) for span in glyphs.split(match)]
            turn = Turn(page.get_bbox(), _reading_turn(found, page.get_rotation()))
            rules, picture = drawn(page.raw, turn)
        finally:
            text_page.close()
        words = tuple(word.turned(turn) for word in found)
        return Sheet(number, turn.width, turn.height, source, words, NAME, self._label(number), rules, picture)

    def _label(self, number: int) -> str:
        buffer = ctypes.create_string_buffer(LABEL_BYTES)
        length = raw.FPDF_GetPageLabel(self._document.raw, number - 1, buffer, LABEL_BYTES)
        return buffer.raw[: min(length, LABEL_BYTES)].decode("utf-16-le", "ignore").strip("\0 ")


def _text(text_page: pdfium.PdfTextPage) -> str:
    """The page's text, one character for each of pdfium's own, so that places in both are the same."""
    count = text_page.count_chars()
    text: str = text_page.get_text_range() if count else ""
    if len(text) != count:
        unicode = raw.FPDFText_GetUnicode
        text = "".join(chr(unicode(text_page.raw, i)) for i in range(count))
    return sound_source(text)


def _with_hyphens(text_page: object, source: str) -> str:
    """A soft hyphen that is drawn inside a word is a hyphen; one at its end may be the typesetter's."""
    box = raw.FS_RECTF()
    letters = list(source)
    for match in _SOFT_INSIDE.finditer(source):
        raw.FPDFText_GetLooseCharBox(text_page, match.start(), box)
        if box.right - box.left > 1:
            letters[match.start()] = "-"
    return "".join(letters)


@dataclass(frozen=True, slots=True)
class _Style:
    """How one text object is drawn: type size in points, bold, the turn that sets it upright, its heading level."""

    size: float
    bold: bool
    turn: int
    heading: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A word in pdfium's own user space."""

    start: int
    end: int
    box: tuple[float, float, float, float]
    style: _Style
    raised: bool

    def turned(self, turn: Turn) -> Word:
        style = self.style
        return Word(self.start, self.end, *turn.box(*self.box), style.size, style.bold, self.raised, style.heading)


class _Glyphs:
    """The characters of one text page with their places and styles."""

    def __init__(self, text_page: object, source: str, headings: Mapping[int, int]) -> None:
        self._headings = headings
        self._page = text_page
        self._source = source
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._styles: dict[int, _Style] = {}
        self._bold: dict[int, bool] = {}

    def split(self, match: re.Match[str]) -> Iterator[tuple[int, int, bool]]:
        """The parts of what stands without space between, and whether each is a raised mark."""
        start, end = match.span()
        if match[0].isalpha():
            yield start, end, False
            return
        if _MARK.fullmatch(self._source, start, end):
            beside = start - 2 if start > 1 and self._source[start - 1] == " " else end + 1
            yield start, end, 0 <= beside < len(self._source) and self._raised(start, beside)
            return
        raised = False
        for joint in _JOINT.finditer(self._source, start, end):
            at = joint.start()
            if start < at and self._raised(at, at - 1):
                yield start, at, raised
                start, raised = at, True
            elif start < at and self._raised(at - 1, at):
                yield start, at, True
                start, raised = at, False
        yield start, end, raised

    def _raised(self, at: int, beside: int) -> bool:
        """Whether the character `at` stands above the line that the one `beside` it stands on."""
        if not self._source[beside].isprintable() or self._style(at).turn:
            return False
        left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
        raw.FPDFText_GetCharBox(self._page, at, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(self._page, beside, x, y)
        size = self._style(beside).size
        return RAISED * size < bottom.value - y.value < size

    def word(self, start: int, end: int, raised: bool) -> _Found:
        """The word between two places of the source."""
        last = end - 1 if self._source[end - 1] not in HYPHEN_MARKS or end - start == 1 else end - 2
        first_box, last_box = self._place(start), self._place(last)
        box = (
            min(first_box[0], last_box[0]),
            min(first_box[1], last_box[1]),
            max(first_box[2], last_box[2]),
            max(first_box[3], last_box[3]),
        )
        return _Found(start, end, box, self._style(start), raised)

    def _place(self, at: int) -> tuple[float, float, float, float]:
        box = self._box
        raw.FPDFText_GetLooseCharBox(self._page, at, box)
        return box.left, box.bottom, box.right, box.top

    def _style(self, at: int) -> _Style:
        pointer = raw.FPDFText_GetTextObject(self._page, at)
        key = ctypes.cast(pointer, ctypes.c_void_p).value or 0
        if key not in self._styles:
            self._styles[key] = self._new_style(at, pointer if key else None)
        return self._styles[key]

    def _new_style(self, at: int, text_object: object | None) -> _Style:
        raw.FPDFText_GetMatrix(self._page, at, self._matrix)
        scale = math.hypot(self._matrix.c, self._matrix.d) or 1.0
        size = raw.FPDFText_GetFontSize(self._page, at) * scale
        turn = round(-math.degrees(raw.FPDFText_GetCharAngle(self._page, at)) / 90) % 4 * 90
        if text_object is None:
            return _Style(round(size, 1), False, turn, 0)
        heading = self._headings.get(raw.FPDFPageObj_GetMarkedContentID(text_object), 0)
        return _Style(round(size, 1), self._is_bold(text_object), turn, heading)

    def _is_bold(self, text_object: object) -> bool:
        font = raw.FPDFTextObj_GetFont(text_object)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._bold:
            self._bold[key] = _names_bold(font)
        return self._bold[key]


def _names_bold(font: object) -> bool:
    name = ctypes.create_string_buffer(FONT_BYTES)
    raw.FPDFFont_GetBaseFontName(font, name, FONT_BYTES)
    return bool(_BOLD.search(name.value.decode("utf-8", "replace"))) or bool(raw.FPDFFont_GetFlags(font) & _FORCE_BOLD)


def _reading_turn(found: list[_Found], rotation: int) -> int:
    """The turn that sets most of the page's words upright; the page's own when it has none."""
    turns = Counter(word.style.turn for word in found)
    return turns.most_common(1)[0][0] if turns else rotation
