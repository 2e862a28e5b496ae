"""How do the cells of a table become rows of text?

A table inside a cell is flattened into it; a table of one column is a frame around ordinary blocks.
"""

from dataclasses import dataclass, field

from corpus.model import BlockKind
from indexer.extract.parts import Flowing

WIDEST = 64  # columns a cell may span or be repeated over


@dataclass(slots=True)
class _Cell:
    span: int
    covered: bool
    blocks: list[Flowing] = field(default_factory=list)

    def said(self) -> list[str]:
        """The cell's text, then nothing for every other column it spans."""
        text = "\n".join("\n".join(block.cells) for block in self.blocks)
        return [text, *[""] * (self.span - 1)]


class Assembly:
    """Blocks in the order of the file; those inside a table wait until their row is whole."""

    def __init__(self) -> None:
        self._done: list[Flowing] = []
        self._rows: list[list[_Cell]] = []

    def take(self) -> list[Flowing]:
        """The blocks that are whole, each given once."""
        done, self._done = self._done, []
        return done

    def add(self, block: Flowing) -> None:
        """A block where the reading stands; what a covered cell holds is not shown anywhere."""
        if not any(cell.strip() for cell in block.cells):
            return
        if not self._rows or not self._rows[-1]:
            self._done.append(block)
        elif not self._rows[-1][-1].covered:
            self._rows[-1][-1].blocks.append(block)

    def open_row(self) -> None:
        """A row starts."""
        self._rows.append([])

    def cell(self, span: int = 1, covered: bool = False) -> None:
        """A cell starts, over `span` columns; a covered one belongs to the cell above or to the left."""
        if self._rows:
            self._rows[-1].append(_Cell(max(1, min(span, WIDEST)), covered))

    def shape(self, span: int, covered: bool) -> None:
        """What is learnt of the cell that is open."""
        if self._rows and self._rows[-1]:
            self._rows[-1].pop()
            self.cell(span, covered)

    def close_row(self) -> None:
        """The row ends, and becomes blocks where its table stands."""
        for block in _shown(self._rows.pop()):
            self.add(block)


def _shown(cells: list[_Cell]) -> list[Flowing]:
    notes = [block for cell in cells for block in cell.blocks if block.kind is BlockKind.FOOTNOTE]
    for cell in cells:
        cell.blocks = [block for block in cell.blocks if block.kind is not BlockKind.FOOTNOTE]
    full = [cell for cell in cells if cell.blocks]
    if len(full) == 1 and (len(cells) == full[0].span == 1 or _holds_table(full[0])):
        return full[0].blocks + notes
    texts = tuple(text for cell in cells for text in cell.said())
    return [Flowing(BlockKind.TABLE_ROW, texts), *notes] if full else notes


def _holds_table(cell: _Cell) -> bool:
    return any(block.kind is BlockKind.TABLE_ROW for block in cell.blocks)
