"""The evidence map as a drawing: where each bubble, ring, label and line stands. Units are pixels at full size."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

RING_STEPS = (1, 3, 10)
RING_SHARES = (0, 0.25, 0.6, 1)
LEAN = 40  # room at the right for the names that lean


@dataclass(frozen=True, slots=True)
class Mark:
    """What one cell shows: the balance (empty without findings), how many findings and plans, its words and address."""

    code: str
    findings: int
    plans: int
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row to draw: its name and address, its plans, and a mark or None for each column."""

    name: str
    url: str
    plans: Mark
    marks: tuple[Mark | None, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """How large things are drawn: bubbles between `least` and `radius`, rings up to `heaviest`.

    `tilted` is for narrow columns: their names lean, and numbers stand under the bubbles and not beside them.
    """

    width: int
    label: int
    plans: int
    row: int
    head: int
    radius: float
    least: float
    heaviest: float
    size: int
    characters: int
    widest: int
    tilted: bool


WIDE = Paper(1168, 210, 84, 48, 62, 17, least=8, heaviest=6, size=14, characters=26, widest=120, tilted=False)
NARROW = Paper(358, 118, 36, 50, 96, 11, least=7, heaviest=3, size=11, characters=18, widest=60, tilted=True)
NARROW_COLUMNS = 5


@dataclass(frozen=True, slots=True)
class Text:
    """A name in one or two lines: `x` of all, `y` of each."""

    x: float
    lines: tuple[tuple[float, str], ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bubble:
    """A cell that shows something: `r` is 0 without findings, `ring` is how thick; the box is what can be pressed."""

    mark: Mark
    x: float
    y: float
    r: float
    ring_r: float
    ring: float
    left: float
    top: float
    width: float
    height: float
    number_x: float
    number_y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole map, ready to be written as SVG."""

    paper: Paper
    width: float
    height: float
    columns: tuple[Text, ...]
    rows: tuple[Text, ...]
    rules: tuple[float, ...]
    bubbles: tuple[Bubble, ...]
    dots: tuple[tuple[float, float], ...]


def draw(plans: str, columns: Sequence[str], lines: Sequence[Line], paper: Paper) -> Drawing:
    """Draw the lines; the first column holds the plans under the name `plans`."""
    lean = LEAN if paper.tilted else 0
    step = min(paper.widest, (paper.width - paper.label - paper.plans - lean) / max(len(columns), 1))
    most = max((mark.findings for line in lines for mark in line.marks if mark), default=1)
    tops = [paper.head + place * paper.row for place in range(len(lines))]
    cells = [
        (_box(paper, step, at, top), mark)
        for line, top in zip(lines, tops, strict=True)
        for at, mark in enumerate((line.plans, *line.marks))
    ]
    middles = [paper.label + paper.plans / 2, *(_left(paper, step, at) + step / 2 for at in range(1, len(columns) + 1))]
    return Drawing(
        paper=paper,
        width=round(paper.label + paper.plans + step * len(columns) + lean, 1),
        height=paper.head + paper.row * len(lines),
        columns=tuple(_head(name, x, paper) for name, x in zip((plans, *columns), middles, strict=True)),
        rows=tuple(_name(line, top, paper) for line, top in zip(lines, tops, strict=True)),
        rules=tuple(tops),
        bubbles=tuple(_bubble(box, mark, most, paper) for box, mark in cells if mark and (mark.findings or mark.plans)),
        dots=tuple(
            (round(box[0] + box[2] / 2, 1), round(box[1] + box[3] / 2, 1))
            for box, mark in cells
            if not mark or not (mark.findings or mark.plans)
        ),
    )


def ring(plans: int) -> int:
    """How heavy a ring so many plans are drawn with: 0 to 3."""
    return sum(plans >= step for step in RING_STEPS)


Box = tuple[float, float, float, float]


def _left(paper: Paper, step: float, at: int) -> float:
    return paper.label if at == 0 else paper.label + paper.plans + (at - 1) * step


def _box(paper: Paper, step: float, at: int, top: float) -> Box:
    return _left(paper, step, at), top, paper.plans if at == 0 else step, paper.row


def _bubble(box: Box, mark: Mark, most: int, paper: Paper) -> Bubble:
    left, top, width, height = box
    r = max(paper.radius * sqrt(mark.findings / most), paper.least) if mark.findings else 0.0
    stroke = paper.heaviest * RING_SHARES[ring(mark.plans)]
    ring_r = max(r, paper.least) + 1 + stroke / 2
    x = left + width / 2 - (10 if not paper.tilted else 0)
    y = top + height / 2 - (0 if not paper.tilted else 7)
    number_x, number_y = (x + paper.radius + 9, y + 5) if not paper.tilted else (x, top + height - 5)
    return Bubble(
        mark=mark,
        x=round(x, 1),
        y=round(y, 1),
        r=round(r, 1),
        ring_r=round(ring_r, 1),
        ring=round(stroke, 1),
        left=round(left, 1),
        top=round(top, 1),
        width=round(width, 1),
        height=round(height, 1),
        number_x=round(number_x, 1),
        number_y=round(number_y, 1),
    )


def _head(name: str, x: float, paper: Paper) -> Text:
    lines = [_cut(name)] if paper.tilted else _in_lines(name, 14, 3)
    bottom = paper.head - 10
    return Text(
        round(x - (10 if not paper.tilted else 0), 1),
        tuple((bottom - (len(lines) - 1 - at) * (paper.size + 3), line) for at, line in enumerate(lines)),
    )


def _name(line: Line, top: float, paper: Paper) -> Text:
    name = line.name.partition(" (")[0] if paper.tilted else line.name
    lines = _in_lines(name, paper.characters, 3 if paper.tilted else 2)
    middle = top + paper.row / 2 + paper.size * 0.35
    first = middle - (len(lines) - 1) * (paper.size + 2) / 2
    return Text(0, tuple((round(first + at * (paper.size + 2), 1), text) for at, text in enumerate(lines)), line.url)


def _in_lines(name: str, characters: int, most: int) -> list[str]:
    return textwrap.wrap(name, characters, max_lines=most, placeholder=" …")


def _cut(name: str, most: int = 16) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
