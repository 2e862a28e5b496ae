from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.config import ExtractConfig, Ocr
from corpus.errors import ConfigError, Reason
from corpus.model import DocInfo, Extracted, Notice, Page, PageStatus, SourceFile
from indexer.extract import ReadingFailed, Usage, scans, tesseract
from indexer.extract.guard import Outcome
from indexer.extract.message import Failure, Task
from indexer.extract.scans import PAGES_A_CHILD, equipped
from indexer.media import MediaType
from tests.indexer.extract.taking import finished

SOURCE = SourceFile("skannet.pdf", "0" * 64, 10, MediaType.PDF)
SCANNED = Notice(Reason.SCANNED_PAGE, "skannet side", 1)


@pytest.mark.parametrize(
    ("asked", "lacking", "given"),
    [
        (Ocr.AUTO, "", Ocr.ON),
        (Ocr.AUTO, "the package", Ocr.OFF),
        (Ocr.ON, "", Ocr.ON),
        (Ocr.OFF, "", Ocr.OFF),
        (Ocr.OFF, "the package", Ocr.OFF),
    ],
)
def test_scans_are_read_when_they_can_be(monkeypatch: pytest.MonkeyPatch, asked: Ocr, lacking: str, given: Ocr) -> None:
    monkeypatch.setattr(scans, "missing", lambda: lacking)
    assert equipped(ExtractConfig(ocr=asked)).ocr is given


def test_what_is_asked_for_and_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "missing", lambda: "nor.traineddata")
    with pytest.raises(ConfigError, match=r"nor\.traineddata is not installed") as raised:
        equipped(ExtractConfig(ocr=Ocr.ON))
    assert "apt install tesseract-ocr-nor" in raised.value.remedy


def test_what_ocr_lacks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tesseract, "USUAL_FOLDERS", ())
    monkeypatch.setattr(tesseract, "find_spec", lambda name: None)
    assert tesseract.missing({}) == "the package tesserocr"
    monkeypatch.setattr(tesseract, "find_spec", lambda name: name)
    assert "nor.traineddata" in tesseract.missing({"TESSDATA_PREFIX": str(tmp_path)})
    (tmp_path / "nor.traineddata").touch()
    assert tesseract.missing({"TESSDATA_PREFIX": str(tmp_path)}) == ""


def page(number: int, text: str = "", label: str = "") -> Page:
    return Page(number, text, (), text, (), PageStatus.TEXT if text else PageStatus.SCANNED, "e", label)


def extracted(*pages: Page) -> Extracted:
    scanned = tuple(replace(SCANNED, page=page.number) for page in pages if not page.text)
    return Extracted(SOURCE, "pdfium", 1, True, pages, DocInfo("T"), (Notice("odd"), *scanned))


def ocr(text: Callable[[int], str]) -> Callable[[Task], Outcome]:
    """A guard's run: the text of each page that is asked for, or a failure where it is "!"."""

    def run(task: Task) -> Outcome:
        if any(text(number) == "!" for number in task.scans):
            return Outcome(Failure(Reason.TIMEOUT, "slik"), Usage("tesseract", 0, 1.0, 300, 1.0))
        pages = tuple(page(number, text(number)) for number in task.scans)
        notices = tuple(Notice(Reason.OCR_PAGE, "90 %", page.number) for page in pages if page.text)
        return Outcome(
            Extracted(SOURCE, "tesseract", 1, True, pages, DocInfo(), notices),
            Usage("tesseract", len(pages), 1.0, 300, 1.0),
        )

    return run


def joined(reading: Extracted, text: Callable[[int], str], **settings: int) -> tuple[Extracted, Usage]:
    config = replace(ExtractConfig(ocr=Ocr.ON), **settings)
    read_scans = ocr(text)

    def run(task: Task) -> Outcome:
        return read_scans(task) if task.scans else Outcome(reading, Usage("pdfium", 3, 0.5, 80, 0.5))

    return finished(Task(b"a", SOURCE, config), run)


def test_a_scan_that_is_read_takes_its_place_and_keeps_its_label() -> None:
    whole, usage = joined(extracted(page(1, "En"), page(2, label="ii"), page(3)), {2: "To", 3: ""}.__getitem__)
    assert [(each.number, each.text, each.label) for each in whole.pages] == [
        (1, "En", ""),
        (2, "To", "ii"),
        (3, "", ""),
    ]
    assert whole.notices == (Notice("odd"), replace(SCANNED, page=3), Notice(Reason.OCR_PAGE, "90 %", 2))
    assert (whole.docinfo, whole.engine) == (DocInfo("T"), "pdfium")
    assert usage == Usage("tesseract", 3, 1.5, 300, 1.5)


def test_a_long_scan_is_shared_between_children_and_a_page_that_ends_one_costs_itself_only() -> None:
    pages = [page(number) for number in range(1, 2 * PAGES_A_CHILD + 2)]
    bad = PAGES_A_CHILD + 3
    whole, usage = joined(extracted(*pages), lambda number: "!" if number == bad else "x")
    read = [each.number for each in whole.pages if each.text]
    assert read == [number for number in range(1, 2 * PAGES_A_CHILD + 2) if number != bad]
    failed = [notice for notice in whole.notices if notice.code == Reason.OCR_FAILED]
    assert [(notice.page, notice.detail) for notice in failed] == [(bad, "timeout")]
    assert usage.seconds == 0.5 + 3 + PAGES_A_CHILD


def test_no_more_scans_are_read_than_may_be() -> None:
    whole, _ = joined(extracted(page(1), page(2), page(3)), lambda number: "x", ocr_pages=2)
    assert [each.text for each in whole.pages] == ["x", "x", ""]


def test_a_file_without_text_is_set_aside() -> None:
    with pytest.raises(ReadingFailed, match="2 of 2 pages are scanned images") as raised:
        joined(extracted(page(1), page(2)), lambda number: "")
    assert raised.value.reason is Reason.NO_TEXT
    assert raised.value.usage.seconds == 1.5


def test_a_file_without_scans_costs_nothing_more() -> None:
    reading = extracted(page(1, "En"))
    assert joined(reading, lambda number: "!") == (reading, Usage("pdfium", 3, 0.5, 80, 0.5))
