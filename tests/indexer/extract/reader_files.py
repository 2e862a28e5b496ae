"""Small documents made by hand, and what the readers give for them."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping

from corpus.config import ExtractConfig
from corpus.model import BlockKind, Extracted, Page, SourceFile
from indexer.extract.contents import Contents
from indexer.extract.message import Announce, Answer, Task
from indexer.extract.soundness import fault

Reader = Callable[[bytes, Task, Announce], Contents]
Shown = list[tuple[str, str]]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OPEN_DOCUMENT = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"
    for name, long in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
        ("meta", "meta"),
        ("manifest", "manifest"),
    )
} | {"dc": "http://purl.org/dc/elements/1.1/"}


def read(reader: Reader, data: bytes, config: ExtractConfig | None = None) -> Contents:
    """What a reader gives, when it holds together."""
    source = SourceFile("prove", "0" * 64, len(data), "")
    announced: list[str] = []
    contents = reader(data, Task(b"/prove", source, config or ExtractConfig()), announced.append)
    assert announced == [contents.engine]
    assert not contents.paged
    if contents.pages:
        extracted = Extracted(source, contents.engine, 1, False, contents.pages, contents.docinfo)
        assert fault(Answer(extracted), Task(b"/prove", source, ExtractConfig())) == ""
    for page in contents.pages:
        assert_leads_back(page)
    return contents


def assert_leads_back(page: Page) -> None:
    """Text is NFC, and every run of it is where it says it was read."""
    assert unicodedata.is_normalized("NFC", page.text)
    for segment in page.segments:
        text = page.text[segment.start : segment.start + segment.length]
        source = page.source[segment.source_start : segment.source_start + segment.length]
        assert segment.length == 1 or text == re.sub(r"\s", " ", source)
    led = {i for segment in page.segments for i in range(segment.start, segment.start + segment.length)}
    assert all(page.text[i].isspace() for i in range(len(page.text)) if i not in led)


def shown(contents: Contents) -> Shown:
    """(kind, text) of every block; a heading's kind carries its level."""
    return [
        (f"h{block.level}" if block.kind is BlockKind.HEADING else str(block.kind), page.text[block.start : block.end])
        for page in contents.pages
        for block in page.blocks
    ]


def zipped(members: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these members, in this order."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def docx(body: str, namespace: str = W, **parts: str) -> bytes:
    """A Word document of this body; other parts by name (styles, footnotes, endnotes, core)."""
    members = {"word/document.xml": _word("document", f"<w:body>{body}</w:body>", namespace)}
    for name, content in parts.items():
        if name == "core":
            members["docProps/core.xml"] = content
        else:
            members[f"word/{name}.xml"] = _word(name, content, namespace)
    return zipped(members)


def _word(root: str, content: str, namespace: str) -> str:
    others = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    return f'<w:{root} xmlns:w="{namespace}" {others}>{content}</w:{root}>'


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    """A paragraph of a Word document."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str, automatic: str = "", manifest: str = "", **parts: str) -> bytes:
    """An OpenDocument text of this body; other parts by name (styles, meta)."""
    styles = f"<office:automatic-styles>{automatic}</office:automatic-styles>"
    content = f"{styles}<office:body><office:text>{body}</office:text></office:body>"
    members = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": _open("office:document-content", content),
        "META-INF/manifest.xml": _open("manifest:manifest", manifest),
    }
    return zipped(members | {f"{name}.xml": _open(f"office:document-{name}", part) for name, part in parts.items()})


def _open(root: str, content: str) -> str:
    namespaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _OPEN_DOCUMENT.items())
    return f"<{root} {namespaces}>{content}</{root}>"
