"""Which words stand on one line?"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.extract.pdf.sheet import Sheet, Word
from indexer.extract.weave import UNSEEN

_UNSEEN = re.compile(f"[{UNSEEN}]+")
HYPHENS = "-\u00ad\u2010\ufffe\x02"  # the last two are pdfium's mark for either kind at a line's end
_HYPHEN = re.compile(f"[{HYPHENS}\u2011]")
TOUCHING = 0.08  # of the type size: words nearer than this, with no space read between them, are one
SAME_LINE = 0.5  # of the lower word's height: two words overlap this much to stand on one line


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side, in the order they are read; `size` and `bold` are those of most of its letters.

    `hyphen` is the character it ends with when that is a hyphen of any kind; in `text` all kinds are "-".
    """

    words: tuple[Word, ...]
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    hyphen: str = ""

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.y0 + self.y1) / 2


def make_line(words: Sequence[Word], source: str) -> Line:
    """The line that these words are. `text` has one space where words do not touch in the source."""
    sizes: Counter[float] = Counter()
    bold = 0
    letters = 0
    for word in words:
        length = word.end - word.start
        sizes[word.size] += length
        bold += length * word.bold
        letters += length
    return Line(
        tuple(words),
        line_text(words, source),
        min(word.x0 for word in words),
        min(word.y0 for word in words if not word.raised or len(words) == 1),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
        sizes.most_common(1)[0][0],
        bold >= 0.95 * letters,
        _hyphen(source[words[-1].start : words[-1].end]),
    )


def parted(before: Word, word: Word, source: str) -> bool:
    """Whether a space stands between two words of one line; pdfium puts a line end between kerned figures."""
    between = source[before.end : word.start]
    return bool(between) and (" " in between or word.x0 - before.x1 > TOUCHING * word.size)


def _hyphen(word: str) -> str:
    before = _UNSEEN.sub("", word[:-1])
    return word[-1] if word[-1] in HYPHENS and before[-1:].isalnum() else ""


def line_text(words: Sequence[Word], source: str) -> str:
    """The words as a reader sees them, one space between those that do not touch."""
    parts = [source[words[0].start : words[0].end]]
    for before, word in pairwise(words):
        parts.append(" " if parted(before, word, source) else "")
        parts.append(source[word.start : word.end])
    return _UNSEEN.sub("", _HYPHEN.sub("-", "".join(parts)))


def lines_of(sheet: Sheet, words: Iterable[Word] | None = None) -> list[Line]:
    """The lines of a page (or of some of its words) in the order they were drawn."""
    lines = []
    current: list[Word] = []
    for word in sheet.words if words is None else words:
        if current and not _continues(current[-1], word):
            lines.append(make_line(current, sheet.source))
            current = []
        current.append(word)
    if current:
        lines.append(make_line(current, sheet.source))
    return lines


def _continues(before: Word, word: Word) -> bool:
    overlap = min(before.y1, word.y1) - max(before.y0, word.y0)
    lower = min(before.y1 - before.y0, word.y1 - word.y0)
    return overlap >= SAME_LINE * lower and word.x0 >= before.x1 - 0.5 * max(before.size, word.size, 4.0)
