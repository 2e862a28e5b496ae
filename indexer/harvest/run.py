"""One harvest: from the sources to files in the documents folder."""

import hashlib
import os
import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.config import HarvestConfig
from indexer.harvest.client import GONE, NOT_MODIFIED, OK, Answer, Client, Stamps, Unavailable
from indexer.harvest.line import Refused
from indexer.harvest.lists import first_page, links_of, page_of
from indexer.harvest.provenance import HIDDEN, Origin, Provenance
from indexer.harvest.source import Kind, Source
from indexer.lock import locked
from indexer.media import BY_SUFFIX, READ, SUFFIX, MediaType, media_type_of

NAME_CHARACTERS, STEM_BYTES = 80, 160
LIST_PAGES = 200
_ODD = re.compile(r"[^\w.-]+")


class Result(StrEnum):
    """What asking one address gave."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    GONE = "gone"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Harvest:
    """What became of one address. `file` is relative to the documents folder; `detail` says why there is no news."""

    source: str
    url: str
    result: Result
    file: str = ""
    detail: str = ""


def harvest(
    sources: tuple[Source, ...],
    documents: Path,
    settings: HarvestConfig,
    client: Client | None = None,
    told: Callable[[Harvest], None] = lambda each: None,
) -> tuple[Harvest, ...]:
    """Ask every address of the sources; one that fails costs only itself, and a file that was had stays.

    Each is told of as it is done. Raises RunActive when another harvest is at work, OSError when the disk fails.
    """
    clients: dict[str, Client] = {}

    def asking(source: Source) -> Client:
        """What one source names must not lead to the private host of another."""
        host = source.host if source.intranet else ""
        return clients.setdefault(host, client or Client(settings, {host} - {""}))

    done: list[Harvest] = []
    with locked(documents / HIDDEN):
        field = _Field(documents, asking, Provenance(documents))
        for source in sources:
            for each in field.reap(source, settings.most_files):
                told(each)
                done.append(each)
    return tuple(done)


class _Field:
    """A documents folder that is being added to."""

    def __init__(self, documents: Path, asking: Callable[[Source], Client], provenance: Provenance) -> None:
        self._documents = documents
        self._asking = asking
        self._provenance = provenance
        self._asked: set[str] = set()

    def reap(self, source: Source, most: int) -> Iterator[Harvest]:
        """Every address of a source, at most so many."""
        before = len(self._asked)
        for address in self._addresses(source):
            if isinstance(address, Harvest):
                yield address
            elif len(self._asked) - before >= most:
                yield Harvest(source.name, address, Result.REFUSED, detail=f"more than {most} files of one source")
                return
            elif address not in self._asked:
                self._asked.add(address)
                yield from self._taken(source, address, before + most)

    def _addresses(self, source: Source) -> Iterator[str | Harvest]:
        if source.kind is Kind.FILE:
            yield source.url
            return
        pages, seen = deque([first_page(source.kind, source.url)]), set[str]()
        while pages and len(seen) < LIST_PAGES:
            url = pages.popleft()
            if url in seen:
                continue
            seen.add(url)
            try:
                page = page_of(source.kind, url, _whole(self._asking(source).get(url)).body)
            except (Refused, Unavailable) as fault:
                yield _failed(source, url, fault)
                continue
            yield from (address for address in page.addresses if fnmatchcase(address, source.only))
            pages += page.more

    def _taken(self, source: Source, url: str, last: int) -> Iterator[Harvest]:
        """What one address gave, or its links; none is asked after the `last` address of this source."""
        known = self._provenance.origin(url) or Origin(url, source.name)
        have = bool(known.file) and (self._documents / known.file).is_file()
        try:
            answer = self._asking(source).get(url, Stamps(known.etag, known.modified) if have else Stamps())
            if source.follow and answer.status == OK and _is_page(answer):
                yield from self._followed(source, answer, last)
                return
            yield self._kept(source, known, answer, have)
        except (Refused, Unavailable) as fault:
            self._provenance.keep(replace(known, checked=_now(), fault=str(fault)))
            yield replace(_failed(source, url, fault), file=known.file)

    def _followed(self, source: Source, page: Answer, last: int) -> Iterator[Harvest]:
        links = [link for link in links_of(page.url, page.body) if fnmatchcase(link, source.follow)]
        for link in links:
            if link not in self._asked and len(self._asked) < last:
                self._asked.add(link)
                yield from self._taken(replace(source, follow=""), link, last)

    def _kept(self, source: Source, known: Origin, answer: Answer, have: bool) -> Harvest:
        now = _now()
        if answer.status in GONE:
            self._provenance.keep(replace(known, checked=now, fault=f"the server answers {answer.status}"))
            return Harvest(source.name, known.url, Result.GONE, known.file, "the file that was had stays")
        if answer.status == NOT_MODIFIED:
            self._provenance.keep(replace(known, checked=now, fault=""))
            return Harvest(source.name, known.url, Result.SAME, known.file)
        sha256 = hashlib.sha256(_whole(answer).body).hexdigest()
        same = have and sha256 == known.sha256
        file = known.file if same else self._stored(source, known.url, answer.body)
        fetched = known.fetched if same else now
        stamps = answer.stamps
        origin = Origin(known.url, source.name, file, sha256, stamps.etag, stamps.modified, fetched, now)
        self._provenance.keep(origin)
        return Harvest(source.name, known.url, Result.SAME if same else Result.CHANGED if have else Result.NEW, file)

    def _stored(self, source: Source, url: str, body: bytes) -> str:
        """Whole or not at all, under a name that the address alone decides."""
        suffix = PurePosixPath(urlsplit(url).path).suffix.lower()  # alone tells Markdown from plain text
        waiting = self._documents / HIDDEN / f"part{suffix if suffix in BY_SUFFIX else ''}"
        with waiting.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        try:
            media_type = media_type_of(waiting)
            if media_type not in READ:
                raise Refused(f"{media_type} is not read")
            target = self._documents / source.folder / file_name(url, media_type)
            target.parent.mkdir(parents=True, exist_ok=True)
            waiting.replace(target)
        finally:
            with suppress(FileNotFoundError):
                waiting.unlink()
        return target.relative_to(self._documents).as_posix()


def file_name(url: str, media_type: str) -> str:
    """A name that says what the address says, safe anywhere, with a mark of the whole address so that none collide."""
    last = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2]) or urlsplit(url).hostname or "side"
    stem = Path(_ODD.sub("-", last)).stem.strip(".-_")[:NAME_CHARACTERS]
    stem = stem.encode()[:STEM_BYTES].decode("utf-8", "ignore") or "dokument"
    mark = hashlib.sha256(url.encode()).hexdigest()[:8]
    return f"{stem}-{mark}{SUFFIX[MediaType(media_type)]}"


def _is_page(answer: Answer) -> bool:
    head = answer.body[:1024].lstrip().lower()
    return head.startswith(b"<") and b"<html" in head


def _whole(answer: Answer) -> Answer:
    if answer.status != OK:
        raise Unavailable(f"the server answers {answer.status}")
    return answer


def _failed(source: Source, url: str, fault: Exception) -> Harvest:
    result = Result.REFUSED if isinstance(fault, Refused) else Result.UNAVAILABLE
    return Harvest(source.name, url, result, detail=str(fault))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
