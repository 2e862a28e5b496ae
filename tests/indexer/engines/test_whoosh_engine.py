"""Whoosh 2.7.4: it gives back what was written, and its traps are not stepped in."""

import inspect
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines import whoosh_engine
from indexer.engines.whoosh_engine import FOLDER, SHELVES, WhooshPostings, WhooshWriter

index = import_module("whoosh.index")  # as the engine has loaded it: compiling it warns
BLOCK = st.dictionaries(st.integers(0, 300), st.binary(min_size=1, max_size=40))


def built(folder: Path, blocks: list[dict[int, bytes]]) -> WhooshPostings:
    writer = WhooshWriter(folder)
    for number, shelves in enumerate(blocks):
        writer.add(number + 1, shelves.items())
    writer.close()
    return WhooshPostings(folder)


def test_the_version_is_the_one_its_faults_are_known_of() -> None:
    assert version("whoosh") == "2.7.4"


@settings(max_examples=15)
@given(st.lists(BLOCK, min_size=1, max_size=5), st.sets(st.integers(0, 300)))
def test_what_is_read_is_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[dict[int, bytes]], asked: set[int]
) -> None:
    postings = built(tmp_path_factory.mktemp("index"), blocks)
    assert postings.rows == sum(range(1, len(blocks) + 1))
    wanted = [(shelf, number, held[shelf]) for shelf in asked for number, held in enumerate(blocks) if shelf in held]
    assert sorted(postings.read(asked)) == sorted(wanted)
    postings.close()


def test_blocks_are_numbered_on_over_segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_engine, "BLOCKS_A_SEGMENT", 2)
    postings = built(tmp_path, [{1: bytes([number]), 10 + number: b"x"} for number in range(5)])
    reader = index.open_dir(str(tmp_path / FOLDER)).reader()
    assert len(list(reader.leaf_readers())) == 3
    assert postings.read([1]) == [(1, number, bytes([number])) for number in range(5)]
    matcher = reader.postings(SHELVES, (1).to_bytes(4, "big"))
    assert list(matcher.all_ids()) == [0, 1, 2, 3, 4]


def test_a_build_that_is_given_up_leaves_no_lock(tmp_path: Path) -> None:
    writer = WhooshWriter(tmp_path)
    writer.add(1, [(7, b"x")])
    writer.abandon()
    again = index.open_dir(str(tmp_path / FOLDER)).writer()
    again.cancel()


def test_none_of_whooshs_own_query_side_is_used() -> None:
    source = inspect.getsource(whoosh_engine)
    assert not any(name in source for name in ("TimeLimit", "AsyncWriter", "BufferedWriter", "searcher(", "highlight"))


def test_it_is_imported_without_a_warning_even_where_it_was_never_compiled(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-X", f"pycache_prefix={tmp_path}", "-c", "import indexer.engines"]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
