"""What does a block's own wording say it is? Captions, references and the entries of a table of contents."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from corpus.model import BlockKind
from indexer.extract.parts import Flowing

_CAPTION = re.compile(
    r"(?:tabell|figur|figure|table|boks|diagram|bilde|bilete|kart|box)\s+[a-z]?\d+(?:[.-]\d+)*\s*(?:$|[.:–|-]|(?-i:[A-ZÆØÅ«]))",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"(?:innhold|innhald|innholdsfortegnelse|innhaldsliste|(?:table of )?contents)\W*", re.IGNORECASE
)
_ENTRY = re.compile(r".*\S(?:\s*(?:\.\s?){3,}\s*|\s*…+\s*|\s+)\d{1,4}\s*", re.DOTALL)
_REFERENCES = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s+)?(?:referanser|referansar|referanseliste|litteratur|litteraturliste|kilder|kjelder"
    r"|kildeliste|kjeldeliste|references|bibliography)\W*",
    re.IGNORECASE,
)
LONGEST_CAPTION = 300
_RUNNING = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def told(blocks: Iterable[Flowing]) -> Iterator[Flowing]:
    """The same blocks, captions, contents and references told apart from paragraphs and list items."""
    contents = _Contents()
    references = _References()
    for block in blocks:
        kind = references.kind(block) or contents.kind(block) or _caption(block)
        yield replace(block, kind=kind) if kind else block


class _References:
    """Under a heading of references until the next heading that is not below it."""

    def __init__(self) -> None:
        self._level = 0

    def kind(self, block: Flowing) -> BlockKind | None:
        """REFERENCE for what is one."""
        if block.kind is BlockKind.HEADING and (not self._level or block.level <= self._level):
            self._level = block.level if _REFERENCES.fullmatch(_first(block)) else 0
        return BlockKind.REFERENCE if self._level and block.kind in _RUNNING else None


class _Contents:
    """After a line "Innhold", as long as lines end in page numbers."""

    def __init__(self) -> None:
        self._inside = False

    def kind(self, block: Flowing) -> BlockKind | None:
        """TOC for an entry."""
        text = _first(block)
        if not text or block.kind in (BlockKind.FOOTNOTE, BlockKind.TOC):
            return None
        entry = self._inside and block.kind in _RUNNING and bool(_ENTRY.fullmatch(text))
        self._inside = entry or bool(_CONTENTS.fullmatch(text))
        return BlockKind.TOC if entry else None


def _caption(block: Flowing) -> BlockKind | None:
    text = _first(block)
    caption = block.kind is BlockKind.PARAGRAPH and len(text) <= LONGEST_CAPTION and _CAPTION.match(text)
    return BlockKind.CAPTION if caption else None


def _first(block: Flowing) -> str:
    return block.cells[0].strip() if block.cells else ""
