"""How does a person release a page that is held back, or take that back? In `released` of the curation file."""

from collections.abc import Callable
from dataclasses import dataclass

import tomlkit

from corpus.vocabulary import Vocabulary
from indexer.curation.editing import read_again
from indexer.curation.file import Edit
from indexer.curation.values import RELEASED

RELEASE, WITHDRAW = "held-release", "held-withdraw"


@dataclass(frozen=True, slots=True)
class Release:
    """A person's word on one page: the code that releases it, who says so, and why. `page` counts from 1."""

    page: int
    code: str
    by: str
    reason: str = ""

    def edit(self, vocabulary: Vocabulary) -> Edit:
        """The edit that releases the page, in place of codes of what its text was before."""
        return self._edit(RELEASE, vocabulary, (self.code,))

    def undone(self, vocabulary: Vocabulary) -> Edit:
        """The edit that takes back whatever releases the page."""
        return self._edit(WITHDRAW, vocabulary, ())

    def _edit(self, action: str, vocabulary: Vocabulary, codes: tuple[str, ...]) -> Edit:
        told = {"page": self.page, "code": self.code, "why": self.reason}
        return Edit(_change(self.page, codes, vocabulary), frozenset({RELEASED}), self.by, action, told)


def is_of(code: str, page: int) -> bool:
    """Whether a code is one of this page, from 1."""
    return code.startswith(f"{page}:")


def _change(page: int, codes: tuple[str, ...], vocabulary: Vocabulary) -> Callable[[tomlkit.TOMLDocument], None]:
    def change(table: tomlkit.TOMLDocument) -> None:
        read_again(table, vocabulary)
        released = table.setdefault(RELEASED, tomlkit.array())
        for code in [code for code in released if is_of(code.strip(), page)]:
            released.remove(code)
        released.extend(codes)
        if not released:
            table.remove(RELEASED)

    return change
