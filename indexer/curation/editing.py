"""How does a person say in a curation file what the metadata of a document is?

Each field is as read, set to a value, without a value, or (lists) has values added. Only fields that change are
written; everything else in the file stays as it is, and the file must pass all that its reader asks.
"""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import tomlkit

from corpus.model import Metadata
from corpus.vocabulary import Vocabulary
from indexer.curation import checks
from indexer.curation.file import Edit
from indexer.curation.values import _LISTS as LISTS
from indexer.curation.values import ADD, _checks, read_curation

FIELDS = tuple(field.name for field in fields(Metadata))
NEEDED = ("title", "language")
OTHER_KEYS = frozenset({ADD, "findings", "released"})
ACTION = "metadata"


class Mode(StrEnum):
    """What a person says of a field."""

    READ = "read"
    SET = "set"
    ADDED = "add"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a field. `value` is as in the file: a text, a number, a day, or a tuple of texts."""

    mode: Mode = Mode.READ
    value: Any = None

    def told(self) -> str:
        """The same in a word or two, for the audit log."""
        values = ", ".join(map(str, self.value)) if isinstance(self.value, tuple) else str(self.value or "")
        return {Mode.SET: values, Mode.ADDED: f"+ {values}", Mode.NONE: "–", Mode.READ: ""}[self.mode]


AS_READ = Said()


def modes_of(name: str) -> tuple[Mode, ...]:
    """What may be said of a field."""
    none = () if name in NEEDED else (Mode.NONE,)
    return (Mode.READ, Mode.SET, *((Mode.ADDED,) if name in LISTS else ()), *none)


def said_in(path: Path) -> dict[str, Said]:
    """What a curation file says of every field; all as read without a file. Raises CurationError."""
    table = _table(path)
    add = table.get(ADD)
    added = add if isinstance(add, dict) else {}
    return {name: _said(_usual(name, table.get(name)), added.get(name)) for name in FIELDS}


def unknown_keys(path: Path) -> tuple[str, ...]:
    """The keys of a curation file that mean nothing. Raises CurationError."""
    return tuple(name for name in _table(path) if name not in FIELDS and name not in OTHER_KEYS)


def check_said(name: str, said: Said, vocabulary: Vocabulary) -> None:
    """Raise CurationError when the reader of curation files would not take it."""
    if said.mode in (Mode.SET, Mode.ADDED):
        checks.checked(_checks(vocabulary), name, _plain(said.value), "form")


def edit_of(
    before: Mapping[str, Said],
    after: Mapping[str, Said],
    dropped: Iterable[str],
    vocabulary: Vocabulary,
    *,
    by: str,
    reason: str,
) -> Edit:
    """The edit that makes a file say `after` of those fields, without the unknown keys that are dropped.

    Carried out, it raises CurationError for a file that its reader would not take.
    """
    gone = tuple(dropped)
    told = {
        "why": reason,
        "before": {name: before[name].told() for name in after} | dict.fromkeys(gone, "?"),
        "after": {name: said.told() for name, said in after.items()},
    }
    return Edit(_change(after, gone, vocabulary), frozenset({ADD, *after, *gone}), by, ACTION, told)


def read_again(table: tomlkit.TOMLDocument, vocabulary: Vocabulary) -> None:
    """Raise CurationError when the reader of curation files would not take the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "curation.toml"
        path.write_text(tomlkit.dumps(table), encoding="utf-8")
        read_curation(path, vocabulary)


def _change(
    after: Mapping[str, Said], dropped: tuple[str, ...], vocabulary: Vocabulary
) -> Callable[[tomlkit.TOMLDocument], None]:
    def change(table: tomlkit.TOMLDocument) -> None:
        for name in dropped:
            table.remove(name)
        for name, said in after.items():
            _put(table, name, said)
        read_again(table, vocabulary)

    return change


def _put(table: tomlkit.TOMLDocument, name: str, said: Said) -> None:
    added = table.get(ADD)
    if said.mode is not Mode.ADDED and added is not None and name in added:
        added.remove(name)
        if not added:
            table.remove(ADD)
    if said.mode is Mode.ADDED:
        if added is None:
            table[ADD] = added = tomlkit.table()
        added[name] = _plain(said.value)
    if said.mode is Mode.SET:
        table[name] = _plain(said.value)
    elif said.mode is Mode.NONE:
        table[name] = [] if name in LISTS else ""
    elif name in table:
        table.remove(name)


def _table(path: Path) -> dict[str, object]:
    return checks.toml_of(path) if path.exists() else {}


def _said(value: object, added: object) -> Said:
    """What stands in a file: a list that is both set and added to is set to all of it."""
    more = tuple(map(str, added)) if isinstance(added, list) else ()
    if value is None:
        return Said(Mode.ADDED, more) if more else AS_READ
    if isinstance(value, list):
        values = (*map(str, value), *more)
        return Said(Mode.SET, tuple(dict.fromkeys(values))) if values else Said(Mode.NONE)
    return Said(Mode.NONE) if value == "" else Said(Mode.SET, value)


def _usual(name: str, value: object) -> object:
    """A value in the one of the ways a file may write it that the form writes too."""
    if name in ("plan_from", "plan_to") and isinstance(value, int | date):
        return str(value)
    try:
        return date.fromisoformat(value) if name == "adopted" and isinstance(value, str) and value else value
    except ValueError:
        return value


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
