import contextlib
import os
from datetime import UTC, datetime, timedelta

import pytest

from corpus.errors import GenerationWaits, NothingIndexed, RunActive
from indexer.journal import JOURNAL, LINES, Ending, Journal, journal, read_journal, read_lines
from indexer.progress import Stage, Step, both

BEGAN = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.now = BEGAN

    def __call__(self):
        return self.now

    def after(self, seconds):
        self.now = BEGAN + timedelta(seconds=seconds)


def reading(done, share=0.0):
    return Step(Stage.READING, done, 100, f"fil-{done}.pdf", share)


def test_a_step_is_written_when_it_is_time(tmp_path):
    clock = Clock()
    kept = Journal(tmp_path, clock)
    kept(Step(Stage.LISTING, 1, 100))
    clock.after(0.5)
    kept(Step(Stage.LISTING, 2, 100))
    assert read_journal(tmp_path).done == 1
    clock.after(2)
    kept(Step(Stage.LISTING, 3, 100))
    told = read_journal(tmp_path)
    assert (told.pid, told.started, told.done, told.ending) == (os.getpid(), BEGAN, 3, None)


def test_pace_and_time_left_are_those_of_the_stage(tmp_path):
    clock = Clock()
    kept = Journal(tmp_path, clock)
    kept(Step(Stage.LISTING, 100, 100, share=1.0))
    clock.after(10)
    kept(reading(0))
    clock.after(30)
    kept(reading(40, 0.25))
    told = read_journal(tmp_path)
    assert (told.rate, told.left, told.file) == (2.0, 60.0, "fil-40.pdf")


def test_before_anything_is_done_no_time_is_promised(tmp_path):
    Journal(tmp_path, Clock())(reading(0))
    told = read_journal(tmp_path)
    assert (told.rate, told.left) == (0.0, None)


def test_the_lines_have_every_stage_and_some_between(tmp_path):
    (tmp_path / LINES).write_text("of a run before\n")
    clock = Clock()
    kept = Journal(tmp_path, clock)
    kept(Step(Stage.LISTING, 1, 100))
    for second in range(0, 40):
        clock.after(second)
        kept(reading(second))
    kept.end(Ending.DONE)
    lines = read_lines(tmp_path, 20)
    assert [line.stage for line in lines] == [Stage.LISTING, *[Stage.READING] * 5]
    assert [line.done for line in lines[1:]] == [0, 10, 20, 30, 39]
    assert lines[-1].ending is Ending.DONE
    assert len(read_lines(tmp_path, 2)) == 2


@pytest.mark.parametrize(
    ("raised", "ending", "message"),
    [
        (None, Ending.DONE, ""),
        (
            GenerationWaits("Generation 2 waits for a person.", "Make it live."),
            Ending.WAITS,
            "Generation 2 waits for a person.",
        ),
        (
            NothingIndexed("No file gave a document.", "Put some there."),
            Ending.FAILED,
            "No file gave a document. Put some there.",
        ),
        (OSError(28, "No space left on device"), Ending.FAILED, "[Errno 28] No space left on device"),
        (ValueError("x"), Ending.FAILED, "ValueError: x"),
        (KeyboardInterrupt(), Ending.STOPPED, ""),
    ],
)
def test_how_a_run_ended(tmp_path, raised, ending, message):
    with pytest.raises(type(raised)) if raised else contextlib.nullcontext(), journal(tmp_path) as kept:
        kept(reading(3))
        if raised:
            raise raised
    told = read_journal(tmp_path)
    assert (told.ending, told.message, told.done) == (ending, message, 3)


def test_a_run_that_never_began_leaves_what_stands(tmp_path):
    Journal(tmp_path, Clock())(reading(7))
    with pytest.raises(RunActive), journal(tmp_path):
        raise RunActive("busy")
    assert read_journal(tmp_path).done == 7


def test_a_disk_that_fails_costs_no_run(tmp_path):
    (tmp_path / JOURNAL).mkdir()
    (tmp_path / LINES).mkdir()
    with journal(tmp_path) as kept:
        kept(reading(1))
    assert read_journal(tmp_path) is None
    assert read_lines(tmp_path, 5) == ()


def test_damaged_files_tell_nothing(tmp_path):
    (tmp_path / JOURNAL).write_bytes(b'{"pid": ')
    (tmp_path / LINES).write_bytes(b"{}\nnot json\n")
    assert read_journal(tmp_path) is None
    assert read_lines(tmp_path, 5) == ()


def test_both_are_told():
    one, other = [], []
    both(one.append, other.append)(reading(1))
    assert one == other == [reading(1)]
