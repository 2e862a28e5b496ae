"""Media: what kind of file is this? Told by its content; its name only tells Markdown from plain text."""

import re
from enum import StrEnum
from pathlib import Path

from corpus.config import ExtractConfig
from corpus.errors import Reason
from corpus.model import SourceFile

MEGABYTE = 2**20
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

SUFFIX = {media_type: suffix for suffix, media_type in reversed(BY_SUFFIX.items())}

_OTHER_REASONS: dict[str, tuple[Reason, str]] = {
    MediaType.LEGACY_DOC: (Reason.LEGACY_DOC, "Word 97-2003; save it as .docx"),
    MediaType.ENCRYPTED_OFFICE: (Reason.PASSWORD, "a password is needed to open it"),
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


def refusal(source: SourceFile, config: ExtractConfig) -> tuple[Reason, str] | None:
    """Why a file need not be opened: it is empty, too large, or no format we read; None when it is one to read."""
    media_type = source.media_type
    if not source.size or media_type == MediaType.EMPTY:
        return Reason.EMPTY, "the file is empty"
    if media_type in _OTHER_REASONS:
        return _OTHER_REASONS[media_type]
    if media_type not in READ:
        expected = BY_SUFFIX.get(Path(source.path).suffix.lower())
        if media_type in (MediaType.UNKNOWN, MediaType.ZIP) and expected is not None:
            return Reason.CORRUPT, f"named as {expected}, but its content is not"
        return Reason.UNSUPPORTED, str(media_type)
    most = _most_mb(media_type, config)
    if source.size > most * MEGABYTE:
        return Reason.TOO_LARGE, f"{source.size / MEGABYTE:.0f} MB; at most {most} are read"
    return None


def _most_mb(media_type: str, config: ExtractConfig) -> int:
    if media_type == MediaType.PDF:
        return config.pdf_mb
    if media_type == MediaType.HTML:
        return config.html_mb
    return config.text_mb if media_type in (MediaType.PLAIN, MediaType.MARKDOWN) else config.archive_mb


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
