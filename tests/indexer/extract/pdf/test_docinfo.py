from datetime import date

import pytest

from corpus.model import DocInfo
from indexer.extract.pdf.docinfo import docinfo, pdf_date
from indexer.extract.pdf.miner import MinerFile
from indexer.extract.pdf.pdfium import PdfiumFile
from indexer.extract.pdf.sheet import OutlineEntry
from tests.indexer.extract.pdf.making import stream, written


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("D:20240131120000+01'00'", date(2024, 1, 31)),
        ("D:2024", date(2024, 1, 1)),
        ("20240131", date(2024, 1, 31)),
        ("D:20241331", None),
        ("i fjor", None),
        ("", None),
    ],
)
def test_pdf_dates(value: str, day: date | None) -> None:
    assert pdf_date(value) == day


@pytest.mark.parametrize(
    ("title", "author", "found"),
    [
        ("Evaluering av Los", "A. Prøve; B. Tenkt", DocInfo("Evaluering av Los", ("A. Prøve", "B. Tenkt"))),
        ("(anonymous)", "anonymous", DocInfo()),
        ("Microsoft Word - Rapport", "", DocInfo()),
        ("rapport_v3_ENDELIG.docx", " \0 ", DocInfo()),
        ("To\n linjer", "unknown", DocInfo("To linjer")),
    ],
)
def test_what_a_program_filled_in_counts_as_nothing(title: str, author: str, found: DocInfo) -> None:
    assert docinfo({"Title": title, "Author": author}) == found


def named(destination: bytes) -> bytes:
    return written(
        b"<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R/Dests<</maal[3 0 R/Fit]/ordbok<</D[3 0 R/Fit]>>>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R>>",
        stream(b""),
        b"<</Type/Outlines/First 6 0 R/Last 6 0 R/Count 1>>",
        b"<</Title(Maal)/Parent 5 0 R" + destination + b">>",
    )


@pytest.mark.parametrize(
    ("destination", "page"),
    [
        (b"/Dest/maal", 1),
        (b"/Dest/ordbok", 1),
        (b"/Dest[3 0 R/Fit]", 1),
        (b"/A<</S/GoTo/D[3 0 R/Fit]>>", 1),
    ],
)
def test_where_a_bookmark_leads(destination: bytes, page: int | None) -> None:
    data = named(destination)
    assert MinerFile(data, 9).outline() == PdfiumFile(data).outline() == (OutlineEntry("Maal", 1, page),)


def test_a_bookmark_that_leads_nowhere() -> None:
    data = named(b"/Dest/borte")
    assert MinerFile(data, 9).outline() == PdfiumFile(data).outline() == (OutlineEntry("Maal", 1, None),)
