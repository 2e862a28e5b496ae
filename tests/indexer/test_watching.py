"""The folder is watched: indexed when it has changed and come to rest, whatever a run says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import GenerationWaits, HvaVirkerError, NothingIndexed, RunActive
from indexer.watching import seen_in, watch


class Enough(Exception):
    pass


def looked(folder: Path, steps: list[Callable[[], object]], faults: dict[int, Exception] | None = None) -> list[int]:
    """At which pause each run began; a step is what happens in a pause."""
    runs: list[int] = []
    pauses = 0

    def index() -> None:
        runs.append(pauses)
        if fault := (faults or {}).get(len(runs)):
            raise fault

    def pause() -> None:
        nonlocal pauses
        if pauses == len(steps):
            raise Enough
        steps[pauses]()
        pauses += 1

    with pytest.raises(Enough):
        watch(folder, folder / "index", index, pause)
    return runs


def nothing() -> None:
    pass


def test_the_folder_is_indexed_at_once_and_not_again_while_nothing_changes(tmp_path: Path) -> None:
    assert looked(tmp_path, [nothing] * 5) == [0]


def test_a_change_is_indexed_when_it_has_come_to_rest(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    grow = [lambda size=size: file.write_text("x" * size) for size in (1, 2, 3)]
    assert looked(tmp_path, [*grow, nothing, nothing, file.unlink, nothing, nothing]) == [0, 4, 7]


def test_hidden_files_are_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    hide = [(tmp_path / ".a.swp").touch, (tmp_path / ".git" / "x").touch]
    assert looked(tmp_path, [*hide, nothing, nothing]) == [0]
    (tmp_path / "b.txt").touch()
    assert [name for name, _ in seen_in(tmp_path, tmp_path / "index")] == [str(tmp_path / "b.txt")]


def test_what_a_run_writes_to_an_index_folder_among_the_documents_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    assert looked(tmp_path, [(tmp_path / "index" / "run.json").touch, nothing, nothing]) == [0]


@pytest.mark.parametrize("fault", [NothingIndexed("none"), GenerationWaits("g2 waits"), ValueError("a fault of ours")])
def test_a_run_that_fails_is_not_tried_again_before_a_change(
    tmp_path: Path, fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    assert looked(tmp_path, [nothing, nothing, (tmp_path / "a").touch, nothing], {1: fault}) == [0, 4]
    assert str(fault) in caplog.text


@pytest.mark.parametrize("fault", [RunActive("busy"), HvaVirkerError("full"), OSError(28, "No space left on device")])
def test_what_was_in_the_way_is_tried_again(tmp_path: Path, fault: Exception, caplog: pytest.LogCaptureFixture) -> None:
    assert looked(tmp_path, [nothing] * 4, {1: fault}) == [0, 1]
    assert str(fault) in caplog.text
