"""What may stand as a value in a curation file?

A check gives the value as the model holds it, or raises ValueError saying what is needed; `checked` makes that a
CurationError with file, key and value.
"""

import difflib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from corpus.errors import CurationError

FIRST_YEAR, LAST_YEAR = 1800, 2200
MOST_NAMED = 30

Check = Callable[[object], object]


def toml_of(path: Path) -> dict[str, object]:
    """The tables of a curation file. Raises CurationError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CurationError(f"{path.name} cannot be read: {error}", "Mend the file; the document waits.") from error


def checked(checks: Mapping[str, Check], name: str, value: object, where: str) -> object:
    """The value of a key as the model holds it. Raises CurationError for an unknown key and a wrong value."""
    if name not in checks:
        raise CurationError(f"{where}: unknown key {name}. {hint(name, checks)}", "Mend the key.")
    try:
        return checks[name](value)
    except ValueError as error:
        raise CurationError(f"{where}: {name} = {value!r}: {error}", "Mend the value.") from error


def hint(name: str, known: Iterable[str]) -> str:
    """The nearest right name, else those there are."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return (
        f"Did you mean {near[0]}?"
        if near
        else f"Known: {', '.join(names[:MOST_NAMED])}{' …' * (len(names) > MOST_NAMED)}"
    )


def text(value: object) -> object:
    """A text without space at its ends; None when it is empty."""
    if not isinstance(value, str):
        raise ValueError("a text is needed")
    return value.strip() or None


def needed_text(value: object) -> object:
    """A text that is not empty."""
    found = text(value)
    if found is None:
        raise ValueError("a text is needed")
    return found


def code(known: Iterable[str], value: object) -> str:
    """One of the known codes."""
    codes = list(known)
    if not isinstance(value, str) or value not in codes:
        raise ValueError(f"no such code. {hint(str(value), codes)}")
    return value


def maybe(known: Iterable[str]) -> Check:
    """One of the known codes, or None for an empty text."""
    return lambda value: None if value == "" else code(known, value)


def each(check: Check) -> Check:
    """A list in which every item passes the check; each value once."""

    def checked_list(value: object) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise ValueError("a list is needed")
        return tuple(dict.fromkeys(check(item) for item in value))

    return checked_list


def count(value: object) -> object:
    """A whole number from 1."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError("a whole number from 1 is needed")
    return value


def year(value: object) -> object:
    """A year, or None for an empty text."""
    if value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not FIRST_YEAR <= value <= LAST_YEAR:
        raise ValueError("a year is needed, such as 2023")
    return value


def day(value: object) -> object:
    """A day, or None for an empty text."""
    if value == "":
        return None
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("a day is needed, such as 2023-06-15") from None


def year_or_day(value: object) -> object:
    """An ISO year or day, or None for an empty text."""
    if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()):
        return str(year(int(value)))
    found = day(value)
    return found.isoformat() if isinstance(found, date) else None


def moment(value: object) -> object:
    """A moment in UTC, whatever zone it was written in; one without a zone is taken for UTC."""
    if not isinstance(value, datetime):
        raise ValueError("a moment is needed, such as 2026-01-31T12:00:00Z")
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
