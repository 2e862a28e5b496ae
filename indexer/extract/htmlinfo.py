"""What does an HTML page say of itself?"""

from collections import defaultdict
from datetime import date

from bs4 import BeautifulSoup

from corpus.model import DocInfo

_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title")
_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author")
_PUBLISHERS = ("citation_publisher", "dc.publisher", "dcterms.publisher", "og:site_name")
_DATES = (
    "article:published_time",
    "citation_publication_date",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "date",
)
_LANGUAGES = ("dc.language", "dcterms.language", "content-language", "og:locale")


def docinfo(soup: BeautifulSoup) -> DocInfo:
    """Title, authors, publisher, date and language from the page's head."""
    found = _metas(soup)
    heading = soup.find("title")
    root = soup.find("html")
    language = str(root.get("lang") or root.get("xml:lang") or "") if root else ""
    authors = next((tuple(found[name]) for name in _AUTHORS if found[name]), ())
    return DocInfo(
        _first(found, _TITLES) or (" ".join(heading.get_text().split()) if heading else ""),
        tuple(author for author in authors if not author.startswith(("http:", "https:"))),
        _first(found, _PUBLISHERS),
        _day(found),
        language or _first(found, _LANGUAGES),
    )


def _metas(soup: BeautifulSoup) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for meta in soup.find_all("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("http-equiv")
        content = " ".join(str(meta.get("content") or "").split())
        if name and content:
            found[str(name).lower()].append(content)
    return found


def _first(found: defaultdict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((found[name][0] for name in names if found[name]), "")


def _day(found: defaultdict[str, list[str]]) -> date | None:
    for name in _DATES:
        for value in found[name]:
            try:
                return date.fromisoformat(value[:10].replace("/", "-"))
            except ValueError:
                continue
    return None
