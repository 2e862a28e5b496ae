"""Which letters of a text made it match?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from corpus.search import Mark
from indexer.analysis import fold_key, tokens
from indexer.engines.lexicon import Lexicon
from indexer.engines.matching import Query
from indexer.engines.rows import Rows

MOST_SPLIT = 50_000

Ids = npt.NDArray[np.integer]
Part = tuple[int, int, str]


class Markers:
    """Makes markers, for one generation."""

    def __init__(self, rows: Rows, lexicon: Lexicon) -> None:
        self._rows, self._lexicon = rows, lexicon
        self._parts = lru_cache(MOST_SPLIT)(self._split)

    def of(self, query: Query) -> "Marker":
        """The marker of a query."""
        return Marker(query, self._rows, self._lexicon, self._parts)

    def _split(self, number: int) -> tuple[Part, ...]:
        """The words inside a word: where each begins and ends in it, and its fold key."""
        lower = self._lexicon.surfaces[number].lower()
        return tuple((part.start, part.end, fold_key(part.text)) for part in self._lexicon.splitter.split(lower))


class Marker:
    """Marks texts for one query."""

    def __init__(self, query: Query, rows: Rows, lexicon: Lexicon, parts: Callable[[int], tuple[Part, ...]]) -> None:
        self._query, self._rows, self._lexicon, self._parts = query, rows, lexicon, parts
        words = query.scored
        self._asked = self._mask(ids for word in words for ids in (word.holds, *(held.ids for held in word.channels)))
        self._whole = self._mask(word.whole for word in words)
        self._inside = frozenset(key for word in words for key in word.inside)
        self._whole |= self._mask(lexicon.folds.get(key) for key in self._inside)
        self._phrases: dict[int, list[list[frozenset[int]]]] = {}
        for phrase in query.phrases:
            ids = [frozenset(word.holds.tolist()) for word in phrase]
            for first in ids[0]:
                self._phrases.setdefault(first, []).append(ids)
        self._first = self._mask([np.fromiter(self._phrases, np.int64)])

    @property
    def empty(self) -> bool:
        """Whether the query has nothing to mark."""
        return not self._query.scored and not self._query.phrases

    def in_row(self, row: int, text: str) -> tuple[Mark, ...]:
        """The runs to light in the text of a passage, which is `row` of the index."""
        numbers, starts = self._rows.body(row)
        if starts is None:
            return self.marks(text)
        return self._marks(numbers, starts, lambda at: int(starts[at]) + len(self._lexicon.surfaces[numbers[at]]))

    def marks(self, text: str) -> tuple[Mark, ...]:
        """The runs of a text to light, in order and apart: words in all their forms, parts of compounds, phrases."""
        found = tokens(text)
        numbers = np.array([self._lexicon.ids.get(token.surface, -1) for token in found], np.int64)
        return self._marks(numbers, [token.start for token in found], lambda at: found[at].end)

    def _marks(self, numbers: Ids, starts: Sequence[int] | Ids, end: Callable[[int], int]) -> tuple[Mark, ...]:
        found: list[Mark] = []
        for at in np.flatnonzero(self._asked[numbers]).tolist():
            found += self._of_word(int(numbers[at]), int(starts[at]), end(at))
        for at in np.flatnonzero(self._first[numbers]).tolist():
            for phrase in self._phrases[int(numbers[at])]:
                last = at + len(phrase) - 1
                if last < len(numbers) and all(n in ids for n, ids in zip(numbers[at:].tolist(), phrase, strict=False)):
                    found.append(Mark(int(starts[at]), end(last)))
        return tuple(_apart(found))

    def _of_word(self, number: int, start: int, end: int) -> Iterator[Mark]:
        """The whole word, or the parts of it that are asked for."""
        if self._whole[number] or end - start != len(self._lexicon.surfaces[number].lower()):
            yield Mark(start, end)
        else:
            yield from (Mark(start + a, start + b) for a, b, key in self._parts(number) if key in self._inside)

    def _mask(self, groups: Iterable[Ids]) -> npt.NDArray[np.bool_]:
        """Which words are in one of the groups; the last item stands for a word that is unknown."""
        mask = np.zeros(len(self._lexicon.surfaces) + 1, np.bool_)
        for ids in groups:
            mask[ids] = True
        return mask


def _apart(marks: list[Mark]) -> Iterator[Mark]:
    """The marks in order, those that overlap as one."""
    held: Mark | None = None
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        if held is not None and mark.start < held.end:
            held = Mark(held.start, max(held.end, mark.end))
            continue
        if held is not None:
            yield held
        held = mark
    if held is not None:
        yield held
