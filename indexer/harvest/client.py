"""A client that is polite and suspicious: robots.txt, a pause between questions, limits on size, time and redirects."""

import contextlib
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import urllib3
from urllib3.exceptions import HTTPError

from corpus.config import HarvestConfig
from indexer.harvest.line import Leash, Refused, open_pool

MEGABYTE = 2**20
CHUNK = 2**16
REDIRECTS = 5
LONGEST_PAUSE = 60.0  # seconds; a site that wants longer between questions is asked no more than this seldom
ROBOTS_BYTES = 500_000
TIMES_TIMEOUT = 20  # a whole answer may take so many times what silence may
OK, NOT_MODIFIED, GONE = 200, 304, (404, 410)
SERVER_FAULT = 500
LONG = "the answer takes too long"
_REDIRECTED = (301, 302, 303, 307, 308)


class Unavailable(Exception):
    """A server gave no answer that can be used, and why."""


@dataclass(frozen=True, slots=True)
class Stamps:
    """What a server told an answer apart by; sent back, so that it answers only with news."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in full. `url` is the address that gave it in the end; `body` is empty unless `status` is 200."""

    url: str
    status: int
    stamps: Stamps
    body: bytes


class Client:
    """Asks one address at a time. Not for use by several threads."""

    def __init__(
        self,
        settings: HarvestConfig,
        intranet: Collection[str] = (),
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._leash = Leash(TIMES_TIMEOUT * settings.timeout_seconds)
        self._pool = open_pool(intranet, settings.timeout_seconds, self._leash.hold)
        self._robots: dict[str, RobotFileParser] = {}
        self._asked: dict[str, float] = {}
        self._sleep = sleep
        self._clock = clock

    def get(self, url: str, stamps: Stamps = Stamps()) -> Answer:
        """Ask, following redirects. Raises Refused (not allowed) or Unavailable."""
        for _ in range(REDIRECTS + 1):
            site = _site(url)
            robots = self._rules(site)
            if not robots.can_fetch(self._settings.agent, url):
                raise Refused("robots.txt of the site says no")
            self._pause(site, robots)
            answer = self._ask(url, stamps, self._settings.file_mb * MEGABYTE)
            if answer.status not in _REDIRECTED:
                return answer
            url = answer.url
        raise Unavailable(f"more than {REDIRECTS} redirects")

    def _rules(self, site: str) -> RobotFileParser:
        if site not in self._robots:
            robots = RobotFileParser()
            robots.parse(self._robots_text(site).splitlines())
            self._robots[site] = robots
        return self._robots[site]

    def _robots_text(self, site: str) -> str:
        """The site's rules; none when it has none. Raises Unavailable when it cannot say (RFC 9309, 2.3.1.4)."""
        url = f"{site}/robots.txt"
        for _ in range(REDIRECTS + 1):
            answer = self._ask(url, Stamps(), ROBOTS_BYTES)
            if answer.status not in _REDIRECTED:
                break
            url = answer.url
        if answer.status >= SERVER_FAULT:
            raise Unavailable(f"robots.txt cannot be had: the server answers {answer.status}")
        return answer.body.decode("utf-8", "replace")

    def _pause(self, site: str, robots: RobotFileParser) -> None:
        wanted = float(robots.crawl_delay(self._settings.agent) or 0)
        pause = min(max(wanted, self._settings.pause_seconds), LONGEST_PAUSE)
        now = self._clock()
        if (wait := self._asked.get(site, now - pause) + pause - now) > 0:
            self._sleep(wait)
        self._asked[site] = self._clock()

    def _ask(self, url: str, stamps: Stamps, most: int) -> Answer:
        headers = {"User-Agent": self._settings.agent, "Accept-Encoding": "identity", "Connection": "close"}
        headers |= {"If-None-Match": stamps.etag} if stamps.etag else {}
        headers |= {"If-Modified-Since": stamps.modified} if stamps.modified else {}
        try:
            response = self._pool.request("GET", url, headers=headers, redirect=False, preload_content=False)
            with contextlib.closing(response):
                return self._answer(url, response, most)
        except (HTTPError, OSError, ValueError) as error:  # ValueError: an address in the answer that is none
            raise Unavailable(LONG if self._leash.cut else str(error)) from error
        finally:
            self._leash.let_go()

    def _answer(self, url: str, response: urllib3.BaseHTTPResponse, most: int) -> Answer:
        stamps = Stamps(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
        if response.status in _REDIRECTED:
            url = urljoin(url, response.headers.get("Location", ""))
            return Answer(url, response.status, stamps, b"")
        return Answer(url, response.status, stamps, self._body(response, most) if response.status == OK else b"")

    def _body(self, response: urllib3.BaseHTTPResponse, most: int) -> bytes:
        body = bytearray()
        while chunk := response.read(CHUNK, decode_content=False):
            body += chunk
            if len(body) > most:
                raise Unavailable(f"more than {most // MEGABYTE or 1} MB")
        if self._leash.cut:  # an answer without a length just ends
            raise Unavailable(LONG)
        return bytes(body)


def _site(url: str) -> str:
    address = urlsplit(url)
    if address.scheme not in ("http", "https") or not address.hostname or address.username:
        raise Refused(f"{url} is no address of a web page")
    return f"{address.scheme}://{address.netloc}"
