"""How is a curation file changed without losing anything in it?

Comments, order and everything that was not changed stay as they are. A change is made only to the very file it was
decided on (its sha256), whole or not at all, and is in the audit log before the file shows it.
"""

import fcntl
import hashlib
import os
import shutil
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT

from corpus.errors import CurationConflict, CurationError
from indexer.audit import Audit
from indexer.curation.decisions import FINDINGS, Decision, table_of

ONLY_FINDINGS = frozenset({FINDINGS})


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to a curation file: what it does, the top-level keys it may touch, who makes it, what the audit says."""

    change: Callable[[tomlkit.TOMLDocument], None]
    touches: frozenset[str]
    by: str
    action: str
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of documents with their curation files, the lock that writers hold in turn, and the audit log."""

    documents: Path
    lock: Path
    audit: Audit

    def path(self, source: str) -> Path:
        """Where the curation file of a document is. Raises CurationError when that is outside the folder."""
        root = self.documents.resolve()
        path = root / f"{source}.toml"
        if path.is_symlink() or not path.resolve().is_relative_to(root):
            raise CurationError(
                f"{source}.toml is not an own file of the documents folder.", "Put the file itself there."
            )
        return path

    def digest(self, source: str) -> str:
        """The sha256 of a document's curation file, "" when it has none. Raises CurationError, OSError."""
        return _digest(self._bytes(source))

    def decide(self, source: str, expected: str, decision: Decision, before: Decision | None = None) -> None:
        """Write a decision in place of the one before, or as a new one. Raises as `edit`."""
        told = {"before": table_of(before) if before else None, "after": table_of(decision)}
        change = partial(_put, decision=decision, before=before)
        self.edit(source, expected, Edit(change, ONLY_FINDINGS, decision.by, decision.decision, told))

    def withdraw(self, source: str, expected: str, decision: Decision, by: str, reason: str) -> None:
        """Take a decision away. Raises as `edit`."""
        told = {"before": table_of(decision), "after": None, "reason": reason}
        self.edit(source, expected, Edit(partial(_remove, decision=decision), ONLY_FINDINGS, by, "withdraw", told))

    def edit(self, source: str, expected: str, edit: Edit) -> None:
        """Change a document's curation file, when its sha256 is still the expected one.

        Raises CurationConflict when somebody changed it meanwhile, CurationError when it cannot be changed without
        harm, OSError when it cannot be written. In each case the file is as it was.
        """
        path = self.path(source)
        with self._held():
            present = self._bytes(source)
            if _digest(present) != expected:
                raise CurationConflict(f"{path.name} was changed by somebody else meanwhile.", "Look at it again.")
            fresh = _changed(path.name, present or b"", edit)
            told = {"file": source, **edit.told, "sha256": _digest(fresh)}
            _replace(path, fresh, lambda: self.audit.tell(edit.by, edit.action, told))

    def _bytes(self, source: str) -> bytes | None:
        try:
            return self.path(source).read_bytes()
        except FileNotFoundError:
            return None

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Writers in turn, whatever process or thread they are; the system frees the lock of one that dies."""
        self.lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.lock.open("a", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _changed(name: str, present: bytes, edit: Edit) -> bytes:
    """The file with the change, when a strict reader still finds in it what it should."""
    try:
        table = tomlkit.parse(present)
        edit.change(table)
        fresh = tomlkit.dumps(table).encode()
        before, after = (tomllib.loads(content.decode()) for content in (present, fresh))
    except (TOMLKitError, ValueError, TypeError, KeyError) as error:
        raise CurationError(f"{name} cannot be changed: {error}", "Mend the file by hand.") from error
    kept = [{key: value for key, value in read.items() if key not in edit.touches} for read in (before, after)]
    if after != table.unwrap() or kept[0] != kept[1]:
        raise CurationError(f"{name} cannot be changed without harm to what stands in it.", "Mend the file by hand.")
    return fresh


def _put(table: tomlkit.TOMLDocument, decision: Decision, before: Decision | None) -> None:
    tables = _tables(table)
    place = _place(tables, before) if before else None
    if place is None:
        fresh = tomlkit.table()
        fresh.trivia.indent = "\n" if len(table.body) > 1 or len(tables) else ""
        tables.append(fresh)
    written = tables[-1 if place is None else place]
    wanted = table_of(decision)
    for name in [name for name in written if name not in wanted]:
        del written[name]
    for name, value in wanted.items():
        written[name] = _toml(value)


def _remove(table: tomlkit.TOMLDocument, decision: Decision) -> None:
    tables = _tables(table)
    place = _place(tables, decision)
    if place is None:
        raise KeyError("the decision is not there")
    del tables[place]
    if not tables:
        del table[FINDINGS]


def _tables(table: tomlkit.TOMLDocument) -> AoT:
    if FINDINGS not in table:
        table.append(FINDINGS, tomlkit.aot())
    tables = table[FINDINGS]
    if not isinstance(tables, AoT):
        raise TypeError(f"{FINDINGS} is not written as [[{FINDINGS}]]")
    return tables


def _place(tables: AoT, decision: Decision) -> int | None:
    """Where a decision stands among the tables."""
    for place, table in enumerate(tables.unwrap()):
        given = Decision(
            decision.decision,
            str(table.get("quote", "")).strip(),
            table.get("page", 0),
            table.get("occurrence", 1),
            cue=str(table.get("cue", "")).strip(),
        )
        if given.id == decision.id:
            return place
    return None


def _toml(value: object) -> object:
    if not isinstance(value, dict):
        return value
    inline = tomlkit.inline_table()
    inline.update(value)
    return inline


def _replace(path: Path, content: bytes, before_it_shows: Callable[[], None]) -> None:
    """Put the content in the file's place in one step, once it is on the disk and told of."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, part)
        before_it_shows()
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
