"""On which page of a made file does a sentence stand? Read in a plain way of its own, not the product's."""

import io
import re
import unicodedata
import zipfile

import pypdfium2
from bs4 import BeautifulSoup
from lxml import etree

from tools.samples.source import Format, GoldFinding

SKIPPED = re.compile(r"[\s\u00ad\u2010\u2011\u0002\ufffe*_-]+")


class QuoteError(ValueError):
    """Gold quotes that are not in the made file as often as the source lists them."""

    def __init__(self, quotes: list[str]) -> None:
        super().__init__("not found as often as listed: " + " | ".join(quotes))
        self.quotes = frozenset(quotes)


def squeezed(text: str) -> str:
    """Text without white space and hyphens, ligatures as letters."""
    return SKIPPED.sub("", unicodedata.normalize("NFKC", text))


def page_texts(data: bytes, made: Format) -> list[str]:
    """The text of each page of a PDF; of any other format one text."""
    match made:
        case Format.PDF:
            return _pdf_pages(data)
        case Format.DOCX:
            return [_member_text(data, "word/document.xml")]
        case Format.HTML:
            return [BeautifulSoup(data, "lxml").get_text(" ")]
        case Format.ODT:
            return [_member_text(data, "content.xml")]
        case Format.MD | Format.TXT:
            return [data.decode()]


def _pdf_pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def _member_text(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return " ".join(map(str, etree.fromstring(archive.read(name)).itertext()))


def pages_of(findings: tuple[GoldFinding, ...], pages: list[str]) -> list[int]:
    """The page from 1 of each finding; a sentence listed twice has two places, in order.

    Raises QuoteError when a sentence stands in the file more or fewer times than it is listed.
    """
    texts = [squeezed(page) for page in pages]
    quotes = [squeezed(finding.quote) for finding in findings]
    places = {quote: _places(quote, texts) for quote in quotes}
    wrong = [f.quote for f, quote in zip(findings, quotes, strict=True) if len(places[quote]) != quotes.count(quote)]
    if wrong:
        raise QuoteError(wrong)
    return [places[quote].pop(0) for quote in quotes]


def _places(quote: str, texts: list[str]) -> list[int]:
    return [number for number, text in enumerate(texts, 1) for _ in range(text.count(quote))]
