"""Which words does the collection hold, and by which keys are they found?

The index holds words as written; all that is known of Norwegian (stems, both written forms, folding,
words inside compounds, runs of letters) is known of the words in this list and not of their postings.
So the postings are no larger than those of words alone, and a stem's postings are those of its forms.
"""

import zlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from indexer.analysis import Splitter, WordKeys, english_key, word_keys

Ids = npt.NDArray[np.int32]
LEXICON = "lexicon.msgpack.z"
NO_IDS: Ids = np.zeros(0, np.int32)


class Groups:
    """Key → the ids that have it, ascending; `ids[starts[i]:starts[i + 1]]` belong to the i-th key."""

    def __init__(self, keys: Sequence[str], starts: Ids, ids: Ids) -> None:
        self.keys = keys
        self.starts = starts
        self.ids = ids
        self._places = {key: place for place, key in enumerate(keys)}

    @classmethod
    def of(cls, keyed: Iterable[Iterable[str]]) -> "Groups":
        """Groups from the keys of every id, in the order of the ids."""
        lists: dict[str, list[int]] = {}
        for number, keys in enumerate(keyed):
            for key in keys:
                lists.setdefault(key, []).append(number)
        starts = np.cumsum([0, *map(len, lists.values())], dtype=np.int32)
        ids = np.fromiter((number for group in lists.values() for number in group), np.int32, starts[-1])
        return cls(tuple(lists), starts, ids)

    def get(self, key: str) -> Ids:
        """The ids of a key; none when the key is unknown."""
        place = self._places.get(key)
        return NO_IDS if place is None else self.ids[self.starts[place] : self.starts[place + 1]]

    def place(self, key: str) -> int | None:
        """The place of a key in `keys`, or None."""
        return self._places.get(key)


@dataclass(frozen=True, slots=True)
class _GroupsFile:
    keys: tuple[str, ...]
    starts: bytes
    ids: bytes


@dataclass(frozen=True, slots=True)
class _LexiconFile:
    surfaces: tuple[str, ...]
    counts: bytes
    english: bytes
    stems: _GroupsFile
    folds: _GroupsFile
    parts: _GroupsFile
    grams: _GroupsFile


class Lexicon:
    """The words of a generation. An id is a word's place in `surfaces`; `counts` is how often each stands there."""

    def __init__(self, surfaces: tuple[str, ...], counts: Ids, english: npt.NDArray[np.bool_], *groups: Groups) -> None:
        self.surfaces = surfaces
        self.counts = counts
        self.english = english
        self.stems, self.folds, self.parts, self.grams = groups
        self.ids = {surface: number for number, surface in enumerate(surfaces)}
        self.forms = Groups.of((surface.lower(),) for surface in surfaces)
        self.gram_counts = np.bincount(self.grams.ids, minlength=len(surfaces)).astype(np.int32)
        self._gram_starts = np.concatenate([NO_IDS, [0], np.cumsum(self.gram_counts)]).astype(np.int64)
        self._gram_places = np.repeat(np.arange(len(self.grams.keys), dtype=np.int32), np.diff(self.grams.starts))[
            np.argsort(self.grams.ids, kind="stable")
        ]
        self._sorted = sorted(self.forms.keys)

    @classmethod
    def of(cls, counts: Mapping[str, int], english_counts: Mapping[str, int]) -> "Lexicon":
        """The lexicon of a collection: surface → times it stands there, and times of those in English text."""
        surfaces = tuple(counts)
        english = np.array([2 * english_counts.get(surface, 0) > counts[surface] for surface in surfaces], np.bool_)
        keys = _all_keys(counts)
        return cls(
            surfaces,
            np.fromiter(counts.values(), np.int32, len(surfaces)),
            english,
            Groups.of(
                _stem_keys(keys[surface.lower()], surface, flag)
                for surface, flag in zip(surfaces, english, strict=True)
            ),
            Groups.of((keys[surface.lower()].fold,) for surface in surfaces),
            Groups.of(keys[surface.lower()].parts for surface in surfaces),
            Groups.of(keys[surface.lower()].grams for surface in surfaces),
        )

    @cached_property
    def splitter(self) -> Splitter:
        """The splitter made of these words."""
        return Splitter(_lower_counts(dict(zip(self.surfaces, self.counts.tolist(), strict=True))))

    def grams_of(self, ids: npt.NDArray[np.integer[Any]]) -> tuple[Ids, Ids]:
        """Every (place in `ids`, place of a run of letters in `grams.keys`) of some words, as two arrays."""
        first, counts = self._gram_starts[ids], self.gram_counts[ids]
        owner = np.repeat(np.arange(len(ids), dtype=np.int32), counts)
        skipped = np.cumsum(counts) - counts
        return owner, self._gram_places[np.arange(len(owner)) + np.repeat(first - skipped, counts)]

    def with_prefix(self, prefix: str, limit: int) -> Ids:
        """The ids of at most `limit` words in small letters that begin so, with all their capitals; ascending."""
        first = bisect_left(self._sorted, prefix)
        found: list[Ids] = []
        for form in self._sorted[first : first + limit]:
            if not form.startswith(prefix):
                break
            found.append(self.forms.get(form))
        return np.sort(np.concatenate(found)) if found else NO_IDS

    def write(self, folder: Path) -> None:
        """Write it to `folder`."""
        body = _LexiconFile(
            self.surfaces,
            self.counts.tobytes(),
            self.english.tobytes(),
            *(
                _GroupsFile(tuple(g.keys), g.starts.tobytes(), g.ids.tobytes())
                for g in (self.stems, self.folds, self.parts, self.grams)
            ),
        )
        (folder / LEXICON).write_bytes(zlib.compress(msgspec.msgpack.encode(body), 1))

    @classmethod
    def read(cls, folder: Path) -> "Lexicon":
        """Read it back from `folder`."""
        body = msgspec.msgpack.decode(zlib.decompress((folder / LEXICON).read_bytes()), type=_LexiconFile)
        groups = (Groups(g.keys, _ids(g.starts), _ids(g.ids)) for g in (body.stems, body.folds, body.parts, body.grams))
        return cls(body.surfaces, _ids(body.counts), np.frombuffer(body.english, np.bool_), *groups)


def _all_keys(counts: Mapping[str, int]) -> dict[str, WordKeys]:
    splitter = Splitter(_lower_counts(counts))
    return {word: word_keys(word, splitter) for word in {surface.lower() for surface in counts}}


def _lower_counts(counts: Mapping[str, int]) -> dict[str, int]:
    lower: dict[str, int] = {}
    for surface, count in counts.items():
        lower[surface.lower()] = lower.get(surface.lower(), 0) + count
    return lower


def _stem_keys(keys: WordKeys, surface: str, is_english: bool) -> tuple[str, ...]:
    return (english_key(surface.lower()),) if is_english else (keys.stem,)


def _ids(body: bytes) -> Ids:
    return np.frombuffer(body, np.int32)
