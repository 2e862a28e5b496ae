"""Which words of the collection does one word of a query mean?"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import OSA

from corpus.vocabulary import Vocabulary
from indexer.analysis import english_key, is_stop_word, word_keys
from indexer.engines.lexicon import NO_IDS, Ids, Lexicon
from indexer.engines.plainletters import PlainLetters
from indexer.engines.profile import Profile

LONGEST_LIST = 10_000
MOST_KEPT = 4_096
LIKE_WORDS = 8
LIKENESS = 0.5
NEAREST = 200
LONG = 8


@dataclass(frozen=True, slots=True)
class Channel:
    """Words of the lexicon that count as one word, and for how much."""

    ids: Ids
    weight: float


@dataclass(frozen=True, slots=True)
class Concept:
    """One word of a query, as typed in `text`; `key` tells two concepts apart.

    A row is worth something when it has a word of any channel; a document holds the concept when it has a word of
    `holds`. Words of `whole` are the word itself, the others hold a word with one of the fold keys `inside` them.
    `known` is false when only words like it were found. `pieces` are the words inside a compound that the collection
    has not; a document may hold those instead. All ids ascending.
    """

    key: tuple[str, ...]
    text: str
    channels: tuple[Channel, ...]
    holds: Ids
    whole: Ids
    inside: tuple[str, ...] = ()
    grams: tuple[str, ...] = ()
    stop: bool = False
    known: bool = True
    pieces: tuple["Concept", ...] = ()

    @property
    def prefix(self) -> bool:
        """Whether it is every word that begins as typed."""
        return self.key[0] == "prefix"


class Concepts:
    """Makes concepts from the words of a query. `names`: forms that count only in their own capitals (MOT, Heim), where
    the collection also has the ordinary word (mot, heim).
    """

    def __init__(self, lexicon: Lexicon, profile: Profile, names: frozenset[str] = frozenset()) -> None:
        self._lexicon = lexicon
        self._profile = profile
        self._names = names
        self._plain = PlainLetters(lexicon)
        self._is_name = np.zeros(len(lexicon.surfaces), np.bool_)
        apart = [name for name in names if name in lexicon.ids and name.lower() in lexicon.ids]
        self._is_name[[lexicon.ids[name] for name in apart]] = True
        self._made = lru_cache(MOST_KEPT)(self._make)

    def of(self, surface: str, prefix: bool = False) -> Concept:
        """The concept of a word as typed."""
        return self._made(surface, prefix)

    def spelled(self, surface: str) -> str:
        """A word as typed, or the collection's word of which it is the spelling without æ, ø and å."""
        meant = self._plain.words(surface.lower())[0]
        return surface if meant == surface.lower() else meant

    def _make(self, surface: str, prefix: bool) -> Concept:
        if prefix:
            return self._prefixed(surface)
        forms = self._exact_forms(surface)
        if forms is not None:
            return self._only(surface, forms)
        return self._ordinary(surface)

    def of_phrase(self, surface: str, typed: bool = False) -> Concept:
        """The concept of a word in a phrase: its forms and nothing wider. `typed`: it may be without æ, ø and å."""
        forms = self._exact_forms(surface)
        words = self._plain.words(surface.lower()) if typed else (surface.lower(),)
        ids = self._without_names(_union(map(self._stems, words))) if forms is None else forms
        channel = Channel(ids, self._profile.stem)
        return Concept(("phrase", surface, *words), surface, (channel,), ids, ids, stop=is_stop_word(words[0]))

    def _ordinary(self, surface: str) -> Concept:
        words, profile = self._plain.words(surface.lower()), self._profile
        lower = words[0]
        splitter = self._lexicon.splitter
        keys = word_keys(lower, splitter)
        folded, inside = self._lexicon.folds.get(keys.fold), (keys.fold, *keys.parts)
        wide = [
            self._without_names(_union([self._lexicon.folds.get(key), self._lexicon.parts.get(key)])) for key in inside
        ]
        if not any(map(len, wide)):
            return self._alike(surface, keys.grams)
        stems = [ids for word in words if len(ids := self._without_names(self._stems(word)))]
        stems = stems or [self._without_names(folded)]
        whole = _union(stems)
        channels = (
            Channel(self._without_names(self._lexicon.forms.get(lower)), profile.exact),
            *(Channel(ids, profile.stem) for ids in stems),
            *(Channel(ids, profile.wide) for ids in wide),
        )
        holds = _union([whole, wide[0]])
        pieces = () if len(holds) else tuple(self._made(part.text, False) for part in splitter.split(lower))
        stop = is_stop_word(lower)
        return Concept(("word", *words), surface, channels, holds, whole, inside, keys.grams, stop, pieces=pieces)

    def _only(self, surface: str, ids: Ids) -> Concept:
        channel = Channel(ids, self._profile.stem + self._profile.exact + self._profile.wide)
        return Concept(("name", surface), surface, (channel,), ids, ids)

    def _prefixed(self, surface: str) -> Concept:
        ids = self._lexicon.with_prefix(surface.lower(), LONGEST_LIST)
        return Concept(("prefix", surface.lower()), surface, (Channel(ids, self._profile.stem),), ids, ids)

    def _alike(self, surface: str, grams: tuple[str, ...]) -> Concept:
        lower = surface.lower()
        found = [
            (ids, degree) for word, degree in like_words(self._lexicon, lower, grams) if len(ids := self._stems(word))
        ]
        channels = tuple(Channel(self._without_names(ids), self._profile.like * degree) for ids, degree in found)
        holds = _union(channel.ids for channel in channels)
        return Concept(("like", lower), surface, channels, holds, holds, (), grams, is_stop_word(lower), known=False)

    def _stems(self, lower: str) -> Ids:
        keys = word_keys(lower, self._lexicon.splitter)
        return _union([self._lexicon.stems.get(keys.stem), self._lexicon.stems.get(english_key(lower))])

    def _exact_forms(self, surface: str) -> Ids | None:
        """The one form a name or an acronym matches; None for an ordinary word."""
        own = self._lexicon.ids.get(surface)
        if surface in self._names:
            return np.array([own], np.int32) if own is not None else NO_IDS
        if own is None or not (surface.isupper() and len(surface) > 1):
            return None
        small = self._lexicon.ids.get(surface.lower())
        rarer = small is None or 3 * self._lexicon.counts[small] < self._lexicon.counts[own]
        return None if rarer else np.array([own], np.int32)

    def _without_names(self, ids: Ids) -> Ids:
        return ids[~self._is_name[ids]]


def exact_names(vocabulary: Vocabulary) -> frozenset[str]:
    """The forms that mean something else in other letters: ambiguous acronyms, and kommuner named like a word."""
    terms = (term for kind in (vocabulary.tiltak, vocabulary.themes) for term in kind.values() if term.ambiguous)
    names = (kommune.name for kommune in vocabulary.kommuner.values() if kommune.ambiguous)
    return frozenset([*(form for term in terms for form in term.exact), *names])


def like_words(lexicon: Lexicon, word: str, grams: tuple[str, ...]) -> list[tuple[str, float]]:
    """Words of the lexicon that a word in small letters may have been meant for, each with how alike they are, to 1.

    Those fewest letters off, if that is at most one (two in a long word); else the LIKE_WORDS that share most runs of
    letters (Dice).
    """
    shared = np.bincount(_joined(lexicon.grams.get(gram) for gram in grams), minlength=len(lexicon.surfaces))
    likeness = 2 * shared / (len(grams) + lexicon.gram_counts)
    best = [number for number in np.argsort(-likeness, kind="stable")[:NEAREST].tolist() if likeness[number] > 0]
    forms = {lexicon.surfaces[number].lower(): float(likeness[number]) for number in best}
    slips = {form: OSA.distance(word, form) for form in forms}
    fewest = min(slips.values(), default=len(word))
    if fewest <= (1 if len(word) < LONG else 2):
        return [(form, 1.0) for form, distance in slips.items() if distance == fewest]
    return [(form, degree) for form, degree in list(forms.items())[:LIKE_WORDS] if degree >= LIKENESS]


def _joined(groups: Iterable[Ids]) -> Ids:
    held = list(groups)
    return np.concatenate(held) if held else NO_IDS


def _union(groups: Iterable[Ids]) -> Ids:
    held = [group for group in groups if len(group)]
    if not held:
        return NO_IDS
    return held[0] if len(held) == 1 else np.unique(np.concatenate(held))
