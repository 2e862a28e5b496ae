"""Crew: many tasks over a few workers; a worker that dies takes only its own task with it."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for_any
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
Recruit = Callable[[int], Executor]

Watch = Callable[[Iterable[T]], None]

AT_ONCE_PER_WORKER = 2
WATCH_SECONDS = 1.0


class Processes(ProcessPoolExecutor):
    """Worker processes, forked from one that has loaded what they need.

    They leave Ctrl-C to their owner, and end at once when it drops their work or ends itself, however that ends.
    """

    def __init__(self, workers: int) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["indexer.preparation", "indexer.records"])
        leash, self._hold = context.Pipe(duplex=False)
        super().__init__(workers, context, initializer=_settle, initargs=(leash,))

    def drop(self) -> None:
        """Have the workers end at once, whatever they are at."""
        self._hold.close()


def _settle(leash: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(leash,), daemon=True).start()


def _end_with(leash: Connection) -> None:
    wait_for_any([leash])
    os._exit(1)


def answers(
    function: Callable[[T], R],
    tasks: Iterable[T],
    workers: int,
    recruit: Recruit = Processes,
    watch: Watch[T] = lambda running: None,
) -> Iterator[tuple[T, R | None]]:
    """Each task with its answer, in the order they are done; None for one whose worker died of it.

    No more tasks are taken than keep the workers busy; tasks that are there once the last answer is taken are taken
    too. `watch` is told every second what the workers are at. Raises what `function` raises.
    """
    waiting = iter(tasks)
    while True:
        under_way: dict[Future[R], T] = {}
        executor = recruit(workers)
        try:
            yield from _done(executor, function, waiting, under_way, workers=workers, watch=watch)
        except BrokenExecutor:
            pass
        else:
            return
        finally:
            _dismiss(executor, under_way)
        for task in under_way.values():
            yield task, _alone(function, task, recruit)


def _done(
    executor: Executor,
    function: Callable[[T], R],
    waiting: Iterator[T],
    under_way: dict[Future[R], T],
    *,
    workers: int,
    watch: Watch[T],
) -> Iterator[tuple[T, R | None]]:
    while True:
        for task in islice(waiting, workers * AT_ONCE_PER_WORKER - len(under_way)):
            under_way[executor.submit(function, task)] = task
        if not under_way:
            return
        watch(islice(under_way.values(), workers))  # those handed over first are at work
        done, _ = wait(under_way, WATCH_SECONDS, FIRST_COMPLETED)
        for future in done:
            answer = future.result()
            yield under_way.pop(future), answer


def _dismiss(executor: Executor, under_way: Iterable[Future[R]]) -> None:
    """Drop what is under way; workers that are not ours may end what they have begun."""
    for future in under_way:
        future.cancel()
    if isinstance(executor, Processes):
        executor.drop()
    executor.shutdown()


def _alone(function: Callable[[T], R], task: T, recruit: Recruit) -> R | None:
    executor = recruit(1)
    try:
        return executor.submit(function, task).result()
    except BrokenExecutor:
        return None
    finally:
        _dismiss(executor, ())
