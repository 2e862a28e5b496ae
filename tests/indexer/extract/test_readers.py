from dataclasses import replace
from pathlib import Path

import pytest

from corpus.config import ExtractConfig
from corpus.errors import ExtractionFailed, Reason
from corpus.model import DocInfo, Notice, Page, PageStatus, SourceFile
from indexer.extract import readers
from indexer.extract.contents import Contents
from indexer.extract.message import Task, frame, task, words
from indexer.extract.version import EXTRACTOR_VERSION


def page(number: int, text: str, status: PageStatus = PageStatus.TEXT) -> Page:
    return Page(number, text, (), text, (), status, "test")


def given(*pages: Page, notice: str = "") -> Contents:
    return Contents("test", True, pages, DocInfo(), (Notice(notice, "", 1),) if notice else ())


def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, contents: Contents, **limits: int) -> object:
    path = tmp_path / "a"
    path.write_bytes(b"x")
    monkeypatch.setitem(readers._READERS, "text/test", lambda data, task, announce: contents)
    asked = Task(bytes(path), SourceFile("a", "", 1, "text/test"), replace(ExtractConfig(), **limits))
    return readers.read(asked, lambda engine: None)


def test_what_a_reader_gives_is_signed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    contents = Contents("test", False, (page(1, "tekst"),), DocInfo("T"))
    extracted = read(monkeypatch, tmp_path, contents)
    assert getattr(extracted, "version", 0) == EXTRACTOR_VERSION
    assert getattr(extracted, "docinfo", None) == DocInfo("T")


@pytest.mark.parametrize(
    ("contents", "reason", "detail"),
    [
        (given(page(1, "x" * 2**20 + "y")), Reason.OUTPUT_LIMIT, "1048577 characters"),
        (given(page(1, "")), Reason.NO_TEXT, "no text on 1 pages"),
        (given(page(1, ""), notice=Reason.SCANNED_PAGE), Reason.NO_TEXT, "1 of 1 pages are scanned"),
        (given(), Reason.NO_TEXT, "no text on 0 pages"),
    ],
)
def test_what_a_reader_may_not_give(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    contents: Contents,
    reason: Reason,
    detail: str,
) -> None:
    with pytest.raises(ExtractionFailed, match=detail) as raised:
        read(monkeypatch, tmp_path, contents, output_mb=1)
    assert raised.value.reason == reason


def test_a_task_survives_the_way_to_the_child() -> None:
    sent = Task(b"/mappe/f\xc3\xb8r\xff.pdf", SourceFile("før.pdf", "0" * 64, 3, "application/pdf"), ExtractConfig())
    assert task(frame(sent)[8:]) == sent
    assert str(sent.file) == "/mappe/før\udcff.pdf"
    assert words(b"") == []
