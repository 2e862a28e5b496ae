"""Parts: where a document without pages is cut, and the samples that have none."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import BlockKind
from indexer.extract import docx, html, markdown, odt, plain
from indexer.extract.parts import PART_CHARACTERS, Flowing, make_parts
from tests.indexer.extract.reader_files import Reader, assert_leads_back, read

SAMPLES = Path("corpus/samples")
READERS: dict[str, Reader] = {
    ".docx": docx.read,
    ".odt": odt.read,
    ".html": html.read,
    ".md": markdown.read,
    ".txt": plain.read,
}
DOCUMENTS = [
    document
    for document in json.loads((SAMPLES / "manifest.json").read_text(encoding="utf-8"))["documents"]
    if Path(document["file"]).suffix in READERS
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["file"])
def test_every_gold_quote_stands_whole_in_one_part(document: dict[str, list[dict[str, str]]]) -> None:
    path = SAMPLES / "documents" / str(document["file"])
    pages = read(READERS[path.suffix], path.read_bytes()).pages
    quotes = [finding["quote"] for finding in document["findings"]]
    assert [quote for quote in quotes if not any(quote in page.text for page in pages)] == []


def flowing(kind: BlockKind, size: int, level: int = 0) -> Flowing:
    return Flowing(kind, ("ord " * (size // 4),), level)


HEADING = Flowing(BlockKind.HEADING, ("Del",), 1)


@pytest.mark.parametrize(
    ("blocks", "sizes"),
    [
        ([], []),
        ([Flowing(BlockKind.PARAGRAPH, (" ",))], []),
        ([flowing(BlockKind.PARAGRAPH, 8000)] * 5, [2, 2, 1]),
        ([flowing(BlockKind.PARAGRAPH, 9000), HEADING, flowing(BlockKind.PARAGRAPH, 6000)] * 2, [1, 3, 2]),
        ([flowing(BlockKind.PARAGRAPH, 50000)], [2, 2, 2]),
        ([*[flowing(BlockKind.PARAGRAPH, 9000)] * 2, HEADING, HEADING, flowing(BlockKind.PARAGRAPH, 6000)], [2, 3]),
    ],
)  # fmt: skip
def test_where_parts_are_cut(blocks: Sequence[Flowing], sizes: list[int]) -> None:
    assert [len(page.blocks) for page in make_parts(blocks, "prøve")] == sizes


def test_empty_cells_keep_their_columns_but_not_at_the_end() -> None:
    row = Flowing(BlockKind.TABLE_ROW, ("", "a", " ", "b", "", "\u200b"))
    page = make_parts([row], "prøve")[0]
    assert page.text == "\ta\t\tb"


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(list(BlockKind)), st.integers(1, 30_000)), max_size=8))
def test_parts_keep_every_word_and_their_size(drawn: list[tuple[BlockKind, int]]) -> None:
    blocks = [Flowing(kind, ("æ" * (size % 7 + 1) + " ord" * (size // 4),)) for kind, size in drawn]
    pages = make_parts(blocks, "prøve")
    words = sorted(word for page in pages for word in page.text.split())
    assert words == sorted(word for block in blocks for word in block.cells[0].split())
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        assert len(page.text) <= PART_CHARACTERS
        assert_leads_back(page)
