"""Headings that only the tags of a PDF tell: no outline, and set like the text around them."""

from pathlib import Path

import typst

from corpus.config import ExtractConfig
from corpus.model import BlockKind, SourceFile
from indexer.extract import read_file

BODY = "Kommunen samlet alle som arbeider med ungdom, og gjennomgikk hva som var gjort i løpet av året. " * 4
PLAIN = """#set text(size: 11pt, lang: "nb")
#set heading(bookmarked: false)
#show heading: set text(size: 11pt, weight: "regular")
"""


def headings(source: str, folder: Path) -> list[tuple[int, str]]:
    path = folder / "plan.pdf"
    path.write_bytes(typst.compile(source.encode()))
    extracted = read_file(path, SourceFile("plan.pdf", "0" * 64, 1, "application/pdf"), ExtractConfig())
    return [
        (block.level, page.text[block.start : block.end])
        for page in extracted.pages
        for block in page.blocks
        if block.kind is BlockKind.HEADING
    ]


def test_tags_tell_headings_and_their_levels(tmp_path: Path) -> None:
    text = f"{PLAIN}= Arbeidet i kommunen\n{BODY}\n== Skolene\n{BODY}\n== Fritid og _kultur_\n{BODY}\n"
    assert headings(text, tmp_path) == [(1, "Arbeidet i kommunen"), (2, "Skolene"), (2, "Fritid og kultur")]


def test_text_that_is_tagged_as_headings_throughout_is_text(tmp_path: Path) -> None:
    text = PLAIN + "".join(f"= Dette er et avsnitt som er merket feil, nummer {number}\n" for number in range(6))
    assert headings(text, tmp_path) == []


def test_without_tags_and_outline_nothing_here_is_a_heading(tmp_path: Path) -> None:
    assert headings(f"{PLAIN}Arbeidet i kommunen\n\n{BODY}\n\nSkolene\n\n{BODY}\n", tmp_path) == []
