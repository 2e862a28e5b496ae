import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.harvest.client import Unavailable
from indexer.harvest.lists import first_page, links_of, page_of
from indexer.harvest.source import Kind

BASE = "https://a.example/lister/x.xml"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><link>https://a.example/</link>
<item><title>En</title><link>https://a.example/en</link></item>
<item><link>https://a.example/to</link><enclosure url="/filer/to.pdf" type="application/pdf"/></item>
<item><title>uten</title></item><item><link>https://a.example/en</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://a.example/" rel="self"/>
<entry><link href="https://a.example/1"/></entry>
<entry><link rel="alternate" href="2.html#del"/><link rel="self" href="https://a.example/self"/></entry>
<entry><link rel="enclosure" href="3.pdf"/><link href="https://a.example/3"/></entry></feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc> https://a.example/1 </loc></url>
<url><loc>mailto:a@a.example</loc></url><url><loc>http://[bad/</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://a.example/s2.xml</loc>
</sitemap></sitemapindex>"""
OAI = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record>
<header><identifier>oai:a.example:1</identifier></header><metadata>
<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier>urn:isbn:1</dc:identifier><dc:identifier>https://a.example/arkiv/1</dc:identifier></oai_dc:dc></metadata>
</record><resumptionToken>side 2&amp;x</resumptionToken></ListRecords></OAI-PMH>"""
NO_RECORDS = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="noRecordsMatch"/></OAI-PMH>'


@pytest.mark.parametrize(
    ("kind", "body", "addresses", "more"),
    [
        (Kind.FEED, RSS, ("https://a.example/en", "https://a.example/filer/to.pdf"), ()),
        (
            Kind.FEED,
            ATOM,
            ("https://a.example/1", "https://a.example/lister/2.html", "https://a.example/lister/3.pdf"),
            (),
        ),
        (Kind.SITEMAP, SITEMAP, ("https://a.example/1",), ()),
        (Kind.SITEMAP, INDEX, (), ("https://a.example/s2.xml",)),
        (
            Kind.OAI,
            OAI,
            ("https://a.example/arkiv/1",),
            ("https://a.example/lister/x.xml?verb=ListRecords&resumptionToken=side+2%26x",),
        ),
        (Kind.OAI, NO_RECORDS, (), ()),
        (Kind.FEED, "<rss/>", (), ()),
    ],
)
def test_lists(kind: Kind, body: str, addresses: tuple[str, ...], more: tuple[str, ...]) -> None:
    page = page_of(kind, BASE, body.encode())
    assert (page.addresses, page.more) == (addresses, more)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x0 "x">'
    + "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
    + "]><rss><item><link>&x9;</link></item></rss>"
)
OUTSIDE = (
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><link>https://a.example/&x;</link></item></rss>'
)


@pytest.mark.parametrize("body", [b"", b"ikke xml", b"<rss>", b"\xff\xfe\x00", b"<html><body>Feil"])
def test_what_is_no_list(body: bytes) -> None:
    with pytest.raises(Unavailable, match="no list"):
        page_of(Kind.FEED, BASE, body)


@pytest.mark.parametrize("body", [BOMB, OUTSIDE])
def test_entities_lead_nowhere(body: str) -> None:
    try:
        addresses = page_of(Kind.FEED, BASE, body.encode()).addresses
    except Unavailable:
        return
    assert all("root:" not in address and len(address) < 100 for address in addresses)


def test_an_endpoint_that_complains() -> None:
    body = b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="badArgument"/></OAI-PMH>'
    with pytest.raises(Unavailable, match="badArgument"):
        page_of(Kind.OAI, BASE, body)


@pytest.mark.parametrize(
    ("kind", "url", "first"),
    [
        (Kind.OAI, "https://a.example/oai", "https://a.example/oai?verb=ListRecords&metadataPrefix=oai_dc"),
        (Kind.OAI, "https://a.example/oai?verb=ListRecords&set=x", "https://a.example/oai?verb=ListRecords&set=x"),
        (Kind.FEED, "https://a.example/rss", "https://a.example/rss"),
    ],
)
def test_where_a_list_begins(kind: Kind, url: str, first: str) -> None:
    assert first_page(kind, url) == first


def test_the_links_of_a_page() -> None:
    body = (
        b'<html><a href="a.pdf">A</a><a href="/b.pdf#s">B</a><a href="a.pdf">A</a><a>C</a><a href="tel:1">D</a></html>'
    )
    assert links_of(BASE, body) == ("https://a.example/lister/a.pdf", "https://a.example/b.pdf")
    assert links_of(BASE, b"") == ()


@given(st.binary(max_size=300), st.sampled_from([Kind.FEED, Kind.SITEMAP, Kind.OAI]))
def test_any_bytes_are_a_list_or_none(body: bytes, kind: Kind) -> None:
    links_of(BASE, body)
    try:
        page_of(kind, BASE, b"<rss><item><link>" + body + b"</link></item></rss>")
    except Unavailable:
        return
