from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from corpus.config import ExtractConfig, Ocr, PdfEngine
from corpus.errors import Reason
from corpus.model import Extracted, Notice, SourceFile
from indexer.extract import Pieces, ReadingFailed, Usage, packed, read_file_measured, read_on, read_piece, unpacked
from indexer.extract.guard import Guard, Outcome
from indexer.extract.message import PAGES_A_PART, Failure, Part, Task
from indexer.extract.pdf.engines import Readings
from indexer.extract.pdf.reader import read, read_parts
from indexer.media import MediaType
from tests.indexer.extract.pdf.making import drawn
from tests.indexer.extract.taking import finished
from tests.indexer.extract.test_reading import failed
from tests.indexer.extract.test_reading import read as well

CONFIG = ExtractConfig(ocr=Ocr.OFF)
SAMPLES = Path(__file__).parents[3] / "corpus/samples/documents"
PDFS = sorted(SAMPLES.glob("*.pdf"))


def task_for(data: bytes, config: ExtractConfig = CONFIG) -> Task:
    return Task(b"a.pdf", SourceFile("a.pdf", "0" * 64, len(data), MediaType.PDF), config)


def engine(name: str) -> None:
    pass


@settings(max_examples=6, deadline=None)
@given(st.sampled_from(PDFS), st.sampled_from([PdfEngine.AUTO, PdfEngine.PDFMINER]), st.data())
def test_a_file_read_in_parts_is_the_file_read_whole(path: Path, reader: PdfEngine, data: st.DataObject) -> None:
    content = path.read_bytes()
    task = task_for(content, replace(CONFIG, engine=reader))
    whole = read(content, task, engine)
    assert not isinstance(whole, Part)
    count = len(whole.pages)
    cuts = data.draw(st.sets(st.integers(1, count)).map(lambda inside: sorted({0, *inside, count})))
    spans = [(before + 1, after) for before, after in pairwise(cuts)]
    parts = [read(content, replace(task, first=first, last=last), engine) for first, last in spans]
    sheets = tuple(part.packed for part in parts if isinstance(part, Part))
    assert read_parts(replace(task, parts=sheets), engine) == whole


def booklet(pages: int) -> bytes:
    def draw(canvas: Canvas) -> None:
        for number in range(1, pages + 1):
            canvas.drawString(72, 700, f"Tiltak nummer {number} virker.")
            canvas.showPage()

    return drawn(draw)


@pytest.mark.parametrize(("pages", "children"), [(PAGES_A_PART, 1), (PAGES_A_PART + 1, 3), (2 * PAGES_A_PART + 7, 4)])
def test_a_long_file_is_read_whole_by_more_children(tmp_path: Path, pages: int, children: int) -> None:
    path = tmp_path / "lang.pdf"
    path.write_bytes(data := booklet(pages))
    counting = Counting()
    try:
        source = SourceFile("lang.pdf", "0" * 64, len(data), MediaType.PDF)
        extracted, usage = read_file_measured(path, source, CONFIG, counting)
    finally:
        counting.close()
    assert [page.text for page in extracted.pages] == [f"Tiltak nummer {n} virker." for n in range(1, pages + 1)]
    assert (len(counting.tasks), usage.pages) == (children, pages)
    assert max(task.last - task.first for task in counting.tasks) < PAGES_A_PART


class Counting(Guard):
    """A guard that keeps its tasks."""

    def __init__(self) -> None:
        super().__init__()
        self.tasks: list[Task] = []

    def run(self, task: Task) -> Outcome:
        self.tasks.append(task)
        return super().run(task)


def part(pages: int) -> Outcome:
    return Outcome(Part(pages, msgspec.msgpack.encode(Readings("pdfium", ()))), Usage("pdfium", 0, 1.0, 70, 1.0))


def test_the_parts_of_a_long_file_are_asked_for_at_once() -> None:
    asked: list[str] = []

    def run(task: Task) -> Outcome:
        asked.append(task.piece)
        return well("pdfium") if task.parts else part(310)

    extracted, usage = finished(task_for(b""), run)
    assert asked == ["pages 1-0", "pages 151-300", "pages 301-310", "parts"]
    assert (len(extracted.pages), usage.seconds, usage.memory_mb) == (1, 4.0, 70)


@pytest.mark.parametrize(
    ("outcome", "reason", "detail"),
    [
        (failed(Reason.TIMEOUT), Reason.TIMEOUT, "pages 151-300: slik"),
        (well("pdfium"), Reason.UNREADABLE, "pages 151-300: not what was asked for"),
    ],
)
def test_a_part_that_cannot_be_read_sets_the_file_aside_and_is_named(
    outcome: Outcome, reason: Reason, detail: str
) -> None:
    with pytest.raises(ReadingFailed) as raised:
        finished(task_for(b""), lambda task: outcome if task.first == 151 else part(310))
    assert (raised.value.reason, raised.value.detail) == (reason, detail)
    assert raised.value.usage.seconds == outcome.usage.seconds + 2


def test_parts_that_cannot_be_put_together_set_the_file_aside() -> None:
    with pytest.raises(ReadingFailed) as raised:
        finished(task_for(b""), lambda task: failed(Reason.MEMORY) if task.parts else part(160))
    assert (raised.value.reason, raised.value.detail) == (Reason.MEMORY, "slik")


class Tells(Guard):
    """A guard that gives each piece what it was told to, by its name and engine."""

    def __init__(self, outcomes: dict[tuple[str, str], Outcome]) -> None:
        super().__init__()
        self.outcomes, self.asked = outcomes, list[tuple[str, str]]()

    def run(self, task: Task) -> Outcome:
        self.asked.append((task.piece, task.config.engine))
        return self.outcomes[self.asked[-1]]


def test_the_other_engine_reads_a_part_that_breaks_the_first() -> None:
    task = replace(task_for(b""), first=151, last=300)
    guard = Tells({("pages 151-300", "auto"): failed(Reason.CRASHED), ("pages 151-300", "pdfminer"): part(300)})
    outcome = read_piece(task, guard)
    assert isinstance(outcome.result, Part)
    assert outcome.notices == (Notice(Reason.ENGINE_SWITCHED, "pdfium: crashed slik", 151),)
    assert outcome.usage.seconds == 3.0


def test_what_no_engine_decides_is_not_tried_with_another() -> None:
    whole = replace(task_for(b""), parts=(b"",))
    guard = Tells({("parts", "auto"): failed(Reason.CRASHED)})
    assert isinstance(read_piece(whole, guard).result, Failure)
    assert len(guard.asked) == 1


def test_a_file_goes_on_from_the_pieces_that_are_known() -> None:
    source = task_for(b"1").source
    guard = Tells({("pages 1-0", "auto"): part(310), ("parts", "auto"): well("pdfium")})
    first = read_on(Path("a.pdf"), source, CONFIG, {}.get, guard)
    assert isinstance(first, Pieces)
    assert ([task.piece for task in first.missing], list(first.done)) == (
        ["pages 151-300", "pages 301-310"],
        ["pages 1-0"],
    )
    known = {**first.done, "pages 151-300": part(310)}
    guard.outcomes["pages 301-310", "auto"] = part(310)
    read_to_the_end = read_on(Path("a.pdf"), source, CONFIG, known.get, guard)
    assert not isinstance(read_to_the_end, Pieces)
    assert isinstance(read_to_the_end[0], Extracted)
    assert [piece for piece, _ in guard.asked] == ["pages 1-0", "pages 301-310", "parts"]


@pytest.mark.parametrize("outcome", [well("pdfium"), part(310), failed(Reason.TIMEOUT)])
def test_what_came_of_a_piece_is_kept_whole(outcome: Outcome) -> None:
    noted = replace(outcome, notices=(Notice(Reason.ENGINE_SWITCHED, "", 151),))
    assert unpacked(packed(noted)) == noted


@pytest.mark.parametrize("data", [None, b"", b"x", packed(part(310))[:-1]])
def test_what_is_no_piece_is_read_again(data: bytes | None) -> None:
    assert unpacked(data) is None
