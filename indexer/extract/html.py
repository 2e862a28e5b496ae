"""What is in an HTML page? Its main text in blocks, without navigation, banners and footers.

trafilatura decides what is main text; BeautifulSoup on lxml gives headings, lists, tables and metadata.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import trafilatura
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from corpus.model import BlockKind
from indexer.extract.contents import Contents
from indexer.extract.encoding import decoded
from indexer.extract.htmlinfo import docinfo
from indexer.extract.message import Announce, Task
from indexer.extract.parts import Flowing, make_parts

NAME = "html"
TELLING = 25  # letters: a block this long is looked for in the main text
ENOUGH = 0.25  # of the page's letters: main text below this is a misjudgement
LINKS = 0.6  # of a block's letters in links: navigation
MOST_SPANNED = 64
LEAD = 4  # blocks before the main text among which its headings are

_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "svg",
        "math",
        "nav",
        "footer",
        "form",
        "button",
        "select",
        "option",
        "textarea",
        "dialog",
        "menu",
        "audio",
        "video",
        "canvas",
        "head",
        "aside",
    ]
)
_BLOCKS = frozenset(
    [
        "html",
        "body",
        "address",
        "article",
        "blockquote",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "caption",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_CELLS = ("td", "th")
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog"))
_BOILERPLATE = re.compile(
    r"\b(cookie|cookies|consent|gdpr|breadcrumbs?|brodsmule\w*|navbar|menu|sidebar|share|social|skip-?link|newsletter)\b",
    re.IGNORECASE,
)


def read(data: bytes, task: Task, announce: Announce) -> Contents:
    """The parts of an HTML page."""
    announce(NAME)
    text = decoded(data).replace("\0", "\ufffd")
    soup = BeautifulSoup(text, "lxml")
    found = list(_Walk(soup).blocks())
    kept = main_blocks(found, _main_text(text))
    return Contents(NAME, False, make_parts((block.flowing for block in kept), NAME), docinfo(soup))


@dataclass(frozen=True, slots=True)
class Found:
    """A block of the page and the share of its letters that are links."""

    flowing: Flowing
    links: float


def main_blocks(found: Sequence[Found], main: str) -> list[Found]:
    """The blocks from the first to the last that is main text, with the headings that lead to them."""
    strong = [i for i, block in enumerate(found) if len(bare := _bare(block)) >= TELLING and bare in main]
    everything = [block for block in found if block.links < LINKS or block.flowing.kind is BlockKind.HEADING]
    if not strong or sum(_length(found[i]) for i in strong) < ENOUGH * sum(map(_length, everything)):
        return everything
    first, last = strong[0], strong[-1]
    led = next((i for i in range(max(0, first - LEAD), first) if found[i].flowing.kind is BlockKind.HEADING), first)
    taken = set(strong)
    return [found[i] for i in range(led, last + 1) if i in taken or found[i].links < LINKS]


def _main_text(text: str) -> str:
    main = trafilatura.extract(text, fast=True, include_comments=False, include_tables=True)
    return "".join(filter(str.isalnum, (main or "").lower()))


def _bare(block: Found) -> str:
    return "".join(filter(str.isalnum, "".join(block.flowing.cells).lower()))


def _length(block: Found) -> int:
    return sum(map(len, block.flowing.cells))


@dataclass(frozen=True, slots=True)
class _State:
    """What an element is a part of."""

    block: int
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    dropped: bool = False
    link: bool = False
    row: int = 0


class _Walk:
    """Goes through a page once, without recursion: nesting may be deep."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._soup = soup
        self._states: dict[int, _State] = {id(soup): _State(0)}
        self._data_tables = {id(table) for table in soup.find_all("table") if _is_data(table)}

    def blocks(self) -> Iterator[Found]:
        """The blocks of the page in order, navigation and the like left out."""
        current = _Gathered(_State(0))
        for node in self._soup.descendants:
            if isinstance(node, Tag):
                self._states[id(node)] = self._state(node, self._states[id(node.parent)])
                state = self._states[id(node)]
                if node.name == "br":
                    current.add("\n", state)
                elif state.kind is BlockKind.TABLE_ROW and node.name in _CELLS and not state.dropped:
                    if not current.takes(state):
                        yield from current.found()
                        current = _Gathered(state)
                    current.open_cell(_span(node))
                continue
            if isinstance(node, PreformattedString) or not isinstance(node, NavigableString):
                continue
            state = self._states[id(node.parent)]
            if state.dropped:
                continue
            if not current.takes(state):
                yield from current.found()
                current = _Gathered(state)
            current.add(str(node), state)
        yield from current.found()

    def _state(self, tag: Tag, outer: _State) -> _State:
        name = tag.name
        if outer.dropped or name in _DROPPED or _is_boilerplate(tag):
            return replace(outer, dropped=True) if not outer.dropped else outer
        if name == "a":
            return replace(outer, link=True)
        if name == "table" and id(tag) in self._data_tables:
            return replace(outer, block=id(tag), kind=BlockKind.TABLE_ROW)
        if outer.kind is BlockKind.TABLE_ROW:
            return _in_table(tag, outer)
        return _State(id(tag), *_kind(name, outer), link=outer.link) if name in _BLOCKS else outer


def _in_table(tag: Tag, outer: _State) -> _State:
    if tag.name == "tr":
        return replace(outer, row=id(tag))
    if tag.name == "caption":
        return _State(id(tag), BlockKind.CAPTION)
    return outer


def _kind(name: str, outer: _State) -> tuple[BlockKind, int]:
    if len(name) == 2 and name[0] == "h" and name[1].isdecimal():
        return BlockKind.HEADING, int(name[1])
    if name in ("li", "dd", "dt"):
        return BlockKind.LIST_ITEM, 0
    if name in ("figcaption", "caption"):
        return BlockKind.CAPTION, 0
    inherits = outer.kind in (BlockKind.LIST_ITEM, BlockKind.HEADING) and name in ("p", "div")
    return (outer.kind, outer.level) if inherits else (BlockKind.PARAGRAPH, 0)


def _is_data(table: Tag) -> bool:
    """Whether a table holds data: no table inside it, and two cells side by side somewhere."""
    if table.get("role") == "presentation" or table.find("table"):
        return False
    return any(len(row.find_all(("td", "th"), recursive=False)) > 1 for row in table.find_all("tr"))


def _is_boilerplate(tag: Tag) -> bool:
    if tag.name in ("html", "body", "main", "article"):
        return False
    if tag.get("hidden") is not None or tag.get("aria-hidden") == "true" or tag.get("role") in _ROLES:
        return True
    names = " ".join([*_listed(tag.get("class")), *_listed(tag.get("id"))])
    return bool(names) and tag.name in _BLOCKS and bool(_BOILERPLATE.search(names.replace("_", "-")))


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _span(cell: Tag) -> int:
    value = str(cell.get("colspan") or "1")
    return max(1, min(MOST_SPANNED, int(value))) if value.isdecimal() else 1


class _Gathered:
    """The text of one block as it is met; that of a table row, cell by cell."""

    def __init__(self, state: _State) -> None:
        self._state = state
        self._cells: list[list[str]] = [] if state.kind is BlockKind.TABLE_ROW else [[]]
        self._spare = 0
        self._letters = self._linked = 0

    def takes(self, state: _State) -> bool:
        """Whether text in this state belongs to this block."""
        return (state.block, state.row) == (self._state.block, self._state.row)

    def open_cell(self, span: int) -> None:
        """Start the next cell of a row; one that spans several leaves the others empty."""
        self._cells += [[] for _ in range(1 + self._spare)]
        self._spare = span - 1

    def add(self, text: str, state: _State) -> None:
        """Add text to the block or to its last cell."""
        if self._cells:
            self._cells[-1].append(text)
            length = len(text.strip())
            self._letters += length
            self._linked += length * state.link

    def found(self) -> Iterator[Found]:
        """The block, if it has text."""
        if self._letters:
            cells = tuple("".join(cell) for cell in self._cells)
            yield Found(Flowing(self._state.kind, cells, self._state.level), self._linked / self._letters)
