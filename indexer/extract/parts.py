"""Where does a document without pages get its parts?

A part has at most 20,000 characters and starts at a heading where one is near; a block of more than half that is cut.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.model import BlockKind, Page
from indexer.extract.weave import ADDED, PageMeta, Piece, Strand, strands, weave

PART_CHARACTERS = 20_000
LONGEST_BLOCK = PART_CHARACTERS // 2  # fits beside the half part that may be carried on with a heading
_WHITE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Flowing:
    """One block of a document without pages: its text as read, one string for each cell of a table row."""

    kind: BlockKind
    cells: tuple[str, ...]
    level: int = 0

    @property
    def size(self) -> int:
        """Characters as read, with what stands between cells."""
        return sum(map(len, self.cells)) + len(self.cells)


def make_parts(blocks: Iterable[Flowing], engine: str) -> tuple[Page, ...]:
    """The parts of a document, numbered from 1."""
    parts = _packed(_short(block for block in blocks if any(cell.strip() for cell in block.cells)))
    return tuple(_part(part, number, engine) for number, part in enumerate(parts, start=1))


def _short(blocks: Iterable[Flowing]) -> Iterator[Flowing]:
    """The same blocks, those longer than half a part cut into several of their kind."""
    for block in blocks:
        if block.size <= LONGEST_BLOCK:
            yield block
        else:
            yield from (replace(block, cells=(piece,)) for cell in block.cells for piece in _pieces(cell))


def _pieces(text: str) -> Iterator[str]:
    """A long text cut between sentences, else between words."""
    rest = text
    while len(rest) >= LONGEST_BLOCK:
        window = _WHITE.sub(" ", rest[: LONGEST_BLOCK - 1])
        end = window.rfind(". ") + 1 or window.rfind(" ") + 1 or len(window)
        yield rest[:end]
        rest = rest[end:]
    yield rest


def _packed(blocks: Iterable[Flowing]) -> list[list[Flowing]]:
    """Blocks in parts; a part that is full breaks at its last heading when that is past its middle."""
    parts: list[list[Flowing]] = [[]]
    size = 0
    for block in blocks:
        if size + block.size > PART_CHARACTERS:
            carried = _tail(parts[-1], size)
            parts.append(carried)
            size = sum(one.size for one in carried)
        parts[-1].append(block)
        size += block.size
    return [part for part in parts if part]


def _tail(part: list[Flowing], size: int) -> list[Flowing]:
    """Take from a full part what belongs under its last heading, if that stands in its second half."""
    behind = 0
    for index in range(len(part) - 1, 0, -1):
        behind += part[index].size
        if behind > size // 2:
            break
        if part[index].kind is BlockKind.HEADING and part[index - 1].kind is not BlockKind.HEADING:
            carried = part[index:]
            del part[index:]
            return carried
    return []


def _part(blocks: Sequence[Flowing], number: int, engine: str) -> Page:
    """One part, its notes last."""
    ordered = sorted(blocks, key=lambda block: block.kind is BlockKind.FOOTNOTE)
    source = "\n".join("\t".join(block.cells) for block in ordered)
    pieces = []
    start = 0
    for block in ordered:
        pieces.append(Piece(block.kind, tuple(_strands(source, start, block.cells)), block.level))
        start += block.size
    return weave(source, pieces, PageMeta(number, engine))


def _strands(source: str, start: int, cells: Sequence[str]) -> Iterator[Strand]:
    """The cells of a block with tabs between, those empty at its end left out."""
    tabs = 0
    for cell in cells:
        run = strands(source, start, start + len(cell))
        if any(not strand.text.isspace() for strand in run):
            yield Strand("\t" * tabs, ADDED)
            yield from run
            tabs = 0
        tabs += 1
        start += len(cell) + 1
