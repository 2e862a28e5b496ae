"""What stands: read whole from a file with any byte damaged, replaced in one step."""

import multiprocessing
from pathlib import Path

import pytest

from corpus.errors import IndexDamaged
from indexer.standing import LIVE, Standing, StandingFile

STOOD = Standing(("000003-x", "000001-x"), "000002-x")


def written(root: Path) -> tuple[StandingFile, Path]:
    file = StandingFile(root)
    file.write(STOOD)
    return file, root / LIVE


def test_nothing_stands_before_the_first_switch(tmp_path: Path) -> None:
    file = StandingFile(tmp_path)
    assert (file.read(), file.read().live, file.stamp()) == (Standing(), None, None)


def test_what_was_written_stands(tmp_path: Path) -> None:
    file, _ = written(tmp_path)
    assert (file.read(), file.read().live) == (STOOD, "000003-x")
    stamp = file.stamp()
    file.write(Standing(("000004-x",)))
    assert (file.read().published, file.stamp() != stamp) == (("000004-x",), True)


def test_any_damaged_byte_is_told_and_costs_nothing(tmp_path: Path) -> None:
    file, path = written(tmp_path)
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        found = file.read()
        assert (found.published, found.withdrawn) == (STOOD.published, STOOD.withdrawn)
        assert "is damaged" in found.fault


@pytest.mark.parametrize("content", [b"", b"000001-x\n", b"[] 0\n[] 0\n"])
def test_a_file_that_says_nothing_is_damaged(tmp_path: Path, content: bytes) -> None:
    file, path = written(tmp_path)
    path.write_bytes(content)
    with pytest.raises(IndexDamaged, match="names no generation"):
        file.read()


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / LIVE).mkdir()
    with pytest.raises(IndexDamaged, match="cannot be read"):
        StandingFile(tmp_path).read()


def test_one_changes_what_stands_at_a_time(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    done = context.Event()
    with StandingFile(tmp_path).changing():
        other = context.Process(target=_change, args=(tmp_path, done))
        other.start()
        assert not done.wait(0.2)
    other.join()
    assert done.is_set()


def _change(root: Path, done) -> None:  # type: ignore[no-untyped-def]
    with StandingFile(root).changing():
        done.set()
