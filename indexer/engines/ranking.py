"""In what order do the matching documents come, and which are their best passages?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.search import Sort
from indexer.engines.facets import FacetTable, Mask
from indexer.engines.lexicon import Ids
from indexer.engines.matching import Query
from indexer.engines.postings import Scores
from indexer.engines.profile import Profile
from indexer.engines.rescoring import SecondPass
from indexer.engines.rows import Rows
from indexer.engines.scoring import FirstPass

BEST_PASSAGES = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document of the answer: its number, score, and best passages as (row, score), best first."""

    document: int
    score: float
    passages: tuple[tuple[int, float], ...]


class Ranker:
    """Orders documents, for one generation."""

    def __init__(self, rows: Rows, table: FacetTable, first: FirstPass, second: SecondPass, profile: Profile) -> None:
        self._rows, self._table, self._first, self._second, self._profile = rows, table, first, second, profile

    def ranked(self, query: Query, matching: Mask, sort: Sort, window: slice) -> tuple[Ranked, ...]:
        """The documents of one page: the `window` of all that match, in the order asked for.

        Without words to score by, relevance is the newest first.
        """
        rows = self._row_scores(query, matching)
        documents = np.flatnonzero(matching).astype(np.int32)
        scores = self._document_scores(rows)
        order = self._order(documents, scores, sort if query.scored else _without_words(sort))[window]
        return tuple(self._one(int(each), scores, rows) for each in order)

    def _row_scores(self, query: Query, matching: Mask) -> Scores:
        held = [self._first.postings(word) for word in query.scored]
        scores = self._first.scores([*held, *(also.postings for also in query.also)])
        scores[~matching[self._rows.document]] = 0
        best = _best_rows(scores, self._profile.rows)
        if len(best):
            scores[best] += self._second.scores(best, query.scored, [each.idf for each in held])
        return scores

    def _document_scores(self, rows: Scores) -> Scores:
        """The best row of each document and a little of the second and third."""
        scores = np.zeros(len(self._rows.lead) - 1, np.float32)
        scored = np.flatnonzero(rows)
        owner = self._rows.document[scored]
        order = np.lexsort((-rows[scored], owner))
        scored, owner = scored[order], owner[order]
        rank = np.arange(len(owner)) - np.searchsorted(owner, owner)
        shares = np.array([1.0, self._profile.second, self._profile.third], np.float32)
        kept = rank < len(shares)
        np.add.at(scores, owner[kept], shares[rank[kept]] * rows[scored[kept]])
        return scores

    def _order(self, documents: Ids, scores: Scores, sort: Sort) -> Ids:
        if sort is Sort.TITLE:
            keys: npt.NDArray[np.generic] = self._table.by_title[documents]
        elif sort is Sort.NEWEST:
            keys = self._table.by_age[documents]
        else:
            keys = -scores[documents]
        return documents[np.lexsort((self._table.by_id[documents], keys))]

    def _one(self, document: int, scores: Scores, rows: Scores) -> Ranked:
        first, last = int(self._rows.lead[document]) + 1, int(self._rows.lead[document + 1])
        own = rows[first:last]
        best = [at for at in np.argsort(-own, kind="stable")[:BEST_PASSAGES].tolist() if own[at] > 0]
        return Ranked(document, float(scores[document]), tuple((first + at, float(own[at])) for at in best))


def _without_words(sort: Sort) -> Sort:
    return Sort.NEWEST if sort is Sort.RELEVANCE else sort


def _best_rows(scores: Scores, most: int) -> Ids:
    """The rows with the highest scores above 0, ascending: the only ones the second pass looks at."""
    scored = np.flatnonzero(scores)
    if len(scored) > most:
        scored = scored[np.argpartition(-scores[scored], most)[:most]]
    return np.sort(scored).astype(np.int32)
