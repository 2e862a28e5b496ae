import multiprocessing
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch

import psutil
import pytest

from indexer.crew import Processes, _settle, answers

ROOT = Path(__file__).parents[2]


def doubled(number: int) -> int:
    return number * 2


def dies_of_13(number: int) -> int:
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def fails_on_3(number: int) -> int:
    if number == 3:
        raise OSError(28, "No space left on device")
    return number


@pytest.mark.parametrize("workers", [1, 3])
def test_every_task_has_its_answer(workers: int) -> None:
    found = dict(answers(doubled, range(20), workers, ThreadPoolExecutor))
    assert found == {number: number * 2 for number in range(20)}


def test_no_tasks_no_answers() -> None:
    assert list(answers(doubled, [], 2)) == []


def test_no_more_tasks_are_taken_than_keep_the_workers_busy() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    found = answers(doubled, tasks(), 2, ThreadPoolExecutor)
    next(found)
    assert len(taken) == 4
    found.close()


def test_tasks_may_come_of_answers() -> None:
    tasks = deque([1, 100])
    found = []
    for task, answer in answers(doubled, iter_of(tasks), 1, ThreadPoolExecutor):
        found.append((task, answer))
        if task < 4:
            tasks.append(task + 1)
    assert sorted(found) == [(number, 2 * number) for number in (1, 2, 3, 4, 100)]


def iter_of(tasks: deque[int]) -> Iterator[int]:
    class Taking(Iterator[int]):
        def __next__(self) -> int:
            if not tasks:
                raise StopIteration
            return tasks.popleft()

    return Taking()


def test_what_the_workers_are_at_is_told_while_they_are() -> None:
    gate = threading.Event()
    told: list[tuple[int, ...]] = []

    def at_work(running: Iterable[int]) -> None:
        told.append(tuple(running))
        if len(told) == 3:
            gate.set()

    def waits(number: int) -> int:
        assert gate.wait(30)
        return number

    with patch("indexer.crew.WATCH_SECONDS", 0.01):
        assert dict(answers(waits, range(5), 2, ThreadPoolExecutor, at_work)) == {n: n for n in range(5)}
    assert told[:3] == [(0, 1)] * 3
    assert all(len(running) <= 2 for running in told)


def test_what_a_task_raises_is_raised_and_the_rest_dropped() -> None:
    recruited: list[Executor] = []

    def recruit(workers: int) -> Executor:
        recruited.append(ThreadPoolExecutor(workers))
        return recruited[-1]

    with pytest.raises(OSError, match="No space left"):
        list(answers(fails_on_3, range(1000), 1, recruit))
    with pytest.raises(RuntimeError, match="after shutdown"):
        recruited[0].submit(doubled, 1)


def test_a_worker_that_dies_takes_only_its_own_task_with_it() -> None:
    found = dict(answers(dies_of_13, range(10, 20), 2))
    assert found == {number: None if number == 13 else number * 2 for number in range(10, 20)}


def test_workers_are_processes_that_leave_ctrl_c_to_their_owner() -> None:
    with Processes(1) as executor:
        worker = executor.submit(os.getpid).result()
        assert worker != os.getpid()
        os.kill(worker, signal.SIGINT)
        assert executor.submit(doubled, 4).result() == 8


def test_a_worker_settles(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: queue.Queue[int] = queue.Queue()
    monkeypatch.setattr(os, "_exit", ended.put)
    before = signal.getsignal(signal.SIGINT)
    leash, hold = multiprocessing.Pipe(duplex=False)
    try:
        _settle(leash)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        assert ended.empty()
    finally:
        signal.signal(signal.SIGINT, before)
        hold.close()
    assert ended.get(timeout=30) == 1
    leash.close()


def test_dropped_work_ends_at_once() -> None:
    executor = Processes(1)
    future = executor.submit(time.sleep, 600)
    executor.submit(doubled, 1)
    executor.drop()
    executor.shutdown()
    with pytest.raises(BrokenExecutor):
        future.result()


OWNER = """
import os, sys, time
sys.path.insert(0, {root!r})
from indexer.crew import Processes
if __name__ == "__main__":
    executor = Processes(1)
    print(executor.submit(os.getpid).result(), flush=True)
    executor.submit(time.sleep, 600)
    time.sleep(600)
"""


def test_workers_end_when_their_owner_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "owner.py"
    script.write_text(OWNER.format(root=str(ROOT)), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as owner:
        assert owner.stdout is not None
        worker = psutil.Process(int(owner.stdout.readline()))
        owner.kill()
    until = time.monotonic() + 20
    while worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE and time.monotonic() < until:
        time.sleep(0.05)
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE


def test_an_executor_of_another_make_needs_no_more_than_to_shut_down() -> None:
    class Bare(ThreadPoolExecutor):
        def shutdown(self, wait: bool = True) -> None:  # type: ignore[override]  # as dask.distributed has it
            super().shutdown(wait)

    assert dict(answers(doubled, range(9), 2, Bare)) == {number: number * 2 for number in range(9)}
