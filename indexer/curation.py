"""What did a person say of this document?

A curation file stands beside the document (`report.pdf.toml`). A key is a metadata field; its value
replaces what was read, and an empty one (`publisher = ""`, `themes = []`) takes it away. Under `[add]`
the codes of a list field are added to those read.
"""

import difflib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from corpus.errors import CurationError
from corpus.model import Language, Metadata, Origin, Read
from corpus.search import PlanStatus
from corpus.vocabulary import Vocabulary

ADD = "add"
STATES = (PlanStatus.HORING, PlanStatus.UNDER_RULLERING)
FIRST_YEAR, LAST_YEAR = 1800, 2200
MOST_NAMED = 30

Check = Callable[[object], object]


@dataclass(frozen=True, slots=True)
class Curation:
    """What one curation file says: values by name of the metadata field, those to replace and those to add."""

    values: tuple[tuple[str, object], ...] = ()
    added: tuple[tuple[str, tuple[object, ...]], ...] = ()

    def apply(self, metadata: Metadata, vocabulary: Vocabulary) -> Metadata:
        """The metadata with every curated value in place; fylke follows curated kommuner unless it is curated too."""
        changes: dict[str, Any] = {name: _curated(value) for name, value in self.values}
        for name, values in self.added:
            changes[name] = _with(changes.get(name, getattr(metadata, name)), values)
        if "kommuner" in changes and "fylke" not in changes:
            changes["fylke"] = _fylker(changes["kommuner"], vocabulary)
        return replace(metadata, **changes)


def read_curation(path: Path, vocabulary: Vocabulary) -> Curation:
    """Read a curation file. Raises CurationError naming what is wrong and the nearest right name."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CurationError(f"{path.name} cannot be read: {error}", "Mend the file; the document waits.") from error
    add = table.pop(ADD, {})
    checks = _checks(vocabulary)
    values = tuple((name, _checked(checks, name, value, path.name)) for name, value in table.items())
    lists = {name: check for name, check in checks.items() if name in _LISTS}
    added = tuple((name, _checked(lists, name, value, path.name)) for name, value in add.items())
    return Curation(values, tuple((name, value) for name, value in added if isinstance(value, tuple)))


_LISTS = ("authors", "kommuner", "kommuner_then", "fylke", "themes", "target_groups", "tiltak")


def _checks(vocabulary: Vocabulary) -> Mapping[str, Check]:
    """What each field takes: the value as the model holds it, or a ValueError that says what is needed."""
    return {
        "title": _needed_text,
        "language": lambda value: Language(_code(list(Language), value)),
        "doc_type": _maybe(vocabulary.doc_types),
        "publisher": _text,
        "authors": _each(_needed_text),
        "year": _year,
        "plan_from": _year_or_day,
        "plan_to": _year_or_day,
        "plan_state": _maybe(STATES),
        "adopted": _day,
        "kommuner": _each(lambda value: _code(vocabulary.kommuner, value)),
        "kommuner_then": _each(_needed_text),
        "fylke": _each(lambda value: _code(vocabulary.fylker, value)),
        "themes": _each(lambda value: _code(vocabulary.themes, value)),
        "target_groups": _each(lambda value: _code(vocabulary.target_groups, value)),
        "tiltak": _each(lambda value: _code(vocabulary.tiltak, value)),
        "study_design": _maybe(vocabulary.designs),
    }


def _checked(checks: Mapping[str, Check], name: str, value: object, file: str) -> object:
    if name not in checks:
        raise CurationError(f"{file}: unknown key {name}. {_hint(name, checks)}", "Mend the key.")
    try:
        return checks[name](value)
    except ValueError as error:
        raise CurationError(f"{file}: {name} = {value!r}: {error}", "Mend the value.") from error


def _hint(name: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return (
        f"Did you mean {near[0]}?"
        if near
        else f"Known: {', '.join(names[:MOST_NAMED])}{' …' * (len(names) > MOST_NAMED)}"
    )


def _text(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("a text is needed")
    return value.strip() or None


def _needed_text(value: object) -> object:
    text = _text(value)
    if text is None:
        raise ValueError("a text is needed")
    return text


def _code(known: Iterable[str], value: object) -> str:
    codes = list(known)
    if not isinstance(value, str) or value not in codes:
        raise ValueError(f"no such code. {_hint(str(value), codes)}")
    return value


def _maybe(known: Iterable[str]) -> Check:
    return lambda value: None if value == "" else _code(known, value)


def _each(check: Check) -> Check:
    def checked(value: object) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise ValueError("a list is needed")
        return tuple(dict.fromkeys(check(item) for item in value))

    return checked


def _year(value: object) -> object:
    if value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not FIRST_YEAR <= value <= LAST_YEAR:
        raise ValueError("a year is needed, such as 2023")
    return value


def _day(value: object) -> object:
    if value == "":
        return None
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("a day is needed, such as 2023-06-15") from None


def _year_or_day(value: object) -> object:
    if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()):
        return str(_year(int(value)))
    day = _day(value)
    return day.isoformat() if isinstance(day, date) else None


def _curated(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(Read(item, Origin.CURATION) for item in value)
    return None if value is None else Read(value, Origin.CURATION)


def _with(present: tuple[Read[Any], ...], values: tuple[object, ...]) -> tuple[Read[Any], ...]:
    known = {read.value for read in present}
    return present + tuple(Read(value, Origin.CURATION) for value in values if value not in known)


def _fylker(kommuner: tuple[Read[str], ...], vocabulary: Vocabulary) -> tuple[Read[str], ...]:
    codes = dict.fromkeys(vocabulary.kommuner[read.value].fylke for read in kommuner)
    return tuple(Read(code, Origin.DERIVED) for code in codes)
