"""Progress: how far has a run come?"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The parts of a run, in order."""

    LISTING = "listing"
    READING = "reading"
    BUILDING = "building"
    CHECKING = "checking"
    PUBLISHING = "publishing"


@dataclass(frozen=True, slots=True)
class Step:
    """`done` of `total` files are through this stage; `file` is the one that came further last, "" before the first.

    `share` of the stage's work is done, from 0 to 1; by bytes where files differ much in what they take. `pages` were
    read; of the files at work `longest` has been so for the longest, `longest_seconds`.
    """

    stage: Stage
    done: int
    total: int
    file: str = ""
    share: float = 0.0
    pages: int = 0
    longest: str = ""
    longest_seconds: float = 0.0


Progress = Callable[[Step], None]


def silent(step: Step) -> None:
    """Progress for nobody."""


def both(one: Progress, other: Progress) -> Progress:
    """Progress for two."""

    def told(step: Step) -> None:
        one(step)
        other(step)

    return told
