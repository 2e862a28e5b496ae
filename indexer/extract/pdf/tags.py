"""Which marked content do the tags of a PDF page call a heading?"""

import ctypes
import re
from collections.abc import Iterator

from pypdfium2 import raw

ELEMENTS = 20_000
TYPE_BYTES = 64
_HEADING = re.compile(r"H([1-6])?|Title")


def heading_levels(page: object) -> dict[int, int]:
    """Marked content id → heading level from 1, by the page's structure tree; empty when it has none."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        return dict(_tagged(tree))
    finally:
        raw.FPDF_StructTree_Close(tree)


def _tagged(tree: object) -> Iterator[tuple[int, int]]:
    """(marked content id, level) of every heading and of what stands inside it."""
    roots = range(raw.FPDF_StructTree_CountChildren(tree))
    waiting = [(raw.FPDF_StructTree_GetChildAtIndex(tree, i), 0) for i in roots]
    for _ in range(ELEMENTS):
        if not waiting:
            return
        element, above = waiting.pop()
        if not element:
            continue
        level = above or _level(element)
        children = range(raw.FPDF_StructElement_CountChildren(element))
        waiting += [(raw.FPDF_StructElement_GetChildAtIndex(element, i), level) for i in children]
        if level:
            ids = range(raw.FPDF_StructElement_GetMarkedContentIdCount(element))
            yield from ((raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, i), level) for i in ids)


def _level(element: object) -> int:
    buffer = ctypes.create_string_buffer(TYPE_BYTES)
    length = raw.FPDF_StructElement_GetType(element, buffer, TYPE_BYTES)
    name = buffer.raw[: min(length, TYPE_BYTES)].decode("utf-16-le", "ignore").strip("\0")
    match = _HEADING.fullmatch(name)
    return int(match[1] or 1) if match else 0
