"""Did the person mean another word? Offered, never put in its place."""

from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import OSA

from indexer.engines.concepts import Concept
from indexer.engines.lexicon import Lexicon

SHORTEST = 4
LONG = 8
CANDIDATES = 200


def meant(words: Sequence[Concept], holding: Sequence[int], lexicon: Lexicon) -> dict[str, str]:
    """Word as typed → a word of the collection one letter off (two in a long word), for words no document holds."""
    found = {}
    for word, documents in zip(words, holding, strict=True):
        if (documents and word.known) or not word.grams or len(word.text) < SHORTEST:
            continue
        best = _nearest(word, lexicon)
        if best is not None:
            found[word.text] = best
    return found


def _nearest(word: Concept, lexicon: Lexicon) -> str | None:
    typed = word.text.lower()
    furthest = 1 if len(typed) < LONG else 2
    shared = np.bincount(
        np.concatenate([lexicon.grams.get(gram) for gram in word.grams]), minlength=len(lexicon.surfaces)
    )
    near = np.argsort(-shared, kind="stable")[:CANDIDATES]
    scored = [
        (distance, -int(lexicon.counts[number]), lexicon.surfaces[number].lower())
        for number in near.tolist()
        if shared[number] and (distance := OSA.distance(typed, lexicon.surfaces[number].lower())) <= furthest
    ]
    return min(scored)[2] if scored else None
