"""What stands in a sample document? A small tree of blocks, read from Markdown, that every writer renders."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

PAGE_BREAK = r"\newpage"
CAPTION = re.compile(r"(Tabell|Table|Figur|Figure) \d+(\.\d+)?[.:] ")


class Style(StrEnum):
    """How a run of words is set."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; `note` is the number of the footnote they call, and then `text` is empty."""

    text: str
    style: Style = Style.PLAIN
    note: int | None = None


Inline = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title of the document has level 1."""

    level: int
    content: Inline


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `quoted` when it stands indented as a quotation."""

    content: Inline
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item is one paragraph."""

    items: tuple[Inline, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one heading row; `caption` is the paragraph "Tabell 1. …" before it."""

    head: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]
    caption: Inline = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page."""


Block = Heading | Paragraph | Items | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole document: its blocks, and its footnotes in the order of their numbers from 1."""

    blocks: tuple[Block, ...]
    notes: tuple[Inline, ...]

    @property
    def title(self) -> str:
        """The words of the first heading."""
        return next(plain(block.content) for block in self.blocks if isinstance(block, Heading))


def plain(content: Inline) -> str:
    """The words without style or footnote calls."""
    return "".join(run.text for run in content)


def read_markdown(text: str) -> Tree:
    """Read CommonMark with GFM tables, footnotes and `\\newpage` lines. Raises ValueError for anything else."""
    tokens = MarkdownIt("commonmark").enable("table").use(footnote_plugin, inline=False).parse(text)
    root = SyntaxTreeNode(tokens)
    notes = [node for node in root.children if node.type == "footnote_block"]
    body = _captioned(_blocks([node for node in root.children if node.type != "footnote_block"]))
    return Tree(tuple(body), tuple(_note(note) for block in notes for note in block.children))


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> list[Block]:
    return [block for node in nodes for block in _block(node)]


def _block(node: SyntaxTreeNode) -> list[Block]:
    match node.type:
        case "heading":
            return [Heading(int(node.tag[1:]), _inline(node))]
        case "paragraph":
            content = _inline(node)
            return [PageBreak() if plain(content) == PAGE_BREAK else Paragraph(content)]
        case "blockquote":
            return [Paragraph(_inline(child), quoted=True) for child in node.children]
        case "bullet_list" | "ordered_list":
            return [Items(tuple(map(_item, node.children)), ordered=node.type == "ordered_list")]
        case "table":
            return [_table(node)]
    raise ValueError(f"{node.type} is not one of the blocks a sample may hold (line {node.map})")


def _item(node: SyntaxTreeNode) -> Inline:
    if len(node.children) != 1:
        raise ValueError(f"a list item of a sample holds one paragraph (line {node.map})")
    return _inline(node.children[0])


def _table(node: SyntaxTreeNode) -> Table:
    rows = [tuple(_inline(cell) for cell in row.children) for part in node.children for row in part.children]
    return Table(rows[0], tuple(rows[1:]))


def _note(node: SyntaxTreeNode) -> Inline:
    return _inline(node.children[0])


def _inline(node: SyntaxTreeNode) -> Inline:
    inline = next((child for child in node.children if child.type == "inline"), None)
    return tuple(_runs(inline.children, Style.PLAIN)) if inline else ()


def _runs(nodes: Sequence[SyntaxTreeNode], style: Style) -> list[Run]:
    return [run for node in nodes for run in _run(node, style)]


def _run(node: SyntaxTreeNode, style: Style) -> list[Run]:
    match node.type:
        case "text":
            return [Run(node.content, style)]
        case "softbreak" | "hardbreak":
            return [Run(" ", style)]
        case "strong" | "em" | "link":
            inner = {"strong": Style.STRONG, "em": Style.EMPHASIS, "link": style}[node.type]
            return _runs(node.children, inner)
        case "footnote_ref":
            return [Run("", style, note=int(node.meta["id"]) + 1)]
        case "footnote_anchor":
            return []
    raise ValueError(f"{node.type} is not one of the inline marks a sample may hold: {node.content!r}")


def _captioned(blocks: Sequence[Block]) -> list[Block]:
    """Move a paragraph that is the caption of the table after it into the table."""
    done: list[Block] = []
    for block in blocks:
        before = done[-1] if done else None
        if isinstance(block, Table) and isinstance(before, Paragraph) and CAPTION.match(plain(before.content)):
            done[-1] = Table(block.head, block.rows, before.content)
        else:
            done.append(block)
    return done
