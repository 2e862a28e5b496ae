"""What stands on a page that is a picture? This file alone imports tesserocr, which the extra `ocr` installs.

Tesseract runs inside the child that reads the file, on one thread, under the same limits and filter as everything
else there; no other program is started.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from indexer.extract.pdf.pdfium import Picture
from indexer.extract.pdf.sheet import Sheet, Word
from indexer.extract.tesseract import LANGUAGE, NAME, data_folder
from indexer.extract.weave import sound_source

LEAST_SURE = 30.0  # a word less sure, in per cent, is a stain or a part of a drawing
NEAR_USUAL = 0.15  # Tesseract's type sizes differ this much between lines of one size
BELOW = 0.2  # of the type size: how far letters reach below the line they stand on
USUAL_POINTS = 10.0
LEAST_SURE_PAGE = 60.0  # a page whose words are less sure on average is no text


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read from the picture of a page; `sure` is how sure Tesseract is of its words, 0 to 100."""

    sheet: Sheet
    sure: float


def read_scan(picture: Picture, number: int) -> Scan | None:
    """Read one page; None when what Tesseract sees on it is no text."""
    tesseract = _tesseract()
    tesseract.SetImageBytes(picture.data, picture.width, picture.height, 1, picture.stride)
    tesseract.SetSourceResolution(round(picture.scale * 72))
    if not tesseract.Recognize():
        return None
    return _scan(tuple(_seen(tesseract.GetIterator())), picture, number)


@cache
def _tesseract() -> Any:
    library = import_module("tesserocr")
    tesseract = library.PyTessBaseAPI(path=str(data_folder()), lang=LANGUAGE, psm=library.PSM.AUTO)
    tesseract.SetVariable("debug_file", "")  # it crashes with a warning for a file that the child may not open
    return tesseract


@dataclass(frozen=True, slots=True)
class _Seen:
    """A word in pixels: its left and right end, and where the middle of its line stands; `first` when it begins one."""

    text: str
    sure: float
    left: int
    right: int
    foot: float
    points: float
    first: bool


def _seen(words: Any) -> Iterator[_Seen]:
    library = import_module("tesserocr")
    level, line_level = library.RIL.WORD, library.RIL.TEXTLINE
    for word in library.iterate_level(words, level) if words else ():
        text = "" if word.Empty(level) else sound_source(word.GetUTF8Text(level)).strip()
        line, sure = word.Baseline(line_level), word.Confidence(level)
        if text and line and sure >= LEAST_SURE:
            left, _, right, _ = word.BoundingBox(level)
            foot = (line[0][1] + line[1][1]) / 2
            points = (word.WordFontAttributes() or {}).get("pointsize", 0)
            yield _Seen(text, sure, left, right, foot, points, word.IsAtBeginningOf(line_level))


def _scan(seen: tuple[_Seen, ...], picture: Picture, number: int) -> Scan | None:
    telling = [each for each in seen if any(map(str.isalnum, each.text))]  # a leader of dots is never sure
    letters = sum(len(each.text) for each in telling)
    sure = sum(each.sure * len(each.text) for each in telling) / letters if letters else 0.0
    if sure < LEAST_SURE_PAGE:
        return None
    usual = _usual_size(seen)
    parts: list[str] = []
    words: list[Word] = []
    at = 0
    for each in seen:
        gap = ("\n" if each.first else " ") if parts else ""
        at += len(gap)
        words.append(_word(each, at, picture.scale, usual))
        parts += (gap, each.text)
        at += len(each.text)
    width, height = picture.width / picture.scale, picture.height / picture.scale
    return Scan(Sheet(number, width, height, "".join(parts), tuple(words), NAME, picture=1.0), sure)


def _usual_size(seen: tuple[_Seen, ...]) -> float:
    """The type size of most letters of the page, in points."""
    sizes: Counter[float] = Counter()
    for each in seen:
        sizes[each.points] += len(each.text)
    return sizes.most_common(1)[0][0] or USUAL_POINTS


def _word(seen: _Seen, at: int, scale: float, usual: float) -> Word:
    """Every line as high as its type: the ink of a line without tall letters would set it apart from its neighbours."""
    points = seen.points or usual
    size = usual if abs(points - usual) <= NEAR_USUAL * usual else points
    foot = seen.foot / scale + BELOW * size
    return Word(at, at + len(seen.text), seen.left / scale, foot - size, seen.right / scale, foot, float(size), False)
