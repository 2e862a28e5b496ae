"""What is in an OpenDocument text? Headings, paragraphs, lists, tables and notes as they stand."""

import re
from collections.abc import Iterator
from typing import Any

from corpus.errors import ExtractionFailed, Reason
from corpus.model import BlockKind
from indexer.extract.archive import Archive
from indexer.extract.contents import Contents
from indexer.extract.message import Announce, Task
from indexer.extract.office import core_docinfo
from indexer.extract.parts import Flowing, make_parts

NAME = "odt"
DEEPEST = 6
MOST_REPEATS = 64

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TITLE = re.compile(r"(title|tittel)$", re.IGNORECASE)
_CAPTION = re.compile(r"(caption|illustration|table|figure|tabell|figur|bildetekst)$", re.IGNORECASE)
_SKIPPED = frozenset(("note", "annotation", "text-box", "tracked-changes", "ruby-text"))
_INDEXES = frozenset(("table-of-content", "table-index", "illustration-index"))


def read(data: bytes, task: Task, announce: Announce) -> Contents:
    """The parts of an OpenDocument text. Raises ExtractionFailed (corrupt, password, too large)."""
    announce(NAME)
    archive = Archive(data, task.config)
    manifest = archive.tree("META-INF/manifest.xml")
    if manifest is not None and any(_local(element) == "encryption-data" for element in manifest.iter()):
        raise ExtractionFailed(Reason.PASSWORD, "a password is needed to open it")
    blocks = _Content(_parents(archive.tree("styles.xml"))).blocks(archive)
    return Contents(NAME, False, make_parts(blocks, NAME), core_docinfo(archive.tree("meta.xml")))


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _parents(tree: Any) -> dict[str, str]:
    """The style that each style is based on, by name."""
    if tree is None:
        return {}
    return {
        style.get(_STYLE + "name", ""): style.get(_STYLE + "parent-style-name", "")
        for style in tree.iter(_STYLE + "style")
    }


def _text(element: Any) -> str:
    return "".join(_runs(element))


def _runs(element: Any) -> Iterator[str]:
    """The text of an element without its notes, comments and text boxes."""
    yield element.text or ""
    for child in element:
        name = _local(child)
        if name in ("s", "tab", "line-break"):
            yield " "
        elif name and name not in _SKIPPED:
            yield from _runs(child)
        yield child.tail or ""


class _Content:
    """Reads content.xml element by element."""

    def __init__(self, parents: dict[str, str]) -> None:
        self._parents = parents
        self._open: list[str] = []

    def blocks(self, archive: Archive) -> Iterator[Flowing]:
        """The blocks of the document in order."""
        for event, element in archive.events("content.xml"):
            name = _local(element)
            if event == "start":
                self._open.append(name)
                continue
            self._open.pop()
            if name == "style":
                self._parents.setdefault(
                    element.get(_STYLE + "name", ""), element.get(_STYLE + "parent-style-name", "")
                )
            elif "tracked-changes" in self._open or "annotation" in self._open:
                continue
            elif name == "table-row" and self._open.count("table") == 1:
                yield from self._row(element)
                element.clear(keep_tail=True)
            elif name in ("p", "h") and not {"table", "note"} & set(self._open):
                yield from self._paragraph(element, name)
                element.clear(keep_tail=True)

    def _paragraph(self, element: Any, name: str) -> Iterator[Flowing]:
        kind, level = self._kind(element, name)
        text = _text(element)
        if text.strip():
            yield Flowing(kind, (text,), level)
        yield from _notes(element)

    def _kind(self, element: Any, name: str) -> tuple[BlockKind, int]:
        if _INDEXES & set(self._open):
            return BlockKind.TOC, 0
        if name == "h":
            level = element.get(_TEXT + "outline-level", "1")
            return BlockKind.HEADING, min(DEEPEST, int(level)) if level.isdecimal() and level != "0" else 1
        for style in self._chain(element.get(_TEXT + "style-name", "")):
            if _TITLE.match(style):
                return BlockKind.HEADING, 1
            if _CAPTION.match(style):
                return BlockKind.CAPTION, 0
        return (BlockKind.LIST_ITEM if "list-item" in self._open else BlockKind.PARAGRAPH), 0

    def _chain(self, style: str) -> Iterator[str]:
        seen: set[str] = set()
        while style and style not in seen:
            seen.add(style)
            yield style.replace("_20_", " ")
            style = self._parents.get(style, "")

    def _row(self, row: Any) -> Iterator[Flowing]:
        texts: list[str] = []
        for cell in row:
            if _local(cell) in ("table-cell", "covered-table-cell"):
                text = _cell_text(cell) if _local(cell) == "table-cell" else ""
                texts += [text] * _repeats(cell)
        while texts and not texts[-1].strip():
            texts.pop()
        yield Flowing(BlockKind.TABLE_ROW if len(texts) > 1 else BlockKind.PARAGRAPH, tuple(texts))
        yield from _notes(row)


def _cell_text(cell: Any) -> str:
    return "\n".join(_text(p) for p in cell.iter(_TEXT + "p", _TEXT + "h") if not _in_note(p))


def _in_note(element: Any) -> bool:
    return any(_local(ancestor) in ("note", "annotation") for ancestor in element.iterancestors())


def _repeats(cell: Any) -> int:
    repeats = cell.get(_TABLE + "number-columns-repeated", "1")
    return min(MOST_REPEATS, int(repeats)) if repeats.isdecimal() else 1


def _notes(element: Any) -> Iterator[Flowing]:
    for body in element.iter(_TEXT + "note-body"):
        yield Flowing(BlockKind.FOOTNOTE, (" ".join(_text(p) for p in body.iter(_TEXT + "p")),))
