"""Extracted values made by hand: a line of Markdown is a block, so that a test shows the document it is about."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Block, BlockKind, DocInfo, Extracted, Page, PageStatus, Segment, SourceFile

PAGE_BREAK = "\\newpage"
_KINDS = {
    "- ": BlockKind.LIST_ITEM,
    "^ ": BlockKind.FOOTNOTE,
    "~ ": BlockKind.TOC,
    "> ": BlockKind.REFERENCE,
    "= ": BlockKind.CAPTION,
}


@dataclass(frozen=True)
class _Written:
    kind: BlockKind
    level: int
    text: str


def extracted(text: str, path: str = "rapport.pdf", docinfo: DocInfo | None = None) -> Extracted:
    """Read `# Heading`, `- item`, `| a | b |`, `^ footnote`, `~ contents`, `> reference`, and \\newpage."""
    pages = tuple(_page(number, part) for number, part in enumerate(text.split(PAGE_BREAK), 1))
    source = SourceFile(path, hashlib.sha256(text.encode()).hexdigest(), len(text), "application/pdf")
    return Extracted(source, "hand", 1, True, pages, docinfo or DocInfo())


def _page(number: int, text: str) -> Page:
    blocks, lines, start = [], [], 0
    for written in _read(text):
        blocks.append(Block(written.kind, start, start + len(written.text), written.level))
        lines.append(written.text)
        start += len(written.text) + 1
    body = "\n".join(lines)
    status = PageStatus.TEXT if body else PageStatus.EMPTY
    return Page(number, body, tuple(blocks), body, (Segment(0, 0, len(body)),), status, "hand")


def _read(text: str) -> Iterator[_Written]:
    for line in text.strip().splitlines():
        written = line.strip().replace("*", "")
        if not written or set(written) <= set("|-: "):
            continue
        hashes = len(written) - len(written.lstrip("#"))
        if hashes:
            yield _Written(BlockKind.HEADING, hashes, written.lstrip("# "))
        elif written.startswith("|"):
            yield _Written(BlockKind.TABLE_ROW, 0, "\t".join(cell.strip() for cell in written.strip("|").split("|")))
        else:
            kind = _KINDS.get(written[:2], BlockKind.PARAGRAPH)
            yield _Written(kind, 0, written[2:] if kind is not BlockKind.PARAGRAPH else written)
