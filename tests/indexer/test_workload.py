from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.config import ExtractConfig
from corpus.errors import Reason
from corpus.model import SourceFile
from indexer.cache import Reading
from indexer.extract import Task
from indexer.gauge import OPENING_BYTES, Gauge
from indexer.preparation import Work
from indexer.progress import Step, silent
from indexer.sources import Found, Stamp
from indexer.workload import DIED, Workload

READ = Reading("pdfium", 12, 1.0, 80)
LIMITS = ExtractConfig()


def found(path: str, size: int = 100) -> Found:
    return Found(SourceFile(path, path.ljust(64, "0"), size, "application/pdf"), Path(path), Stamp(size, 0))


def pieces(file: Found, count: int, pages: int = 150) -> tuple[Task, ...]:
    task = Task(b"a", file.source, ExtractConfig())
    return tuple(replace(task, first=1 + pages * n, last=pages * (n + 1)) for n in range(count))


def workload(*files: Found) -> Workload:
    return Workload(files, Gauge(files, LIMITS, silent))


def test_the_largest_files_are_first_and_equal_ones_by_name() -> None:
    files = [found("b", 5), found("a", 5), found("c", 9)]
    assert [work.found.source.path for work in workload(*files)] == ["c", "a", "b"]


def test_pieces_go_before_all_files_and_their_file_after_them() -> None:
    long, short = found("lang", 900), found("kort", 9)
    work = workload(long, short)
    first = next(work)
    assert work.taken(first, pieces(long, 2)) is None
    one, other = next(work), next(work)
    assert [each.piece for each in (one, other)] == list(pieces(long, 2))
    assert work.taken(other, ()) is None
    assert work.taken(one, ()) is None
    again = next(work)
    assert (again, work.taken(again, READ)) == (Work(long), READ)
    assert next(work).found == short
    with pytest.raises(StopIteration):
        next(work)


@pytest.mark.parametrize("dead", [0, 1])
def test_a_worker_that_dies_of_a_piece_costs_the_file(dead: int) -> None:
    long = found("lang")
    work = workload(long)
    work.taken(next(work), pieces(long, 2))
    both = [next(work), next(work)]
    answers = [None if number == dead else () for number in range(2)]
    assert [work.taken(*each) for each in zip(both, answers, strict=True)] == [None, DIED]
    assert list(work) == []


def test_a_worker_that_dies_of_a_file() -> None:
    work = workload(found("a"))
    reading = work.taken(next(work), None)
    assert reading is DIED
    assert reading.reason is Reason.CRASHED


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 5), st.booleans()), min_size=1, max_size=6))
def test_the_share_that_is_done_grows_to_the_whole(told: list[tuple[int, int, bool]]) -> None:
    steps: list[Step] = []
    files = [found(f"{number}.pdf", size) for number, (size, _, _) in enumerate(told)]
    plan = {file: (count, twice) for file, (_, count, twice) in zip(files, told, strict=True)}
    work, rounds = Workload(files, Gauge(files, LIMITS, steps.append)), dict.fromkeys(files, 0)
    for each in work:
        count, twice = plan[each.found]
        if each.piece:
            work.taken(each, ())
        elif count > 1 and rounds[each.found] < 1 + twice:
            rounds[each.found] += 1
            work.taken(each, pieces(each.found, count))
        else:
            work.taken(each, READ)
    shares = [step.share for step in steps]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, pytest.approx(1.0))
    assert (steps[-1].done, steps[-1].total) == (len(files), len(files))


def test_the_gauge_tells_pages_and_the_file_that_has_been_at_work_for_the_longest() -> None:
    now, steps = [0.0], list[Step]()
    long, short = found("lang", 10 * OPENING_BYTES), found("kort", 0)
    gauge = Gauge([long, short], LIMITS, steps.append, lambda: now[0])
    gauge.at_work([long, short])
    now[0] = 40.0
    gauge.file_done(short, 2)
    gauge.at_work([long])
    assert (steps[-1].longest, steps[-1].longest_seconds) == ("lang", 40.0)
    assert (steps[-1].file, steps[-1].done, steps[-1].pages) == ("kort", 1, 2)
    gauge.piece_done(long, 0.5, 150)
    assert (steps[-1].pages, steps[-1].share) == (152, pytest.approx((1 + 5.5) / 12))
    gauge.file_done(long, 310)
    gauge.at_work([])
    assert (steps[-1].pages, steps[-1].share, steps[-1].longest) == (312, pytest.approx(1.0), "")


def test_a_file_that_is_refused_unopened_weighs_next_to_nothing() -> None:
    steps = list[Step]()
    huge, small = found("for stor", 10**9), found("kort", OPENING_BYTES)
    gauge = Gauge([huge, small], LIMITS, steps.append)
    gauge.file_done(huge, 0)
    assert steps[-1].share == pytest.approx(1 / 3)


def test_pieces_are_half_of_a_file_and_putting_them_together_the_other_half() -> None:
    steps, long = list[Step](), found("lang", 900)
    work = Workload([long], Gauge([long], LIMITS, steps.append))
    work.taken(next(work), pieces(long, 4))
    for _ in range(4):
        work.taken(next(work), ())
    assert [step.share for step in steps if step.pages] == pytest.approx([1 / 8, 2 / 8, 3 / 8, 4 / 8])
