"""Progress: how far has a run come?"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The parts of a run, in order."""

    LISTING = "listing"
    READING = "reading"
    BUILDING = "building"
    PUBLISHING = "publishing"


@dataclass(frozen=True, slots=True)
class Step:
    """`done` of `total` files are through this stage; `file` is the last of them, "" before the first."""

    stage: Stage
    done: int
    total: int
    file: str = ""


Progress = Callable[[Step], None]


def silent(step: Step) -> None:
    """Progress for nobody."""
