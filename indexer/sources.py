"""Sources: which files are in the documents folder?"""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ConfigError, Reason, told
from corpus.model import SourceFile
from indexer.personal import suspects
from indexer.progress import Progress, Stage, Step, silent

CURATION_SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells that a file was written to: size in bytes, modification time in ns."""

    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Found:
    """A file that can be opened. `curation` is the sha256 of the curation file beside it, "" when it has none."""

    source: SourceFile
    location: Path
    stamp: Stamp
    curation: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A name in the folder that cannot be opened, and why. A folder's path ends in /."""

    path: str
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Listing:
    """All of a documents folder, each part by path. `orphans` are curation files whose document is gone."""

    files: tuple[Found, ...]
    refused: tuple[Refused, ...]
    orphans: tuple[str, ...]


def list_sources(
    folder: Path,
    media_type_of: Callable[[Path], str],
    leave_out: Path | None = None,
    progress: Progress = silent,
) -> Listing:
    """Every file under `folder` but hidden ones, curation files and what is under `leave_out`.

    Symbolic links are followed to files inside the folder only. Raises ConfigError when there is no such folder, or it
    lies in `leave_out`.
    """
    root = folder.resolve()
    if leave_out and root.is_relative_to(leave_out.resolve()):
        raise ConfigError(
            f"The documents folder {folder} lies in the index folder {leave_out}, which is safe to delete.",
            "Name another index folder with --index or [index] folder.",
        )
    if not root.is_dir():
        raise ConfigError(
            f"There is no documents folder {folder}.",
            "Make it, or name another with --documents or [documents] folder.",
        )
    names = _names(root, leave_out.resolve() if leave_out else None)
    curations = {name for name in names if _is_curation(name)}
    entries, total = [], len(names - curations)
    for done, name in enumerate(sorted(names - curations), 1):
        entries.append(_entry(root, name, media_type_of, curations))
        file = shown(name) if isinstance(entries[-1], Found) else ""  # a name may be why it is refused
        progress(Step(Stage.LISTING, done, total, file, done / total))
    return Listing(
        files=tuple(entry for entry in entries if isinstance(entry, Found)),
        refused=tuple(entry for entry in entries if isinstance(entry, Refused)),
        orphans=tuple(shown(name) for name in sorted(curations) if name[: -len(CURATION_SUFFIX)] not in names),
    )


def source_of(location: Path, path: str, media_type_of: Callable[[Path], str]) -> SourceFile:
    """A file's content and type under the name `path`. Raises OSError."""
    return SourceFile(path, _sha256(location), location.stat().st_size, media_type_of(location))


def curation_of(location: Path) -> Path:
    """Where the curation file of a document is, whether there is one or not."""
    return location.with_name(f"{location.name}{CURATION_SUFFIX}")


def stamp_of(location: Path) -> Stamp:
    """The file's stamp now. Raises OSError."""
    status = location.stat()
    return Stamp(status.st_size, status.st_mtime_ns)


def _names(root: Path, leave_out: Path | None) -> set[str]:
    """Paths relative to `root`, / between parts; a folder that cannot be listed stands with / at its end."""
    names: set[str] = set()
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = list(_visible(folder))
        except OSError:
            names.add(f"{folder.relative_to(root).as_posix()}/")
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                folders += [path] if path != leave_out else []
            else:
                names.add(path.relative_to(root).as_posix())
    return names


def _visible(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        yield from (entry for entry in entries if not entry.name.startswith("."))


def _is_curation(name: str) -> bool:
    return name.endswith(CURATION_SUFFIX)


def _entry(root: Path, name: str, media_type_of: Callable[[Path], str], curations: set[str]) -> Found | Refused:
    path = root / name
    if refusal := _fault(root, path, name):
        return Refused(shown(name), Reason.UNREADABLE, refusal)
    try:
        stamp = stamp_of(path)
        source = source_of(path, name, media_type_of)
        curation = _sha256(curation_of(path)) if f"{name}{CURATION_SUFFIX}" in curations else ""
    except OSError as error:
        return Refused(name, Reason.UNREADABLE, f"{error.strerror}: {Path(error.filename or name).name}")
    except Exception as fault:  # a fault of ours on one file must not stop a run over thousands
        return Refused(name, Reason.FAULT, told(fault))
    return Found(source, path, stamp, curation)


def _fault(root: Path, path: Path, name: str) -> str:
    """Why `path` must not be opened, or ""."""
    if name.endswith("/"):
        return "the folder cannot be listed; check its permissions"
    if shown(name) != name:
        return "the name is not UTF-8; rename the file"
    if any(suspects(part.replace("_", " ")) for part in name.split("/")):
        return "personal data stands in its name, which everyone would see; rename it"
    if path.is_symlink():
        return _link_fault(root, path)
    try:
        regular = stat.S_ISREG(path.lstat().st_mode)
    except OSError as error:
        return error.strerror or type(error).__name__
    return "" if regular else "not a regular file"


def _link_fault(root: Path, path: Path) -> str:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "a symbolic link that leads nowhere"
    if not target.is_relative_to(root):
        return "a symbolic link that leads outside the documents folder"
    return "" if target.is_file() else "a symbolic link to something that is not a file"


def shown(name: str) -> str:
    """The name with bytes that are not UTF-8 written out."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
