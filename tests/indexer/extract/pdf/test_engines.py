import re
import zlib

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.config import ExtractConfig, PdfEngine
from corpus.errors import ExtractionFailed, Reason
from corpus.model import Notice, PageStatus
from indexer.extract.pdf import engines, miner, pdfium
from indexer.extract.pdf.engines import read_sheets
from indexer.extract.pdf.gate import Quality, quality
from indexer.extract.pdf.sheet import OutlineEntry, Sheet
from tests.indexer.extract.pdf.making import PROSE, contents, drawn, one_page, pages, stream, told, typeset, written

BOTH = pytest.mark.parametrize("engine", ["pdfium", "pdfminer"])


@BOTH
def test_text_with_places(engine: str) -> None:
    data = one_page(b"BT /F 12 Tf 50 300 Td (Tiltaket virker) Tj 0 -20 Td (i Testvik.) Tj ET")
    (sheet,) = read_sheets(data, ExtractConfig(engine=PdfEngine(engine)), lambda engine: None).sheets
    words = [(sheet.source[word.start : word.end], round(word.x0), word.size, word.bold) for word in sheet.words]
    assert [word for word, *_ in words] == ["Tiltaket", "virker", "i", "Testvik."]
    assert words[0][1:] == (50, 12.0, False)
    assert 85 < sheet.words[0].y0 < 95
    assert sheet.words[2].y0 - sheet.words[0].y0 == pytest.approx(20, abs=0.1)
    assert (sheet.width, sheet.height) == (400, 400)


def test_actual_text_is_what_is_read() -> None:
    """Chromium draws "tt" as one glyph that maps to nothing, and says what it is in /ActualText."""
    drawing = (
        b"BT /F 12 Tf 50 300 Td (de) Tj /Span<</ActualText<FEFF00740074>>>BDC (\001) Tj EMC (e virker) Tj"
        b" /Span<</ActualText<FEFF00A7002000340020006F00670020>>>BDC (\001) Tj EMC (slutt) Tj ET"
    )
    font = (
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 1/LastChar 255/Widths["
        + b"500 " * 255
        + b"]/Encoding<</Type/Encoding/Differences[1/nosuchglyph]>>>>"
    )
    (page,) = pages(one_page(drawing, font), "pdfminer")
    assert "dette virker" in page.text
    assert "§ 4 og" in page.text


@BOTH
def test_words_apart_by_a_step_only(engine: str) -> None:
    (page,) = pages(one_page(b"BT /F 12 Tf 50 300 Td [(Ingen)-300(e)20(ff)15(ekt)] TJ ET"), engine)
    assert page.text == "Ingen effekt"


@BOTH
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_read_upright(engine: str, rotation: int) -> None:
    matrices = {0: b"1 0 0 1 50 300", 90: b"0 1 -1 0 300 50", 180: b"-1 0 0 -1 350 100", 270: b"0 -1 1 0 100 350"}
    drawing = b"BT /F 12 Tf %s Tm (Loddrett tekst) Tj 0 -15 Td (og en linje til.) Tj ET" % matrices[rotation]
    (page,) = pages(one_page(drawing, page=b"/Rotate %d" % rotation), engine)
    assert page.text == "Loddrett tekst og en linje til."


@BOTH
def test_text_that_stands_on_end_is_read(engine: str) -> None:
    drawing = b"BT /F 12 Tf 0 1 -1 0 300 50 Tm (Loddrett tekst) Tj 0 -15 Td (og en linje til.) Tj ET"
    (page,) = pages(one_page(drawing), engine)
    assert page.text == "Loddrett tekst og en linje til."


@BOTH
def test_bold_by_drawing_twice_is_read_once(engine: str) -> None:
    drawing = b"BT /F 12 Tf 50 300 Td (Overskrift) Tj ET BT /F 12 Tf 50 300 Td (Overskrift) Tj ET"
    assert pages(one_page(drawing), engine)[0].text == "Overskrift"


@BOTH
def test_what_the_file_says_of_itself(engine: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Evaluering av Los")
        canvas.setAuthor("A. Prøve; B. Tenkt")
        for number, heading in enumerate(("Første", "Andre"), start=1):
            canvas.bookmarkPage(str(number))
            canvas.addOutlineEntry(heading, str(number), level=number - 1)
            canvas.drawString(100, 500, heading)
            canvas.showPage()

    data = drawn(draw, lang="nn")
    info = contents(data, engine).docinfo
    assert (info.title, info.authors, info.language) == ("Evaluering av Los", ("A. Prøve", "B. Tenkt"), "nn")
    assert info.created is not None
    readings = read_sheets(data, ExtractConfig(engine=PdfEngine(engine)), lambda engine: None)
    assert readings.outline == (OutlineEntry("Første", 1, 1), OutlineEntry("Andre", 2, 2))


@BOTH
def test_page_labels(engine: str) -> None:
    data = typeset(
        '#set page(numbering: "i")\nForord\n#pagebreak()\n#set page(numbering: "1")\n#counter(page).update(1)\nTekst'
    )
    assert [page.label for page in pages(data, engine)] == ["i", "1"]


@BOTH
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (drawn(lambda canvas: canvas.drawString(9, 9, "x"), encrypt=StandardEncryption("hemmelig")), Reason.PASSWORD),
        (b"%PDF-1.7\nnot at all", Reason.CORRUPT),
        (b"%PDF-1.7\n" + zlib.compress(b"x" * 999), Reason.CORRUPT),
        (written(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"), Reason.CORRUPT),
    ],
)
def test_files_that_do_not_open(engine: str, data: bytes, reason: Reason) -> None:
    with pytest.raises(ExtractionFailed) as raised:
        pages(data, engine)
    assert raised.value.reason == reason


@BOTH
def test_too_many_pages(engine: str) -> None:
    data = typeset("a\n" + "#pagebreak()\nb\n" * 4)
    assert len(contents(data, engine, pdf_pages=5).pages) == 5
    with pytest.raises(ExtractionFailed) as raised:
        contents(data, engine, pdf_pages=4)
    assert raised.value.reason == Reason.TOO_MANY_PAGES


@BOTH
def test_scanned_and_blank_pages_are_told_apart(engine: str) -> None:
    image = b"/Im Do"
    data = written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 6 0 R/Resources<</XObject<</Im 9 0 R>>>>>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 7 0 R/Resources<</Font<</F 8 0 R>>>>>>",
        stream(b"q 380 0 0 380 10 10 cm " + image + b" Q"),
        stream(b"BT /F 12 Tf 50 300 Td (En side med tekst som er lang nok til at den holder.) Tj ET"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        stream(b"\xff", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"),
    )
    found = contents(data, engine)
    assert [page.status for page in found.pages] == [PageStatus.SCANNED, PageStatus.EMPTY, PageStatus.TEXT]
    assert found.notices == (Notice(Reason.SCANNED_PAGE, "skannet side", 1),)


def sheet(source: str, number: int = 1) -> Sheet:
    words = [match.span() for match in re.finditer(r"\S+", source)]
    placed = tuple(engines.pdfium.Word(a, b, a * 5.0, 10, b * 5.0, 20, 10.0, False) for a, b in words)
    return Sheet(number, 500, 700, source, placed, "test")


@pytest.mark.parametrize(
    ("source", "passes"),
    [
        (PROSE, True),
        ("kort", False),
        ("", False),
        (PROSE.replace("tt", "\0"), False),
        (PROSE.replace("e", "\ufffd"), False),
        (PROSE.replace("e", "(cid:12)"), False),
        (PROSE.replace("e", "\ue012"), False),
        ("\uf0b7 " + PROSE, True),
        (PROSE.translate(str.maketrans("abcdefghijklmnopqrstuvwxyz", "bcdefghijklmnopqrstuvwxyza")), False),
        ("Tabell med bare tall og navn " + "4711 " * 90, True),
    ],
)
def test_the_quality_gate(source: str, passes: bool) -> None:
    assert quality(sheet(source)).passes == passes


@pytest.mark.parametrize(
    ("this", "that", "better"),
    [
        (Quality(500, 0.0, 0.4), Quality(3, 0.0, None), True),
        (Quality(3, 0.0, None), Quality(500, 0.0, 0.4), False),
        (Quality(500, 0.0, 0.4), Quality(500, 0.1, 0.4), True),
        (Quality(500, 0.0, 0.4), Quality(500, 0.0, 0.01), True),
        (Quality(500, 0.0, None), Quality(500, 0.0, 0.01), False),
        (Quality(500, 0.0, 0.03), Quality(500, 0.0, 0.02), False),
    ],
)
def test_the_better_reading(this: Quality, that: Quality, better: bool) -> None:
    assert this.better_than(that) == better


class Engine:
    """An engine that gives these sources, one a page; None is a page that does not load."""

    def __init__(self, *sources: str | None) -> None:
        self._sources = sources
        self.page_count = len(sources)
        self.asked: list[int] = []

    def sheet(self, number: int) -> Sheet:
        self.asked.append(number)
        source = self._sources[number - 1]
        if source is None:
            raise ExtractionFailed(Reason.CORRUPT, f"page {number}: broken")
        return sheet(source, number)

    def outline(self) -> tuple[OutlineEntry, ...]:
        return ()

    def docinfo(self) -> dict[str, str]:
        return {}

    def language(self) -> str:
        return ""


def checked(monkeypatch: pytest.MonkeyPatch, first: Engine, second: Engine | None) -> engines.Readings:
    def other(data: bytes, most: int) -> Engine:
        if second is None:
            raise ExtractionFailed(Reason.CORRUPT, "does not open")
        return second

    monkeypatch.setattr(pdfium, "PdfiumFile", lambda data: first)
    monkeypatch.setattr(miner, "MinerFile", other)
    return read_sheets(b"", ExtractConfig(), lambda engine: None)


BROKEN = PROSE.replace("e", "\ufffd")


def test_a_page_that_fails_goes_to_the_other_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    second = Engine(PROSE, PROSE, PROSE)
    found = checked(monkeypatch, Engine(PROSE, BROKEN, None), second)
    assert [sheet.source for sheet in found.sheets] == [PROSE] * 3
    assert second.asked == [2, 3]
    assert found.notices == (
        Notice(Reason.ENGINE_SWITCHED, "pdfminer", 2),
        Notice(Reason.CORRUPT, "page 3: broken", 3),
        Notice(Reason.ENGINE_SWITCHED, "pdfminer", 3),
    )


def test_after_three_vain_readings_the_document_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    second = Engine(*[BROKEN] * 5)
    found = checked(monkeypatch, Engine(*[BROKEN] * 5), second)
    assert second.asked == [1, 2, 3]
    assert [notice.code for notice in found.notices] == [Reason.POOR_TEXT] * 5


def test_the_other_engine_may_not_open_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    found = checked(monkeypatch, Engine(BROKEN, PROSE), None)
    assert [sheet.source for sheet in found.sheets] == [BROKEN, PROSE]


def test_the_other_engine_may_have_fewer_pages_or_a_broken_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checked(monkeypatch, Engine(BROKEN, BROKEN), Engine(None)).sheets[0].source == BROKEN
    assert checked(monkeypatch, Engine(PROSE, BROKEN), Engine(PROSE)).sheets[1].source == BROKEN


@BOTH
def test_the_engines_agree_on_a_whole_document(engine: str) -> None:
    table = "#table(columns: 2, [Tiltak], [Frist], [Los], [2025])"
    text = f"= Innledning\n{PROSE * 3}\n- punkt en\n- punkt to\n\n{PROSE * 2}\n{table}"
    (page,) = pages(typeset(text), engine)
    assert told(page) == [
        "heading1: Innledning",
        f"paragraph: {(PROSE * 3).strip()}",
        "list_item: • punkt en",
        "list_item: • punkt to",
        f"paragraph: {(PROSE * 2).strip()}",
        "table_row: Tiltak | Frist",
        "table_row: Los | 2025",
    ]
