import zipfile
from pathlib import Path

import pytest

from indexer.extract import media_type_of
from indexer.media import MediaType

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", b"%PDF-1.7\n", MediaType.PDF),
        ("a.docx", b"%PDF-1.7\n", MediaType.PDF),
        ("a.pdf", b"junk before\n%PDF-1.4", MediaType.PDF),
        ("a.pdf", b"no such thing \x00\x01", MediaType.UNKNOWN),
        ("a.pdf", b"", MediaType.EMPTY),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), MediaType.LEGACY_DOC),
        ("a.docx", OLE + b"\0" * 3_000_000 + "EncryptedPackage".encode("utf-16-le"), MediaType.ENCRYPTED_OFFICE),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), MediaType.OLE),
        ("a.rtf", b"{\\rtf1 hei}", MediaType.RTF),
        ("a.doc", b"{\\rtf1 hei}", MediaType.RTF),
        ("a.png", b"\x89PNG\r\n", MediaType.PNG),
        ("a.jpg", b"\xff\xd8\xff\xe0", MediaType.JPEG),
        ("a.tif", b"II*\0", MediaType.TIFF),
        ("a.tif", b"MM\0*", MediaType.TIFF),
        ("a.gif", b"GIF89a", MediaType.GIF),
        ("a.html", b"<!DOCTYPE html><html>", MediaType.HTML),
        ("uten-endelse", b"\xef\xbb\xbf  <!-- x --><HTML lang='nb'>", MediaType.HTML),
        ("a.html", "<!DOCTYPE html>".encode("utf-16"), MediaType.HTML),
        ("a.html", b"bare tekst", MediaType.HTML),
        ("a.html", b"\x00\x01\x02", MediaType.UNKNOWN),
        ("a.xml", b"<?xml version='1.0'?><rot/>", MediaType.XML),
        ("a.xhtml", b"<?xml version='1.0'?><html xmlns='x'>", MediaType.HTML),
        ("a.txt", b"<html> er et ord", MediaType.PLAIN),
        ("a.txt", "æøå".encode("utf-16"), MediaType.PLAIN),
        ("a.txt", b"\x00\x01", MediaType.UNKNOWN),
        ("A.MD", b"# Tittel", MediaType.MARKDOWN),
        ("a.markdown", b"# Tittel", MediaType.MARKDOWN),
        ("a.py", b"print()", MediaType.UNKNOWN),
        ("a.docx", b"PK\x03\x04 broken", MediaType.ZIP),
    ],
)
def test_media_type_by_content(tmp_path: Path, name: str, content: bytes, media_type: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert media_type_of(path) == media_type


@pytest.mark.parametrize(
    ("members", "media_type"),
    [
        ({"[Content_Types].xml": "", "word/document.xml": "<x/>"}, MediaType.DOCX),
        ({"ppt/presentation.xml": ""}, MediaType.PPTX),
        ({"xl/workbook.xml": ""}, MediaType.XLSX),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}, MediaType.ODT),
        ({"mimetype": "application/epub+zip"}, MediaType.EPUB),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, MediaType.ZIP),
        ({"noe.txt": "tekst"}, MediaType.ZIP),
    ],
)
def test_media_type_of_archives(tmp_path: Path, members: dict[str, str], media_type: str) -> None:
    path = tmp_path / "fil.bin"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    assert media_type_of(path) == media_type
