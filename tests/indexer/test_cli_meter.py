import io
from dataclasses import replace

import pytest
from rich.console import Console
from rich.progress import Progress as Bars

from indexer.cli.meter import BarPerStage, Lines, duration, line, meter
from indexer.progress import Stage, Step


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.3, "0.3 s"),
        (9.94, "9.9 s"),
        (44.6, "45 s"),
        (59.7, "1 min"),
        (60, "1 min"),
        (719, "12 min"),
        (3600, "1 h 00 min"),
        (11_100, "3 h 05 min"),
    ],
)
def test_a_duration_as_a_person_says_it(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_a_line_tells_rate_and_time_left() -> None:
    step = Step(Stage.READING, 50, 200, "mappe/å.pdf", 0.5)
    assert line(step, 25.0) == "reading 50/200 files, 2.0/s, 25 s left: mappe/å.pdf"


def test_a_line_tells_pages_and_the_file_that_takes_long() -> None:
    step = Step(Stage.READING, 50, 200, "å.pdf", 0.5, pages=1500, longest="lang.pdf", longest_seconds=64.2)
    assert line(step, 50.0) == "reading 50/200 files, 1.0/s, 30 pages/s, 50 s left: lang.pdf (1 min)"
    assert line(replace(step, longest_seconds=2.0), 50.0).endswith("left: å.pdf")


def test_a_line_before_the_first_file_is_done() -> None:
    assert line(Step(Stage.READING, 0, 200), 7.0) == "reading 0/200 files, 0.0/s, unknown time left: "


def lines_at(*moments: tuple[float, Step]) -> list[str]:
    written: list[str] = []
    now = [0.0]
    lines = Lines(written.append, lambda: now[0])
    for moment, step in moments:
        now[0] = moment
        lines(step)
    return written


def test_lines_come_every_few_seconds() -> None:
    steps = [(float(second), Step(Stage.READING, second, 100, f"{second}.pdf")) for second in range(13)]
    assert [written.rpartition(" ")[2] for written in lines_at(*steps)] == ["5.pdf", "10.pdf"]


def test_a_stage_that_is_soon_done_says_nothing() -> None:
    assert (
        lines_at((0, Step(Stage.LISTING, 0, 9)), (4, Step(Stage.LISTING, 9, 9)), (6, Step(Stage.READING, 0, 9))) == []
    )


def test_without_a_terminal_the_meter_writes_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with meter() as progress:
        assert isinstance(progress, Lines)
        progress(Step(Stage.LISTING, 1, 1, "a"))
    assert capsys.readouterr() == ("", "")


def test_on_a_terminal_the_meter_moves_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    with meter() as progress:
        assert isinstance(progress, BarPerStage)


def test_a_bar_shows_stage_count_and_file() -> None:
    out = io.StringIO()
    with Bars(console=Console(file=out, force_terminal=True, width=100), auto_refresh=False) as bars:
        progress = BarPerStage(bars)
        progress(Step(Stage.READING, 0, 0))
        progress(Step(Stage.READING, 1, 4, "a\x1b[31m.pdf"))
        progress(Step(Stage.READING, 2, 4, "b.pdf", 0.75))
        reading = next(task for task in bars.tasks if task.description == "reading")
        assert (reading.completed, reading.total, reading.visible) == (0.75, 1.0, True)
        assert (reading.fields["file"], reading.fields["files"][:9]) == ("b.pdf", "2/4 files")
        assert [task.visible for task in bars.tasks] == [stage is Stage.READING for stage in Stage]
