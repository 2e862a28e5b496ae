"""What a call to the API asks for. A value that cannot be read is answered with 400 and its name."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import request

from corpus.model import Language
from search_app.site import this_site
from search_app.urls import clean

T = TypeVar("T")

LARGEST_SIZE = 100
SIZES = range(1, LARGEST_SIZE + 1)
PAGES = range(1, 10_001)


class Unreadable(Exception):
    """A parameter has a value that cannot be used; `fault` says why."""

    def __init__(self, parameter: str, fault: str) -> None:
        super().__init__(parameter)
        self.parameter = parameter
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is asked for: `page` from 1, `size` items a page."""

    page: int
    size: int

    def of(self, items: Sequence[T]) -> Sequence[T]:
        """The items in the window."""
        return items[(self.page - 1) * self.size : self.page * self.size]


def window(usual: int = 50) -> Window:
    """`page` and `size` of the call at hand. Raises Unreadable."""
    return Window(number("page", PAGES, 1), number("size", SIZES, usual))


def number(name: str, allowed: Collection[int], usual: int) -> int:
    """A whole number. Raises Unreadable."""
    value = request.args.get(name)
    if value is None:
        return usual
    if value.isascii() and value.isdecimal() and len(value) < len("100000") and int(value) in allowed:
        return int(value)
    raise Unreadable(name, "number")


def code(name: str, known: Mapping[str, object] | Collection[str]) -> str | None:
    """A code, or None when it is not asked for. Raises Unreadable for one that is not known."""
    value = request.args.get(name)
    if value is not None and value not in known:
        raise Unreadable(name, "unknown")
    return value


def text(name: str) -> str:
    """Words, at most as long as a question may be. Raises Unreadable."""
    value = clean(request.args.get(name, ""))
    if len(value) > this_site().config.search.query_characters:
        raise Unreadable(name, "too_long")
    return value


def language() -> Language:
    """The language labels are given in. Raises Unreadable."""
    value = code("lang", list(Language))
    return Language(value) if value else this_site().config.web.language
