"""What does an engine see on one page? Words with their places, ruled lines, and pictures.

Places are points of 1/72 inch from the top left corner of the page as it is read: x to the right, y down.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Word(NamedTuple):
    """`sheet.source[start:end]`, without white space. `size` is the type size in points as drawn.

    A raised mark (a footnote's number) is a word of its own even where it touches another. `heading` is the level
    that the file's tags give it, 0 for none.
    """

    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    raised: bool = False
    heading: int = 0

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.y0 + self.y1) / 2


class Rule(NamedTuple):
    """A straight ruled line, level or upright: x0 == x1 or y0 == y1 to within its own thickness."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as an engine gives it, words in the order they were drawn.

    `picture` is the share of the page that its largest picture covers, from 0 to 1.
    """

    number: int
    width: float
    height: float
    source: str
    words: tuple[Word, ...]
    engine: str
    label: str = ""
    rules: tuple[Rule, ...] = ()
    picture: float = 0.0


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark: `level` from 1, `page` from 1 or None when it leads nowhere in the file."""

    title: str
    level: int
    page: int | None
