"""Whoosh 2.7.4: its postings as arrays are what its own matcher gives, and its traps are not stepped in."""

import inspect
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index

from indexer.engines import whoosh_engine
from indexer.engines.whoosh_engine import FOLDER, WhooshPostings, WhooshWriter
from indexer.schema import Field

ROWS = st.lists(st.lists(st.sampled_from(["vold", "MOT", "mot", "åpen", "rus"]), max_size=9), min_size=1, max_size=20)


def built(folder: Path, rows: list[list[str]]) -> WhooshPostings:
    writer = WhooshWriter(folder)
    for words in rows:
        writer.add({Field.BODY: words})
    writer.close()
    return WhooshPostings(folder)


def counted(rows: list[list[str]], word: str) -> dict[int, int]:
    return {number: Counter(words)[word] for number, words in enumerate(rows) if word in words}


def test_the_version_is_the_one_its_blocks_were_read_for() -> None:
    assert version("whoosh") == "2.7.4"


@settings(max_examples=15)
@given(ROWS)
def test_postings_are_what_was_written(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    postings = built(tmp_path_factory.mktemp("index"), rows)
    assert postings.rows == len(rows)
    for word in ("vold", "MOT", "mot", "åpen", "rus", "nowhere"):
        found, counts = postings.read(Field.BODY, word)
        assert dict(zip(found.tolist(), counts.tolist(), strict=True)) == counted(rows, word)
        assert len(postings.read(Field.TITLE, word)[0]) == 0
    postings.close()


def test_blocks_and_segments_give_what_the_public_matcher_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_engine, "ROWS_A_SEGMENT", 300)
    rows = [["ofte"] * (1 + number % 3) + (["sjelden"] if number == 450 else []) for number in range(1000)]
    postings = built(tmp_path, rows)
    reader = index.open_dir(str(tmp_path / FOLDER)).reader()
    assert len(list(reader.leaf_readers())) == 4
    for word in ("ofte", "sjelden"):
        matcher, public = reader.postings("body", word.encode()), []
        while matcher.is_active():
            public.append((matcher.id(), matcher.weight()))
            matcher.next()
        found, counts = postings.read(Field.BODY, word)
        assert list(zip(found.tolist(), counts.tolist(), strict=True)) == public
        assert np.all(np.diff(found) > 0)


def test_a_build_that_is_given_up_leaves_no_lock(tmp_path: Path) -> None:
    writer = WhooshWriter(tmp_path)
    writer.add({Field.BODY: ["vold"]})
    writer.abandon()
    again = index.open_dir(str(tmp_path / FOLDER)).writer()
    again.cancel()


def test_none_of_whooshs_own_query_side_is_used() -> None:
    source = inspect.getsource(whoosh_engine)
    assert not any(name in source for name in ("TimeLimit", "AsyncWriter", "BufferedWriter", "searcher(", "highlight"))
