"""What is in a Word document? Its blocks in reading order, streamed from document.xml."""

from collections.abc import Iterator, Mapping
from typing import Any

from corpus.model import BlockKind
from indexer.extract.archive import Archive, discard
from indexer.extract.contents import Contents
from indexer.extract.kinds import told
from indexer.extract.message import Announce, Task
from indexer.extract.office import core_docinfo
from indexer.extract.parts import Flowing, make_parts
from indexer.extract.rows import Assembly
from indexer.extract.stylenames import Style, heading
from indexer.extract.wordstyles import NAMESPACES, Styles, child, number, value
from indexer.extract.wordtext import Said

NAME = "docx"
BODY = "word/document.xml"
_NOTES = ("footnote", "endnote")
_TAGS = {f"{{{ns}}}{name}": name for ns in NAMESPACES for name in ("p", "tr", "tc", "tcPr", "trPr", *_NOTES)}

Notes = Mapping[tuple[str, str], list[str]]


def read(data: bytes, task: Task, announce: Announce) -> Contents:
    """The parts of a Word document. Raises ExtractionFailed (too large, password, corrupt)."""
    announce(NAME)
    archive = Archive(data, task.config)
    body = _Body(Styles(archive.tree("word/styles.xml")), _notes(archive))
    pages = make_parts(told(body.blocks(archive)), NAME)
    return Contents(NAME, False, pages, core_docinfo(archive.tree("docProps/core.xml")))


def _notes(archive: Archive) -> Notes:
    """The paragraphs of every footnote and endnote by (kind, id)."""
    notes: dict[tuple[str, str], list[str]] = {}
    for kind in _NOTES:
        name = f"word/{kind}s.xml"
        if name in archive:
            for event, element in archive.events(name, _TAGS):
                if event == "end" and _TAGS[element.tag] == kind:
                    notes[kind, value(element, "id")] = _note(element)
                    discard(element)
    return notes


class _Body:
    """The body of one document as its elements pass by."""

    def __init__(self, styles: Styles, notes: Notes) -> None:
        self._styles = styles
        self._notes = notes
        self._assembly = Assembly()
        self._depth = 0

    def blocks(self, archive: Archive) -> Iterator[Flowing]:
        """Every block in order; a footnote comes after the block that points to it."""
        for state, element in archive.events(BODY, _TAGS):
            self._pass(state, element)
            yield from self._assembly.take()

    def _pass(self, state: str, element: Any) -> None:
        name = _TAGS[element.tag]
        if name == "p":
            self._paragraph(state, element)
        elif self._depth:
            return
        elif state == "start" and name == "tr":
            self._assembly.open_row()
        elif state == "start" and name == "tc":
            self._assembly.cell()
        elif state == "end":
            self._close(name, element)

    def _close(self, name: str, element: Any) -> None:
        if name == "tr":
            self._assembly.close_row()
            discard(element)
        elif name == "tcPr":
            merged = child(element, "vMerge")
            covered = merged is not None and value(merged) != "restart"
            self._assembly.shape(number(child(element, "gridSpan")) or 1, covered)
        elif name == "trPr" and (before := number(child(element, "gridBefore"))):
            self._assembly.cell(before, covered=True)

    def _paragraph(self, state: str, element: Any) -> None:
        """A text box's paragraphs stand inside the one it hangs on, and are read with it."""
        self._depth += 1 if state == "start" else -1
        if state == "end" and not self._depth:
            for block in self._read(element):
                self._assembly.add(block)
            discard(element)

    def _read(self, element: Any) -> Iterator[Flowing]:
        heard = Said()
        for part in element:
            heard.read(part)
        style = self._style(element)
        yield Flowing(style.kind, (heard.text,), style.level)
        for note in heard.notes:
            yield from (Flowing(BlockKind.FOOTNOTE, (text,)) for text in self._notes.get(note, ()))
        for box in heard.boxes:
            for inner in _paragraphs(box):
                yield from self._read(inner)

    def _style(self, paragraph: Any) -> Style:
        properties = child(paragraph, "pPr")
        named = child(properties, "pStyle")
        style = self._styles.style(self._styles.default if named is None else value(named))
        outline = number(child(properties, "outlineLvl"))
        if outline is not None and style.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            style = heading(outline)
        numbering = child(properties, "numPr")
        if numbering is not None and style.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            style = Style() if number(child(numbering, "numId")) == 0 else Style(BlockKind.LIST_ITEM)
        return style


def _note(note: Any) -> list[str]:
    """The paragraphs of a note; the lines that separate notes from the text are notes of their own type."""
    if value(note, "type") not in ("", "normal"):
        return []
    texts = []
    for paragraph in _paragraphs(note):
        heard = Said()
        for part in paragraph:
            heard.read(part)
        texts.append(heard.text)
    return texts


def _paragraphs(element: Any) -> Iterator[Any]:
    """The paragraphs under an element that stand in no other paragraph."""
    for one in element:
        if _TAGS.get(one.tag) == "p":
            yield one
        else:
            yield from _paragraphs(one)
