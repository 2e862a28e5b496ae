"""Meter: how far a run has come, for a person: a moving bar on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.text import Text

from indexer.cli.terminal import plain, tell
from indexer.progress import Progress, Stage, Step

LINE_EVERY = 5.0
WORDS = {
    Stage.LISTING: "looking at",
    Stage.READING: "reading",
    Stage.BUILDING: "indexing",
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
        MofNCompleteColumn(),
        _Rate(),
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
            stage: bars.add_task(WORDS[stage], total=None, start=False, visible=False, file="") for stage in Stage
        }

    def __call__(self, step: Step) -> None:
        """Show a step."""
        task = self._tasks[step.stage]
        if not self._bars.tasks[task].started:
            self._bars.start_task(task)
        self._bars.update(task, completed=step.done, total=step.total, visible=step.total > 0, file=plain(step.file))


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
    rate = step.done / seconds
    left = duration((step.total - step.done) / rate) if rate else "unknown time"
    return f"{WORDS[step.stage]} {step.done}/{step.total} files, {rate:.1f}/s, {left} left: {plain(step.file)}"


def duration(seconds: float) -> str:
    """Seconds as a person says them: "0.4 s", "45 s", "12 min", "3 h 05 min"."""
    if round(seconds) < 60:  # noqa: PLR2004
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"  # noqa: PLR2004
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")
