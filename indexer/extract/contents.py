"""What does a reader give?"""

from dataclasses import dataclass

from corpus.model import DocInfo, Notice, Page


@dataclass(frozen=True, slots=True)
class Contents:
    """What one reader found in one file. `paged` is false for formats whose pages are parts we made."""

    engine: str
    paged: bool
    pages: tuple[Page, ...]
    docinfo: DocInfo
    notices: tuple[Notice, ...] = ()


def without_text(scanned: int, pages: int) -> str:
    """Why a file without text is set aside."""
    return f"{scanned} of {pages} pages are scanned images" if scanned else f"no text on {pages} pages"
