"""Is a hyphen at a line's end the word's own, or the typesetter's?

Where a document has two characters for the two kinds, they decide; else its own words where they can: the hyphenated
form elsewhere keeps it, the joined form elsewhere drops it. "barne- / og ungdom" keeps it with a space after; so does
a capital, a digit or an abbreviation beside it, without the space. A name that also stands alone keeps it ("MOT-",
"Rus-skolene"), and so do two whole words in an English text ("night-time") and two peoples ("svensk-norsk"). What is
left is joined: in running Norwegian, words with a hyphen between two small halves are rare beside divided ones.
"""

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

SOFT = "\u00ad\u2010"  # the typesetter's: a soft hyphen, or the hyphen Chromium breaks words with
WHOLE = 4  # letters: shorter halves are words by chance
_FIRST_HALVES = frozenset(
    ("under", "over", "some", "every", "with", "there", "what", "when", "where", "after", "through")
)
_PEOPLE = re.compile(r"(?:norsk|svensk|dansk|finsk|samisk|tysk|fransk|britisk|skotsk|engelsk|amerikansk|russisk)e?$")
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

    def __init__(self, lines: Iterable[str], marked: bool = False) -> None:
        """`marked` when the document tells the typesetter's hyphens from its own by another character."""
        self._marked = marked
        self._words: Counter[str] = Counter()
        divided = False
        for line in lines:
            found = _WORD.findall(line)[divided:]
            divided = line.endswith("-")
            self._words.update(found[:-1] if divided else found)
        self._lower = {word.lower() for word in self._words}
        self._english = self._words["the"] > self._words["og"]

    def mend(self, before: str, after: str, hyphen: str = "-") -> Mend:
        """How to join a line that ends in a hyphen with the next one; `hyphen` is the character as read."""
        left, right = _BEFORE.search(before), _AFTER.match(after)
        if not left or not right or _SHARED_HEAD.match(after):
            return Mend.KEEP_APART
        if self._marked and hyphen in (*SOFT, "-"):
            return Mend.JOIN if hyphen in SOFT else Mend.KEEP
        return Mend.KEEP if self._is_own(left[1], right[0]) else Mend.JOIN

    def _is_own(self, head: str, tail: str) -> bool:
        """Whether the hyphen between these halves is the word's own."""
        if f"{head}-{tail}".lower() in self._lower:
            return True
        if not tail[0].islower() or not head[-1].islower() or len(head) == 1:
            return True
        if (head + tail).lower() in self._lower:
            return False
        return self._is_name(head) or self._are_words(head, tail) or bool(_PEOPLE.search(head) and _PEOPLE.search(tail))

    def _is_name(self, head: str) -> bool:
        return head[0].isupper() and self._words[head] > 0 and self._words[head] >= self._words[head.lower()]

    def _are_words(self, head: str, tail: str) -> bool:
        whole = self._english and min(len(head), len(tail)) >= WHOLE and head.lower() not in _FIRST_HALVES
        return whole and head.lower() in self._lower and tail.lower() in self._lower
