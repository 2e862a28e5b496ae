"""Where do built indexes live, which one answers, and is it whole?

A generation is built in a folder beside the others, sealed with a manifest (sha256 of every file, of what it says
itself, and the versions that made it), put on disk for good, and made live by replacing one small file.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.engine import Generation
from corpus.errors import GenerationInUse, IndexDamaged, NoIndex, OtherVersion
from indexer.standing import Standing, StandingFile, State, sync_folder

MANIFEST = "manifest.json"
BUILDING = ".building-"
REMOVED = ".removed-"
REMEMBERED = 100  # names of generations once published
NAME = re.compile(r"(\d{6})-\d{8}T\d{6}Z$")
REBUILD = "Build it again: hvavirker index."


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a generation holds."""

    documents: int
    passages: int
    findings: int


class Generations:
    """The generations of one index folder. `versions` are those of the code that reads and writes them."""

    def __init__(self, folder: Path, keep: int, versions: Mapping[str, int]) -> None:
        self._root = folder
        self._folder = folder / "generations"
        self._keep = max(keep, 1)
        self._versions = dict(versions)
        self._file = StandingFile(folder)

    def begin(self) -> Path:
        """A new empty folder to build in; its name is not a generation's until it is sealed.

        What a killed build left is removed: only one run is at work at a time.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        for left in (*self._folder.glob(f"{BUILDING}*"), *self._folder.glob(f"{REMOVED}*")):
            self.abandon(left)
        while True:
            try:
                return self._new_folder()
            except FileExistsError:
                continue

    def seal(self, building: Path, counts: Counts) -> Generation:
        """Write the manifest of a folder from `begin`, put everything on disk, give it its name."""
        name = building.name.removeprefix(BUILDING)
        generation = Generation(name, datetime.now(UTC), counts.documents, counts.passages, counts.findings)
        _write_manifest(building, generation, self._versions)
        _sync_tree(building)
        building.rename(self._folder / name)
        sync_folder(self._folder)
        return generation

    def abandon(self, building: Path) -> None:
        """Remove a folder from `begin` whose build failed."""
        shutil.rmtree(building, ignore_errors=True)

    def folder(self, name: str) -> Path:
        """The folder of a sealed generation. Raises NoIndex when there is none of that name."""
        folder = self._folder / name
        if not _is_name(name) or not folder.is_dir():
            raise NoIndex(f"There is no generation {name}.", REBUILD)
        return folder

    def read(self, name: str) -> Generation:
        """What the manifest says of a generation. Raises NoIndex, IndexDamaged."""
        return _generation(_manifest(self.folder(name)))

    def verify(self, name: str) -> Generation:
        """Check every file of a generation against its manifest, and its versions against ours.

        Raises IndexDamaged saying which file is wrong, or OtherVersion, and what to do.
        """
        folder = self.folder(name)
        manifest = _manifest(folder)
        _check_versions(name, manifest["versions"], self._versions)
        _check_files(name, folder, manifest["files"])
        return _generation(manifest)

    def outdated(self, name: str) -> bool:
        """Whether another version of the program made a generation; false too when its manifest cannot be read."""
        try:
            return _differing(_manifest(self.folder(name))["versions"], self._versions) is not None
        except IndexDamaged:
            return False

    def names(self) -> tuple[str, ...]:
        """The sealed generations, oldest first."""
        if not self._folder.is_dir():
            return ()
        return tuple(sorted(entry.name for entry in self._folder.iterdir() if _is_name(entry.name)))

    def list(self) -> tuple[Generation, ...]:
        """What each sealed generation holds, oldest first; one whose manifest cannot be read is left out."""
        found = []
        for name in self.names():
            try:
                found.append(self.read(name))
            except IndexDamaged:
                continue
        return tuple(found)

    def live_name(self) -> str | None:
        """The name of the generation that answers, or None. Raises IndexDamaged."""
        return self.standing().live

    def live_stamp(self) -> tuple[int, int] | None:
        """Something that changes whenever another generation is made live: one `stat`, no read."""
        return self._file.stamp()

    def standing(self) -> Standing:
        """Which generation answers, which answered before it, which was rolled back. Raises IndexDamaged."""
        return self._file.read()

    def previous(self) -> str | None:
        """The generation that answered before the live one and is still kept: the one to roll back to."""
        return next((name for name in self.standing().published[1:] if name in self.names()), None)

    def waiting(self) -> tuple[str, ...]:
        """Those a person may publish: neither published nor rolled back before, of our version; oldest first.

        Raises IndexDamaged.
        """
        standing = self.standing()
        waiting = (name for name in self.names() if standing.state(name) is State.WAITS)
        return tuple(name for name in waiting if not self.outdated(name))

    def way_out(self) -> str:
        """The command that gives an index to answer from when none does."""
        try:
            return "hvavirker publish" if self.waiting() else "hvavirker index"
        except IndexDamaged:
            return "hvavirker index"

    def publish(self, name: str) -> Generation:
        """Verify a generation and make it live in one atomic step; then remove those beyond the number kept."""
        generation = self.verify(name)
        with self._file.changing():
            before = self._published()
            now = (name, *(other for other in before if other != name))
            self._file.write(Standing(now[:REMEMBERED]))
            self._prune(now)
        return generation

    def roll_back(self, name: str | None = None) -> Generation:
        """Make the generation that answered before (or the one named, if it once answered) live again.

        Raises NoIndex when there is none to go back to, IndexDamaged when it is damaged; nothing is changed then.
        """
        with self._file.changing():
            published = self.standing().published
            target = name or self.previous()
            if target is None or target not in published[1:]:
                known = ", ".join(each for each in published[1:] if each in self.names()) or "none"
                raise NoIndex(f"There is no such generation to go back to. Kept: {known}.", REBUILD)
            generation = self.verify(target)
            newest = max(self.standing().withdrawn, published[0])
            self._file.write(Standing(published[published.index(target) :], newest))
        return generation

    def discard(self, name: str) -> None:
        """Remove a generation that is not live. Raises GenerationInUse for the live one."""
        if name == self.live_name():
            raise GenerationInUse(f"Generation {name} is live.", "Publish another one first.")
        self.folder(name)
        self._remove(name)

    def _published(self) -> tuple[str, ...]:
        """Those published so far; none when that cannot be read any more, so that a new one can be."""
        try:
            return self.standing().published
        except IndexDamaged:
            return ()

    def _prune(self, published: tuple[str, ...]) -> None:
        """Keep the live one, those that answered before it, and what came after.

        Another that was built before the live one and is none of them waited, or was rolled back: it has been passed.
        """
        names = self.names()
        answered = [name for name in published if name in names]
        passed = [name for name in names if name not in published and name < published[0]]
        for name in [*answered[self._keep :], *passed]:
            self._remove(name)

    def _remove(self, name: str) -> None:
        """In one step it is none any more; what cannot be deleted now is deleted by the next run."""
        removed = self._folder / f"{REMOVED}{name}"
        with contextlib.suppress(OSError):
            (self._folder / name).rename(removed)
            note(self._root, name).unlink(missing_ok=True)
        shutil.rmtree(removed, ignore_errors=True)

    def _new_folder(self) -> Path:
        names = [*self._published(), *(entry.name for entry in self._folder.iterdir())]
        numbers = [int(match[1]) for name in names if (match := NAME.search(name))]
        name = f"{max(numbers, default=0) + 1:06d}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        folder = self._folder / (BUILDING + name)
        folder.mkdir()
        return folder


def note(root: Path, name: str) -> Path:
    """The file beside a generation of an index folder that tells of it; it is removed with it."""
    return root / "generations" / f"{name}.json.gz"


def _is_name(name: str) -> bool:
    return NAME.fullmatch(name) is not None


def _write_manifest(folder: Path, generation: Generation, versions: Mapping[str, int]) -> None:
    manifest = {
        "name": generation.name,
        "built": generation.built.isoformat(),
        "documents": generation.documents,
        "passages": generation.passages,
        "findings": generation.findings,
        "versions": dict(versions),
        "files": {path.relative_to(folder).as_posix(): _sha256(path) for path in _files(folder)},
    }
    (folder / MANIFEST).write_bytes(_sealed(manifest))


def _sealed(manifest: Mapping[str, Any]) -> bytes:
    """A manifest as its file holds it, with the digest of all else in it."""
    said = {key: value for key, value in manifest.items() if key != "digest"}
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode("ascii")).hexdigest()
    return json.dumps(said | {"digest": digest}, indent=1, sort_keys=True).encode("ascii")


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        written = (folder / MANIFEST).read_bytes()
        manifest: dict[str, Any] = json.loads(written)
        _generation(manifest)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise IndexDamaged(f"The manifest of generation {folder.name} cannot be read: {error}", REBUILD) from error
    if written != _sealed(manifest) or manifest["name"] != folder.name:
        raise IndexDamaged(f"The manifest of generation {folder.name} is not as it was written.", REBUILD)
    return manifest


def _generation(manifest: Mapping[str, Any]) -> Generation:
    return Generation(
        name=manifest["name"],
        built=datetime.fromisoformat(manifest["built"]),
        documents=manifest["documents"],
        passages=manifest["passages"],
        findings=manifest["findings"],
    )


def _check_versions(name: str, made_by: Mapping[str, int], ours: Mapping[str, int]) -> None:
    if part := _differing(made_by, ours):
        raise OtherVersion(
            f"Generation {name} was made by another version of this program: {part} version {made_by.get(part)}; "
            f"this program reads {ours[part]}.",
            "It is not damaged. Make a new one: hvavirker index.",
        )


def _differing(made_by: Mapping[str, int], ours: Mapping[str, int]) -> str | None:
    """The first part of the program that was of another version."""
    return next((part for part, version in ours.items() if made_by.get(part) != version), None)


def _check_files(name: str, folder: Path, digests: Mapping[str, str]) -> None:
    try:
        _check_each(name, folder, digests)
    except OSError as error:
        raise IndexDamaged(f"Generation {name}: a file cannot be read: {error.strerror}.", REBUILD) from error


def _check_each(name: str, folder: Path, digests: Mapping[str, str]) -> None:
    found = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    odd = sorted(found.keys() ^ digests.keys())
    if odd:
        raise IndexDamaged(f"Generation {name}: {odd[0]} is missing, or was put there later.", REBUILD)
    for file, path in sorted(found.items()):
        if _sha256(path) != digests[file]:
            raise IndexDamaged(f"Generation {name}: {file} is not as it was built.", REBUILD)


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path != folder / MANIFEST]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            _sync_file(path)
        else:
            sync_folder(path)
    sync_folder(folder)


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
