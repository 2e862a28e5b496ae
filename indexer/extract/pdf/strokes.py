"""Which ruled lines does a run of corners draw?"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.extract.pdf.sheet import Rule

THIN = 3.0  # points: a filled bar this narrow is a line
STRAIGHT = 0.7  # points a line may be out of level
CORNERS = 3  # of an open run; one with more may be a box
SHORTEST = 4.0


def rules_of(points: Sequence[tuple[float, float]]) -> Iterator[Rule]:
    """The level and upright lines of one run of corners; a narrow closed box is one line."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if len(points) > CORNERS and min(x1 - x0, y1 - y0) <= THIN:
        points = (
            [((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)]
            if x1 - x0 < y1 - y0
            else [(x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)]
        )
    for (ax, ay), (bx, by) in pairwise(points):
        width, height = abs(ax - bx), abs(ay - by)
        if min(width, height) <= STRAIGHT and max(width, height) >= SHORTEST:
            yield Rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
