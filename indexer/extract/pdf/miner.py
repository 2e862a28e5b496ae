"""What does pdfminer.six see in a PDF? The only file that imports pdfminer.

Its own text device: one record a glyph, no layout analysis. /ActualText is honoured, which pdfminer itself leaves
out: PDFs printed by Chromium carry "tt" and "fi" only there.
"""

import contextlib
import io
import itertools
import logging
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDestinationNotFound, PDFDocument, PDFEncryptionError, PDFNoOutlines
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import dict_value, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import MATRIX_IDENTITY, Point, apply_matrix_pt, decode_text, mult_matrix

from corpus.errors import ExtractionFailed, Reason
from indexer.extract.pdf.sheet import OutlineEntry, Sheet, Word
from indexer.extract.pdf.strokes import rules_of
from indexer.extract.pdf.turn import Turn
from indexer.extract.weave import sound_source

NAME = "pdfminer"
SPACE = 0.17  # of the type size: a wider gap between glyphs is a space
BACK = 0.5  # of the type size: a step back this far starts a new word
RISE = 0.15  # of the type size: off the line
MOST_RUNS = 20_000
OUTLINE_ENTRIES = 20_000
NEW_LINE = 0.6  # of the type size: this far off the line is another line
LOWEST, HIGHEST = 0.5, 0.8  # of the type size: below and above the line, where a font does not say
ROOM = 0.1  # of the type size
SPACE_CODE = 32
SOFT_HYPHEN = "\u00ad"
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_MARK = re.compile(r"\d{1,3}|\*{1,3}")


class MinerFile:
    """An open PDF. Raises ExtractionFailed (password, corrupt) when it does not open."""

    def __init__(self, data: bytes, most_pages: int) -> None:
        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
        try:
            self._document = PDFDocument(PDFParser(io.BytesIO(data)))
            self._pages = list(itertools.islice(PDFPage.create_pages(self._document), most_pages + 1))
        except PDFEncryptionError as error:
            raise ExtractionFailed(Reason.PASSWORD, f"a password is needed to open it ({error})") from error
        except MemoryError:
            raise
        except Exception as error:  # pdfminer leaks untyped exceptions on broken files
            raise ExtractionFailed(Reason.CORRUPT, f"{type(error).__name__}: {error}") from error
        self.page_count = len(self._pages)
        self._resources = PDFResourceManager()
        self._labels = self._read_labels()

    def docinfo(self) -> dict[str, str]:
        """The document information dictionary."""
        found: dict[str, str] = {}
        for info in self._document.info:
            for key, value in info.items():
                said = resolve1(value)
                if isinstance(said, bytes):
                    found.setdefault(key, sound_source(decode_text(said)))
        return found

    def language(self) -> str:
        """The language the catalogue names, "" if none."""
        value = resolve1(self._document.catalog.get("Lang"))
        return decode_text(value) if isinstance(value, bytes) else ""

    def outline(self) -> tuple[OutlineEntry, ...]:
        """The bookmarks in order; none when they cannot be read."""
        try:
            return tuple(itertools.islice(self._outline(), OUTLINE_ENTRIES))
        except PDFNoOutlines:
            return ()
        except MemoryError:
            raise
        except Exception:  # as above: a broken outline is no outline
            return ()

    def _outline(self) -> Iterator[OutlineEntry]:
        numbers = {page.pageid: number for number, page in enumerate(self._pages, start=1)}
        for level, title, destination, action, _ in self._document.get_outlines():
            target = destination or (dict_value(action).get("D") if action else None)
            yield OutlineEntry(sound_source(title).strip(), level, self._target(target, numbers))

    def _target(self, target: Any, numbers: dict[Any, int]) -> int | None:
        target = resolve1(target)
        if isinstance(target, (bytes, PSLiteral)):
            name = target.name if isinstance(target, PSLiteral) else target
            with contextlib.suppress(PDFDestinationNotFound):
                target = resolve1(self._document.get_dest(name))
        if isinstance(target, dict):
            target = resolve1(target.get("D"))
        reference = target[0] if isinstance(target, list) and target else None
        return numbers.get(getattr(reference, "objid", None))

    def sheet(self, number: int) -> Sheet:
        """One page from 1. Raises ExtractionFailed when it cannot be read."""
        page = self._pages[number - 1]
        device = _Device(self._resources)
        try:
            PDFPageInterpreter(self._resources, device).process_page(page)
            return _sheet(number, page, device, self._labels.get(number, ""))
        except MemoryError:
            raise
        except Exception as error:  # as above
            raise ExtractionFailed(Reason.CORRUPT, f"page {number}: {type(error).__name__}: {error}") from error

    def _read_labels(self) -> dict[int, str]:
        try:
            return dict(enumerate(itertools.islice(self._document.get_page_labels(), self.page_count), start=1))
        except MemoryError:
            raise
        except Exception:  # as above, and PDFNoPageLabels
            return {}


class _Glyph(NamedTuple):
    """Text drawn at once. `low`, `high` and `base` are its place on its line: along it twice, and up from it."""

    text: str
    low: float
    high: float
    base: float
    size: float
    font: Any
    turn: int
    spaced: bool


class _Device(PDFTextDevice):
    """Collects what is drawn on one page, in order: glyphs, the corners of straight runs, the largest picture."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.glyphs: list[_Glyph] = []
        self.corners: list[list[Point]] = []
        self.picture = 0.0
        self._spaced = False
        self._said: list[str | None] = []  # /ActualText of the open tags; "" once it is used

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        said = resolve1(props.get("ActualText")) if isinstance(props, dict) else None
        self._said.append(decode_text(said) if isinstance(said, bytes) else None)

    def end_tag(self) -> None:
        if self._said:
            self._said.pop()

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Iterable[Any]) -> None:
        matrix = self.ctm or MATRIX_IDENTITY
        run: list[Point] = []
        for segment in path:
            if segment[0] == "h" and run:
                run.append(run[0])
            elif segment[0] != "h":
                if segment[0] != "l":
                    self._keep(run)
                    run = []
                run.append(apply_matrix_pt(matrix, segment[-2:]))
        self._keep(run)

    def _keep(self, run: list[Point]) -> None:
        if len(run) > 1 and len(self.corners) < MOST_RUNS:
            self.corners.append(run)

    def render_image(self, name: str, stream: Any) -> None:
        a, b, c, d, _, _ = self.ctm or MATRIX_IDENTITY
        self.picture = max(self.picture, abs(a * d - b * c))

    def render_string(self, textstate: Any, seq: Iterable[Any], ncs: Any, graphicstate: Any) -> None:
        matrix = mult_matrix(textstate.matrix, self.ctm or MATRIX_IDENTITY)
        font, size, scaling = textstate.font, textstate.fontsize, textstate.scaling * 0.01
        upright = size * math.hypot(matrix[2], matrix[3])
        turn = round(math.degrees(math.atan2(matrix[1], matrix[0])) / 90) % 4 * 90
        x, y = textstate.linematrix
        for item in seq:
            if isinstance(item, (int, float)):
                x -= item * 0.001 * size * scaling
            elif isinstance(item, bytes):
                for code in font.decode(item):
                    width = font.char_width(code) * size * scaling
                    low, base = _along(apply_matrix_pt(matrix, (x, y + textstate.rise)), turn)
                    high, _ = _along(apply_matrix_pt(matrix, (x + width, y + textstate.rise)), turn)
                    text = self._unicode(font, code)
                    self._draw(
                        text,
                        _Glyph("", low, high, base, upright, font, turn, False),
                    )
                    x += width + textstate.charspace * scaling
                    if code == SPACE_CODE and not font.is_multibyte():
                        x += textstate.wordspace * scaling
        textstate.linematrix = (x, y)

    def _unicode(self, font: Any, code: int) -> str:
        for index, said in enumerate(self._said):
            if said is not None:
                self._said[index] = ""
                return said
        try:
            return str(font.to_unichr(code))
        except PDFUnicodeNotDefined:
            return f"(cid:{code})"

    def _draw(self, text: str, glyph: _Glyph) -> None:
        if not text and self.glyphs:
            self.glyphs[-1] = self.glyphs[-1]._replace(high=glyph.high)
        self._spaced = self._spaced or text[:1].isspace()
        for part in text.split():
            self.glyphs.append(glyph._replace(text=part, spaced=self._spaced))
            self._spaced = True
        self._spaced = text[-1:].isspace() if text.strip() else self._spaced


def _along(point: Point, turn: int) -> Point:
    """A point of the page as (along the line, up from it) for text that needs this turn."""
    x, y = point
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn // 90]


def _back(along: float, up: float, turn: int) -> Point:
    return ((along, up), (-up, along), (-along, -up), (up, -along))[turn // 90]


def _sheet(number: int, page: PDFPage, device: _Device, label: str) -> Sheet:
    turns = Counter(glyph.turn for glyph in device.glyphs)
    turn = Turn(_frame(page), turns.most_common(1)[0][0] if turns else 0)
    runs = list(_runs(device.glyphs))
    parts: list[str] = []
    words: dict[tuple[str, int, int], Word] = {}
    length = 0
    for index, (before, run) in enumerate(runs):
        text = sound_source("".join(_letters(run)))
        start = length + len(before)
        word = _word(run, start, start + len(text), turn, _raised(runs, index))
        words.setdefault((text, round(word.x0), round(word.y0)), word)  # bold made by drawing twice counts once
        parts += [before, text]
        length = start + len(text)
    rules = tuple(rule for run in device.corners for rule in rules_of([turn.point(*corner) for corner in run]))
    picture = min(1.0, device.picture / max(1.0, turn.width * turn.height))
    source = "".join(parts)
    return Sheet(number, turn.width, turn.height, source, tuple(words.values()), NAME, label, rules, picture)


def _letters(run: Sequence[_Glyph]) -> Iterator[str]:
    """The text of a word: a soft hyphen that takes room inside it is a hyphen, one that takes none is not there."""
    for glyph, after in pairwise(run):
        if glyph.text != SOFT_HYPHEN:
            yield glyph.text
        elif after.low - glyph.low > ROOM * glyph.size:
            yield "-"
    yield run[-1].text


def _raised(runs: Sequence[tuple[str, list[_Glyph]]], index: int) -> bool:
    """Whether a word is a mark above the line of the one beside it."""
    before, run = runs[index]
    beside = index - 1 if index and before != "\n" else index + 1
    if beside >= len(runs) or not _MARK.fullmatch("".join(glyph.text for glyph in run)):
        return False
    other = runs[beside][1][0]
    return run[0].turn == other.turn and RISE * other.size < run[0].base - other.base < other.size


def _frame(page: PDFPage) -> tuple[float, float, float, float]:
    left, bottom, right, top = page.mediabox
    width, height = abs(right - left), abs(top - bottom)
    return (0.0, 0.0, height, width) if page.rotate % 180 else (0.0, 0.0, width, height)


def _runs(glyphs: Sequence[_Glyph]) -> Iterator[tuple[str, list[_Glyph]]]:
    """Words, each with the white space before it."""
    run: list[_Glyph] = []
    before = ""
    for glyph in glyphs:
        gap = _gap(run[-1], glyph) if run else None
        if gap is None and run:
            run.append(glyph)
            continue
        if run:
            yield before, run
            before = gap or ""
        run = [glyph]
    if run:
        yield before, run


def _gap(last: _Glyph, glyph: _Glyph) -> str | None:
    """What stands between two glyphs: None inside a word, "" before a raised one, a space or a new line."""
    size = max(last.size, glyph.size, 1.0)
    step, rise = glyph.low - last.high, abs(glyph.base - last.base)
    if glyph.turn != last.turn or rise > NEW_LINE * size:
        return "\n"
    if glyph.spaced or step > SPACE * size or step < -BACK * size:
        return " "
    return "" if rise > RISE * size else None


def _word(run: Sequence[_Glyph], start: int, end: int, turn: Turn, raised: bool) -> Word:
    first = run[0]
    low, high = min(glyph.low for glyph in run), max(glyph.high for glyph in run)
    foot = first.base + min(0.0, max(-LOWEST, first.font.get_descent())) * first.size
    head = first.base + (first.font.get_ascent() or HIGHEST) * first.size
    box = turn.box(*_back(low, foot, first.turn), *_back(high, head, first.turn))
    bold = bool(_BOLD.search(str(getattr(first.font, "fontname", ""))))
    return Word(start, end, *box, round(first.size, 1), bold, raised)
