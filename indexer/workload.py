"""Workload: what has a run yet to prepare? A file that comes back in pieces goes on when all of them are done."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence

from corpus.errors import Reason
from indexer.cache import Reading
from indexer.crew import Recruit, answers
from indexer.gauge import Gauge
from indexer.preparation import Preparer, Tasks, Work
from indexer.progress import Progress
from indexer.sources import Found

DIED = Reading(reason=Reason.CRASHED, detail="the process that made its record died")


def prepared(
    files: Sequence[Found], preparer: Preparer, workers: int, recruit: Recruit, progress: Progress
) -> Iterator[tuple[Found, Reading]]:
    """Have files prepared by workers; each with how reading it went, in the order they are done."""
    workload = Workload(files, Gauge(files, preparer.settings, progress))
    for work, answer in answers(preparer.prepare, workload, workers, recruit, workload.at_work):
        if reading := workload.taken(work, answer):
            yield work.found, reading


class Workload:
    """Iterate for what is next, again also after an end: more may come of what is `taken`.

    The largest files are first, so that none is left alone at the end; pieces are before all files.
    """

    def __init__(self, files: Sequence[Found], gauge: Gauge) -> None:
        ordered = sorted(files, key=lambda found: (-found.source.size, found.source.path))
        self._waiting = deque(Work(found) for found in ordered)
        self._gauge = gauge
        self._pieces: Counter[Found] = Counter()
        self._asked: Counter[Found] = Counter()
        self._dead: set[Found] = set()

    def __iter__(self) -> Iterator[Work]:
        return self

    def __next__(self) -> Work:
        if not self._waiting:
            raise StopIteration
        return self._waiting.popleft()

    def at_work(self, running: Iterable[Work]) -> None:
        """Be told what the workers are at."""
        self._gauge.at_work([work.found for work in running])

    def taken(self, work: Work, answer: Reading | Tasks | None) -> Reading | None:
        """How reading a file went, if this was the last of it; `answer` is None when its worker died of it."""
        found = work.found
        if answer is None:
            self._dead.add(found)
        if work.piece:
            self._gauge.piece_done(found, 1 / (self._asked[found] + self._pieces[found]), work.pages)
            self._pieces[found] -= 1
            if self._pieces[found]:
                return None
            if found not in self._dead:
                self._waiting.appendleft(Work(found))
                return None
        elif isinstance(answer, tuple):
            self._pieces[found] = self._asked[found] = len(answer)
            self._waiting.extendleft(Work(found, task) for task in reversed(answer))
            return None
        reading = answer if isinstance(answer, Reading) else DIED
        self._gauge.file_done(found, reading.pages)
        return reading
