"""Which words is a Norwegian compound made of?

The collection's own words decide: a word is split where both sides are words of the collection,
with or without a joining s or e between them. The whole word always stays a word of its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from indexer.analysis.stopwords import is_stop_word

SHORTEST_COMPOUND = 8
SHORTEST_PART = 4
LEAST_COUNT = 2

# Endings that look like words when a collection holds them on their own; never a part.
_ENDINGS = """
aktig aktige ande dommen dommer else elsen elser ende ering eringen erne heten hetene heter inga ingane ingar ingen
ingene inger isk iske isme ismen laus lause leg lege lige ligere løs løse løshet messig messige nene ning ningen
ningene ninger rere sjon sjonen sjoner skap skapen skapet somme sommer sten tene tenes
"""


class Part(NamedTuple):
    """A word inside a word: `compound[start:end] == text`."""

    text: str
    start: int
    end: int


class Splitter:
    """Splits compounds by the words of one collection. `counts`: word in small letters → times it stands there."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = {word: count for word, count in counts.items() if _may_be_part(word, count)}

    @property
    def words(self) -> Iterable[str]:
        """The words that may be parts."""
        return self._counts

    def split(self, word: str) -> tuple[Part, ...]:
        """All words inside a word in small letters, by place; empty when it is no compound.

        A part that is itself a compound is given whole and in its own parts.
        """
        return tuple(sorted(set(self._parts(word, 0)), key=lambda part: (part.start, -part.end)))

    def _parts(self, word: str, offset: int) -> Iterator[Part]:
        best = max(self._splits(word), default=None)
        if best is None:
            return
        _, head_end, tail_start = best
        for start, end in ((0, head_end), (tail_start, len(word))):
            yield Part(word[start:end], offset + start, offset + end)
            yield from self._parts(word[start:end], offset + start)

    def _splits(self, word: str) -> Iterator[tuple[int, int, int]]:
        """(how common the rarer side is, end of the first side, start of the second)."""
        if len(word) < SHORTEST_COMPOUND:
            return
        for head_end in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            head = self._counts.get(word[:head_end])
            if head is None:
                continue
            for tail_start in _tail_starts(word, head_end):
                tail = self._counts.get(word[tail_start:])
                if tail is not None:
                    yield min(head, tail), head_end, tail_start


def _tail_starts(word: str, head_end: int) -> tuple[int, ...]:
    linked = word[head_end] in "se" and len(word) - head_end > SHORTEST_PART
    return (head_end, head_end + 1) if linked else (head_end,)


@cache
def _endings() -> frozenset[str]:
    return frozenset(_ENDINGS.split())


def _may_be_part(word: str, count: int) -> bool:
    long_enough = len(word) >= SHORTEST_PART and count >= LEAST_COUNT
    return long_enough and word.isalpha() and word not in _endings() and not is_stop_word(word)
