"""What does an HTML page say of itself?"""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from corpus.model import DocInfo
from indexer.extract.days import day

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
_SITE = re.compile(r"(.*\S)\s+([|»–—·-])\s+(\S.*)")
LONGEST_TITLE = 1000

Metas = defaultdict[str, list[str]]


def docinfo(root: Any, heading: str) -> DocInfo:
    """What a page's head tells, and its first heading; empty where it tells nothing."""
    if root is None:
        return DocInfo()
    found = _metas(root)
    publisher = _first(found, _PUBLISHERS)
    title = _line(heading) or _first(found, _TITLES) or _without_site(_line(root.findtext(".//title") or ""), publisher)
    authors = next((found[name] for name in _AUTHORS if found[name]), [])
    names = tuple(author for author in authors if not author.startswith(("http:", "https:")))
    days = [
        *(value for name in _DATES for value in found[name]),
        *(time.get("datetime", "") for time in root.iter("time")),
    ]
    language = root.get("lang") or root.get("xml:lang") or _first(found, _LANGUAGES)
    return DocInfo(title, names, publisher, next(filter(None, map(day, days)), None), language)


def _without_site(title: str, publisher: str) -> str:
    """A title such as "Plan mot vold - Eksempel kommune" without the site's name."""
    match = _SITE.fullmatch(title[:LONGEST_TITLE])
    if match and (match[2] in "|»" or match[3].lower() == publisher.lower() or match[3].lower().endswith("kommune")):
        return match[1]
    return title


def _metas(root: Any) -> Metas:
    found: Metas = defaultdict(list)
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("http-equiv") or ""
        content = _line(meta.get("content", ""))
        if name and content:
            found[name.lower()].append(content)
    return found


def _first(found: Metas, names: Sequence[str]) -> str:
    return next((found[name][0] for name in names if found[name]), "")


def _line(text: str) -> str:
    return " ".join(text.split())
