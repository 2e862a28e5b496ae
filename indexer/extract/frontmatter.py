"""What does a Markdown text say of itself, between the two lines of dashes it may start with?"""

import re
from collections.abc import Mapping

from corpus.model import DocInfo
from indexer.extract.days import day

_BLOCK = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"(\w+):[ \t]*(.*)")
_ITEM = re.compile(r"\s*-\s+(.*)")
_AUTHORS = ("author", "authors", "forfatter", "forfattere", "forfattarar")
_PUBLISHERS = ("publisher", "utgiver", "utgjevar")
_DATES = ("date", "dato", "published")
_LANGUAGES = ("lang", "language", "språk")

Fields = Mapping[str, list[str]]


def front_matter(text: str) -> tuple[DocInfo, str]:
    """What the front matter tells (nothing where there is none), and the text after it."""
    block = _BLOCK.match(text)
    if not block:
        return DocInfo(), text
    fields = _fields(block[1])
    authors = next((tuple(fields[name]) for name in _AUTHORS if fields.get(name)), ())
    info = DocInfo(
        _first(fields, ("title", "tittel")),
        authors,
        _first(fields, _PUBLISHERS),
        day(_first(fields, _DATES)),
        _first(fields, _LANGUAGES),
    )
    return info, text[block.end() :]


def _fields(block: str) -> Fields:
    """The values of each key: one, those of a list in brackets, or those of the lines with dashes below it."""
    fields: dict[str, list[str]] = {}
    values: list[str] = []
    for line in block.splitlines():
        if field := _FIELD.match(line):
            values = fields.setdefault(field[1].lower(), [])
            given = field[2].strip()
            listed = given[1:-1].split(",") if given.startswith("[") and given.endswith("]") else [given]
            values += filter(None, map(_bare, listed))
        elif item := _ITEM.match(line):
            values.append(_bare(item[1]))
    return fields


def _bare(value: str) -> str:
    return value.strip().strip("\"'")


def _first(fields: Fields, names: tuple[str, ...]) -> str:
    return next((fields[name][0] for name in names if fields.get(name)), "")
