"""Is a hyphen at a line's end the word's own, or the typesetter's?

The document's own words decide where they can: the hyphenated form elsewhere keeps it, the joined form
elsewhere drops it. "barne- / og ungdom" keeps it with a space after; so does a capital, a digit or an
abbreviation beside it, without the space. What is left is joined: in running Norwegian, words of two small
halves with a hyphen between are rare beside divided ones.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*-?")
_SHARED_HEAD = re.compile(r"(og|eller|samt|til|and|or|to)\b", re.IGNORECASE)
_BEFORE = re.compile(r"([^\W_]+(?:-[^\W_]+)*)-$")
_AFTER = re.compile(r"[^\W_]+")


class Mend(StrEnum):
    """What to do with the hyphen: take it out, keep it, or keep it with a space after."""

    JOIN = "join"
    KEEP = "keep"
    KEEP_APART = "keep_apart"


class Lexicon:
    """The words of one document, whole and hyphenated, as they stand inside lines."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        for line in lines:
            found = _WORD.findall(line.lower())
            if found and line.endswith("-"):
                found.pop()
            self._words.update(found)

    def mend(self, before: str, after: str) -> Mend:
        """How to join a line that ends in a hyphen with the next one."""
        left, right = _BEFORE.search(before), _AFTER.match(after)
        if not left or not right:
            return Mend.KEEP_APART
        if _SHARED_HEAD.match(after):
            return Mend.KEEP_APART
        head, tail = left[1], right[0]
        if f"{head}-{tail}".lower() in self._words:
            return Mend.KEEP
        if not tail[0].islower() or not head[-1].islower() or len(head) == 1:
            return Mend.KEEP
        return Mend.JOIN
