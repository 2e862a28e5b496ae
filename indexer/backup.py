"""Backup: all that cannot be made again, in one file that tells whether it is whole, and back.

A tar file: `documents/` (originals and curation files), `admin/` (what people typed), and last `manifest.json` with the
sha256 of each.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, cast

from corpus.errors import HvaVirkerError
from indexer.sources import stamp_of
from indexer.standing import sync_folder

MANIFEST = "manifest.json"
VERSION = 1
BESIDE = (".sqlite-wal", ".sqlite-shm", ".sqlite-journal")
SQLITE = b"SQLite format 3\0"
LEFT_OUT = "admin/sessions.sqlite"  # a session that comes back is a log-in that was ended long ago


class BackupFailed(HvaVirkerError):
    """A backup cannot be made, or is not whole, or there is something in its way."""


@dataclass(slots=True)
class Hashing:
    """Reads a file and reckons the sha256 of what was read."""

    file: IO[bytes]
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self.file.read(size)
        self.digest.update(data)
        return data


def back_up(folders: Mapping[str, Path], target: Path) -> int:
    """Write the files of these folders, by name, to one file; how many.

    The file is there whole or not at all. Raises BackupFailed when it is there already or a file changes meanwhile.
    """
    if target.exists():
        raise BackupFailed(f"{target} is there already.", "Choose another name: a backup never overwrites one.")
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as out:
            digests = _written(folders, out, target.suffix in (".gz", ".tgz"))
            out.flush()
            os.fsync(out.fileno())
        part.rename(target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)
    return len(digests)


def restore(source: Path, folders: Mapping[str, Path]) -> int:
    """Put the files of a backup into these folders, by name, which must be empty or not there; how many.

    Everything is checked before the first of them is in its place. Raises BackupFailed.
    """
    for folder in folders.values():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BackupFailed(f"{folder} is not empty.", "Move it away first: a restore never overwrites anything.")
    beside = {name: _beside(folder) for name, folder in folders.items()}
    try:
        count = _unpacked(source, beside)
        for name, folder in folders.items():
            if folder.exists():
                folder.rmdir()
            beside[name].rename(folder)
            sync_folder(folder.parent)
    except (tarfile.TarError, zlib.error, EOFError, ValueError, KeyError) as error:
        raise BackupFailed(f"{source} is no whole backup: {error}.", "Take another one.") from error
    finally:
        for folder in beside.values():
            shutil.rmtree(folder, ignore_errors=True)
    return count


def _written(folders: Mapping[str, Path], out: IO[bytes], packed: bool) -> dict[str, str]:
    digests: dict[str, str] = {}
    with tarfile.open(fileobj=out, mode="w|gz" if packed else "w|", format=tarfile.PAX_FORMAT) as archive:
        for name, folder in folders.items():
            for path in _files(folder):
                inside = f"{name}/{path.relative_to(folder).as_posix()}"
                if inside != LEFT_OUT:
                    digests[inside] = _added(archive, path, inside)
        said = json.dumps({"version": VERSION, "files": digests}, indent=1, sort_keys=True).encode()
        with tempfile.TemporaryFile() as manifest:
            manifest.write(said)
            manifest.seek(0)
            about = tarfile.TarInfo(MANIFEST)
            about.size = len(said)
            archive.addfile(about, manifest)
    return digests


def _files(folder: Path) -> Iterator[Path]:
    """Every regular file but what SQLite keeps beside its own; what a link leads to is there by itself or not ours."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.endswith(BESIDE):
            yield path


def _added(archive: tarfile.TarFile, path: Path, inside: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        taken = _copy_of_database(path, Path(folder)) or path
        before = stamp_of(taken)
        about = tarfile.TarInfo(inside)
        about.size, about.mtime = before.size, int(before.modified / 1e9)
        with taken.open("rb") as file:
            hashing = Hashing(file)
            archive.addfile(about, cast("IO[bytes]", hashing))
        if stamp_of(taken) != before:
            raise BackupFailed(f"{path} changed while it was being read.", "Run it again.")
    return hashing.digest.hexdigest()


def _copy_of_database(path: Path, folder: Path) -> Path | None:
    """A whole copy of a SQLite file, which somebody may be writing to; None for any other file."""
    with path.open("rb") as file:
        if file.read(len(SQLITE)) != SQLITE:
            return None
    copy = folder / "copy"
    with (
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(copy)) as whole,
    ):
        live.backup(whole)
    return copy


def _beside(folder: Path) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f".{folder.name}-restored-", dir=folder.parent))


def _unpacked(source: Path, beside: Mapping[str, Path]) -> int:
    found: dict[str, str] = {}
    manifest: dict[str, object] | None = None
    with tarfile.open(source, "r|*") as archive:
        for about in archive:
            file = archive.extractfile(about) if about.isfile() else None
            if file is None or manifest is not None:
                raise ValueError(f"{about.name} should not be in it")
            if about.name == MANIFEST:
                manifest = json.loads(file.read())
            else:
                found[about.name] = _put(file, about, beside)
    if manifest is None or manifest["version"] != VERSION:
        raise ValueError("it has no manifest that this program reads")
    if manifest["files"] != found:
        raise ValueError("its files are not those of its manifest")
    return len(found)


def _put(file: IO[bytes], about: tarfile.TarInfo, beside: Mapping[str, Path]) -> str:
    name, *parts = PurePosixPath(about.name).parts
    if name not in beside or not parts or ".." in parts:
        raise ValueError(f"{about.name} leads elsewhere")
    path = beside[name].joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    hashing = Hashing(file)
    with path.open("xb") as out:
        shutil.copyfileobj(hashing, out)
        out.flush()
        os.fsync(out.fileno())
    os.utime(path, (about.mtime, about.mtime))
    return hashing.digest.hexdigest()
