"""What do the styles of a Word document say a paragraph is?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.model import BlockKind
from indexer.extract.stylenames import Style, heading, named

NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
LONGEST_CHAIN = 20  # styles based on each other; more is a circle


@dataclass(frozen=True, slots=True)
class _Entry:
    identity: str
    name: str
    based_on: str
    outline: int | None
    listed: bool


class Styles:
    """The paragraph styles of one document by id."""

    def __init__(self, root: Any) -> None:
        self._entries: dict[str, _Entry] = {}
        self._known: dict[str, Style] = {}
        self.default = ""
        for element in () if root is None else root:
            if _local(element) == "style" and value(element, "type") in ("paragraph", ""):
                self._entries[value(element, "styleId")] = _entry(element)
                if value(element, "default") in ("1", "true"):
                    self.default = value(element, "styleId")

    def style(self, identity: str) -> Style:
        """What a style id stands for; an id without an entry is read as a name."""
        if identity not in self._known:
            self._known[identity] = self._found(identity)
        return self._known[identity]

    def _found(self, identity: str) -> Style:
        chain = list(self._chain(identity)) or [_Entry(identity, "", "", None, False)]
        for entry in chain:
            if style := named(entry.identity) or named(entry.name):
                return style
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
    text = "" if name is None else value(name)
    based_on = "" if parent is None else value(parent)
    listed = child(properties, "numPr") is not None
    return _Entry(value(element, "styleId"), text, based_on, number(child(properties, "outlineLvl")), listed)
