"""What do the styles of a Word document say a paragraph is?"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from corpus.model import BlockKind

NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
DEEPEST = 6
LONGEST_CHAIN = 20  # styles based on each other; more is a circle
BODY_LEVEL = 9  # the outline level that says "not a heading"
_NAMED = (
    (
        re.compile(r"(?:toc|innh|innhold|contents)\s?(?:\d|heading|overskrift)|overskrift ?for ?innhold\w*", re.I),
        BlockKind.TOC,
    ),
    (re.compile(r"(?:list (?:bullet|number)|punktliste|nummerert liste)(?: \d)?", re.I), BlockKind.LIST_ITEM),
    (re.compile(r"caption|bildetekst|figurtekst|tabelltekst", re.I), BlockKind.CAPTION),
)
_HEADING = re.compile(r"(?:heading|overskrift|rubrik)\s?(\d)", re.IGNORECASE)
_TITLE = re.compile(r"title|tittel", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph of this style is; `level` from 1 for headings, 0 for all else."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    names: tuple[str, ...]
    based_on: str
    outline: int | None
    listed: bool


class Styles:
    """The paragraph styles of one document by id."""

    def __init__(self, root: Any) -> None:
        self._entries: dict[str, _Entry] = {}
        self.default = ""
        for element in () if root is None else root:
            if _local(element) == "style" and value(element, "type") in ("paragraph", ""):
                self._entries[value(element, "styleId")] = _entry(element)
                if value(element, "default") in ("1", "true"):
                    self.default = value(element, "styleId")

    def style(self, identity: str) -> Style:
        """What a style id stands for; an id without an entry is read as a name."""
        chain = list(self._chain(identity)) or [_Entry((identity,), "", None, False)]
        for entry in chain:
            if named := _named(entry.names):
                return named
            if entry.outline is not None:
                return heading(entry.outline)
        return Style(BlockKind.LIST_ITEM) if any(entry.listed for entry in chain) else Style()

    def _chain(self, identity: str) -> Iterator[_Entry]:
        for _ in range(LONGEST_CHAIN):
            entry = self._entries.get(identity)
            if entry is None:
                return
            yield entry
            identity = entry.based_on


def heading(outline: int) -> Style:
    """What an outline level from 0 stands for."""
    return Style(BlockKind.HEADING, min(outline + 1, DEEPEST)) if 0 <= outline < BODY_LEVEL else Style()


def value(element: Any, name: str = "val") -> str:
    """An attribute of WordprocessingML, "" when absent."""
    return next((str(found) for ns in NAMESPACES if (found := element.get(f"{{{ns}}}{name}")) is not None), "")


def child(element: Any, name: str) -> Any:
    """The first child element of a name, in either namespace."""
    return next((one for one in (() if element is None else element) if _local(one) == name), None)


def number(element: Any, name: str = "val") -> int | None:
    """A whole number in an attribute, or None."""
    text = "" if element is None else value(element, name)
    return int(text) if re.fullmatch(r"\d{1,6}", text) else None


def _local(element: Any) -> str:
    namespace, _, name = element.tag[1:].rpartition("}")
    return name if namespace in NAMESPACES else ""


def _entry(element: Any) -> _Entry:
    properties = child(element, "pPr")
    name, parent = child(element, "name"), child(element, "basedOn")
    names = (value(element, "styleId"), "" if name is None else value(name))
    based_on = "" if parent is None else value(parent)
    listed = child(properties, "numPr") is not None
    return _Entry(names, based_on, number(child(properties, "outlineLvl")), listed)


def _named(names: Iterable[str]) -> Style | None:
    for name in names:
        if match := _HEADING.fullmatch(name):
            return heading(int(match[1]) - 1)
        if _TITLE.fullmatch(name):
            return heading(0)
        for pattern, kind in _NAMED:
            if pattern.fullmatch(name):
                return Style(kind)
    return None
