"""Uploads: files that people sent, kept apart from the documents until somebody takes them in.

Each lies in a folder of its own under a hidden folder of the documents folder, which no run looks into, with a note
of what it is and who sent it. What people call a file is never a path here.
"""

import hashlib
import os
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import IO

import msgspec

from corpus.config import ExtractConfig
from corpus.errors import HvaVirkerError, Reason
from corpus.model import SourceFile
from indexer.media import BY_SUFFIX, SUFFIX, MediaType, media_type_of, refusal
from indexer.sources import curation_of
from indexer.standing import sync_folder

HIDDEN = ".upload"
NOTE, FILE = "note.json", "file"
CHUNK = 2**20
ABANDONED_SECONDS = 24 * 3600
NAME_CHARACTERS, STEM_BYTES = 120, 160
MOST_FOLDERS = 2000
_TOKEN = re.compile(r"[0-9a-f]{16}")
_ODD = re.compile(r"[^\w.-]+")


class NotTaken(HvaVirkerError):
    """An upload that is not there, or cannot be taken in as asked."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent. `name` is what its sender calls it, `file` a safe name; `reason` says why it was refused.

    `taken` is the path it was taken in as, "" before. `at` is in UTC, `size` in bytes.
    """

    token: str
    name: str
    file: str
    size: int
    sha256: str
    media_type: str
    by: str
    at: datetime
    reason: Reason | None = None
    detail: str = ""
    taken: str = ""

    @property
    def waits(self) -> bool:
        """Whether it waits for somebody to take it in."""
        return self.reason is None and not self.taken


class Uploads:
    """The uploads of one documents folder. Everything may raise OSError when the disk fails."""

    def __init__(self, documents: Path, settings: ExtractConfig, leave_out: Path) -> None:
        self._root = documents.resolve()
        self._settings = settings
        self._leave_out = leave_out.resolve()

    def receive(self, stream: IO[bytes], name: str, by: str) -> Upload:
        """Keep a file that was sent; of one that is refused only the note."""
        self._tidy()
        token = secrets.token_hex(8)
        folder = self._root / HIDDEN / token
        folder.mkdir(mode=0o700, parents=True)
        try:
            upload = self._received(stream, folder, name, by)
            self._note(upload)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return upload

    def all(self) -> tuple[Upload, ...]:
        """Every upload, the newest first."""
        found = [self.find(path.name) for path in (self._root / HIDDEN).glob("*/")]
        return tuple(sorted((each for each in found if each), key=lambda each: each.at, reverse=True))

    def find(self, token: str) -> Upload | None:
        """The upload of a token, or None."""
        if not _TOKEN.fullmatch(token):
            return None
        try:
            return msgspec.json.decode((self._root / HIDDEN / token / NOTE).read_bytes(), type=Upload)
        except (OSError, msgspec.MsgspecError):
            return None

    def take_in(self, token: str, folder: str) -> Upload:
        """Move a file into a folder of the documents, under a name that nothing there has. Raises NotTaken."""
        upload = self.find(token)
        if upload is None or not upload.waits:
            raise NotTaken("There is no such file waiting.")
        if folder not in self.folders():
            raise NotTaken(f"There is no folder {folder}.")
        target = self._placed(upload, self._root / folder)
        taken = replace(upload, taken=target.relative_to(self._root).as_posix())
        self._note(taken)
        return taken

    def discard(self, token: str) -> Upload:
        """Remove an upload; a file that was taken in stays where it is. Raises NotTaken."""
        upload = self.find(token)
        if upload is None:
            raise NotTaken("There is no such upload.")
        shutil.rmtree(self._root / HIDDEN / token)
        return upload

    def folders(self) -> tuple[str, ...]:
        """The folders of the documents, "" for the outermost."""
        return ("", *sorted(self._folders())[:MOST_FOLDERS])

    def _received(self, stream: IO[bytes], folder: Path, name: str, by: str) -> Upload:
        shown = _shown(name)
        suffix = Path(shown).suffix.lower()
        path = folder / f"{FILE}{suffix if suffix in BY_SUFFIX else ''}"
        size, sha256 = _written(stream, path)
        media_type = media_type_of(path)
        source = SourceFile(shown, sha256, size, media_type)
        reason, detail = refusal(source, self._settings) or _misnamed(suffix, media_type) or (None, "")
        if reason:
            path.unlink()
        file = "" if reason else safe_name(shown, media_type)
        return Upload(folder.name, shown, file, size, sha256, media_type, by, datetime.now(UTC), reason, detail)

    def _tidy(self) -> None:
        """Remove what an upload left that never ended."""
        for folder in (self._root / HIDDEN).glob("*/"):
            with suppress(OSError):
                if not (folder / NOTE).exists() and time.time() - folder.stat().st_mtime > ABANDONED_SECONDS:
                    shutil.rmtree(folder)

    def _placed(self, upload: Upload, folder: Path) -> Path:
        held = next((self._root / HIDDEN / upload.token).glob(f"{FILE}*"), None)
        if held is None:
            raise NotTaken("The file itself is gone.")
        target = next(path for path in _names(folder, upload.file) if _reserved(path))
        try:
            held.replace(target)
        except FileNotFoundError:
            target.unlink()
            raise NotTaken("Somebody else took it in or removed it just now.") from None
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        with suppress(OSError):
            sync_folder(folder)
        return target

    def _note(self, upload: Upload) -> None:
        path = self._root / HIDDEN / upload.token / NOTE
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            file.write(msgspec.json.encode(upload))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)

    def _folders(self) -> Iterator[str]:
        left = [self._root]
        while left:
            with os.scandir(left.pop()) as entries:
                for entry in entries:
                    path = Path(entry.path)
                    shown = not entry.name.startswith(".") and path != self._leave_out
                    if shown and entry.is_dir(follow_symlinks=False):
                        left.append(path)
                        yield path.relative_to(self._root).as_posix()


def safe_name(name: str, media_type: str) -> str:
    """A file name made of what somebody calls a file: letters, digits, - _ and . alone, with the ending of its kind."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    suffix = Path(last).suffix.lower()
    fits = BY_SUFFIX.get(suffix) == media_type
    stem = last[: -len(suffix)] if fits else last
    plain = re.sub(r"-{2,}", "-", _ODD.sub("-", stem)).strip("-._")
    short = plain.encode()[:STEM_BYTES].decode("utf-8", "ignore").strip("-._")
    return f"{short or 'dokument'}{suffix if fits else SUFFIX[MediaType(media_type)]}"


def _shown(name: str) -> str:
    """The last part of a name, on one line, not too long."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in last).strip()
    stem, suffix = Path(kept).stem, Path(kept).suffix
    return f"{stem[:NAME_CHARACTERS]}{suffix[:10]}" or "?"


def _misnamed(suffix: str, media_type: str) -> tuple[Reason, str] | None:
    """A web page that calls itself a PDF is mostly a log-in page or an error."""
    named = BY_SUFFIX.get(suffix)
    if named is None or named == media_type:
        return None
    return Reason.CORRUPT, f"named as {named}, but its content is {media_type}"


def _written(stream: IO[bytes], path: Path) -> tuple[int, str]:
    """Size and sha256 of what was written, on the disk for good."""
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _names(folder: Path, file: str) -> Iterator[Path]:
    path = folder / file
    yield path
    yield from (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))


def _reserved(path: Path) -> bool:
    """Take a name, unless something has it, or a curation file without its document does."""
    if os.path.lexists(curation_of(path)):
        return False
    try:
        path.open("xb").close()
    except FileExistsError:
        return False
    return True
