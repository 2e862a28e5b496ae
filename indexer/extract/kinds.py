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
_CONTENTS = re.compile(r"(?:innhold|innhald|innholdsfortegnelse|innhaldsliste|(?:table of )?contents)\W*", re.IGNORECASE)
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
    contents = False
    references = 0
    for block in blocks:
        text = block.cells[0].strip()
        if block.kind is BlockKind.HEADING and (not references or block.level <= references):
            references = block.level if _REFERENCES.fullmatch(text) else 0
        if block.kind not in (BlockKind.FOOTNOTE, BlockKind.TOC) and text:
            entry = contents and block.kind in _RUNNING and bool(_ENTRY.fullmatch(text))
            contents = entry or bool(_CONTENTS.fullmatch(text))
            if entry:
                block = replace(block, kind=BlockKind.TOC)
        if references and block.kind in _RUNNING:
            block = replace(block, kind=BlockKind.REFERENCE)
        elif block.kind is BlockKind.PARAGRAPH and len(text) <= LONGEST_CAPTION and _CAPTION.match(text):
            block = replace(block, kind=BlockKind.CAPTION)
        yield block
