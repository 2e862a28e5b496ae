"""Which blocks of text does an HTML page have?

Its tree is gone through once and without recursion: nesting may be deep.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from corpus.errors import ExtractionFailed, Reason
from corpus.model import BlockKind
from indexer.extract.parts import Flowing
from indexer.extract.rows import WIDEST

LONGEST_NAME = 500  # characters of a class, id or style that are looked at
TALLEST = 1000  # rows a cell may span

_WORD = re.compile(r"\w+")
_LEFT_OUT = frozenset(
    _WORD.findall("""script style noscript template iframe object svg math nav footer aside input label button select
    option textarea dialog menu audio video canvas head""")
)
_BLOCKS = frozenset(
    _WORD.findall("""html body address article blockquote center dd details div dl dt fieldset figcaption figure form
    h1 h2 h3 h4 h5 h6 header hgroup hr legend li main ol p pre section summary table caption tbody td tfoot th thead tr
    ul""")
)
_WHOLE = frozenset(("html", "body", "main", "article"))
_CONTENT = ("main", "article", "h1")
_KINDS = {
    "li": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
}
_LASTING = frozenset((BlockKind.LIST_ITEM, BlockKind.HEADING, BlockKind.FOOTNOTE, BlockKind.TOC))
_INSIDE = frozenset(("p", "div", "li", "ol", "ul", "section"))  # take the kind of what they stand in
_HEADING = re.compile(r"h([1-6])")
_CELLS = frozenset(("td", "th"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog"))
_AROUND = re.compile(
    r"(?<![a-z])(?:cookies?|consent|gdpr|breadcrumbs?|brodsmule\w*|navbar|menu|sidebar|share|social|skip-?link"
    r"|newsletter)(?![a-z])",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAMED = (
    (re.compile(r"footnotes?|endnotes?|fotnoter?|sluttnoter?|doc-endnotes", re.IGNORECASE), BlockKind.FOOTNOTE),
    (re.compile(r"toc|table-of-contents|innholdsfortegnelse|innhaldsliste", re.IGNORECASE), BlockKind.TOC),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A block of the page, the share of its letters that are links."""

    flowing: Flowing
    links: float


@dataclass(slots=True)
class _Table:
    """Which cells of earlier rows reach down into this one: the last row each column is taken in."""

    row: int = 0
    taken: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _State:
    """What text belongs to: a block, or a row of a table. `element` is where the block starts."""

    element: Any
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    link: bool = False
    table: _Table | None = None


def page_tree(text: str) -> Any:
    """A page as a tree, None when there is none. Raises ExtractionFailed when it is nested too deep.

    Past 256 levels, or 2048 with huge_tree, libxml2 leaves out all that follows without an error.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise ExtractionFailed(Reason.UNREADABLE, "nested too deep")
    return root


def found_blocks(root: Any) -> Iterator[Found]:
    """The blocks of a page in order; navigation, banners, controls and what is not seen are left out."""
    walk = etree.iterwalk(root, events=("start", "end"))
    states = [_State(root)]
    block = _Gathered(states[0])
    for event, element in walk:
        if event == "start" and _is_left_out(element, states[-1]):
            walk.skip_subtree()
            states.append(states[-1])
            continue
        if event == "start":
            states.append(_state(element, states[-1]))
        else:
            states.pop()
        state = states[-1]
        if not block.takes(state):
            yield from block.found()
            block = _Gathered(state)
        if event == "start" and element.tag in _CELLS:
            block.open_cell(element)
        block.part(element, element.text if event == "start" else element.tail, state.link)
    yield from block.found()


def _state(element: Any, outer: _State) -> _State:
    tag = element.tag
    if tag == "a":
        return replace(outer, link=True)
    if tag == "caption":
        return _State(element, BlockKind.CAPTION)
    if outer.table is not None:
        return _State(element, BlockKind.TABLE_ROW, table=outer.table) if tag == "tr" else outer
    if tag == "table" and _is_data(element):
        return _State(element, BlockKind.TABLE_ROW, table=_Table())
    if tag not in _BLOCKS:
        return outer
    kind, level = _kind(element, outer)
    return _State(element, kind, level, outer.link)


def _kind(element: Any, outer: _State) -> tuple[BlockKind, int]:
    if heading := _HEADING.fullmatch(element.tag):
        return BlockKind.HEADING, int(heading[1])
    if (
        outer.kind in _LASTING
        and element.tag in _INSIDE
        and (element.tag != "li" or outer.kind is not BlockKind.HEADING)
    ):
        return outer.kind, outer.level
    for name in _names(element):
        for pattern, kind in _NAMED:
            if pattern.fullmatch(name):
                return kind, 0
    return _KINDS.get(element.tag, BlockKind.PARAGRAPH), 0


def _is_data(table: Any) -> bool:
    """Whether a table holds data: no table inside it, and two cells side by side somewhere."""
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        return False
    return any(len(row) > 1 for row in table.iter("tr"))


def _is_left_out(element: Any, outer: _State) -> bool:
    tag = element.tag
    if tag in _LEFT_OUT:
        return not (tag == "button" and outer.kind is BlockKind.HEADING)
    if tag in _WHOLE:
        return False
    if _is_unseen(element) or element.get("role") in _ROLES:
        return True
    around = tag == "header" or (tag in _BLOCKS and any(map(_AROUND.search, _names(element))))
    return around and not _holds_content(element)


def _is_unseen(element: Any) -> bool:
    if element.get("hidden", "until-found") != "until-found" or element.get("aria-hidden") == "true":
        return True
    return bool(_UNSEEN.search(element.get("style", "")[:LONGEST_NAME]))


def _holds_content(element: Any) -> bool:
    if next(element.iter(*_CONTENT), None) is not None:
        return True
    return element.tag == "header" and next(element.iterancestors("main", "article"), None) is not None


def _names(element: Any) -> list[str]:
    names = (element.get(name, "")[:LONGEST_NAME] for name in ("class", "id", "role"))
    return " ".join(names).replace("_", "-").split()


def _span(cell: Any, name: str, most: int) -> int:
    value = cell.get(name, "1")
    return max(1, min(most, int(value))) if re.fullmatch(r"\d{1,5}", value) else 1


class _Gathered:
    """The text of one block as it is met; that of a table row cell by cell."""

    def __init__(self, state: _State) -> None:
        self._state = state
        self._cells: list[list[str]] = [[]]
        self._cell = self._cells[0]
        self._letters = self._linked = 0
        if state.table is not None:
            self._cells = []
            state.table.row += state.element.tag == "tr"

    def takes(self, state: _State) -> bool:
        """Whether text in this state belongs to this block."""
        return state.element is self._state.element

    def open_cell(self, element: Any) -> None:
        """Start the next cell of a row, past the columns that cells of rows above reach into."""
        table = self._state.table
        if table is None:
            return
        while table.taken.get(len(self._cells), 0) >= table.row:
            self._cells.append([])
        self._cell = []
        span = _span(element, "colspan", WIDEST)
        for column in range(len(self._cells), len(self._cells) + span):
            table.taken[column] = table.row + _span(element, "rowspan", TALLEST) - 1
        self._cells += [self._cell, *([] for _ in range(span - 1))]

    def part(self, element: Any, text: str | None, link: bool) -> None:
        """Add text at an element's start or end; blocks inside a cell, and line breaks, set words apart."""
        if element.tag in _BLOCKS or element.tag == "br":
            self._cell.append("\n")
        if text:
            self._cell.append(text)
            length = len(text.strip())
            self._letters += length
            self._linked += length * link

    def found(self) -> Iterator[Found]:
        """The block, if it has text."""
        if self._letters:
            flowing = Flowing(self._state.kind, tuple("".join(cell) for cell in self._cells), self._state.level)
            yield Found(flowing, self._linked / self._letters)
