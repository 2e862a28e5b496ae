"""What is in an HTML page? Its main text in blocks, without navigation, banners and footers.

trafilatura decides what is main text; the page's own tree gives it whole, with headings, lists and tables.
"""

from collections.abc import Sequence

import trafilatura

from corpus.model import BlockKind
from indexer.extract.contents import Contents
from indexer.extract.encoding import decoded
from indexer.extract.htmlinfo import docinfo
from indexer.extract.htmlwalk import Found, found_blocks, page_tree
from indexer.extract.kinds import told
from indexer.extract.message import Announce, Task
from indexer.extract.parts import make_parts

NAME = "html"
TELLING = 25  # letters: a block this long is looked for in the main text
ENOUGH = 0.25  # of the page's letters: main text below this is a misjudgement
LINKS = 0.45  # of a block's letters in links: navigation
LEAD = 4  # blocks before the main text among which its headings are
MOST_ELEMENTS = 30_000  # a larger page is read by our own rules: trafilatura's time grows with the square


def read(data: bytes, task: Task, announce: Announce) -> Contents:
    """The parts of an HTML page."""
    announce(NAME)
    text = decoded(data).replace("\0", "\ufffd")
    root = page_tree(text)
    if root is None:
        return Contents(NAME, False, (), docinfo(None, ""))
    found = list(found_blocks(root))
    small = sum(1 for _ in root.iter()) <= MOST_ELEMENTS
    kept = main_blocks(found, _main_text(text) if small else "")
    heading = next((one.flowing.cells[0] for one in kept if one.flowing.level == 1), "")
    pages = make_parts(told(block.flowing for block in kept), NAME)
    return Contents(NAME, False, pages, docinfo(root, heading))


def _main_text(text: str) -> str:
    """The letters of what trafilatura takes for the main text; none when it gives up."""
    try:
        main = trafilatura.extract(text, fast=True, include_comments=False, include_tables=True)
    except (RecursionError, ValueError, AttributeError, TypeError):
        return ""
    return "".join(filter(str.isalnum, (main or "").lower()))


def main_blocks(found: Sequence[Found], main: str) -> list[Found]:
    """The blocks from the first to the last that is main text, and the headings, tables and lists at both ends."""
    bares = [_bare(block) for block in found]
    strong = {i for i, bare in enumerate(bares) if len(bare) >= TELLING and bare in main}
    own = [i for i, block in enumerate(found) if block.links < LINKS or block.flowing.kind is BlockKind.HEADING]
    if not strong or sum(len(bares[i]) for i in strong) < ENOUGH * sum(len(bares[i]) for i in own):
        return [found[i] for i in own] or list(found)
    first, last = _led(found, min(strong)), _followed(found, max(strong))
    return [found[i] for i in range(first, last + 1) if i in strong or found[i].links < LINKS]


def _led(found: Sequence[Found], first: int) -> int:
    """Where the headings start that lead to a block."""
    near = range(max(0, first - LEAD), first)
    return next((i for i in near if found[i].flowing.kind is BlockKind.HEADING), first)


def _followed(found: Sequence[Found], last: int) -> int:
    """Where the tables and lists end that follow a block, with the headings among them."""
    for i in range(last + 1, len(found)):
        kind = found[i].flowing.kind
        if kind is BlockKind.PARAGRAPH or found[i].links >= LINKS:
            break
        if kind is not BlockKind.HEADING:
            last = i
    return last


def _bare(block: Found) -> str:
    return "".join(filter(str.isalnum, "".join(block.flowing.cells).lower()))
