"""Which letters of a text made it match?"""

from collections.abc import Iterator

import numpy as np

from corpus.search import Mark
from indexer.analysis import Token, fold_key, tokens
from indexer.engines.concepts import Concept
from indexer.engines.lexicon import Lexicon
from indexer.engines.matching import Query
from indexer.engines.phrases import runs


class Marker:
    """Marks texts for one query."""

    def __init__(self, query: Query, lexicon: Lexicon) -> None:
        self._query, self._lexicon = query, lexicon
        self._asked = np.zeros(len(lexicon.surfaces) + 1, np.bool_)
        for word in query.scored:
            for ids in (word.holds, *(channel.ids for channel in word.channels)):
                self._asked[ids] = True

    def marks(self, text: str) -> tuple[Mark, ...]:
        """The runs of a text to light, in order and apart: words in all their forms, parts of compounds, phrases."""
        found = tokens(text)
        numbers = [self._lexicon.ids.get(token.surface, -1) for token in found]
        asked = self._asked[numbers] if numbers else ()
        marks = [mark for place in np.flatnonzero(asked) for mark in self._of_word(found[place], numbers[place])]
        for phrase in self._query.phrases:
            marks += [Mark(found[at].start, found[at + len(phrase) - 1].end) for at in runs(numbers, phrase)]
        return tuple(_apart(marks))

    @property
    def empty(self) -> bool:
        """Whether the query has nothing to mark."""
        return not self._query.scored and not self._query.phrases

    def _of_word(self, token: Token, number: int) -> Iterator[Mark]:
        lower = token.surface.lower()
        whole = Mark(token.start, token.end)
        own = fold_key(lower)
        if any(own in word.inside or _among(number, word) for word in self._query.scored):
            yield whole
        elif token.end - token.start == len(lower):
            inside = {key for word in self._query.scored for key in word.inside}
            parts = [part for part in self._lexicon.splitter.split(lower) if fold_key(part.text) in inside]
            yield from (Mark(token.start + part.start, token.start + part.end) for part in parts)
        else:
            yield whole


def _among(number: int, word: Concept) -> bool:
    place = int(np.searchsorted(word.whole, number))
    return place < len(word.whole) and int(word.whole[place]) == number


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
