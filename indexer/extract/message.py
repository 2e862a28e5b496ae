"""What do the process that wants a file read and the child that reads it say to each other?

Never pickle: what a child that reads hostile files sends is only data of these types.
"""

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from corpus.config import ExtractConfig
from corpus.errors import Reason
from corpus.model import Extracted, SourceFile

PAGES_A_PART = 150  # a longer file is read in parts: 4 pages a second with pdfminer, of the 60 s that a child has


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read, within the limits of `config`. `path` is as the file system spells it.

    A long file is read in pieces: the pages from `first` to `last` (from 1; a `last` of 0 is for the reader to find),
    and at the end the whole of these `parts`. With `scans`, only these pages, and as pictures.
    """

    path: bytes
    source: SourceFile
    config: ExtractConfig
    first: int = 1
    last: int = 0
    parts: tuple[bytes, ...] = ()
    scans: tuple[int, ...] = ()

    @property
    def piece(self) -> str:
        """What of the file this is, by a name."""
        if self.scans:
            return f"scans {self.scans}"
        return "parts" if self.parts else f"pages {self.first}-{self.last}"

    @property
    def file(self) -> Path:
        """Where the file is."""
        return Path(os.fsdecode(self.path))


class Started(msgspec.Struct, frozen=True, tag="started"):
    """The child has begun with this engine."""

    engine: str


class Answer(msgspec.Struct, frozen=True, tag="answer"):
    """What was read."""

    extracted: Extracted


class Part(msgspec.Struct, frozen=True, tag="part"):
    """Some pages of a file of `page_count`, as its reader packs them; what they hold shows when all are there."""

    page_count: int
    packed: bytes


class Failure(msgspec.Struct, frozen=True, tag="failure"):
    """Why nothing was read."""

    reason: Reason
    detail: str = ""


class Verdict(msgspec.Struct, frozen=True):
    """How a child ended: exit code or -signal, why its keeper ended it ("" if it did not), and what it used."""

    status: int
    ended: str
    cpu_seconds: float
    memory_mb: int
    length: int


Word = Started | Answer | Part | Failure
Announce = Callable[[str], None]
WALL, FLOOD, ABANDONED = "wall", "flood", "abandoned"
LENGTH_BYTES = 8

_words = msgspec.msgpack.Decoder(Word)
_tasks = msgspec.msgpack.Decoder(Task)
_verdicts = msgspec.msgpack.Decoder(Verdict)


def frame(message: Task | Word | Verdict) -> bytes:
    """A message as bytes: its length in 8, then itself."""
    body = msgspec.msgpack.encode(message)
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


def words(data: bytes) -> list[Word]:
    """All that a child said whole and well; what comes after a broken message is not read."""
    said: list[Word] = []
    with contextlib.suppress(msgspec.MsgspecError):
        while data:
            body, data = _unframed(data)
            said.append(_words.decode(body))
    return said


def task(body: bytes) -> Task:
    """A task without its length."""
    return _tasks.decode(body)


def verdict(data: bytes) -> tuple[Verdict, bytes]:
    """A keeper's whole message: its verdict, then what the child wrote. Raises msgspec.MsgspecError."""
    body, rest = _unframed(data)
    return _verdicts.decode(body), rest


def _unframed(data: bytes) -> tuple[bytes, bytes]:
    length = int.from_bytes(data[:LENGTH_BYTES], "big")
    end = LENGTH_BYTES + length
    if len(data) < end:
        raise msgspec.DecodeError(f"a message of {length} bytes was cut short")
    return data[LENGTH_BYTES:end], data[end:]
