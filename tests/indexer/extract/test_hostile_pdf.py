"""PDFs made to do harm, and a sample of the real ones where they are at hand."""

import os
from pathlib import Path

import pytest

from corpus.config import ExtractConfig
from corpus.errors import Reason
from corpus.model import Extracted, SourceFile
from indexer.extract import ReadingFailed, media_type_of, read_file_measured
from tests.indexer.extract.bombs import BOMBS

LIMITS = ExtractConfig(memory_mb=900, cpu_seconds=20, wall_seconds=90, output_mb=1)
REAL = Path(os.environ.get("REALFILES", Path(__file__).parents[4] / "shared" / "realfiles"))
EVERY = 60  # of about 900
SAID = {
    Reason.TIMEOUT,
    Reason.MEMORY,
    Reason.CRASHED,
    Reason.CORRUPT,
    Reason.UNREADABLE,
    Reason.NO_TEXT,
    Reason.TOO_MANY_PAGES,
}

PDFS = (
    "pdf-bombe.pdf",
    "pdf-ring.pdf",
    "pdf-tegning-i-seg-selv.pdf",
    "pdf-lister.pdf",
    "pdf-streker.pdf",
    "pdf-antall.pdf",
    "pdf-samme-side.pdf",
    "pdf-lengde.pdf",
)


@pytest.mark.parametrize("name", PDFS)
def test_a_hostile_pdf_is_set_aside_or_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name]())
    assert outcome(path) in SAID


def outcome(path: Path, limits: ExtractConfig = LIMITS) -> str:
    source = SourceFile(path.name, "0" * 64, path.stat().st_size, media_type_of(path))
    try:
        extracted, _ = read_file_measured(path, source, limits)
    except ReadingFailed as failed:
        return failed.reason
    assert isinstance(extracted, Extracted)
    return "read"


@pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not at hand")
def test_every_real_file_is_read_or_set_aside() -> None:
    files = sorted(path for path in REAL.rglob("*") if path.is_file())[::EVERY]
    outcomes = [outcome(path, ExtractConfig()) for path in files]
    assert outcomes.count("read") > len(files) / 3
    assert not {Reason.TIMEOUT, Reason.MEMORY, Reason.OUTPUT_LIMIT} & set(outcomes)
