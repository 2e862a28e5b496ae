import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.config import ExtractConfig, Ocr, PdfEngine
from corpus.errors import Reason
from corpus.model import DocInfo, Extracted, Notice, Page, PageStatus, SourceFile
from indexer.extract import EXTRACTOR_VERSION, ReadingFailed, Usage, read_file, read_file_measured
from indexer.extract.guard import Guard, Outcome
from indexer.extract.message import Failure, Task
from indexer.extract.reading import refuse
from indexer.media import MediaType

CONFIG = ExtractConfig(ocr=Ocr.OFF)
MB = 2**20


def source(media_type: str, size: int = 10, path: str = "rapport.pdf") -> SourceFile:
    return SourceFile(path, "0" * 64, size, media_type)


@pytest.mark.parametrize(
    ("file", "reason", "detail"),
    [
        (source(MediaType.PDF, 0), Reason.EMPTY, "empty"),
        (source(MediaType.EMPTY), Reason.EMPTY, "empty"),
        (source(MediaType.LEGACY_DOC), Reason.LEGACY_DOC, "save it as .docx"),
        (source(MediaType.ENCRYPTED_OFFICE), Reason.PASSWORD, "password"),
        (source(MediaType.UNKNOWN), Reason.CORRUPT, "named as application/pdf"),
        (source(MediaType.ZIP, path="plan.docx"), Reason.CORRUPT, "wordprocessingml"),
        (source(MediaType.UNKNOWN, path="bilde.bin"), Reason.UNSUPPORTED, "octet-stream"),
        (source(MediaType.RTF, path="plan.docx"), Reason.UNSUPPORTED, "application/rtf"),
        (source(MediaType.PPTX, path="a.pptx"), Reason.UNSUPPORTED, "presentation"),
        (source(MediaType.PDF, 201 * MB), Reason.TOO_LARGE, "201 MB; at most 200"),
        (source(MediaType.HTML, 11 * MB), Reason.TOO_LARGE, "at most 10"),
        (source(MediaType.PLAIN, 21 * MB), Reason.TOO_LARGE, "at most 20"),
        (source(MediaType.MARKDOWN, 21 * MB), Reason.TOO_LARGE, "at most 20"),
        (source(MediaType.DOCX, 151 * MB), Reason.TOO_LARGE, "at most 150"),
    ],
)
def test_files_that_need_not_be_opened(file: SourceFile, reason: Reason, detail: str) -> None:
    with pytest.raises(ReadingFailed, match=re.escape(detail)) as raised:
        read_file(Path("no such file"), file, CONFIG)
    assert (raised.value.reason, raised.value.usage) == (reason, Usage())


@pytest.mark.parametrize("media_type", [MediaType.PDF, MediaType.DOCX, MediaType.ODT, MediaType.HTML, MediaType.PLAIN])
def test_files_that_are_opened(media_type: MediaType) -> None:
    refuse(source(media_type, 9 * MB), CONFIG)


class Script(Guard):
    """A guard that gives the outcomes it was told to, and keeps the tasks."""

    def __init__(self, *outcomes: Outcome) -> None:
        super().__init__()
        self.tasks: list[Task] = []
        self._outcomes: Iterator[Outcome] = iter(outcomes)

    def run(self, task: Task) -> Outcome:
        self.tasks.append(task)
        return next(self._outcomes)


def read(engine: str, seconds: float = 1.0, memory: int = 50) -> Outcome:
    page = Page(1, "tekst", (), "tekst", (), PageStatus.TEXT, engine)
    notices = (Notice(Reason.SCANNED_PAGE, "skannet side", 2),)
    extracted = Extracted(source(MediaType.PDF), engine, EXTRACTOR_VERSION, True, (page,), DocInfo(), notices)
    return Outcome(extracted, Usage(engine, 1, seconds, memory, seconds))


def failed(reason: Reason, engine: str = "pdfium", seconds: float = 2.0, memory: int = 90) -> Outcome:
    return Outcome(Failure(reason, "slik"), Usage(engine, 0, seconds, memory, seconds))


@pytest.mark.parametrize(
    ("first", "engine", "other"),
    [
        (failed(Reason.CRASHED), "pdfium", PdfEngine.PDFMINER),
        (failed(Reason.TIMEOUT), "pdfium", PdfEngine.PDFMINER),
        (failed(Reason.MEMORY), "pdfium", PdfEngine.PDFMINER),
        (failed(Reason.CORRUPT), "pdfium", PdfEngine.PDFMINER),
        (failed(Reason.UNREADABLE, ""), "", PdfEngine.PDFMINER),
        (failed(Reason.TIMEOUT, "pdfminer"), "pdfminer", PdfEngine.PDFIUM),
    ],
)
def test_the_other_engine_reads_what_breaks_the_first(first: Outcome, engine: str, other: PdfEngine) -> None:
    guard = Script(first, read(other))
    extracted, usage = read_file_measured(Path("a.pdf"), source(MediaType.PDF), CONFIG, guard)
    assert [task.config.engine for task in guard.tasks] == [PdfEngine.AUTO, other]
    assert isinstance(first.result, Failure)
    assert extracted.notices[0] == Notice(Reason.ENGINE_SWITCHED, f"{engine}: {first.result.reason} slik")
    assert extracted.notices[1].code == Reason.SCANNED_PAGE
    assert usage == Usage(other, 1, 3.0, 90, 3.0)


def test_both_engines_fail() -> None:
    guard = Script(failed(Reason.CRASHED), failed(Reason.CORRUPT, "pdfminer", 0.5, 20))
    with pytest.raises(ReadingFailed) as raised:
        read_file_measured(Path("a.pdf"), source(MediaType.PDF), CONFIG, guard)
    assert raised.value.reason == Reason.CRASHED
    assert raised.value.usage == Usage("pdfminer", 0, 2.5, 90, 2.5)


@pytest.mark.parametrize(
    ("outcome", "file", "engine"),
    [
        (failed(Reason.PASSWORD), source(MediaType.PDF), PdfEngine.AUTO),
        (failed(Reason.NO_TEXT), source(MediaType.PDF), PdfEngine.AUTO),
        (failed(Reason.TOO_MANY_PAGES), source(MediaType.PDF), PdfEngine.AUTO),
        (failed(Reason.CRASHED), source(MediaType.PDF), PdfEngine.PDFIUM),
        (failed(Reason.CRASHED), source(MediaType.DOCX), PdfEngine.AUTO),
    ],
)
def test_what_no_second_try_would_mend(outcome: Outcome, file: SourceFile, engine: PdfEngine) -> None:
    guard = Script(outcome)
    with pytest.raises(ReadingFailed) as raised:
        read_file_measured(Path("a.pdf"), file, replace(CONFIG, engine=engine), guard)
    assert raised.value.usage == outcome.usage
    assert len(guard.tasks) == 1


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "notat ø.txt"
    path.write_text("Tiltaket virker.\n", encoding="utf-8")
    extracted, usage = read_file_measured(path, source(MediaType.PLAIN, 17, "notat ø.txt"), CONFIG)
    assert extracted.pages[0].text == "Tiltaket virker."
    assert (extracted.version, extracted.paged, extracted.source.path) == (EXTRACTOR_VERSION, False, "notat ø.txt")
    assert usage.pages == 1


def test_a_file_that_is_gone_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(ReadingFailed, match="FileNotFoundError"):
        read_file(tmp_path / "borte.txt", source(MediaType.PLAIN), CONFIG)
