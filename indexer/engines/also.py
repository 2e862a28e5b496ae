"""Where do the other names of what a query names stand, and what are they worth?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from corpus.search import Expansion, Facet
from indexer.engines.aliases import Aliases, Mention, Named, Words
from indexer.engines.concepts import Concept, Concepts
from indexer.engines.facets import FacetTable
from indexer.engines.lexicon import NO_IDS, Ids, Lexicon
from indexer.engines.phrases import candidate_rows, rows_with_phrase
from indexer.engines.postings import Postings
from indexer.engines.rows import Rows
from indexer.engines.scoring import FirstPass

MOST_FORMS = 12
ANY_DAY = date.min


@dataclass(frozen=True, slots=True)
class Also:
    """Something a query names: the words that name it, where its names stand, and those names as phrases."""

    keys: frozenset[tuple[str, ...]]
    postings: Postings
    phrases: tuple[tuple[Concept, ...], ...]
    told: Expansion


class AlsoFinder:
    """Finds the other names in one generation."""

    def __init__(
        self, aliases: Aliases, rows: Rows, lexicon: Lexicon, *, concepts: Concepts, first: FirstPass, table: FacetTable
    ) -> None:
        self._aliases, self._rows, self._lexicon = aliases, rows, lexicon
        self._concepts, self._first, self._table = concepts, first, table

    def found(self, typed: Sequence[str]) -> tuple[Also, ...]:
        """What words as typed name, where a document holds another of its names."""
        words = [self._concepts.spelled(word) for word in typed]
        made = (self._also(mention) for mention in self._aliases.mentions(words))
        return tuple(also for also in made if also.told.forms or len(also.postings.rows))

    def _also(self, mention: Mention) -> Also:
        named = mention.named
        others = [(name, self._phrase(name)) for name in named.names]
        held = [(name, phrase) for name, phrase in others if all(len(word.holds) for word in phrase)]
        postings = self._first.named(named.facet, named.code, lambda: self._rows_of(named, [p for _, p in held]))
        keys = frozenset(self._concepts.of(word).key for word in mention.words)
        forms = tuple(" ".join(name) for name, _ in held if name != mention.words)[:MOST_FORMS]
        told = Expansion(" ".join(mention.words), named.facet, named.code, forms)
        return Also(keys, postings, tuple(phrase for _, phrase in held), told)

    def _phrase(self, name: Words) -> tuple[Concept, ...]:
        return tuple(self._concepts.of_phrase(word) for word in name)

    def _rows_of(self, named: Named, phrases: Sequence[tuple[Concept, ...]]) -> Ids:
        """The rows with one of the names; for a kommune also all rows of the documents that are its own."""
        found = [
            rows_with_phrase(phrase, candidate_rows(phrase, self._first), self._rows, self._lexicon)
            for phrase in phrases
        ]
        if named.facet is Facet.KOMMUNE:
            own = np.flatnonzero(self._table.having(named.facet, (named.code,), ANY_DAY)).astype(np.int32)
            found.append(self._rows.of(own)[0])
        return np.unique(np.concatenate([NO_IDS, *found]))
