"""What is in a Markdown text? Its blocks as CommonMark reads them, with tables, footnotes and front matter."""

import re
from collections.abc import Iterator, Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.model import BlockKind
from indexer.extract.contents import Contents
from indexer.extract.encoding import decoded
from indexer.extract.frontmatter import front_matter
from indexer.extract.htmlwalk import found_blocks, page_tree
from indexer.extract.kinds import told
from indexer.extract.message import Announce, Task
from indexer.extract.parts import Flowing, make_parts

NAME = "markdown"
MOST_NESTING = 100  # what is nested deeper is left out; the library's own limit is 20
_NEWLINE = re.compile(r"\r\n?")
_NOTE = re.compile(r"^\[\^([^\]\s]{1,50})\]:[ \t]*(.*(?:\n(?:[ ]{2,}|\t)\S.*)*)\n?", re.MULTILINE)
_MARK = re.compile(r"\[\^([^\]\s]{1,50})\]")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SILENT = frozenset(("html_inline", "image"))


def read(data: bytes, task: Task, announce: Announce) -> Contents:
    """The parts of a Markdown text; title, author, date and language from its front matter."""
    announce(NAME)
    info, body = front_matter(_NEWLINE.sub("\n", decoded(data)))
    return Contents(NAME, False, make_parts(told(flowing(body)), NAME), info)


def flowing(text: str) -> Iterator[Flowing]:
    """The blocks of a Markdown text; a footnote comes after the block that points to it."""
    parser = MarkdownIt("commonmark", {"maxNesting": MOST_NESTING}).enable(["table", "strikethrough"])
    notes = {match[1]: _joined(parser.parseInline(match[2])[0]) for match in _NOTE.finditer(text)}
    return _Reading(notes).blocks(parser.parse(_NOTE.sub("\n", text)))


class _Reading:
    """Where in lists and tables the reading stands."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        self._notes = dict(notes)
        self._items = 0
        self._level = 0
        self._cells: list[str] | None = None
        self._waiting: list[Flowing] = []

    def blocks(self, tokens: list[Token]) -> Iterator[Flowing]:
        """The blocks of a token stream, and last the notes that nothing points to."""
        for token in tokens:
            if token.type in ("list_item_open", "list_item_close"):
                self._items += token.nesting
            elif token.type == "heading_open":
                self._level = int(token.tag[1:])
            elif token.type == "heading_close":
                self._level = 0
            elif token.type == "tr_open":
                self._cells = []
            elif token.type == "tr_close":
                yield Flowing(BlockKind.TABLE_ROW, tuple(self._cells or ()))
                self._cells = None
                yield from self._take()
            else:
                yield from self._text(token)
        yield from (Flowing(BlockKind.FOOTNOTE, (note,)) for note in self._notes.values())

    def _text(self, token: Token) -> Iterator[Flowing]:
        if token.type in ("fence", "code_block"):
            yield Flowing(BlockKind.PARAGRAPH, (token.content,))
        elif token.type == "html_block":
            root = page_tree(token.content)
            yield from () if root is None else (found.flowing for found in found_blocks(root))
        elif token.type == "inline" and self._cells is not None:
            self._cells.append(self._said(token))
        elif token.type == "inline":
            yield Flowing(self._kind(), (self._said(token),), self._level)
            yield from self._take()

    def _kind(self) -> BlockKind:
        if self._level:
            return BlockKind.HEADING
        return BlockKind.LIST_ITEM if self._items else BlockKind.PARAGRAPH

    def _said(self, token: Token) -> str:
        """The text of a block, its note marks taken out and their notes set to follow."""
        text = _joined(token)
        for mark in _MARK.finditer(text):
            if note := self._notes.pop(mark[1], ""):
                self._waiting.append(Flowing(BlockKind.FOOTNOTE, (note,)))
        return _MARK.sub("", text)

    def _take(self) -> list[Flowing]:
        waiting, self._waiting = self._waiting, []
        return waiting


def _joined(token: Token) -> str:
    """The text of an inline token without its marks."""
    return "".join(map(_shown, token.children or ()))


def _shown(child: Token) -> str:
    if child.type in ("softbreak", "hardbreak") or (child.type == "html_inline" and _LINE_BREAK.match(child.content)):
        return "\n"
    return "" if child.type in _SILENT else child.content
