"""Which lines make one paragraph?

A line ended early when the next line's first word would still have fitted beside it; that, space, indent,
size and weight end a paragraph. A line that is full and stops in mid sentence goes on in the next one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.extract.pdf.lines import TOUCHING, Line

BULLETS = "•●○▪■□◦‣⁃∙·–—✓✔➢►▶\uf0b7\uf0a7\uf0d8\uf02d*o-"
_BULLET = re.compile(rf"[{re.escape(BULLETS)}]\s+\S")
_NUMBERED = re.compile(r"(\(?(\d{1,2}|[a-zæøå]|[ivx]{1,4})[.)]|\([a-z0-9]\))\s+\S")
_DIVISION = re.compile(r"§ ?\d+[a-z]?(-\d+)?[a-z]?\. [A-ZÆØÅ]|(Kapittel|Artikkel|Chapter|Article) \d+[.:]? [A-ZÆØÅ]")
_SOFT_BULLETS = "–—-o*"
_TERMINAL = re.compile(r"[.:;!?…][\"»”')\]]*$")
_LEADERS = re.compile(r"(?:\.\s?){2,}\W*\d{1,4}$|…\W*\d{1,4}$|_{3,}\W*\d{1,4}$")
_NUMBER = re.compile(r"\s(?:\d{1,4}|[ivxl]{1,6})$")

SAME_SIZE = 0.08
SPACED = 1.25  # times the usual distance between lines: space above starts a paragraph
FAR = 1.7  # times: more than any line within one
GAP = 1.5  # of the type size: a number this far behind the words is a page number
INDENT = 0.9  # of the type size
CENTRED = 3.0  # points two centred lines' middles may differ by, doubled
ENOUGH = 4  # lines that stand close show how wide their column is; fewer are measured by the whole run


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; `item` when it starts with a list mark."""

    lines: tuple[Line, ...]
    item: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set: its body size, and the usual distance from line to line for each size."""

    body: float
    leading: dict[float, float] = field(default_factory=dict)

    def distance(self, size: float) -> float:
        """Points from line to line at a type size."""
        return self.leading.get(size, 1.25 * size)


def setting_of(pages: Iterable[Sequence[Line]]) -> Setting:
    """Measure a document by its letters."""
    letters: Counter[float] = Counter()
    distances: dict[float, Counter[float]] = defaultdict(Counter)
    for lines in pages:
        for line in lines:
            letters[line.size] += len(line.text)
        for above, below in pairwise(lines):
            step = below.y0 - above.y0
            if above.size == below.size and 0.8 * above.size < step < 2.5 * above.size:
                distances[above.size][round(step * 2) / 2] += 1
    body = letters.most_common(1)[0][0] if letters else 10.0
    return Setting(body, {size: steps.most_common(1)[0][0] for size, steps in distances.items()})


def paragraphs(lines: Sequence[Line], setting: Setting) -> list[Paragraph]:
    """The paragraphs of lines in reading order."""
    rights = _right_edges(lines, setting)
    made: list[Paragraph] = []
    current: list[Line] = []
    right = 0.0
    for line, edge in zip(lines, rights, strict=True):
        if current and not _goes_on(current, line, right, setting):
            made.append(_paragraph(current))
            current = []
        current.append(line)
        right = edge
    if current:
        made.append(_paragraph(current))
    return made


def is_entry(line: Line) -> bool:
    """Whether a line is one of a table of contents: a page number after dots, or set off by a gap."""
    if not _NUMBER.search(line.text):
        return False
    gaps = [after.x0 - before.x1 for before, after in pairwise(line.words)]
    while gaps and gaps[-1] < TOUCHING * line.size:
        gaps.pop()
    return bool(gaps) and (gaps[-1] > GAP * line.size or bool(_LEADERS.search(line.text)))


def starts_item(text: str) -> bool:
    """Whether a line starts with a bullet, a number or a letter of a list."""
    return bool(_BULLET.match(text) or _NUMBERED.match(text))


def _paragraph(lines: list[Line]) -> Paragraph:
    return Paragraph(tuple(lines), starts_item(lines[0].text))


def _right_edges(lines: Sequence[Line], setting: Setting) -> list[float]:
    """For each line, the right edge of the column it stands in."""
    edges: list[float] = []
    for run in _runs(lines, lambda above, below: above.y0 < below.y0 and _over(above, below)):
        widest: dict[float, float] = defaultdict(float)
        for line in run:
            widest[line.size] = max(widest[line.size], line.x1)
        for group in _runs(run, lambda above, below: _close(above, below, setting)):
            own = max(line.x1 for line in group)
            edges += [own if len(group) >= ENOUGH else widest[line.size] for line in group]
    return edges


def _runs(lines: Sequence[Line], together: Callable[[Line, Line], bool]) -> list[list[Line]]:
    runs: list[list[Line]] = []
    for line in lines:
        if runs and together(runs[-1][-1], line):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _close(above: Line, below: Line, setting: Setting) -> bool:
    return above.size == below.size and below.y0 - above.y0 <= FAR * setting.distance(below.size)


def _over(above: Line, below: Line) -> bool:
    return min(above.x1, below.x1) > max(above.x0, below.x0)


def _goes_on(current: Sequence[Line], line: Line, right: float, setting: Setting) -> bool:
    before = current[-1]
    if abs(line.size - before.size) > SAME_SIZE * before.size or is_entry(before):
        return False
    room = _room(before, line, right)
    stopped = bool(_TERMINAL.search(before.text))
    in_sentence = room < 0 and not stopped and not line.text[:1].isupper()
    if line.y0 < before.y0 or not _over(before, line):
        return in_sentence
    step, usual = line.y0 - before.y0, setting.distance(line.size)
    if step > FAR * usual or (step > SPACED * usual + 0.5 and not in_sentence):
        return False
    if line.bold != before.bold and not in_sentence:
        return False
    if _starts_new_item(line, room >= 0 or stopped):
        return False
    return not _set_apart(current, line, room, stopped)


def _room(before: Line, line: Line, right: float) -> float:
    """The points left after the next line's first word; negative when it would not have fitted."""
    first = line.words[0]
    return right - before.x1 - 0.25 * before.size - (first.x1 - first.x0) - 0.5


def _starts_new_item(line: Line, ended: bool) -> bool:
    if _DIVISION.match(line.text):
        return True
    if _BULLET.match(line.text):
        return line.text[0] not in _SOFT_BULLETS or ended
    return bool(_NUMBERED.match(line.text)) and ended


def _set_apart(current: Sequence[Line], line: Line, room: float, stopped: bool) -> bool:
    """Whether an indent or an early end starts a paragraph here."""
    before = current[-1]
    early, fresh = room >= 0, stopped or not line.text[:1].islower()
    if abs((line.x0 + line.x1) - (before.x0 + before.x1)) < CENTRED and line.x0 != before.x0:
        return early and stopped
    shift = line.x0 - before.x0
    if shift > INDENT * line.size:
        return early or (stopped and len(current) > 1)
    if shift < -INDENT * line.size:
        return early or (fresh and len(current) > 1)
    return early and fresh
