"""Word documents: what each construct of WordprocessingML becomes."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import docx as oracle
import pytest

from corpus.errors import ExtractionFailed, Reason
from corpus.model import DocInfo
from indexer.extract import docx as reader
from tests.indexer.extract.reader_files import STRICT, W, docx, paragraph, read, shown, zipped

SAMPLES = Path("corpus/samples/documents")


def blocks(body: str, **parts: str) -> list[tuple[str, str]]:
    return shown(read(reader.read, docx(body, **parts)))


def run(inner: str) -> str:
    return f"<w:p><w:r>{inner}</w:r></w:p>"


def style(identity: str, name: str, inner: str = "", based_on: str = "") -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    named = f'<w:name w:val="{name}"/>' if name else ""
    return f'<w:style w:type="paragraph" w:styleId="{identity}">{named}{based}<w:pPr>{inner}</w:pPr></w:style>'


STYLES = (
    style("a1", "heading 1")
    + style("Overskrift2", "")
    + style("Kapittel", "Kapittel", based_on="a1")
    + style("Niva3", "Niva tre", '<w:outlineLvl w:val="2"/>')
    + style("IkkeOverskrift", "Brødtekst fet", '<w:outlineLvl w:val="9"/>', based_on="a1")
    + style("Tittel", "Title")
    + style("INNH1", "toc 1")
    + style("Bildetekst", "caption")
    + style("Punkt", "Punkt", '<w:numPr><w:numId w:val="4"/></w:numPr>')
    + style("Ring1", "Ring 1", based_on="Ring2")
    + style("Ring2", "Ring 2", based_on="Ring1")
    + '<w:style w:type="character" w:styleId="Tegn"><w:name w:val="heading 1"/></w:style>'
)


@pytest.mark.parametrize(
    ("identity", "properties", "kind"),
    [
        ("a1", "", "h1"),
        ("Overskrift2", "", "h2"),
        ("Kapittel", "", "h1"),
        ("Niva3", "", "h3"),
        ("IkkeOverskrift", "", "paragraph"),
        ("Tittel", "", "h1"),
        ("INNH1", "", "toc"),
        ("Bildetekst", "", "caption"),
        ("Punkt", "", "list_item"),
        ("Ring1", "", "paragraph"),
        ("Tegn", "", "paragraph"),
        ("Heading3", "", "h3"),
        ("heading 9", "", "h6"),
        ("ukjent", "", "paragraph"),
        ("", '<w:outlineLvl w:val="1"/>', "h2"),
        ("a1", '<w:outlineLvl w:val="9"/>', "paragraph"),
        ("", '<w:numPr><w:numId w:val="1"/></w:numPr>', "list_item"),
        ("Punkt", '<w:numPr><w:numId w:val="0"/></w:numPr>', "paragraph"),
        ("a1", '<w:numPr><w:numId w:val="1"/></w:numPr>', "h1"),
        ("", '<w:outlineLvl w:val="x"/>', "paragraph"),
    ],
)
def test_a_paragraph_is_what_its_style_says(identity: str, properties: str, kind: str) -> None:
    assert blocks(paragraph("Mål", identity, properties), styles=STYLES) == [(kind, "Mål")]


def test_the_default_style_holds_for_paragraphs_without_one() -> None:
    default = style("Alle", "heading 2").replace("<w:style ", '<w:style w:default="1" ')
    assert blocks(paragraph("Mål"), styles=default) == [("h2", "Mål")]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:t>a</w:t><w:tab/><w:t>b</w:t>", "a b"),
        ("<w:t>a</w:t><w:br/><w:t>b</w:t>", "a b"),
        ("<w:t>SLT</w:t><w:noBreakHyphen/><w:t>rådet</w:t>", "SLT-rådet"),
        ("<w:t>fore</w:t><w:softHyphen/><w:t>bygging</w:t>", "forebygging"),
        ("<w:t>a\u030a</w:t>", "å"),
        ('<w:t>a</w:t><w:sym w:font="Wingdings" w:char="F0E0"/><w:t>b</w:t>', "ab"),
        ('<w:sym w:font="Times" w:char="2265"/><w:t>5</w:t>', "≥5"),
        ('<w:sym w:char="D800"/><w:sym w:char="?"/><w:t>b</w:t>', "b"),
        ("<w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t>", ""),
        ('<w:rPr><w:vanish w:val="0"/></w:rPr><w:t>synlig</w:t>', "synlig"),
        (
            "<w:ruby><w:rt><w:r><w:t>over</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>a</w:t></w:r></w:rubyBase></w:ruby>",
            "a",
        ),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        ("<w:t/><w:t>b</w:t>", "b"),
    ],
)
def test_what_a_run_says(inner: str, text: str) -> None:
    assert blocks(run(inner)) == ([("paragraph", text)] if text else [])


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:del><w:r><w:delText>ut</w:delText></w:r></w:del><w:ins><w:r><w:t>inn</w:t></w:r></w:ins>", "inn"),
        ("<w:moveFrom><w:r><w:t>før</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>nå</w:t></w:r></w:moveTo>", "nå"),
        ("<w:hyperlink><w:r><w:t>lenke</w:t></w:r></w:hyperlink>", "lenke"),
        ("<w:fldSimple w:instr='DATE'><w:r><w:t>2027</w:t></w:r></w:fldSimple>", "2027"),
        ("<w:sdt><w:sdtPr><w:r><w:t>nei</w:t></w:r></w:sdtPr>"
         "<w:sdtContent><w:r><w:t>felt</w:t></w:r></w:sdtContent></w:sdt>", "felt"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>kode</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            '<w:r><w:t>svar</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> etter</w:t></w:r>',
            "svar etter",
        ),
        ('<w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/><w:t>hel</w:t></w:r>', "hel"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t>'
            '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>vist</w:t></w:r>',
            "vist",
        ),
    ],
)  # fmt: skip
def test_changes_links_and_fields(inner: str, text: str) -> None:
    assert blocks(f"<w:p>{inner}</w:p>") == [("paragraph", text)]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('celle')}</w:tc></w:tr></w:tbl>"
    box = f"<w:txbxContent>{paragraph('I boksen')}{inner}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = f"<w:p><w:r><w:t>Før </w:t></w:r><w:r>{drawing}</w:r><w:r><w:t>etter</w:t></w:r></w:p>{paragraph('Neste')}"
    texts = ["Før etter", "I boksen", "celle", "Neste"]
    assert blocks(body) == [("paragraph", text) for text in texts]
    assert blocks("<w:p><w:r><mc:AlternateContent/></w:r></w:p>") == []


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_merged_cells_keep_their_columns_and_repeat_nothing() -> None:
    body = table(
        cell("Tiltak", '<w:gridSpan w:val="2"/>') + cell("Frist"),
        cell("Losteam", '<w:vMerge w:val="restart"/>') + cell("NAV") + cell("2027"),
        cell("Losteam", "<w:vMerge/>") + cell("Skole") + cell(""),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("Barnevern") + cell("2028"),
        cell("") + cell("") + cell(""),
    )
    rows = ["Tiltak\t\tFrist", "Losteam\tNAV\t2027", "\tSkole", "\tBarnevern\t2028"]
    assert blocks(body) == [("table_row", row) for row in rows]


def test_a_cell_may_hold_several_paragraphs_and_a_table() -> None:
    inner = table(cell("a") + cell("b"), cell("c") + cell("d"))
    two = f"<w:tc>{paragraph('En')}{paragraph('To')}</w:tc>"
    assert blocks(table(two + f"<w:tc>{inner}</w:tc>")) == [("table_row", "En To\ta b c d")]


def test_a_frame_of_one_column_is_no_table() -> None:
    inner = table(cell("a") + cell("b"))
    framed = f"<w:tc>{paragraph('Om planen', 'Overskrift1')}{paragraph('Tekst')}{inner}</w:tc>"
    assert blocks(table(framed)) == [("h1", "Om planen"), ("paragraph", "Tekst"), ("table_row", "a\tb")]
    beside = f"<w:tc><w:p/></w:tc><w:tc>{inner}</w:tc>"
    assert blocks(table(beside)) == [("table_row", "a\tb")]


def test_cells_without_a_row_are_paragraphs() -> None:
    body = f"<w:tbl>{cell('a')}<w:tr>{paragraph('b')}{cell('c')}{cell('d')}</w:tr></w:tbl>"
    assert blocks(body) == [("paragraph", "a"), ("paragraph", "b"), ("table_row", "c\td")]


def test_notes_stand_last_in_their_part() -> None:
    footnotes = (
        f'<w:footnote w:type="separator" w:id="0">{paragraph("---")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Om losen")}{paragraph("Mer")}</w:footnote>'
    )
    endnotes = f'<w:endnote w:id="2">{paragraph("Til slutt")}</w:endnote>'
    pointing = "<w:p><w:r><w:t>Los</w:t><w:footnoteReference w:id='2'/><w:endnoteReference w:id='2'/></w:r></w:p>"
    lost = "<w:p><w:r><w:t>tapt</w:t><w:footnoteReference w:id='9'/></w:r></w:p>"
    found = blocks(table(f"<w:tc>{pointing}</w:tc>" + cell("b")) + lost, footnotes=footnotes, endnotes=endnotes)
    assert found == [
        ("table_row", "Los\tb"),
        ("paragraph", "tapt"),
        ("footnote", "Om losen"),
        ("footnote", "Mer"),
        ("footnote", "Til slutt"),
    ]


def test_captions_contents_and_references_by_their_words() -> None:
    body = "".join(
        (
            paragraph("Innhold"),
            paragraph("1 Bakgrunn ......... 3"),
            paragraph("2 Tiltak\t12"),
            paragraph("Bakgrunn", "Heading1"),
            paragraph("Tabell 2. Kostnader"),
            paragraph("Tabell 2 viser at lite er målt, og det samme gjelder figuren."),
            paragraph("6 Referanser", "Heading1"),
            paragraph("Eksempel, A. (2021). Om los."),
            paragraph("På nett", "Heading2"),
            paragraph("Prøve, B. (2022)."),
            paragraph("Vedlegg", "Heading1"),
            paragraph("Slutt"),
        )
    )
    kinds = " ".join(kind for kind, _ in blocks(body))
    assert kinds == "paragraph toc toc h1 caption paragraph h1 reference h2 reference h1 paragraph"


def test_strict_documents_are_read_too() -> None:
    body = f"{paragraph('Mål', 'Overskrift1')}{table(cell('a') + cell('b'))}"
    assert shown(read(reader.read, docx(body, STRICT))) == [("h1", "Mål"), ("table_row", "a\tb")]


def test_what_the_file_says_of_itself() -> None:
    core = (
        '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/"><dc:title> Plan  mot vold '
        "</dc:title><dc:creator>A. Eksempel; B. Prøve</dc:creator><t:created>2026-03-01T10:00:00Z</t:created>"
        "<dc:language>nb-NO</dc:language></c:coreProperties>"
    )
    contents = read(reader.read, docx(paragraph("a"), core=core))
    assert contents.docinfo == DocInfo("Plan mot vold", ("A. Eksempel", "B. Prøve"), "", date(2026, 3, 1), "nb-NO")
    broken = read(reader.read, docx(paragraph("a"), core="<a", styles="<w:style>"))
    assert broken.docinfo == DocInfo()


@pytest.mark.parametrize(
    "document",
    [
        f'<w:document xmlns:w="{W}"><w:body><w:p>',
        "<a>" * 300 + "</a>" * 300,
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{"a" * (11 * 2**20)}</w:t></w:r></w:p></w:body>',
        "",
    ],
    ids=["cut short", "too deep", "one text node of 11 MB", "empty"],
)
def test_broken_xml_is_corrupt(document: str) -> None:
    with pytest.raises(ExtractionFailed) as failed:
        read(reader.read, zipped({"word/document.xml": document, "word/x.bin": b"x"}, 0))
    assert failed.value.reason is Reason.CORRUPT


def test_no_entity_is_expanded_and_no_file_opened(tmp_path: Path) -> None:
    secret = tmp_path / "hemmelig.txt"
    secret.write_text("HEMMELIG")
    entities = f'<!DOCTYPE d [<!ENTITY a "LANGT"><!ENTITY b SYSTEM "{secret.as_uri()}">]>'
    body = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>x&a;&b;</w:t></w:r></w:p></w:body></w:document>'
    text = "".join(page.text for page in read(reader.read, zipped({"word/document.xml": entities + body})).pages)
    assert "HEMMELIG" not in text
    assert "LANGT" not in text


def test_a_long_document_is_cut_at_headings() -> None:
    body = "".join(paragraph(f"Del {i}", "Overskrift1") + paragraph("Et ord til. " * 400) for i in range(12))
    contents = read(reader.read, docx(body))
    assert len(contents.pages) == 3
    assert all(page.blocks[0].level == 1 and len(page.text) <= 20_000 for page in contents.pages)


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.docx")), ids=lambda path: path.stem)
def test_no_word_is_lost_that_python_docx_reads(path: Path) -> None:
    document = oracle.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    expected = _words("\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))
    found = _words("\n".join(page.text for page in read(reader.read, path.read_bytes()).pages))
    assert expected - found == Counter()
