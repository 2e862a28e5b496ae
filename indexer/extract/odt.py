"""What is in an OpenDocument text? Its blocks in reading order, streamed from content.xml."""

from collections.abc import Iterator
from typing import Any

from corpus.errors import ExtractionFailed, Reason
from corpus.model import BlockKind
from indexer.extract.archive import Archive, discard
from indexer.extract.contents import Contents
from indexer.extract.kinds import told
from indexer.extract.message import Announce, Task
from indexer.extract.office import core_docinfo
from indexer.extract.parts import Flowing, make_parts
from indexer.extract.rows import WIDEST, Assembly
from indexer.extract.stylenames import DEEPEST, Style, named

NAME = "odt"
LONGEST_CHAIN = 20  # styles based on each other; more is a circle

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAWING = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"

_PARAGRAPHS = (_TEXT + "p", _TEXT + "h")
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_LEFT_OUT = (_TEXT + "tracked-changes", _OFFICE + "annotation", _OFFICE + "forms")
_INDEXES = (_TEXT + "table-of-content", _TEXT + "illustration-index", _TEXT + "table-index")
_ITEMS = (_TEXT + "list-item", _TEXT + "list-header")
_WATCHED = (*_PARAGRAPHS, *_CELLS, *_LEFT_OUT, *_INDEXES, *_ITEMS, _TABLE + "table-row", _STYLE + "style")
_SILENT = (_OFFICE + "annotation", _TEXT + "ruby-text", _SVG + "title", _SVG + "desc")
_MARKS = {_TEXT + "s": " ", _TEXT + "tab": "\t", _TEXT + "line-break": "\n"}


def read(data: bytes, task: Task, announce: Announce) -> Contents:
    """The parts of an OpenDocument text. Raises ExtractionFailed (too large, password, corrupt)."""
    announce(NAME)
    archive = Archive(data, task.config)
    manifest = archive.tree("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(_MANIFEST + "encryption-data"), None) is not None:
        raise ExtractionFailed(Reason.PASSWORD, "a password is needed to open it")
    body = _Body(_parents(archive.tree("styles.xml")))
    pages = make_parts(told(body.blocks(archive)), NAME)
    return Contents(NAME, False, pages, core_docinfo(archive.tree("meta.xml")))


def _parents(styles: Any) -> dict[str, str]:
    """The style that each style is based on, by name."""
    found = () if styles is None else styles.iter(_STYLE + "style")
    return {_name(style): style.get(_STYLE + "parent-style-name", "") for style in found}


def _name(style: Any) -> str:
    return str(style.get(_STYLE + "name", ""))


class _Body:
    """The content of one document as its elements pass by."""

    def __init__(self, parents: dict[str, str]) -> None:
        self._parents = parents
        self._assembly = Assembly()
        self._open: list[str] = []
        self._depth = 0

    def blocks(self, archive: Archive) -> Iterator[Flowing]:
        """Every block in order; a footnote comes after the block that points to it."""
        for state, element in archive.events("content.xml", _WATCHED):
            if state == "start":
                self._start(element)
            else:
                self._end(element)
            yield from self._assembly.take()

    def _start(self, element: Any) -> None:
        self._open.append(element.tag)
        self._depth += element.tag in _PARAGRAPHS
        if self._depth or self._is_open(_LEFT_OUT):
            return
        if element.tag == _TABLE + "table-row":
            self._assembly.open_row()
        elif element.tag in _CELLS:
            self._assembly.cell(_repeats(element), covered=element.tag != _TABLE + "table-cell")

    def _end(self, element: Any) -> None:
        self._open.pop()
        self._depth -= element.tag in _PARAGRAPHS
        if self._depth or self._is_open(_LEFT_OUT):
            return
        if element.tag == _STYLE + "style":
            self._parents[_name(element)] = element.get(_STYLE + "parent-style-name", "")
        elif element.tag == _TABLE + "table-row":
            self._assembly.close_row()
            discard(element)
        elif element.tag in _PARAGRAPHS:
            for block in self._read(element):
                self._assembly.add(block)
            discard(element)

    def _is_open(self, tags: tuple[str, ...]) -> bool:
        return any(tag in tags for tag in self._open)

    def _read(self, paragraph: Any) -> Iterator[Flowing]:
        heard = _Said()
        heard.read(paragraph)
        style = self._style(paragraph)
        yield Flowing(style.kind, ("".join(heard.parts),), style.level)
        yield from (Flowing(BlockKind.FOOTNOTE, (_note(note),)) for note in heard.notes)
        for box in heard.boxes:
            for inner in _paragraphs(box):
                yield from self._read(inner)

    def _style(self, paragraph: Any) -> Style:
        if self._is_open(_INDEXES):
            return Style(BlockKind.TOC)
        if paragraph.tag == _TEXT + "h":
            level = paragraph.get(_TEXT + "outline-level", "1")
            return Style(BlockKind.HEADING, max(1, min(DEEPEST, int(level))) if level.isdecimal() else 1)
        return self._named(paragraph) or Style(BlockKind.LIST_ITEM if self._is_open(_ITEMS) else BlockKind.PARAGRAPH)

    def _named(self, paragraph: Any) -> Style | None:
        name = paragraph.get(_TEXT + "style-name", "")
        for _ in range(LONGEST_CHAIN):
            if style := named(name.replace("_20_", " ")):
                return style
            name = self._parents.get(name, "")
        return None


class _Said:
    """The text of a paragraph; its notes and text boxes told apart, comments left out."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.notes: list[Any] = []
        self.boxes: list[Any] = []

    def read(self, element: Any) -> None:
        """Take in what an element and all below it say, in order."""
        self.parts.append(element.text or "")
        for child in element:
            if child.tag == _TEXT + "note":
                self.notes.append(child)
            elif child.tag == _DRAWING + "text-box":
                self.boxes.append(child)
            elif child.tag in _MARKS:
                self.parts.append(_MARKS[child.tag])
            elif child.tag not in _SILENT:
                self.read(child)
            self.parts.append(child.tail or "")


def _note(note: Any) -> str:
    texts = []
    for paragraph in _paragraphs(note):
        heard = _Said()
        heard.read(paragraph)
        texts.append("".join(heard.parts))
    return "\n".join(texts)


def _paragraphs(element: Any) -> Iterator[Any]:
    """The paragraphs under an element that stand in no other paragraph."""
    for child in element:
        if child.tag in _PARAGRAPHS:
            yield child
        else:
            yield from _paragraphs(child)


def _repeats(cell: Any) -> int:
    """How many columns a cell stands for: its text is given once."""
    repeats = cell.get(_TABLE + "number-columns-repeated", "1")
    return min(WIDEST, int(repeats)) if repeats.isdecimal() else 1
