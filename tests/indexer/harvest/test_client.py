import contextlib
import socket
import threading
import time
from dataclasses import replace

import pytest

from corpus.config import HarvestConfig
from indexer.harvest.client import Client, Stamps, Unavailable
from indexer.harvest.line import Refused
from tests.indexer.harvest.serving import Reply, moved, ok, serving

SETTINGS = HarvestConfig(agent="hvavirker-test", pause_seconds=1, timeout_seconds=5, file_mb=1)


class Clock:
    """Time that passes only when somebody sleeps, or by `step` with every look."""

    def __init__(self, step: float = 0.0) -> None:
        self.now = 100.0
        self.step = step
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def client(clock: Clock | None = None, settings: HarvestConfig = SETTINGS) -> Client:
    clock = clock or Clock()
    return Client(settings, ("127.0.0.1", "localhost"), clock.sleep, clock)


def test_an_answer_with_its_stamps() -> None:
    with serving() as site:
        site.pages["/a"] = ok(b"tekst", ETag='"1"', Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT")
        answer = client().get(f"{site.root}/a")
    assert (answer.status, answer.body) == (200, b"tekst")
    assert answer.stamps == Stamps('"1"', "Mon, 01 Jan 2024 00:00:00 GMT")
    headers = site.asked[-1][1]
    assert headers["User-Agent"] == "hvavirker-test"
    assert headers["Accept-Encoding"] == "identity"
    assert "If-None-Match" not in headers


def test_stamps_are_sent_back() -> None:
    def page(headers: dict[str, str]) -> Reply:
        return (304, {}, b"") if headers.get("If-None-Match") == '"1"' else ok(b"nytt")

    with serving() as site:
        site.pages["/a"] = page
        answer = client().get(f"{site.root}/a", Stamps('"1"', "Mon, 01 Jan 2024"))
    assert (answer.status, answer.body) == (304, b"")
    assert site.asked[-1][1]["If-Modified-Since"] == "Mon, 01 Jan 2024"


ROBOTS = [
    ("", "/a", True),
    ("User-agent: *\nDisallow: /", "/a", False),
    ("User-agent: *\nDisallow: /hemmelig", "/a", True),
    ("User-agent: *\nDisallow: /hemmelig", "/hemmelig/a", False),
    ("User-agent: hvavirker-test\nDisallow: /\n\nUser-agent: *\nDisallow:", "/a", False),
    ("User-agent: annen\nDisallow: /", "/a", True),
]


@pytest.mark.parametrize(("robots", "path", "allowed"), ROBOTS)
def test_robots_are_heeded(robots: str, path: str, allowed: bool) -> None:
    with serving() as site:
        site.pages |= {"/robots.txt": ok(robots.encode()), path: ok(b"x")}
        if allowed:
            assert client().get(f"{site.root}{path}").body == b"x"
        else:
            with pytest.raises(Refused, match=r"robots\.txt"):
                client().get(f"{site.root}{path}")
            assert site.paths() == []


def test_a_site_that_cannot_say_its_rules_is_not_asked() -> None:
    with serving() as site:
        site.pages |= {"/robots.txt": (503, {}, b""), "/a": ok(b"x")}
        with pytest.raises(Unavailable, match="answers 503"):
            client().get(f"{site.root}/a")
        assert site.paths() == []


def test_robots_may_stand_elsewhere() -> None:
    with serving() as site:
        site.pages |= {"/robots.txt": moved("/regler"), "/regler": ok(b"User-agent: *\nDisallow: /"), "/a": ok(b"x")}
        with pytest.raises(Refused):
            client().get(f"{site.root}/a")


def test_a_pause_between_questions_to_one_site() -> None:
    clock = Clock()
    with serving() as site, serving() as other:
        for each in (site, other):
            each.pages["/a"] = ok(b"x")
        asking = client(clock)
        for address in (site.root, other.root, site.root):
            asking.get(f"{address}/a")
    assert clock.slept == [1.0]


@pytest.mark.parametrize(("delay", "slept"), [("0", 1.0), ("7", 7.0), ("900", 60.0)])
def test_a_site_may_ask_for_longer_pauses(delay: str, slept: float) -> None:
    clock = Clock()
    with serving() as site:
        site.pages |= {"/robots.txt": ok(f"User-agent: *\nCrawl-delay: {delay}".encode()), "/a": ok(b"x")}
        asking = client(clock)
        asking.get(f"{site.root}/a")
        asking.get(f"{site.root}/a")
    assert clock.slept == [slept]


def test_redirects_are_followed() -> None:
    with serving() as site:
        site.pages |= {"/a": moved("/b"), "/b": moved(f"{site.root}/c?x=1"), "/c?x=1": ok(b"her")}
        answer = client().get(f"{site.root}/a")
    assert (answer.url, answer.body) == (f"{site.root}/c?x=1", b"her")


def test_endless_redirects() -> None:
    with serving() as site:
        site.pages["/a"] = moved("/a")
        with pytest.raises(Unavailable, match="more than 5 redirects"):
            client().get(f"{site.root}/a")


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://a.example/", "http://navn:ord@a.example/"])
def test_a_redirect_leads_to_web_pages_only(to: str) -> None:
    with serving() as site:
        site.pages["/a"] = moved(to)
        with pytest.raises(Refused, match="no address of a web page"):
            client().get(f"{site.root}/a")


@pytest.mark.parametrize("to", ["http://[::1", "//[vond/", "http://a.example:99999/", "http://a.example:x/"])
def test_a_redirect_to_what_is_no_address_costs_only_itself(to: str) -> None:
    with serving() as site:
        site.pages["/a"] = moved(to)
        with pytest.raises(Unavailable):
            client().get(f"{site.root}/a")


def test_a_redirect_to_a_private_network_is_refused() -> None:
    with serving() as site, serving() as private:
        private.pages["/hemmelig"] = ok(b"x")
        site.pages["/a"] = moved(private.root.replace("127.0.0.1", "127.0.0.2") + "/hemmelig")
        with pytest.raises(Refused, match=r"127\.0\.0\.2 is not on the open net"):
            client().get(f"{site.root}/a")
        assert private.asked == []


def test_a_file_that_is_too_large() -> None:
    with serving() as site:
        site.pages["/a"] = ok(b"x" * (2**20 + 1))
        with pytest.raises(Unavailable, match="more than 1 MB"):
            client().get(f"{site.root}/a")


@pytest.mark.parametrize(
    "begun",
    [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "],
)
def test_an_answer_that_never_ends(begun: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then: no silence is ever long."""
    monkeypatch.setattr("indexer.harvest.client.TIMES_TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        dripping = threading.Thread(target=_drip, args=(server, begun))
        dripping.start()
        with pytest.raises(Unavailable, match="takes too long"):
            client(settings=replace(SETTINGS, timeout_seconds=1)).get(f"http://127.0.0.1:{server.getsockname()[1]}/a")
        dripping.join()


def _drip(server: socket.socket, begun: bytes) -> None:
    for said in (b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", begun):
        line = server.accept()[0]
        with line, contextlib.suppress(OSError):
            line.recv(2000)
            line.sendall(said)
            while said == begun:
                line.sendall(b"x")
                time.sleep(0.01)


def test_a_packed_answer_is_not_unpacked() -> None:
    with serving() as site:
        site.pages["/a"] = ok(b"\x1f\x8b pakket", Content_Encoding="gzip")
        assert client().get(f"{site.root}/a").body == b"\x1f\x8b pakket"


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unavailable, match="refused"):
        client().get(f"http://127.0.0.1:{port}/a")


def test_a_server_that_says_nothing() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(Unavailable, match="timed out"):
            client(settings=replace(SETTINGS, timeout_seconds=1)).get(f"http://127.0.0.1:{silent.getsockname()[1]}/")


def test_what_is_no_address() -> None:
    with pytest.raises(Refused):
        client().get("javascript:alert(1)")
