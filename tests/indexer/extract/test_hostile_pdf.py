"""PDFs made to do harm, and a sample of the real ones where they are at hand."""

import os
import zlib
from pathlib import Path

import pytest

from corpus.config import ExtractConfig
from corpus.errors import Reason
from corpus.model import Extracted, SourceFile
from indexer.extract import ReadingFailed, media_type_of, read_file_measured
from tests.indexer.extract.pdf.test_engines import one_page, stream, written

LIMITS = ExtractConfig(memory_mb=900, cpu_seconds=20, wall_seconds=90, output_mb=1)
REAL = Path(os.environ.get("REALFILES", Path(__file__).parents[4] / "shared" / "realfiles"))
EVERY = 60  # of about 900
SAID = {Reason.TIMEOUT, Reason.MEMORY, Reason.CRASHED, Reason.CORRUPT, Reason.UNREADABLE, Reason.NO_TEXT}

CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
BOMB = zlib.compress(zlib.compress(b" " * 2**26))


def bomb() -> bytes:
    return written(
        CATALOGUE,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R>>",
        stream(BOMB, b"/Filter[/FlateDecode/FlateDecode]"),
    )


def circle() -> bytes:
    return written(CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999999>>")


def form_within_itself() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>"
    return written(
        CATALOGUE,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>>>",
        stream(b"/X Do /X Do", form),
        stream(b"/X Do"),
    )


def nested_arrays() -> bytes:
    return one_page(b"[" * 200_000 + b"BT /F 12 Tf (x) Tj ET")


def many_lines() -> bytes:
    return one_page(b"".join(b"%d 0 m %d 400 l S 0 %d m 400 %d l S\n" % (n, n, n, n) for n in range(1, 5_000)))


@pytest.mark.parametrize("make", [bomb, circle, form_within_itself, nested_arrays, many_lines])
def test_a_hostile_pdf_is_set_aside_or_read(tmp_path: Path, make: object) -> None:
    path = tmp_path / "fiende.pdf"
    path.write_bytes(make())  # type: ignore[operator]
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
