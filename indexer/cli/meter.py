"""Meter: how far a run has come, for a person: a moving bar on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from indexer.cli.terminal import plain, tell
from indexer.progress import Progress, Stage, Step

LINE_EVERY = 5.0
LONG_SECONDS = 5.0
WORDS = {
    Stage.LISTING: "looking at",
    Stage.READING: "reading",
    Stage.BUILDING: "indexing",
    Stage.CHECKING: "checking",
    Stage.PUBLISHING: "publishing",
}


@contextmanager
def meter() -> Iterator[Progress]:
    """The meter that fits standard error."""
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        yield Lines(tell)
        return
    with Bars(
        TextColumn("{task.description:>10}"),
        BarColumn(),
        TextColumn("{task.fields[files]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[file]}"),
        console=console,
        transient=True,
    ) as bars:
        yield BarPerStage(bars)


class BarPerStage:
    """Moves one bar for each stage."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks = {
            stage: bars.add_task(WORDS[stage], total=1.0, start=False, visible=False, files="", file="")
            for stage in Stage
        }

    def _bar(self, words: str) -> TaskID:
        return self._bars.add_task(words, total=1.0, start=False, visible=False, files="", file="")

    def __call__(self, step: Step) -> None:
        """Show a step."""
        task = self._tasks[step.stage]
        if not self._bars.tasks[task].started:
            self._bars.start_task(task)
        elapsed = self._bars.tasks[task].elapsed or 0.0
        self._bars.update(
            task, completed=step.share, visible=step.total > 0, files=pace(step, elapsed), file=plain(at_work(step))
        )


class Lines:
    """Writes a line every few seconds, and nothing for a stage that is done before the first of them."""

    def __init__(self, write: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._write = write
        self._clock = clock
        self._stage: Stage | None = None
        self._started = self._last = 0.0

    def __call__(self, step: Step) -> None:
        """Write a step, if it is time."""
        now = self._clock()
        if step.stage != self._stage:
            self._stage, self._started, self._last = step.stage, now, now
        elif now - self._last >= LINE_EVERY:
            self._last = now
            self._write(line(step, now - self._started))


def line(step: Step, seconds: float) -> str:
    """A step in words; `seconds` since its stage began."""
    left = duration(seconds / step.share - seconds) if step.share else "unknown time"
    return f"{WORDS[step.stage]} {pace(step, seconds)}, {left} left: {plain(at_work(step))}"


def pace(step: Step, seconds: float) -> str:
    """How far, and how fast: "7/20 files, 1.4/s, 31 pages/s"."""
    per_second = 1 / seconds if seconds else 0.0
    pages = f", {step.pages * per_second:.0f} pages/s" if step.pages else ""
    return f"{step.done}/{step.total} files, {step.done * per_second:.1f}/s{pages}"


def at_work(step: Step) -> str:
    """The file that has been at work for the longest, when that is long; else the one that came further last."""
    if step.longest_seconds < LONG_SECONDS:
        return step.file
    return f"{step.longest} ({duration(step.longest_seconds)})"


def duration(seconds: float) -> str:
    """Seconds as a person says them: "0.4 s", "45 s", "12 min", "3 h 05 min"."""
    if round(seconds) < 60:  # noqa: PLR2004
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"  # noqa: PLR2004
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"
