"""News about one tiltak as an Atom feed: its findings, and the plans that use it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

NAMESPACE = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: a lasting address, a title, the day it is of, and its text."""

    url: str
    title: str
    day: date
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its own address, the page it is about, and when the base was built."""

    url: str
    page: str
    title: str
    language: str
    built: datetime
    author: str
    entries: tuple[Entry, ...]


def atom(feed: Feed) -> bytes:
    """The feed as Atom 1.0 (RFC 4287), UTF-8. An entry keeps its id and day as long as its finding stands."""
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.language})
    _text(root, "id", feed.url)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(feed.built))
    SubElement(SubElement(root, "author"), "name").text = feed.author
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.url})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    for entry in feed.entries:
        _entry(root, entry)
    document: bytes = tostring(root, "utf-8", xml_declaration=True)
    return document


def newest(entries: Iterable[Entry], most: int) -> tuple[Entry, ...]:
    """The newest entries; those of one day by address."""
    return tuple(sorted(entries, key=lambda entry: (-entry.day.toordinal(), entry.url))[:most])


def _entry(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry")
    _text(element, "id", entry.url)
    _text(element, "title", entry.title)
    _text(element, "updated", _moment(datetime(entry.day.year, entry.day.month, entry.day.day, tzinfo=UTC)))
    SubElement(SubElement(element, "author"), "name").text = _sound(entry.author)
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
    _text(element, "content", entry.text)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _sound(text)


def _sound(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
