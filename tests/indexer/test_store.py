"""records.sqlite gives back what was written, and keeps the text of a page once."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Block, BlockKind, Language, Page, PageStatus, Passage, Record
from indexer.store import PIECE, RECORDS, RecordStore, write
from tests.contract.collection import record

TEXT = st.text(max_size=60)


def of_page(text: str, spans: list[tuple[int, int]], *, source: str = "") -> Record:
    page = Page(3, text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), source, (), PageStatus.TEXT, "hand", "iii")
    passages = tuple(Passage(3, a, b, text[a:b], ("Mål", "Tiltak"), Language.NN) for a, b in spans)
    return replace(record(1), pages=(page,), passages=passages)


def check(folder: Path, held: Record) -> None:
    write(folder, [record(7, "En annen."), held])
    store = RecordStore(folder)
    name = held.document.id
    assert store.pages(name) == held.pages
    assert [store.page(name, page.number) for page in held.pages] == list(held.pages)
    assert store.passages((1, at) for at in range(len(held.passages))) == held.passages


@given(text=TEXT, source=TEXT, ends=st.tuples(st.integers(0, 60), st.integers(0, 60)))
def test_any_text(tmp_path_factory: pytest.TempPathFactory, text: str, source: str, ends: tuple[int, int]) -> None:
    start, end = sorted(min(each, len(text)) for each in ends)
    check(tmp_path_factory.mktemp("store"), of_page(text, [(start, end)], source=source))


@pytest.mark.parametrize("length", [PIECE - 1, PIECE, PIECE + 1, 5 * PIECE + 17])
def test_a_long_page_in_pieces(tmp_path: Path, length: int) -> None:
    text = "".join(random.Random(length).choices("aæ Å𝄞.\n", k=length))
    places = (0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5, length)
    spans = [(a, b) for a in places for b in places if a <= b <= length]
    check(tmp_path, of_page(text, spans, source=text.replace(" ", "  ")))


def test_the_text_of_a_page_is_kept_once(tmp_path: Path) -> None:
    text = random.Random(1).randbytes(60_000).hex()
    spans = [(at, at + 1_000) for at in range(0, len(text), 1_000)]
    write(tmp_path, [of_page(text, spans, source=text)])
    alone = tmp_path / "alone"
    alone.mkdir()
    write(alone, [of_page(text, [])])
    assert (tmp_path / RECORDS).stat().st_size < 1.6 * (alone / RECORDS).stat().st_size


def test_a_passage_that_is_not_of_its_page_is_refused(tmp_path: Path) -> None:
    held = of_page("Natteravner går.", [(0, 11)])
    wrong = replace(held.passages[0], text="Nattugler")
    with pytest.raises(ValueError, match="page 3"):
        write(tmp_path, [replace(held, passages=(wrong,))])


def test_what_is_not_there(tmp_path: Path) -> None:
    write(tmp_path, [of_page("", [])])
    store = RecordStore(tmp_path)
    assert store.pages("none") == ()
    assert store.page("none", 1) is None
    assert store.page(store.ids()[0], 1) is None
    assert store.passages([]) == ()
    with pytest.raises(KeyError):
        store.passages([(0, 4)])
