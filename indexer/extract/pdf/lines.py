"""Which words stand on one line?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.extract.pdf.sheet import Sheet, Word

SAME_LINE = 0.5  # of the lower word's height: two words overlap this much to stand on one line


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side, in the order they are read; `size` and `bold` are those of most of its letters."""

    words: tuple[Word, ...]
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool

    @property
    def height(self) -> float:
        """In points."""
        return self.y1 - self.y0

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
    )


def line_text(words: Sequence[Word], source: str) -> str:
    """The words as read, one space between those that do not touch."""
    parts = []
    end = None
    for word in words:
        if end is not None and word.start != end:
            parts.append(" ")
        parts.append(source[word.start : word.end])
        end = word.end
    return "".join(parts)


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
