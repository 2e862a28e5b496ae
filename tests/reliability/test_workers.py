"""Two workers against one, over a few files; benchmarks/reliability measures it over more."""

from pathlib import Path

import pytest

from benchmarks.reliability import workers
from benchmarks.reliability.base import Base
from corpus.config import PdfEngine


def test_one_worker_and_two_index_the_same_pdfs_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workers, "room", lambda: 1.0)
    base = Base(tmp_path, 1)
    assert workers.lay(base.documents, workers.copies(3)) > 0
    wrong, one = workers.compared(base, 1, PdfEngine.PDFIUM)
    assert wrong == []
    assert one.pages > 10
    assert 0 < one.children < one.reading < one.whole
    assert "not a quiet machine" in capsys.readouterr().out
    assert len(base.live_paths()) == 3


def test_copies_are_other_files() -> None:
    files = dict(workers.copies(50))
    assert len(files) == len(set(files.values())) == 50


def test_pdfs_are_drawn_by_content(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Tekst")
    (tmp_path / "uten-navn").write_bytes(b"%PDF-1.7\n")
    assert list(workers.found(tmp_path, 5, 1)) == [("0.pdf", b"%PDF-1.7\n")]
