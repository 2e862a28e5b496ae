"""Files made to do harm: by name, what makes their bytes. Some are refused before they are opened, some lie just
within the limits, so that the limits themselves are what is tried."""

import random
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

from tests.indexer.extract.pdf.making import PROSE, one_page, stream, written
from tests.indexer.extract.reader_files import W, docx, odt, paragraph, zipped

MB = 2**20
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_KID = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R>>"
LAUGHS = 10
LOCAL_FILE = "file:///etc/hostname"


def pdf_bomb() -> bytes:
    """64 MB of blanks, packed twice."""
    data = zlib.compress(zlib.compress(b" " * 2**26))
    return written(CATALOGUE, ONE_KID, PAGE, stream(data, b"/Filter[/FlateDecode/FlateDecode]"))


def pdf_gigabytes() -> bytes:
    """1.5 GB of text operators, packed three times."""
    packer, packed = zlib.compressobj(), bytearray()
    for _ in range(24):
        packed += packer.compress(b"(x) Tj\n" * (64 * MB // 7))
    packed += packer.flush()
    data = zlib.compress(zlib.compress(bytes(packed)))
    return written(CATALOGUE, ONE_KID, PAGE, stream(data, b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"))


def pdf_circle() -> bytes:
    """A page tree that is its own branch, and says that it has ten million pages."""
    return written(CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999999>>")


def pdf_deep_tree() -> bytes:
    """20,000 branches of one branch each."""
    branches = (b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 3) for number in range(20_000))
    return written(CATALOGUE, *branches, b"<</Type/Page/MediaBox[0 0 9 9]>>")


def pdf_count() -> bytes:
    """One page, declared to be two thousand million."""
    return written(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", PAGE, stream(b""))


def pdf_same_page() -> bytes:
    """One page, 100,000 times."""
    kids = b"3 0 R " * 100_000
    return written(CATALOGUE, b"<</Type/Pages/Kids[%s]/Count 100000>>" % kids, PAGE, stream(b""))


def pdf_length() -> bytes:
    """A stream declared to be 9 GB long."""
    return written(CATALOGUE, ONE_KID, PAGE, b"<</Length 9999999999>>stream\nBT ET\nendstream")


def pdf_previous() -> bytes:
    """A table of places that says that the one before it is itself."""
    whole = one_page(b"BT /F 12 Tf 50 300 Td (Tiltaket virker) Tj ET")
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % whole.rindex(b"xref\n0"))


def pdf_form_within_itself() -> bytes:
    """A drawing that draws itself, twice."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>"
    return written(
        CATALOGUE,
        ONE_KID,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>>>",
        stream(b"/X Do /X Do", form),
        stream(b"/X Do"),
    )


def pdf_forms() -> bytes:
    """Thirty drawings, each of which draws the next one ten times: 10 ** 30 words."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 400 400]/Resources<</XObject<</X %d 0 R>>/Font<</F 35 0 R>>>>"
    forms = (stream(b"/X Do " * 10, form % (number + 6)) for number in range(29))
    last = stream(b"BT /F 12 Tf 9 9 Td (ord) Tj ET", b"/Type/XObject/Subtype/Form/BBox[0 0 400 400]")
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return written(CATALOGUE, ONE_KID, page, stream(b"/X Do"), *forms, last, font)


def pdf_nested_arrays() -> bytes:
    """200,000 arrays, one within the other."""
    return one_page(b"[" * 200_000 + b"BT /F 12 Tf (x) Tj ET")


def pdf_many_lines() -> bytes:
    """10,000 drawn lines that cross: a table of 25 million cells."""
    return one_page(b"".join(b"%d 0 m %d 400 l S 0 %d m 400 %d l S\n" % (n, n, n, n) for n in range(1, 5_000)))


def pdf_many_words() -> bytes:
    """400,000 words on one page, each in its own place."""
    chance = random.Random(1)
    places = ((chance.randint(0, 400), chance.randint(0, 400)) for _ in range(400_000))
    return one_page(b"BT /F 1 Tf " + b"".join(b"1 0 0 1 %d %d Tm (ord) Tj\n" % place for place in places) + b"ET")


def pdf_large_page() -> bytes:
    """A page of 14 million points square and nothing but a picture: what OCR would draw."""
    return _picture(8, bytes(8), b"", 14_400_000)


def pdf_large_picture() -> bytes:
    """A page that is one black picture of 60,000 by 60,000 points."""
    data = zlib.compress(bytes(60_000 // 8 * 60_000), 9)
    return _picture(60_000, data, b"/Filter/FlateDecode", 600)


def _picture(side: int, data: bytes, packing: bytes, page_side: int) -> bytes:
    shape = b"/Type/XObject/Subtype/Image/Width %d/Height %d" % (side, side)
    box = b"/MediaBox[0 0 %d %d]" % (page_side, page_side)
    page = b"<</Type/Page/Parent 2 0 R%s/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>" % box
    drawing = stream(b"%d 0 0 %d 0 0 cm /X Do" % (page_side, page_side))
    grey = b"/BitsPerComponent 1/ColorSpace/DeviceGray"
    return written(CATALOGUE, ONE_KID, page, drawing, stream(data, shape + grey + packing))


def zip_run() -> bytes:
    """A Word document of one run of 200 MB."""
    return docx(paragraph("a" * (200 * MB)))


def zip_paragraphs() -> bytes:
    """A Word document of 100 MB of tiny paragraphs, packed 300 times."""
    return docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * (100 * MB // 34))


def zip_within_limits() -> bytes:
    """A Word document of 60 MB of small paragraphs, each another one: packed less than the limit."""
    return docx("".join(f"<w:p><w:r><w:t>{number * 7919:x}</w:t></w:r></w:p>" for number in range(60 * MB // 42)))


def zip_members() -> bytes:
    """A Word document with 100,000 parts."""
    return zipped({"word/document.xml": ""} | {f"{number}.xml": "" for number in range(100_000)}, 0)


def zip_in_zip() -> bytes:
    """An archive in an archive, fifty deep, with a Word document's names."""
    data = docx(paragraph("Innerst"))
    for _ in range(50):
        data = zipped({"word/document.xml": data, "word/embeddings/a.docx": data[:1000]})
    return data


def zip_overlapping() -> bytes:
    """An archive whose list names one member of 1 MB a thousand times."""
    data = docx(paragraph("a" * MB))
    at = data.index(b"PK\x01\x02")
    entry = data[at : data.index(b"PK\x05\x06")]
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1000, 1000, 1000 * len(entry), at, 0)
    return data[:at] + entry * 1000 + end


def zip_lying() -> bytes:
    """An archive that says of a member of 10 MB that it holds 100 bytes."""
    data = bytearray(docx(paragraph("a" * (10 * MB))))
    for at in (22, data.index(b"PK\x01\x02") + 24):
        data[at : at + 4] = struct.pack("<L", 100)
    return bytes(data)


def laughs(root: str, body: str) -> str:
    """Entities that unfold to 10 ** 10 words, and one that is a file of the machine's."""
    names = [f"e{number}" for number in range(LAUGHS)]
    steps = (f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    outer = f'<!ENTITY x SYSTEM "{LOCAL_FILE}">'
    return f'<!DOCTYPE {root} [<!ENTITY e0 "ord ">{outer}{"".join(steps)}]>{body}'


def docx_laughs() -> bytes:
    """A Word document of entities."""
    body = f'<w:document xmlns:w="{W}"><w:body>{paragraph(f"&x;&e{LAUGHS - 1};")}</w:body></w:document>'
    return zipped({"word/document.xml": laughs("d", body)})


def docx_deep(depth: int) -> bytes:
    """A Word document of tables, one within the other."""
    return docx("<w:tbl><w:tr><w:tc>" * depth + paragraph("Innerst") + "</w:tc></w:tr></w:tbl>" * depth)


def odt_laughs() -> bytes:
    """An OpenDocument text of entities."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": laughs("d", f"<d>&x;&e{LAUGHS - 1};</d>"),
        },
        0,
    )


def odt_repeated() -> bytes:
    """A table of a million columns and as many rows, told in a line, with blanks a thousand million times."""
    blanks = '<text:p>a<text:s text:c="999999999"/></text:p>'
    cell = f'<table:table-cell table:number-columns-repeated="1048576">{blanks}</table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}{cell}</table:table-row>'
    return odt(f"<table:table>{row}</table:table>")


def html(body: str) -> bytes:
    """A page."""
    return f"<!DOCTYPE html><html lang=nb><body><p>{PROSE}</p>{body}</body></html>".encode()


def html_laughs() -> bytes:
    """A page of entities."""
    return laughs("html", f"<html><body><p>&x;&e{LAUGHS - 1};</p></body></html>").encode()


def html_flat(megabytes: int) -> bytes:
    """A page of so many MB of short paragraphs."""
    return html("<p>Et <b>tiltak</b> til.</p>\n" * (megabytes * MB // 29))


def html_spans() -> bytes:
    """Rows whose every cell stands over a thousand rows and columns."""
    return html("<table>" + ("<tr>" + "<td colspan=1000 rowspan=65534>a" * 50) * 200 + "</table>")


def words(megabytes: int) -> Iterator[str]:
    """Pseudo-random words, so many MB of them."""
    chance = random.Random(2)
    syllables = [a + b for a in "bdfgklmnprstv" for b in "aeiouyæøå"]
    return ("".join(chance.choices(syllables, k=chance.randint(1, 5))) for _ in range(megabytes * MB // 8))


def marks() -> bytes:
    """A letter with a million accents in no order, which normal form has to sort."""
    return ("a" + "\u0301\u0323" * 500_000).encode()


BOMBS: dict[str, Callable[[], bytes]] = {
    "pdf-bombe.pdf": pdf_bomb,
    "pdf-gigabyte.pdf": pdf_gigabytes,
    "pdf-ring.pdf": pdf_circle,
    "pdf-dypt-tre.pdf": pdf_deep_tree,
    "pdf-antall.pdf": pdf_count,
    "pdf-samme-side.pdf": pdf_same_page,
    "pdf-lengde.pdf": pdf_length,
    "pdf-forrige.pdf": pdf_previous,
    "pdf-tegning-i-seg-selv.pdf": pdf_form_within_itself,
    "pdf-tegninger.pdf": pdf_forms,
    "pdf-lister.pdf": pdf_nested_arrays,
    "pdf-streker.pdf": pdf_many_lines,
    "pdf-ord.pdf": pdf_many_words,
    "pdf-stor-side.pdf": pdf_large_page,
    "pdf-stort-bilde.pdf": pdf_large_picture,
    "docx-ett-avsnitt.docx": zip_run,
    "docx-avsnitt.docx": zip_paragraphs,
    "docx-innenfor.docx": zip_within_limits,
    "docx-deler.docx": zip_members,
    "docx-zip-i-zip.docx": zip_in_zip,
    "docx-overlapper.docx": zip_overlapping,
    "docx-lyver.docx": zip_lying,
    "docx-latter.docx": docx_laughs,
    "docx-dyp.docx": partial(docx_deep, 1_000),
    "docx-nesten-dyp.docx": partial(docx_deep, 80),
    "odt-latter.odt": odt_laughs,
    "odt-gjentatt.odt": odt_repeated,
    "html-latter.html": html_laughs,
    "html-merknader.html": lambda: html("<!-- x -->" * 100_000),
    "html-halve-merknader.html": lambda: html("<!--" * 300_000),
    "html-dyp.html": lambda: html("<div>" * 100_000 + "Innerst"),
    "html-åpne.html": lambda: html("<b><i><p>a" * 60_000),
    "html-attributter.html": lambda: html("<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">a"),
    "html-og.html": lambda: html("&" * 2_000_000),
    "html-over.html": partial(html_flat, 21),
    "html-innenfor.html": partial(html_flat, 9),
    "html-celler.html": html_spans,
    "xml-dyp.xhtml": lambda: b"<?xml version='1.0'?><html>" + b"<div>" * 200_000 + b"Innerst",
    "tekst-200-mb.txt": lambda: b"a" * (200 * MB),
    "tekst-en-linje.txt": lambda: b"a" * (19 * MB),
    "tekst-ord.txt": lambda: " ".join(words(8)).encode(),
    "tekst-funn.txt": lambda: b"Tiltaket virker. " * (2 * MB // 17),
    "tekst-linjer.txt": lambda: b"\n" * (19 * MB),
    "tekst-tall.txt": lambda: b"0" * (5 * MB),
    "tekst-tegn.txt": marks,
    "tekst-overskrifter.md": lambda: b"# A\n\n" * 200_000,
    "tekst-dyp.md": lambda: b"> " * 200_000 + b"a\n\n" + b"- " * 100_000 + b"a\n\n" + b"[" * 100_000,
    "tekst-tabell.md": lambda: b"|a|b|\n|-|-|\n" + b"|1|2|\n" * 500_000,
}
