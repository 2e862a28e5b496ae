"""Renders a sample as PDF with ReportLab: ruled tables that repeat their head, running heads, soft hyphens."""

import io
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import reportlab
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    ListFlowable,
    ListItem,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid
from reportlab.platypus.tableofcontents import TableOfContents

from tools.samples.hyphenate import soften
from tools.samples.notice import CONTENTS, NOTES, NOTICES, PAGE
from tools.samples.source import Layout, Source
from tools.samples.tree import Block, Heading, Inline, Items, PageBreak, Paragraph, Run, Style, Table, plain
from tools.samples.typst_pdf import column_widths

FONT = "Vera"
MARGIN = 2.2 * cm


def render_reportlab(source: Source, keep: frozenset[str]) -> bytes:
    """The PDF. A paragraph that holds one of `keep` is not broken over pages."""
    _register_fonts()
    rl_config.invariant = 1
    out = io.BytesIO()
    document = Pages(source, out)
    document.multiBuild(Story(source, keep, document.width).flowables())
    return out.getvalue()


def _register_fonts() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    faces = {
        FONT: "Vera.ttf",
        f"{FONT}-Bold": "VeraBd.ttf",
        f"{FONT}-Italic": "VeraIt.ttf",
        f"{FONT}-Both": "VeraBI.ttf",
    }
    for name, file in faces.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    pdfmetrics.registerFontFamily(FONT, *faces)


class Pages(BaseDocTemplate):
    """Page size, running head and number, and the outline and contents that headings feed."""

    def __init__(self, source: Source, out: io.BytesIO) -> None:
        size = landscape(A4) if source.layout is Layout.PLAN else A4
        # No title in the document information: many real files have none, and readers must not lean on it.
        super().__init__(out, pagesize=size, lang=str(source.language))
        self.source = source
        self.width, height = size[0] - 2 * MARGIN, size[1] - 2 * MARGIN
        frame = Frame(MARGIN, MARGIN, self.width, height, leftPadding=0, rightPadding=0)
        self.addPageTemplates([PageTemplate(id="page", frames=[frame], onPage=self.furniture)])

    def furniture(self, canvas: Canvas, _: object) -> None:
        """Draw the running head and the page number; nothing on the front page."""
        if canvas.getPageNumber() == 1:
            return
        width, height = self.pagesize
        canvas.saveState()
        canvas.setFont(FONT, 7.5)
        canvas.drawString(MARGIN, height - 1.4 * cm, self.source.running_head)
        canvas.line(MARGIN, height - 1.55 * cm, width - MARGIN, height - 1.55 * cm)
        canvas.drawRightString(width - MARGIN, 1.2 * cm, f"{PAGE[self.source.language]} {canvas.getPageNumber()}")
        canvas.restoreState()

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802
        """Enter a heading that has just been set into outline and contents."""
        if isinstance(flowable, Chapter):
            self.canv.bookmarkPage(flowable.key)
            self.canv.addOutlineEntry(flowable.words, flowable.key, flowable.level, closed=False)
            self.notify("TOCEntry", (flowable.level, escape(flowable.words), self.page, flowable.key))


class Chapter(Text):
    """A heading that the outline and the contents list; level from 0."""

    def __init__(self, style: ParagraphStyle, content: Inline, level: int, key: str) -> None:
        super().__init__(_inline(content), style)
        self.words, self.level, self.key = plain(content), level, key


class Story:
    """The flowables of one source."""

    def __init__(self, source: Source, keep: frozenset[str], width: float) -> None:
        self.source, self.keep, self.width, self.chapters = source, keep, width, 0
        plan = source.layout is Layout.PLAN
        body = ParagraphStyle(
            "body", fontName=FONT, fontSize=9.2 if plan else 10, leading=13 if plan else 15.5, spaceAfter=7,
            alignment=0 if plan else TA_JUSTIFY, embeddedHyphenation=1,
        )  # fmt: skip
        derived: Any = partial(ParagraphStyle, parent=body)
        self.body = body
        self.quoted = derived("quoted", leftIndent=18, rightIndent=18)
        self.cell = derived("cell", fontSize=8, leading=10.2, spaceAfter=0, alignment=0)
        self.note = derived("note", fontSize=7.8, leading=10.5, spaceAfter=3, alignment=0)
        self.title = derived("title", fontName=f"{FONT}-Bold", fontSize=22, leading=28, spaceAfter=14, alignment=0)
        self.head = derived("head", fontName=f"{FONT}-Bold", spaceBefore=12, alignment=0, keepWithNext=1)

    def flowables(self) -> list[Flowable]:
        """Notice, front page, contents when asked for, body, notes."""
        blocks = list(self.source.tree.blocks)
        notice = Grid([[Text(NOTICES[self.source.language], self.cell)]], colWidths=[self.width], hAlign="LEFT")
        notice.setStyle(
            [("BOX", (0, 0), (-1, -1), 0.8, colors.black), ("BACKGROUND", (0, 0), (-1, -1), colors.whitesmoke)]
        )
        story: list[Flowable] = [notice, Spacer(1, 24 if self.source.layout is not Layout.REPORT else 110)]
        for block in blocks:
            story += self.block(block)
        if self.source.toc:
            at = next(number for number, flowable in enumerate(story) if isinstance(flowable, NewPage | Chapter))
            story[at:at] = self.contents()
        return story + self.notes()

    def contents(self) -> list[Flowable]:
        """A page with every chapter and section and its page number."""
        toc = TableOfContents()
        toc.dotsMinLevel = 0
        toc.levelStyles = [ParagraphStyle(f"toc{at}", self.cell, leftIndent=14 * at, leading=12) for at in range(3)]
        return [NewPage(), Text(CONTENTS[self.source.language], self.size_of_head(2)), toc]

    def notes(self) -> list[Flowable]:
        """All footnotes, last in the document."""
        notes = self.source.tree.notes
        lines = [Text(f"{number} {_inline(note)}", self.note) for number, note in enumerate(notes, 1)]
        return [Text(NOTES[self.source.language], self.size_of_head(3)), *lines] if notes else []

    def size_of_head(self, level: int) -> ParagraphStyle:
        """The style of a heading: chapters largest."""
        size = {2: 15, 3: 11.5}.get(level, 10)
        return ParagraphStyle(f"head{level}", self.head, fontSize=size, leading=size * 1.3)

    def block(self, block: Block) -> list[Flowable]:
        """One block as flowables."""
        match block:
            case Heading(1, content):
                return [Text(_inline(content), self.title)]
            case Heading(level, content):
                self.chapters += 1
                return [Chapter(self.size_of_head(level), content, level - 2, f"heading-{self.chapters}")]
            case Paragraph(content, quoted):
                whole = any(quote in plain(content) for quote in self.keep)
                text = Text(_inline(content, soft=True), self.quoted if quoted else self.body)
                return [KeepTogether([text])] if whole else [text]
            case Items(items, ordered):
                return [self.items(items, ordered)]
            case Table():
                return self.table(block)
            case PageBreak():
                return [NewPage()]

    def items(self, items: tuple[Inline, ...], ordered: bool) -> Flowable:
        """A list."""
        rows: list[Any] = [ListItem(Text(_inline(item, soft=True), self.body)) for item in items]
        kind, start = ("1", None) if ordered else ("bullet", "•")
        return ListFlowable(rows, bulletType=kind, bulletFontName=FONT, leftIndent=16, start=start)

    def table(self, table: Table) -> list[Flowable]:
        """A ruled table that repeats its heading row on every page."""
        head = [Text(f"<b>{_inline(cell)}</b>", self.cell) for cell in table.head]
        rows = [[Text(_inline(cell, soft=True), self.cell) for cell in row] for row in table.rows]
        parts = column_widths(table)
        grid = Grid([head, *rows], colWidths=[self.width * part / sum(parts) for part in parts], repeatRows=1)
        grid.setStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
                ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
        caption = [
            Text(f"<b>{_inline(table.caption)}</b>", ParagraphStyle("caption", self.cell, spaceAfter=4, keepWithNext=1))
        ]
        return [*(caption if table.caption else []), grid, Spacer(1, 10)]


def _inline(content: Inline, soft: bool = False) -> str:
    return "".join(_run(run, soft) for run in content)


def _run(run: Run, soft: bool) -> str:
    if run.note:
        return f"<super>{run.note}</super>"
    text = escape(soften(run.text) if soft else run.text, quote=False)
    return {Style.PLAIN: text, Style.STRONG: f"<b>{text}</b>", Style.EMPHASIS: f"<i>{text}</i>"}[run.style]
