"""What kind of file is this? Told by its content; its name only tells Markdown from plain text."""

import re
from enum import StrEnum
from pathlib import Path

HEAD_BYTES = 8192
TAIL_BYTES = 2**20


class MediaType(StrEnum):
    """The kinds the product reads, and those it names when it sets a file aside."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    HTML = "text/html"
    MARKDOWN = "text/markdown"
    PLAIN = "text/plain"
    LEGACY_DOC = "application/msword"
    ENCRYPTED_OFFICE = "application/x-encrypted-office"
    EMPTY = "application/x-empty"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    EPUB = "application/epub+zip"
    RTF = "application/rtf"
    OLE = "application/x-ole-storage"
    ZIP = "application/zip"
    XML = "application/xml"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    GIF = "image/gif"
    UNKNOWN = "application/octet-stream"


READ = frozenset(
    (MediaType.PDF, MediaType.DOCX, MediaType.ODT, MediaType.HTML, MediaType.MARKDOWN, MediaType.PLAIN),
)
BY_SUFFIX = {
    ".pdf": MediaType.PDF,
    ".docx": MediaType.DOCX,
    ".odt": MediaType.ODT,
    ".html": MediaType.HTML,
    ".htm": MediaType.HTML,
    ".xhtml": MediaType.HTML,
    ".md": MediaType.MARKDOWN,
    ".markdown": MediaType.MARKDOWN,
    ".txt": MediaType.PLAIN,
    ".text": MediaType.PLAIN,
}

_MAGIC = (
    (b"{\\rtf", MediaType.RTF),
    (b"\x89PNG", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\0", MediaType.TIFF),
    (b"MM\0*", MediaType.TIFF),
    (b"GIF8", MediaType.GIF),
)
_ZIP_MEMBERS = (
    (b"word/document.xml", MediaType.DOCX),
    (b"ppt/presentation.xml", MediaType.PPTX),
    (b"xl/workbook.xml", MediaType.XLSX),
)
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", MediaType.ENCRYPTED_OFFICE),
    ("WordDocument", MediaType.LEGACY_DOC),
)
_HTML = re.compile(
    rb"<(!doctype\s+html|html|head|body|title|meta|article|main|div|h[1-6]|table|p)[\s>/]", re.IGNORECASE
)


def media_type_of(path: Path) -> str:
    """The media type of a file as in `SourceFile.media_type`. Raises OSError when it cannot be read."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        return MediaType.EMPTY
    if b"%PDF-" in head[:1024]:
        return MediaType.PDF
    if head.startswith(_OLE_MAGIC):
        return _ole_type(path)
    if head.startswith(b"PK"):
        return _zip_type(path, head)
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    return _text_type(head, BY_SUFFIX.get(path.suffix.lower(), MediaType.UNKNOWN))


def _ole_type(path: Path) -> MediaType:
    with path.open("rb") as file:
        directory = file.read(TAIL_BYTES) + _tail(path)
    for stream, media_type in _OLE_STREAMS:
        if stream.encode("utf-16-le") in directory:
            return media_type
    return MediaType.OLE


def _zip_type(path: Path, head: bytes) -> MediaType:
    """Told from the first member's name and the last mebibyte, where an archive lists its members."""
    if head[30:38] == b"mimetype":
        return next((m for m in (MediaType.ODT, MediaType.EPUB) if head[38:].startswith(m.encode())), MediaType.ZIP)
    listing = _tail(path)
    return next((media_type for name, media_type in _ZIP_MEMBERS if name in listing), MediaType.ZIP)


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL_BYTES))
        return file.read()


def _text_type(head: bytes, by_suffix: MediaType) -> MediaType:
    text = head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    if by_suffix in (MediaType.PLAIN, MediaType.MARKDOWN):
        return MediaType.UNKNOWN if b"\0" in text else by_suffix
    if _HTML.search(text):
        return MediaType.HTML
    if text.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return MediaType.XML
    return MediaType.HTML if by_suffix is MediaType.HTML and b"\0" not in text else MediaType.UNKNOWN
