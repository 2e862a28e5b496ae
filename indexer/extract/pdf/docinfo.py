"""What does a PDF say of itself?"""

import re
from collections.abc import Mapping
from datetime import date

from corpus.model import DocInfo

_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_PLACEHOLDERS = frozenset(("untitled", "anonymous", "unknown", "unspecified"))
_FILE_NAME = re.compile(r"^Microsoft \w+ - |\.(?:docx?|odt|pdf|indd|rtf|pptx?|html?)$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[;\n]\s*")


def docinfo(info: Mapping[str, str], language: str = "") -> DocInfo:
    """The document information dictionary as DocInfo; what a program fills in by itself counts as nothing."""
    authors = tuple(name for name in _BETWEEN.split(_said(info.get("Author", ""))) if name)
    return DocInfo(_said(info.get("Title", "")), authors, "", pdf_date(info.get("CreationDate", "")), language)


def _said(value: str) -> str:
    value = " ".join(value.replace("\0", "").split())
    return "" if value.strip("()").lower() in _PLACEHOLDERS or _FILE_NAME.search(value) else value


def pdf_date(value: str) -> date | None:
    """The day of a PDF date such as D:20240131120000+01'00', or None."""
    match = _DATE.match(value)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None
