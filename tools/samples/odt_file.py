"""Renders a sample as an OpenDocument text."""

import io
import zipfile
from html import escape

from tools.samples.notice import NOTICES
from tools.samples.source import Source
from tools.samples.tree import Block, Heading, Inline, Items, PageBreak, Paragraph, Run, Style, Table

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in {
        "office": "office", "text": "text", "table": "table", "style": "style", "meta": "meta",
        "fo": "xsl-fo-compatible", "manifest": "manifest",
    }.items()
)  # fmt: skip
AUTOMATIC_STYLES = (
    '<style:style style:name="strong" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="emphasis" style:family="text">'
    '<style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="new-page" style:family="paragraph">'
    '<style:paragraph-properties fo:break-before="page"/></style:style>'
)
MANIFEST = (
    f'<manifest:manifest {NAMESPACES} manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def render_odt(source: Source) -> bytes:
    """The document: content, title and language; times are fixed."""
    members = {"content.xml": _content(source), "meta.xml": _meta(source), "META-INF/manifest.xml": MANIFEST}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), MEDIA_TYPE, zipfile.ZIP_STORED)
        for name, xml in members.items():
            text = '<?xml version="1.0" encoding="UTF-8"?>\n' + xml
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _meta(source: Source) -> str:
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    title = escape(source.tree.title)
    about = f"<dc:title>{title}</dc:title><dc:language>{source.language}-NO</dc:language>"
    return f"<office:document-meta {NAMESPACES} {dc}><office:meta>{about}</office:meta></office:document-meta>"


def _content(source: Source) -> str:
    title, *blocks = (_block(block, source) for block in source.tree.blocks)
    notice = f"<text:p>{NOTICES[source.language]}</text:p>"
    return (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{AUTOMATIC_STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{title}{notice}{''.join(blocks)}</office:text></office:body></office:document-content>"
    )


def _block(block: Block, source: Source) -> str:
    match block:
        case Heading(level, content):
            return f'<text:h text:outline-level="{level}">{_inline(content, source)}</text:h>'
        case Paragraph(content, _):
            return f"<text:p>{_inline(content, source)}</text:p>"
        case Items(items, _):
            rows = (f"<text:list-item><text:p>{_inline(item, source)}</text:p></text:list-item>" for item in items)
            return f"<text:list>{''.join(rows)}</text:list>"
        case Table():
            return _table(block, source)
        case PageBreak():
            return '<text:p text:style-name="new-page"/>'


def _table(table: Table, source: Source) -> str:
    head, *rows = (_row(row, source) for row in (table.head, *table.rows))
    caption = f"<text:p>{_inline(table.caption, source)}</text:p>" if table.caption else ""
    columns = f'<table:table-column table:number-columns-repeated="{len(table.head)}"/>'
    top = f"<table:table-header-rows>{head}</table:table-header-rows>"
    return f"{caption}<table:table>{columns}{top}{''.join(rows)}</table:table>"


def _row(row: tuple[Inline, ...], source: Source) -> str:
    cells = (f"<table:table-cell><text:p>{_inline(cell, source)}</text:p></table:table-cell>" for cell in row)
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _inline(content: Inline, source: Source) -> str:
    return "".join(_run(run, source) for run in content)


def _run(run: Run, source: Source) -> str:
    if run.note is not None:
        body = f"<text:note-body><text:p>{_inline(source.tree.notes[run.note - 1], source)}</text:p></text:note-body>"
        call = f"<text:note-citation>{run.note}</text:note-citation>"
        return f'<text:note text:note-class="footnote">{call}{body}</text:note>'
    text = escape(run.text)
    return text if run.style is Style.PLAIN else f'<text:span text:style-name="{run.style}">{text}</text:span>'
