"""PDFs made on the fly, and the pages read from them."""

import io
from collections.abc import Callable
from dataclasses import replace

import typst
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.config import ExtractConfig, PdfEngine
from corpus.model import Page, SourceFile
from indexer.extract.contents import Contents
from indexer.extract.message import Task
from indexer.extract.pdf.reader import read
from indexer.media import MediaType

SETTING = '#set page(paper: "a4", margin: 2.5cm)\n#set text(lang: "nb", size: 11pt)\n#set par(justify: true)\n'
PROSE = (
    "Kommunen har i flere år arbeidet med å forebygge vold blant unge, og erfaringene er delt. Noen av de ansatte "
    "mener at tiltaket har gjort det lettere å få kontakt med ungdom som ellers ikke oppsøker hjelp, mens andre er "
    "usikre på om det har hatt noe å si for utviklingen i antallet anmeldte forhold i perioden som er undersøkt. "
)


def typeset(text: str, setting: str = SETTING) -> bytes:
    return typst.compile((setting + text).encode())


def drawn(draw: Callable[[Canvas], None], **options: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, **options)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def contents(data: bytes, engine: str = "auto", **settings: int) -> Contents:
    config = replace(ExtractConfig(engine=PdfEngine(engine)), **settings)
    source = SourceFile("a.pdf", "0" * 64, len(data), MediaType.PDF)
    return read(data, Task(b"a.pdf", source, config), lambda engine: None)


def pages(data: bytes, engine: str = "auto") -> tuple[Page, ...]:
    return contents(data, engine).pages


def told(page: Page) -> list[str]:
    """Each block as its kind, its level if any, and its text with cells apart by a bar."""
    return [
        f"{block.kind}{block.level or ''}: {page.text[block.start : block.end]}".replace("\t", " | ")
        for block in page.blocks
    ]


def written(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), extra, data)


def one_page(
    drawing: bytes, font: bytes = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", page: bytes = b""
) -> bytes:
    return written(
        b"<</Type/Catalog/Pages 2 0 R/Lang(nb-NO)>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>" + page + b">>",
        stream(drawing),
        font,
    )
