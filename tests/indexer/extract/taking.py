"""The steps of reading one file, taken one by one in a test."""

from collections.abc import Callable

from indexer.extract.guard import Outcome
from indexer.extract.message import Task
from indexer.extract.pieces import steps
from indexer.extract.scans import Result


def finished(task: Task, run: Callable[[Task], Outcome]) -> Result:
    """What comes of a file when `run` reads each piece."""
    taken = steps(task)
    asked = next(taken)
    while True:
        try:
            asked = taken.send([run(each) for each in asked])
        except StopIteration as ended:
            result: Result = ended.value
            return result
