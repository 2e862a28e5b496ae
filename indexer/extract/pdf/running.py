"""Which lines are running heads, running feet and page numbers?

A line near the top or bottom edge that returns, its digits masked, at the same height (3 points) on 15 % of
the pages and on at least three (on both of two) is one; so is a page number that stands alone there. A line that
reads as a clause (a statute's "endret ved lov ...") stays, for it returns because the text says it often.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.extract.pdf.lines import Line
from indexer.extract.pdf.sheet import Sheet

EDGE_LINES = 3
BAND = 3.0
MOST_EMPTIED = 0.5
SHARE = 0.15
FEWEST = 3
EDGE_ZONE = 0.12  # of the page's height: a lone page number stands this near the edge
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"\b[ivxl]{1,7}\b")
_CLAUSE = re.compile(r"§|\b(ved lov|tilføyd|endret|endra|opphevet|oppheva|jf\.)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"[-–|\s]*(?:(?:side|page|s\.|p\.)\s*)?(?P<label>\d{1,4}|[ivxl]{1,7})"
    r"(?:\s*(?:av|of|/)\s*\d{1,4})?[-–|\s]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Edges:
    """The lines to leave out, as (page index, line index), and the number printed on each page ("" if none)."""

    left_out: frozenset[tuple[int, int]]
    labels: tuple[str, ...]


def running_lines(pages: Sequence[Sequence[Line]], sheets: Sequence[Sheet]) -> Edges:
    """The running lines of a document, given the lines of each page.

    None are left out when that would empty most of its pages: then they are what the document says.
    """
    left_out = _returning(pages, sheets)
    labels = []
    for page, (lines, sheet) in enumerate(zip(pages, sheets, strict=True)):
        label = ""
        for index in _edge_indexes(lines):
            number = _NUMBER.fullmatch(lines[index].text)
            if number and ((page, index) in left_out or _at_edge(lines[index], sheet)):
                left_out.add((page, index))
                label = label or number["label"]
        labels.append(label)
    emptied = sum(all((page, i) in left_out for i in range(len(lines))) for page, lines in enumerate(pages) if lines)
    spared = emptied > MOST_EMPTIED * sum(map(bool, pages))
    return Edges(frozenset() if spared else frozenset(left_out), tuple(labels))


def _returning(pages: Sequence[Sequence[Line]], sheets: Sequence[Sheet]) -> set[tuple[int, int]]:
    places: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    for page, lines in enumerate(pages):
        for index in _edge_indexes(lines):
            line = lines[index]
            if not _CLAUSE.search(line.text) and not _in_table(line, sheets[page]):
                places[_masked(line.text)].append((_from_nearer_edge(line, sheets[page].height), page, index))
    enough = max(min(FEWEST, len(pages)), SHARE * len(pages), 2)
    left_out: set[tuple[int, int]] = set()
    for found in places.values():
        for band in _bands(sorted(found)):
            kept = [(page, i) for _, page, i in band if len(pages) >= FEWEST or _at_edge(pages[page][i], sheets[page])]
            if len({page for page, _ in kept}) >= enough:
                left_out.update(kept)
    return left_out


def _edge_indexes(lines: Sequence[Line]) -> set[int]:
    """The three highest and the three lowest lines, and those beside them."""
    by_height = sorted(range(len(lines)), key=lambda index: lines[index].middle)
    return {*_first_rows(lines, by_height), *_first_rows(lines, by_height[::-1])}


def _first_rows(lines: Sequence[Line], order: Sequence[int]) -> list[int]:
    rows = 0
    taken: list[int] = []
    for index in order:
        if not taken or abs(lines[index].middle - lines[taken[-1]].middle) > BAND:
            rows += 1
        if rows > EDGE_LINES:
            break
        taken.append(index)
    return taken


def _in_table(line: Line, sheet: Sheet) -> bool:
    """Whether an upright ruled line stands beside this line of text, as in a table that goes on over pages."""
    return any(rule.x1 - rule.x0 < rule.y1 - rule.y0 and rule.y0 <= line.middle <= rule.y1 for rule in sheet.rules)


def _masked(text: str) -> str:
    return _ROMAN.sub("#", _DIGITS.sub("#", text.lower()))


def _from_nearer_edge(line: Line, height: float) -> float:
    return line.middle if line.middle < height / 2 else line.middle - height


def _bands(found: list[tuple[float, int, int]]) -> list[list[tuple[float, int, int]]]:
    bands: list[list[tuple[float, int, int]]] = []
    for place in found:
        if bands and place[0] - bands[-1][0][0] <= 2 * BAND:
            bands[-1].append(place)
        else:
            bands.append([place])
    return bands


def _at_edge(line: Line, sheet: Sheet) -> bool:
    return min(line.middle, sheet.height - line.middle) < EDGE_ZONE * sheet.height
