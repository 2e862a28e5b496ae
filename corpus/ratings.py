"""How have others rated a tiltak? Each on its own scale, with version, date and link: data in `vocab/ratings.toml`."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.errors import VocabularyError
from corpus.model import Language

Table = dict[str, Any]
Text = Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Rater:
    """Someone who rates tiltak: the name, what the scale measures in each language, and where it is explained."""

    id: str
    name: str
    scale: Text
    link: str


@dataclass(frozen=True, slots=True)
class Rating:
    """What a rater says of one tiltak, as read at `link` on the day `checked`.

    `of` is what was rated where it is narrower than the tiltak, else None; `version` and `published` where told.
    """

    rater: Rater
    tiltak: str
    value: Text
    checked: date
    link: str
    of: Text | None = None
    version: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Ratings:
    """All raters, and the ratings of each tiltak in the order of the file."""

    raters: tuple[Rater, ...]
    of: Mapping[str, tuple[Rating, ...]]


def load_ratings(known: Collection[str], path: Path | None = None) -> Ratings:
    """Read the ratings that come with the product, or those of `path`; `known` are the codes of tiltak.

    Raises VocabularyError for an unknown tiltak or rater, a missing language, a link that is not https.
    """
    source = path or files("corpus") / "vocab" / "ratings.toml"
    try:
        table = tomllib.loads(source.read_text(encoding="utf-8"))
        raters = {code: _rater(code, entry) for code, entry in table.get("sources", {}).items()}
        found: dict[str, list[Rating]] = {}
        for entry in table.get("ratings", ()):
            rating = _rating(entry, raters, known)
            found.setdefault(rating.tiltak, []).append(rating)
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise VocabularyError(f"vocab/ratings.toml: {error!r}", "Mend the entry.") from error
    return Ratings(tuple(raters.values()), {tiltak: tuple(ratings) for tiltak, ratings in found.items()})


def _rater(code: str, entry: Table) -> Rater:
    return Rater(code, entry["name"], _text(entry["scale"]), _link(entry["link"]))


def _rating(entry: Table, raters: Mapping[str, Rater], known: Collection[str]) -> Rating:
    if entry["tiltak"] not in known:
        raise ValueError(f"there is no tiltak {entry['tiltak']!r}")
    return Rating(
        rater=raters[entry["source"]],
        tiltak=entry["tiltak"],
        value=_text(entry["value"]),
        checked=_day(entry["checked"]),
        link=_link(entry["link"]),
        of=_text(entry["of"]) if "of" in entry else None,
        version=entry.get("version", ""),
        published=_day(entry["published"]) if "published" in entry else None,
    )


def _text(table: Table) -> Text:
    return {language: table[language] for language in Language}


def _day(value: object) -> date:
    if type(value) is not date:
        raise ValueError(f"{value!r} is no day")
    return value


def _link(value: str) -> str:
    if not value.startswith("https://"):
        raise ValueError(f"{value!r} is no https address")
    return value
