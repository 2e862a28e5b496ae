"""What is in a zip archive, within limits on members, size and ratio? Nothing is unpacked before they are checked."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, Any

from lxml import etree

from corpus.config import ExtractConfig
from corpus.errors import ExtractionFailed, Reason

MEGABYTE = 2**20
SMALL = MEGABYTE  # a member no larger than this may be packed as tightly as it likes; so may a picture, never unpacked
ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error)

_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "recover": False,
    "remove_comments": True,
    "remove_pis": True,
}


class Archive:
    """An open archive. Raises ExtractionFailed (corrupt, password, too large) when it breaks a rule."""

    def __init__(self, data: bytes, config: ExtractConfig) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise ExtractionFailed(Reason.CORRUPT, f"not a whole archive: {error}") from error
        _check(self._zip.infolist(), config)
        self._names = set(self._zip.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def open(self, name: str) -> IO[bytes]:
        """A member to read from. Raises ExtractionFailed when it is missing or broken."""
        try:
            return self._zip.open(name)
        except (KeyError, *_BROKEN) as error:
            raise ExtractionFailed(Reason.CORRUPT, f"{name}: {error}") from error

    def tree(self, name: str) -> Any:
        """A member's XML whole, or None when there is no such member or it is broken."""
        if name not in self._names:
            return None
        try:
            with self.open(name) as file:
                return etree.parse(file, etree.XMLParser(**_SAFE)).getroot()
        except (etree.XMLSyntaxError, *_BROKEN):
            return None

    def events(self, name: str, tags: Iterable[str]) -> Iterator[tuple[str, Any]]:
        """("start" or "end", element) for a member's elements of these tags.

        Raises ExtractionFailed when the member is missing or broken.
        """
        with self.open(name) as file:
            found = etree.iterparse(file, ("start", "end"), tag=tuple(tags), **_SAFE)
            try:
                yield from found
            except (etree.XMLSyntaxError, *_BROKEN) as error:
                raise ExtractionFailed(Reason.CORRUPT, f"{name}: {error}") from error


def _check(members: list[zipfile.ZipInfo], config: ExtractConfig) -> None:
    if len(members) > config.archive_members:
        raise ExtractionFailed(Reason.TOO_LARGE, f"{len(members)} members; at most {config.archive_members} are read")
    total = sum(member.file_size for member in members)
    if total > config.archive_mb * MEGABYTE:
        raise ExtractionFailed(
            Reason.TOO_LARGE, f"{total // MEGABYTE} MB unpacked; at most {config.archive_mb} are read"
        )
    for member in members:
        ratio = member.file_size // max(1, member.compress_size)
        if member.file_size > SMALL and ratio > config.archive_ratio and member.filename.endswith(".xml"):
            raise ExtractionFailed(Reason.TOO_LARGE, f"{member.filename} is packed {ratio} times")
        if member.flag_bits & ENCRYPTED:
            raise ExtractionFailed(Reason.PASSWORD, f"{member.filename} is encrypted")


def discard(element: Any) -> None:
    """Free an element that has been read, and those before it."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
