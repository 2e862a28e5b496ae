"""Renders a sample as a Word document: true heading styles, tables with a repeated heading row, footnotes."""

import io
import zipfile
from datetime import datetime
from html import escape

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from tools.samples.notice import NOTICES
from tools.samples.source import Source
from tools.samples.tree import Block, Heading, Inline, Items, PageBreak, Paragraph, Style, Table, plain

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FIXED = datetime(2024, 2, 1)


def render_docx(source: Source) -> bytes:
    """The document, with fixed dates so that the same source gives the same bytes."""
    document = docx.Document()
    _properties(document, source)
    for number, block in enumerate(source.tree.blocks):
        _add(document, block)
        if number == 0:
            document.add_paragraph(NOTICES[source.language], style="Intense Quote")
    if source.tree.notes:
        _add_footnotes(document, source.tree.notes)
    out = io.BytesIO()
    document.save(out)
    return fixed_zip(out.getvalue())


def _properties(document: Document, source: Source) -> None:
    about = document.core_properties
    about.title, about.author, about.language = (
        source.tree.title,
        source.metadata.get("publisher", ""),
        str(source.language),
    )
    about.created = about.modified = FIXED
    about.comments = ""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    head = document.sections[0].header.paragraphs[0]
    head.text = source.running_head


def _add(document: Document, block: Block) -> None:
    match block:
        case Heading(1, content):
            _fill(document.add_paragraph(style="Title"), content)
        case Heading(level, content):
            _fill(document.add_heading(level=level - 1), content)
        case Paragraph(content, quoted):
            _fill(document.add_paragraph(style="Quote" if quoted else None), content)
        case Items(items, ordered):
            for item in items:
                _fill(document.add_paragraph(style="List Number" if ordered else "List Bullet"), item)
        case Table():
            _add_table(document, block)
        case PageBreak():
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _add_table(document: Document, table: Table) -> None:
    if table.caption:
        _fill(document.add_paragraph(style="Caption"), table.caption)
    grid = document.add_table(rows=0, cols=len(table.head), style="Table Grid")
    for number, row in enumerate((table.head, *table.rows)):
        cells = grid.add_row().cells
        for cell, content in zip(cells, row, strict=True):
            _fill(cell.paragraphs[0], content)
            for run in cell.paragraphs[0].runs if number == 0 else []:
                run.bold = True
    repeat = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(repeat)
    document.add_paragraph()


def _fill(paragraph: WordParagraph, content: Inline) -> None:
    for part in content:
        run = paragraph.add_run(part.text)
        run.bold = True if part.style is Style.STRONG else None
        run.italic = True if part.style is Style.EMPHASIS else None
        if part.note is not None:
            run.font.superscript = True
            call = OxmlElement("w:footnoteReference")
            call.set(qn("w:id"), str(part.note))
            run._r.append(call)


def _add_footnotes(document: Document, notes: tuple[Inline, ...]) -> None:
    rows = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(plain(note))}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    marks = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{W}">{marks}{rows}</w:footnotes>'
    )
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, xml.encode(), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def fixed_zip(data: bytes) -> bytes:
    """The same archive with every member's time set to 1980, the first a zip can hold."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            entry = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            new.writestr(entry, old.read(member), zipfile.ZIP_DEFLATED)
    return out.getvalue()
