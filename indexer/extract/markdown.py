"""What is in a Markdown text? Its blocks as CommonMark reads them, with tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.model import BlockKind, DocInfo
from indexer.extract.contents import Contents
from indexer.extract.encoding import decoded
from indexer.extract.message import Announce, Task
from indexer.extract.parts import Flowing, make_parts

NAME = "markdown"
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"^(\w+):[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")
_BREAKS = frozenset(("softbreak", "hardbreak"))


def read(data: bytes, task: Task, announce: Announce) -> Contents:
    """The parts of a Markdown text; title, author, date and language from its front matter."""
    announce(NAME)
    text = decoded(data).replace("\r\n", "\n")
    front = _FRONT_MATTER.match(text)
    fields = dict(_FIELD.findall(front[1])) if front else {}
    body = text[front.end() :] if front else text
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    return Contents(NAME, False, make_parts(_Reading().blocks(tokens), NAME), _docinfo(fields))


def _docinfo(fields: dict[str, str]) -> DocInfo:
    author = fields.get("author", "")
    try:
        created = date.fromisoformat(fields.get("date", ""))
    except ValueError:
        created = None
    language = fields.get("lang", "") or fields.get("language", "")
    return DocInfo(fields.get("title", ""), (author,) if author else (), fields.get("publisher", ""), created, language)


@dataclass(slots=True)
class _Reading:
    """Where in lists and tables the reading stands."""

    kinds: list[BlockKind] = field(default_factory=lambda: [BlockKind.PARAGRAPH])
    level: int = 0
    cells: list[str] | None = None

    def blocks(self, tokens: list[Token]) -> Iterator[Flowing]:
        """The blocks of a token stream."""
        for token in tokens:
            if token.type == "heading_open":
                self.level = int(token.tag[1:])
            elif token.type == "list_item_open":
                self.kinds.append(BlockKind.LIST_ITEM)
            elif token.type == "list_item_close":
                self.kinds.pop()
            elif token.type == "tr_open":
                self.cells = []
            elif token.type == "tr_close" and self.cells is not None:
                yield Flowing(BlockKind.TABLE_ROW, tuple(self.cells))
                self.cells = None
            else:
                yield from self._text(token)

    def _text(self, token: Token) -> Iterator[Flowing]:
        if token.type in ("fence", "code_block"):
            yield Flowing(BlockKind.PARAGRAPH, (token.content,))
        elif token.type == "html_block":
            yield Flowing(BlockKind.PARAGRAPH, (_TAG.sub(" ", token.content),))
        elif token.type == "inline" and self.cells is not None:
            self.cells.append(_inline(token))
        elif token.type == "inline" and self.level:
            yield Flowing(BlockKind.HEADING, (_inline(token),), self.level)
            self.level = 0
        elif token.type == "inline":
            yield Flowing(self.kinds[-1], (_inline(token),))


def _inline(token: Token) -> str:
    parts = []
    for child in token.children or []:
        if child.type in _BREAKS:
            parts.append("\n")
        elif child.type != "html_inline":
            parts.append(child.content)
    return "".join(parts)
