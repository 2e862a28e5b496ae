"""The queries asked of every engine in turn, in one process, each timed by processor time and by the clock."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from benchmarks.speed.base import Query
from benchmarks.speed.engines import Answer, Searcher


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds over all queries."""

    cpu_p50: float
    cpu_p95: float
    wall_p50: float
    wall_p95: float


@dataclass(frozen=True, slots=True)
class Asked:
    """One engine in one mode: its times, what it answered to each query, and the milliseconds each took."""

    times: Times
    answers: tuple[Answer, ...]
    cpu_ms: tuple[float, ...]


def warm(searchers: Mapping[str, Searcher], queries: Sequence[Query], narrowed: bool, passes: int) -> dict[str, Asked]:
    """Every query to every engine: once untimed, then `passes` times, of which the median counts.

    The engines take turns query by query, another one first each time, so that what disturbs the machine
    disturbs them alike.
    """
    names = list(searchers)
    answers = {name: tuple(searchers[name].ask(query, narrowed) for query in queries) for name in names}
    taken: dict[str, list[list[tuple[float, float]]]] = {name: [[] for _ in queries] for name in names}
    for turn in range(passes):
        for number, query in enumerate(queries):
            first = (number + turn) % len(names)
            for name in names[first:] + names[:first]:
                taken[name][number].append(_timed(searchers[name], query, narrowed))
    middle = {name: [_middle(each) for each in taken[name]] for name in names}
    return {name: Asked(_times(middle[name]), answers[name], tuple(c for c, _ in middle[name])) for name in names}


def cold(
    open_one: Callable[[], Searcher], queries: Iterable[Query], narrowed: bool, first: Query
) -> tuple[Times, float]:
    """Each query to a newly opened engine that has answered one other query, and the median time to open it, in ms."""
    taken, opening = [], []
    for query in queries:
        began = time.perf_counter()
        searcher = open_one()
        opening.append((time.perf_counter() - began) * 1000)
        searcher.ask(first, narrowed)
        taken.append(_timed(searcher, query, narrowed))
    return _times(taken), median(opening)


def _timed(searcher: Searcher, query: Query, narrowed: bool) -> tuple[float, float]:
    cpu, wall = time.process_time_ns(), time.perf_counter_ns()
    searcher.ask(query, narrowed)
    return (time.process_time_ns() - cpu) / 1e6, (time.perf_counter_ns() - wall) / 1e6


def _middle(taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return median(cpu for cpu, _ in taken), median(wall for _, wall in taken)


def _times(taken: Sequence[tuple[float, float]]) -> Times:
    cpu, wall = (np.percentile([each[which] for each in taken], (50, 95)) for which in (0, 1))
    return Times(float(cpu[0]), float(cpu[1]), float(wall[0]), float(wall[1]))
