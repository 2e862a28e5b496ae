"""Cache: what was read from these bytes before, and what record was made of it?"""

import hashlib
import os
import zlib
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar

import msgspec

from corpus.config import ExtractConfig
from corpus.errors import Reason
from corpus.model import Document, Extracted, Finding, Passage, SourceFile, Statement
from indexer.sources import Found

T = TypeVar("T")

COMPRESSION = 1  # zlib: level 6 packs a tenth better and takes three times as long


@dataclass(frozen=True, slots=True)
class Reading:
    """How reading one file's bytes went and what it cost; `reason` says why there is no text.

    `seconds` on the clock, `memory_mb` at the peak, in 2**20 bytes. `limits` are those a failed reading met.
    """

    engine: str = ""
    pages: int = 0
    seconds: float = 0.0
    memory_mb: float = 0.0
    reason: Reason | None = None
    detail: str = ""
    limits: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a text for the index, but for its pages. `reason` says why there is no document."""

    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    findings: tuple[Finding, ...] = ()
    statements: tuple[Statement, ...] = ()
    reason: Reason | None = None
    detail: str = ""


class Cache:
    """A folder with some files for each file of the documents folder, all small enough to hold in memory.

    `.reading` (how it went) and `.text` (what came out) are found by the bytes, the media type they were taken
    for, the extractor's version, the PDF engine and whether scans are read. A failed reading counts only under the
    limits it met, so that a higher limit lets a file be tried again. `.made` is found by all that and the path, the
    curation file and the program. A long file has `.piece` files too,
    until it is read. Damaged entries are as good as none.
    """

    def __init__(self, folder: Path, version: int, program: str, settings: ExtractConfig) -> None:
        self._folder = folder
        self._version = version
        self._program = program
        self._readers = settings.engine, settings.ocr
        self._limits = _digest(asdict(replace(settings, workers=1)))

    def reading(self, source: SourceFile) -> Reading | None:
        """How reading these bytes went, or None when it must be done (again)."""
        reading = _decoded(self._path(source, "reading"), Reading)
        if reading is None or (reading.reason and reading.limits != self._limits):
            return None
        return reading

    def extracted(self, source: SourceFile) -> Extracted | None:
        """What came out of these bytes, under the path of `source`; None when it must be read (again)."""
        extracted = _decoded(self._path(source, "text"), Extracted)
        return replace(extracted, source=source) if extracted else None

    def keep_reading(self, source: SourceFile, reading: Reading, extracted: Extracted | None) -> None:
        """Remember a reading; each file appears whole or not at all."""
        self._make_folder()
        if extracted is not None:
            _write(self._path(source, "text"), extracted)
        _write(self._path(source, "reading"), replace(reading, limits=self._limits))

    def piece(self, source: SourceFile, name: str) -> bytes | None:
        """What came of a piece of these bytes under the same limits, or None when it must be read (again)."""
        return _decoded(self._piece_path(source, name), bytes)

    def keep_piece(self, source: SourceFile, name: str, packed: bytes) -> None:
        """Remember a piece until the run that needs it has ended well."""
        self._make_folder()
        _write(self._piece_path(source, name), packed)

    def has_made(self, found: Found) -> bool:
        """Whether `made` has something to look at; it may still be damaged."""
        return self._made_path(found).exists()

    def made(self, found: Found) -> Made | None:
        """What was made of this file, or None when it must be made (again)."""
        return _decoded(self._made_path(found), Made)

    def keep_made(self, found: Found, made: Made) -> None:
        """Remember what was made of a file."""
        _write(self._made_path(found), made)

    def prune(self, files: Collection[Found]) -> None:
        """Remove what no run needs: what is not of these files or of another version, and what a killed run left.

        What stood in a file that was removed, somebody's number perhaps, is gone with the next run.
        """
        records = {self._made_path(found).name for found in files}
        contents = {found.source.sha256 for found in files}
        for path in self._folder.glob("*"):
            text = path.suffix in (".reading", ".text") and path.stem.endswith(f"-{self._version}")
            if not (text and path.name.partition("-")[0] in contents) and path.name not in records:
                path.unlink(missing_ok=True)

    def _make_folder(self) -> None:
        """For nobody else to read: pages that are held back lie here too."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _path(self, source: SourceFile, kind: str) -> Path:
        taken_as = _digest([source.media_type, self._readers])[:8]
        return self._folder / f"{source.sha256}-{taken_as}-{self._version}.{kind}"

    def _piece_path(self, source: SourceFile, name: str) -> Path:
        return self._path(source, f"{_digest([name, self._limits])}.piece")

    def _made_path(self, found: Found) -> Path:
        text = self._path(found.source, "").name
        return self._folder / f"{_digest([text, found.source.path, found.curation, self._program])}.made"


def texts(folder: Path, sha256: str) -> Iterator[Extracted]:
    """All that the cache in a folder has of what was read from these bytes, by any version."""
    for path in sorted(folder.glob(f"{sha256}-*.text")):
        if extracted := _decoded(path, Extracted):
            yield extracted


def _digest(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:32]


def _decoded(path: Path, kind: type[T]) -> T | None:
    try:
        return msgspec.msgpack.decode(zlib.decompress(path.read_bytes()), type=kind)
    except (OSError, zlib.error, msgspec.MsgspecError):
        return None


def _write(path: Path, value: object) -> None:
    """Whole or not at all: a killed run leaves a .part file at most."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(zlib.compress(msgspec.msgpack.encode(value), COMPRESSION))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
