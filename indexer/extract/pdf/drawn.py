"""Which straight lines and pictures are drawn on a page?"""

import ctypes
from collections.abc import Iterator
from typing import Any

from pypdfium2 import raw

from indexer.extract.pdf.sheet import Rule
from indexer.extract.pdf.strokes import rules_of
from indexer.extract.pdf.turn import Turn

OBJECTS = 20_000  # looked at on one page; a drawing with more holds no table worth the time
POINTS = 40_000
DEPTH = 8

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Box = tuple[float, float, float, float]


def drawn(page: Any, turn: Turn) -> tuple[tuple[Rule, ...], float]:
    """The ruled lines of a page as read, and the share of it that its largest picture covers."""
    collected = _Collected(turn)
    for index in range(min(raw.FPDFPage_CountObjects(page), OBJECTS)):
        collected.add(raw.FPDFPage_GetObject(page, index), IDENTITY, 0)
    area = turn.width * turn.height
    return tuple(collected.rules), min(1.0, collected.largest / area) if area > 0 else 0.0


class _Collected:
    """What has been found so far, within the limits."""

    def __init__(self, turn: Turn) -> None:
        self.rules: list[Rule] = []
        self.largest = 0.0
        self._turn = turn
        self._objects = OBJECTS
        self._points = POINTS

    def add(self, item: Any, outer: Matrix, depth: int) -> None:
        self._objects -= 1
        if self._objects < 0:
            return
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._add_path(item, _times(_matrix(item), outer))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = self._box((0.0, 0.0, 1.0, 1.0), _times(_matrix(item), outer))
            self.largest = max(self.largest, (x1 - x0) * (y1 - y0))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEPTH:
            inner = _times(_matrix(item), outer)
            for index in range(min(raw.FPDFFormObj_CountObjects(item), OBJECTS)):
                self.add(raw.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def _add_path(self, path: Any, matrix: Matrix) -> None:
        count = raw.FPDFPath_CountSegments(path)
        self._points -= count
        if self._points < 0:
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        for corners in filter(None, _outlines(path, count)):
            points = [self._turn.point(*_moved(x, y, matrix)) for x, y in corners]
            if stroke.value or fill.value:
                self.rules += rules_of(points)

    def _box(self, box: Box, matrix: Matrix) -> Box:
        corners = [self._turn.point(*_moved(x, y, matrix)) for x in box[::2] for y in box[1::2]]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return max(0.0, min(xs)), max(0.0, min(ys)), min(self._turn.width, max(xs)), min(self._turn.height, max(ys))


def _outlines(path: Any, count: int) -> Iterator[list[tuple[float, float]]]:
    """The straight runs of a path, each a list of corners in the path's own space."""
    x, y = ctypes.c_float(), ctypes.c_float()
    corners: list[tuple[float, float]] = []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if kind != raw.FPDF_SEGMENT_LINETO:
            yield corners
            corners = []
        corners.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            corners.append(corners[0])
    yield corners


def _matrix(item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
