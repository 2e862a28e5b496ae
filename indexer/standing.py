"""Standing: which generation answers, which answered before it, and which did a person take back?

One small file, replaced by one rename. What it says stands in it twice, each time with a checksum, so that a
damaged byte is told and costs nothing.
"""

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.errors import IndexDamaged

LIVE = "live"
LOCK = "switch.lock"
REMEDY = "Build the index again: hvavirker index."


class State(StrEnum):
    """How a generation stands: it answers, can be gone back to, waits for a person, or was rolled back by one."""

    LIVE = "live"
    KEPT = "kept"
    WAITS = "waits"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Standing:
    """`published`: the generations made live, the last first: it answers. `withdrawn`: the newest rolled back, or "".

    `fault` says what is wrong with the file, when it can be read all the same.
    """

    published: tuple[str, ...] = ()
    withdrawn: str = ""
    fault: str = ""

    @property
    def live(self) -> str | None:
        """The name of the generation that answers, or None."""
        return self.published[0] if self.published else None

    def state(self, name: str) -> State:
        """How a generation stands; names sort by age, and whatever is older than what was rolled back was so too."""
        if name == self.live:
            return State.LIVE
        if name in self.published:
            return State.KEPT
        return State.WITHDRAWN if name <= self.withdrawn else State.WAITS


class StandingFile:
    """The file `live` of an index folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = root / LIVE

    def stamp(self) -> tuple[int, int] | None:
        """Something that changes whenever the file is written: one `stat`, no read."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns

    def read(self) -> Standing:
        """What stands; empty when nothing was ever published. Raises IndexDamaged."""
        try:
            lines = self._path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return Standing()
        except OSError as error:
            raise IndexDamaged(f"{self._path} cannot be read: {error.strerror}.", "Check the disk.") from error
        whole = [said for line in lines if (said := _said(line)) is not None]
        if not whole:
            raise IndexDamaged(f"{self._path} is damaged: it names no generation.", REMEDY)
        if lines != _written(whole[0]).split(b"\n"):
            return Standing(whole[0].published, whole[0].withdrawn, f"{self._path} is damaged; its second half is used")
        return whole[0]

    def write(self, standing: Standing) -> None:
        """Replace what stands, in one step that is on disk when it is done or has not happened."""
        fresh = self._path.with_name(f"{LIVE}.new")
        with fresh.open("wb") as file:
            file.write(_written(standing))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
        with contextlib.suppress(OSError):  # it has happened: both what stood and what stands are whole
            sync_folder(self._root)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Wait for others that change what stands, and hold them off. The system frees a dead owner's hold."""
        self._root.mkdir(parents=True, exist_ok=True)
        with (self._root / LOCK).open("a", encoding="ascii") as file:
            fcntl.lockf(file, fcntl.LOCK_EX)
            yield


def sync_folder(path: Path) -> None:
    """Put the names in a folder on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _written(standing: Standing) -> bytes:
    """Twice the same, an empty line between: a line break that is damaged must not cost both."""
    said = json.dumps([standing.published, standing.withdrawn]).encode("ascii")
    line = said + b" " + hashlib.sha256(said).hexdigest().encode("ascii")
    return line + b"\n\n" + line + b"\n"


def _said(line: bytes) -> Standing | None:
    said, _, digest = line.rpartition(b" ")
    if not said or hashlib.sha256(said).hexdigest().encode("ascii") != digest:
        return None
    published, withdrawn = json.loads(said)
    return Standing(tuple(published), withdrawn)
