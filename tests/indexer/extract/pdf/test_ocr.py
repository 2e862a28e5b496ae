"""Scans made on the fly, read by Tesseract in the confined child; left out where it is not installed."""

import io
import re
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.config import ExtractConfig, Ocr
from corpus.errors import Reason
from corpus.model import BlockKind, Extracted, PageStatus, SourceFile
from indexer.extract import ReadingFailed, media_type_of, read_file, tesseract
from indexer.extract.pdf import ocr
from indexer.extract.pdf.pdfium import Picture
from tests.indexer.extract.pdf.making import PROSE, typeset

pytestmark = pytest.mark.skipif(bool(tesseract.missing()), reason=f"OCR is not installed: {tesseract.missing()}")

A4 = (595.0, 842.0)
WORD = re.compile(r"\w+")


def photographed(data: bytes) -> list[Image.Image]:
    """Each page as a scanner gives it: 150 dots an inch, a little turned, with noise."""
    noise = np.random.default_rng(1)
    pages = [page.render(scale=150 / 72, grayscale=True).to_pil() for page in pdfium.PdfDocument(data)]
    turned = [np.asarray(page.rotate(0.4, fillcolor=255)).astype(float) for page in pages]
    return [Image.fromarray(np.clip(a + noise.normal(0, 8, a.shape), 0, 255).astype("uint8")) for a in turned]


def scan(*pictures: Image.Image, stamp: str = "") -> bytes:
    """A PDF of pictures over the whole page, with a stamp of text in the corner."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for picture in pictures:
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.drawString(20, 20, stamp)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(folder: Path, data: bytes, mode: Ocr = Ocr.ON) -> Extracted:
    path = folder / "skannet.pdf"
    path.write_bytes(data)
    return read_file(path, SourceFile(path.name, "0" * 64, len(data), media_type_of(path)), ExtractConfig(ocr=mode))


def test_a_scan_is_read_with_its_headings_and_paragraphs(tmp_path: Path) -> None:
    (picture,) = photographed(typeset(f"= 1 Bakgrunn\n{PROSE}\n\n{PROSE}"))
    found = read(tmp_path, scan(picture))
    (page,) = found.pages
    assert (page.engine, page.status) == ("tesseract", PageStatus.TEXT)
    assert [block.kind for block in page.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    wanted, got = WORD.findall(PROSE), WORD.findall(page.text)
    assert sum(word in wanted for word in got) >= 0.97 * len(got)
    assert len(got) == 2 + 2 * len(wanted)
    (notice,) = found.notices
    assert (notice.code, notice.page) == (Reason.OCR_PAGE, 1)
    assert 80 <= int(notice.detail.removesuffix(" %")) <= 100


def test_a_stamped_page_is_a_scan_all_the_same(tmp_path: Path) -> None:
    (picture,) = photographed(typeset(PROSE))
    stamped = scan(picture, stamp="Side 1")
    assert [notice.code for notice in read(tmp_path, stamped, Ocr.OFF).notices] == [Reason.SCANNED_PAGE]
    assert "erfaringene er delt" in read(tmp_path, stamped).pages[0].text


def test_a_photograph_of_no_text_stays_a_scan(tmp_path: Path) -> None:
    noise = Image.fromarray(np.random.default_rng(2).integers(0, 255, (900, 640), dtype="uint8"))
    with pytest.raises(ReadingFailed, match="1 of 1 pages are scanned") as raised:
        read(tmp_path, scan(noise))
    assert raised.value.reason is Reason.NO_TEXT


def test_without_ocr_a_scan_is_set_aside(tmp_path: Path) -> None:
    with pytest.raises(ReadingFailed, match="1 of 1 pages are scanned"):
        read(tmp_path, scan(*photographed(typeset(PROSE))), Ocr.OFF)


def test_a_blank_picture_gives_nothing() -> None:
    assert ocr.read_scan(Picture(b"\xff" * 10_000, 100, 100, 100, 2.0), 1) is None


def test_tesseract_writes_its_warnings_to_no_file() -> None:
    """The child may open none for writing, and Tesseract crashed with the first warning of a poor scan."""
    assert ocr._tesseract().GetVariableAsString("debug_file") == ""
