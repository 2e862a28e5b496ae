"""OpenDocument texts: what each construct becomes."""

from datetime import date

import pytest

from corpus.errors import ExtractionFailed, Reason
from corpus.model import DocInfo
from indexer.extract import odt as reader
from tests.indexer.extract.reader_files import odt, read, shown, zipped


def blocks(body: str, automatic: str = "", **parts: str) -> list[tuple[str, str]]:
    return shown(read(reader.read, odt(body, automatic, **parts)))


def paragraph(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def style(name: str, parent: str) -> str:
    return f'<style:style style:name="{name}" style:parent-style-name="{parent}"/>'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('<text:h text:outline-level="2">Mål</text:h>', "h2"),
        ('<text:h text:outline-level="9">Mål</text:h>', "h6"),
        ('<text:h text:outline-level="x">Mål</text:h>', "h1"),
        ("<text:h>Mål</text:h>", "h1"),
        (paragraph("Mål"), "paragraph"),
        (paragraph("Mål", "P1"), "h1"),
        (paragraph("Mål", "P2"), "h3"),
        (paragraph("Mål", "Illustration"), "caption"),
        (paragraph("Mål", "Ring1"), "paragraph"),
        ("<text:list><text:list-item><text:p>Mål</text:p></text:list-item></text:list>", "list_item"),
        ("<text:section><text:p>Mål</text:p></text:section>", "paragraph"),
        (
            "<text:table-of-content><text:index-body><text:p>Mål</text:p></text:index-body></text:table-of-content>",
            "toc",
        ),
    ],
)
def test_what_a_paragraph_is(body: str, kind: str) -> None:
    automatic = style("P1", "Title") + style("P2", "Eget") + style("Ring1", "Ring2") + style("Ring2", "Ring1")
    assert blocks(body, automatic, styles=style("Eget", "Heading_20_3")) == [(kind, "Mål")]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ('a<text:s text:c="3"/>b', "a b"),
        ("a<text:tab/>b<text:line-break/>c", "a b c"),
        ("a<text:span>b</text:span>c", "abc"),
        ("<text:a>lenke</text:a> her", "lenke her"),
        ("a<text:soft-page-break/>b", "ab"),
        ("før<office:annotation><text:p>merknad</text:p></office:annotation> etter", "før etter"),
        ("<text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>b</text:ruby-text></text:ruby>", "a"),
        ("<draw:frame><svg:title>t</svg:title><svg:desc>d</svg:desc></draw:frame>bilde", "bilde"),
        ("fore\u00adbygging", "forebygging"),
    ],
)
def test_what_a_paragraph_says(inner: str, text: str) -> None:
    assert blocks(paragraph(inner)) == [("paragraph", text)]


def test_deleted_text_stays_out() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Slettet</text:p><table:table>"
        "<table:table-row><table:table-cell><text:p>rad</text:p></table:table-cell></table:table-row></table:table>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    assert blocks(changes + paragraph("Beholdt")) == [("paragraph", "Beholdt")]


def test_notes_stand_last_and_text_boxes_after_their_paragraph() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Om losen.</text:p><text:p>Mer.</text:p></text:note-body></text:note>"
    )
    box = f"<draw:frame><draw:text-box>{paragraph('I boksen')}</draw:text-box></draw:frame>"
    assert blocks(paragraph(f"Los{note} og{box} mer") + paragraph("Neste")) == [
        ("paragraph", "Los og mer"),
        ("paragraph", "I boksen"),
        ("paragraph", "Neste"),
        ("footnote", "Om losen. Mer."),
    ]


def cell(text: str, attributes: str = "", name: str = "table-cell") -> str:
    return f"<table:{name} {attributes}><text:p>{text}</text:p></table:{name}>"


def table(*rows: str) -> str:
    return "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + "</table:table>"


def test_tables_keep_their_columns() -> None:
    many = 'table:number-columns-repeated="16000"'
    body = table(
        cell("Tiltak", 'table:number-columns-spanned="2"') + "<table:covered-table-cell/>" + cell("Frist"),
        cell("Los") + cell("NAV") + cell("2027") + cell("", many),
        cell("Los", name="covered-table-cell") + cell("Skole"),
        cell("Los", 'table:number-columns-repeated="2"') + cell("2028", 'table:number-columns-repeated="x"'),
        cell("", many),
    )
    assert blocks(body) == [
        ("table_row", row) for row in ("Tiltak\t\tFrist", "Los\tNAV\t2027", "\tSkole", "Los\t\t2028")
    ]


def test_what_the_file_says_of_itself() -> None:
    meta = (
        "<office:meta><dc:title>Plan</dc:title><meta:initial-creator>A. Eksempel</meta:initial-creator>"
        "<dc:creator>B. Prøve</dc:creator><meta:creation-date>2026-03-01T10:00:00</meta:creation-date>"
        "<dc:language>nn-NO</dc:language></office:meta>"
    )
    contents = read(reader.read, odt(paragraph("a"), meta=meta))
    assert contents.docinfo == DocInfo("Plan", ("A. Eksempel",), "", date(2026, 3, 1), "nn-NO")
    bad_day = meta.replace("2026-03-01T10:00:00", "i fjor")
    assert read(reader.read, odt(paragraph("a"), meta=bad_day)).docinfo.created is None


def test_an_encrypted_text_wants_its_password() -> None:
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    with pytest.raises(ExtractionFailed) as failed:
        read(reader.read, odt(paragraph("a"), manifest=entry))
    assert failed.value.reason is Reason.PASSWORD


@pytest.mark.parametrize(
    "data",
    [b"no archive at all", zipped({"mimetype": "x"}), zipped({"content.xml": "<a><b>"})],
    ids=["no zip", "no content", "cut short"],
)
def test_what_is_no_text_is_corrupt(data: bytes) -> None:
    with pytest.raises(ExtractionFailed) as failed:
        read(reader.read, data)
    assert failed.value.reason is Reason.CORRUPT
