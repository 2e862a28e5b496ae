"""Which addresses does a list name? RSS and Atom feeds, sitemaps, OAI-PMH records, and the links of a page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from lxml import etree, html

from indexer.harvest.client import Unavailable
from indexer.harvest.source import Kind

_OAI_FORMAT = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: the addresses it names in order, and the addresses of further pages of the list."""

    addresses: tuple[str, ...]
    more: tuple[str, ...] = ()


def first_page(kind: Kind, url: str) -> str:
    """Where a list begins."""
    return f"{url}?{urlencode(_OAI_FORMAT)}" if kind is Kind.OAI and not urlsplit(url).query else url


def page_of(kind: Kind, url: str, body: bytes) -> Page:
    """Read one page of a list. Raises Unavailable when it is no such list."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unavailable(f"no list that can be read: {error}") from error
    read = {Kind.FEED: _feed, Kind.SITEMAP: _sitemap, Kind.OAI: _oai}[kind]
    page = read(root, url)
    return Page(tuple(dict.fromkeys(_whole(url, page.addresses))), tuple(dict.fromkeys(_whole(url, page.more))))


def links_of(url: str, body: bytes) -> tuple[str, ...]:
    """The addresses that an HTML page links to, in order."""
    try:
        root = html.document_fromstring(body, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ()
    return tuple(dict.fromkeys(_whole(url, _texts(root, "//a/@href"))))


def _whole(url: str, addresses: Iterable[str]) -> Iterator[str]:
    for address in addresses:
        try:
            whole = urldefrag(urljoin(url, address.strip())).url
            if urlsplit(whole).scheme in ("http", "https") and urlsplit(whole).hostname:
                yield whole
        except ValueError:
            continue


def _texts(root: etree._Element, path: str) -> tuple[str, ...]:
    return tuple(str(found) for found in _found(root, path))


def _found(root: etree._Element, path: str) -> list[Any]:
    return cast(list[Any], root.xpath(path))


def _local(name: str) -> str:
    return f"*[local-name()='{name}']"


def _feed(root: etree._Element, url: str) -> Page:
    """What an entry encloses, else what it links to."""
    addresses: list[str] = []
    for entry in _found(root, f"//{_local('item')} | //{_local('entry')}"):
        enclosed = _texts(entry, f"{_local('enclosure')}/@url | {_local('link')}[@rel='enclosure']/@href")
        alternate = f"{_local('link')}[not(@rel) or @rel='alternate']"
        addresses += enclosed or _texts(entry, f"{alternate}/@href | {_local('link')}[not(@href)]/text()")
    return Page(tuple(addresses))


def _sitemap(root: etree._Element, url: str) -> Page:
    location = f"/{_local('loc')}/text()"
    return Page(_texts(root, f"//{_local('url')}{location}"), _texts(root, f"//{_local('sitemap')}{location}"))


def _oai(root: etree._Element, url: str) -> Page:
    if errors := _texts(root, f"//{_local('error')}/@code"):
        if errors == ("noRecordsMatch",):
            return Page(())
        raise Unavailable(f"the OAI-PMH endpoint says {errors[0]}")
    addresses = _texts(root, f"//{_local('record')}//{_local('identifier')}[not(ancestor::{_local('header')})]/text()")
    token = next(iter(_texts(root, f"//{_local('resumptionToken')}/text()")), "").strip()
    base = url.partition("?")[0]
    return Page(addresses, (f"{base}?{urlencode({'verb': 'ListRecords', 'resumptionToken': token})}",) if token else ())
