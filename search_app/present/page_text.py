"""One page's text as HTML elements: headings in order, lists and tables gathered, words and quote lit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from corpus.model import Block, BlockKind, Finding, Page
from corpus.search import WordReport
from search_app.lit import Light, Run, light_up, word_runs

DEEPEST_HEADING = 6
PAGE_HEADING = 2
NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Element:
    """A piece of the page: kind of block, its text, or its items, or its rows of cells.

    `level` is the heading's element (3 = h3). `header`: the first row names the columns. `here`: the reader
    was sent to this piece.
    """

    kind: BlockKind
    body: Markup = NOTHING
    level: int = 0
    items: tuple[Markup, ...] = ()
    rows: tuple[tuple[Markup, ...], ...] = ()
    header: bool = False
    here: bool = False


def page_elements(
    page: Page, words: Sequence[WordReport], finding: Finding | None, place: int | None, continued: bool
) -> tuple[Element, ...]:
    """A page's text in reading order.

    `place` is where the reader was sent; `continued` is true when a table may go on from the page before.
    """
    runs = (*_finding_runs(finding), *word_runs(page.text, words))
    writer = _Writer(page, runs, finding.start if finding else place, continued)
    return tuple(writer.elements())


def ends_in_table(page: Page | None) -> bool:
    """Whether a page's last run of text is a table row, so that the next page may go on with it."""
    blocks = [block for block in page.blocks if block.kind is not BlockKind.FOOTNOTE] if page else []
    return bool(blocks) and blocks[-1].kind is BlockKind.TABLE_ROW


def _finding_runs(finding: Finding | None) -> tuple[Run, ...]:
    if finding is None:
        return ()
    cue = Run(finding.start + finding.cue_start, finding.start + finding.cue_end, Light.CUE)
    return (Run(finding.start, finding.end, Light.QUOTE), cue)


class _Writer:
    """Writes the blocks of one page."""

    def __init__(self, page: Page, runs: Sequence[Run], place: int | None, continued: bool) -> None:
        self.text = page.text
        self.blocks = page.blocks or (Block(BlockKind.PARAGRAPH, 0, len(page.text)),)
        self.runs = runs
        self.place = place
        self.continued = continued
        self.heading = PAGE_HEADING

    def elements(self) -> Iterator[Element]:
        for kind, group in groupby(self.blocks, key=lambda block: block.kind):
            blocks = list(group)
            if kind in {BlockKind.LIST_ITEM, BlockKind.TOC, BlockKind.REFERENCE, BlockKind.FOOTNOTE}:
                yield Element(kind, items=tuple(self.lit(b.start, b.end) for b in blocks), here=self.here(blocks))
            elif kind is BlockKind.TABLE_ROW:
                yield self.table(blocks)
            else:
                yield from (self.single(block) for block in blocks)

    def single(self, block: Block) -> Element:
        level = self.level(block) if block.kind is BlockKind.HEADING else 0
        return Element(block.kind, self.lit(block.start, block.end), level, here=self.here([block]))

    def level(self, block: Block) -> int:
        """Never more than one below the heading before, so that no level is jumped over."""
        wanted = PAGE_HEADING + max(1, block.level)
        self.heading = min(wanted, self.heading + 1, DEEPEST_HEADING)
        return self.heading

    def table(self, blocks: Sequence[Block]) -> Element:
        rows = tuple(tuple(self.cells(block)) for block in blocks)
        goes_on = self.continued and blocks[0] is self.blocks[0]
        header = len(rows) > 1 and len(rows[0]) > 1 and not goes_on
        return Element(BlockKind.TABLE_ROW, rows=rows, header=header, here=self.here(blocks))

    def cells(self, block: Block) -> Iterator[Markup]:
        start = block.start
        for cell in self.text[block.start : block.end].split("\t"):
            yield self.lit(start, start + len(cell))
            start += len(cell) + 1

    def lit(self, start: int, end: int) -> Markup:
        near = [run for run in self.runs if run.start < end and run.end > start]
        return light_up(self.text, near, start, end)

    def here(self, blocks: Sequence[Block]) -> bool:
        return self.place is not None and blocks[0].start <= self.place < blocks[-1].end
