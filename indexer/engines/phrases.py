"""Which rows hold these words next to each other, in this order?"""

from collections.abc import Sequence

import numpy as np

from indexer.engines.concepts import Concept
from indexer.engines.lexicon import NO_IDS, Ids, Lexicon
from indexer.engines.rows import Rows
from indexer.engines.scoring import FirstPass
from indexer.schema import Field


def rows_with_phrase(words: Sequence[Concept], candidates: Ids, rows: Rows, lexicon: Lexicon) -> Ids:
    """Those of the candidate rows that hold the words side by side in one field, and all rows of a title that does."""
    found = {field: candidates[_in_field(words, candidates, rows, field, lexicon)] for field in Field}
    titled, _ = rows.of(np.unique(rows.document[found[Field.TITLE]]))
    return np.unique(np.concatenate([titled, *found.values()]))


def candidate_rows(words: Sequence[Concept], first: FirstPass) -> Ids:
    """The rows that hold every word of a phrase; function words are not asked when there are others."""
    telling = [word for word in words if not word.stop] or list(words)
    found: Ids | None = None
    for rows in sorted((first.postings(word).rows for word in telling), key=len):
        found = rows if found is None else np.intersect1d(found, rows, assume_unique=True)
    return NO_IDS if found is None else found


def _in_field(words: Sequence[Concept], candidates: Ids, rows: Rows, field: Field, lexicon: Lexicon) -> Ids:
    """Places in `candidates` of the rows whose field holds the phrase."""
    text, owner = rows.fields[field].gather(candidates)
    count = len(text) - len(words) + 1
    if count < 1:
        return np.zeros(0, np.int32)
    match = owner[:count] == owner[len(words) - 1 :]
    for step, word in enumerate(words):
        held = np.zeros(len(lexicon.surfaces), np.bool_)
        held[word.holds] = True
        match &= held[text[step : step + count]]
    return np.unique(owner[:count][match])
