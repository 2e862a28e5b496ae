"""Why did a document match: which words of the query stand where in it, and in what way?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from corpus.search import And, Facet, MatchField, MatchKind, Node, Or, Word, WordMatch
from indexer.analysis import english_key, word_keys
from indexer.engines.also import Also
from indexer.engines.concepts import Concept
from indexer.engines.facets import Card
from indexer.engines.lexicon import Ids, Lexicon
from indexer.engines.matching import Query, phrases_in
from indexer.engines.rows import Rows, Words
from indexer.schema import Field

MOST_FORMS = 3
FIELDS = {
    Field.TITLE: MatchField.TITLE,
    Field.SUMMARY: MatchField.SUMMARY,
    Field.HEADINGS: MatchField.HEADING,
    Field.BODY: MatchField.TEXT,
}
_KINDS = tuple(MatchKind)
_FIELDS = tuple(MatchField)


@dataclass(frozen=True, slots=True)
class Why:
    """What of a query a document has, and which of its words it has not."""

    matches: tuple[WordMatch, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kinds:
    """How the words of a lexicon answer one word of a query, or a `piece` of one; ids of the lexicon."""

    holds: frozenset[int]
    exact: frozenset[int]
    form: frozenset[int]
    spelling: frozenset[int]
    piece: bool = False

    @classmethod
    def of(cls, word: Concept, lexicon: Lexicon) -> "Kinds":
        """The kinds of a concept."""
        holds, lower = _set(word.holds), word.text.lower()
        exact = holds if word.key[0] == "name" else _set(lexicon.forms.get(lower))
        if not word.known:
            return cls(holds, exact, frozenset(), holds)
        if not word.inside:
            return cls(holds, exact, holds, frozenset())
        keys = word_keys(lower, lexicon.splitter)
        form = _set(lexicon.stems.get(keys.stem)) | _set(lexicon.stems.get(english_key(lower)))
        return cls(holds, exact, form, _set(lexicon.folds.get(keys.fold)) | _set(word.whole))

    def get(self, number: int) -> MatchKind | None:
        """How a word of the lexicon answers; None when it does not."""
        if number not in self.holds:
            return None
        if self.piece:
            return MatchKind.PIECE
        for kind, ids in (
            (MatchKind.EXACT, self.exact),
            (MatchKind.FORM, self.form),
            (MatchKind.SPELLING, self.spelling),
        ):
            if number in ids:
                return kind
        return MatchKind.PART


@dataclass(frozen=True, slots=True)
class _Text:
    """One field of some documents: its words, for each the row it is in, and the place of its row's document."""

    field: MatchField
    words: Words
    row: Ids
    place: Ids


@dataclass(frozen=True, slots=True)
class _Run:
    """Words side by side that answer `text`; `anchor` is the place of the first telling one."""

    text: str
    kind: MatchKind
    words: tuple[frozenset[int], ...]
    anchor: int

    def at(self, text: _Text, anchor: int) -> list[int] | None:
        """The ids of the words side by side when they stand around this place of a text, in one row."""
        first = anchor - self.anchor
        last = first + len(self.words) - 1
        if first < 0 or last >= len(text.words) or text.row[first] != text.row[last]:
            return None
        ids: list[int] = text.words[first : last + 1].tolist()
        return ids if all(number in held for number, held in zip(ids, self.words, strict=True)) else None


class _Found:
    """What was found in some documents: (document's place, word as typed) → field → kind → form → times."""

    def __init__(self) -> None:
        self._held: dict[tuple[int, str], dict[MatchField, dict[MatchKind, Counter[str]]]] = {}

    def forms(self, place: int, text: str, field: MatchField, kind: MatchKind) -> Counter[str]:
        """The forms found in one way, to add to."""
        fields = self._held.setdefault((place, text), {})
        return fields.setdefault(field, {}).setdefault(kind, Counter())

    def matches(self, place: int, text: str) -> Iterator[WordMatch]:
        """One for each field, in the order of the fields, with the closest kind there."""
        for field, kinds in sorted(self._held.get((place, text), {}).items(), key=lambda item: _FIELDS.index(item[0])):
            kind = min(kinds, key=_KINDS.index)
            best = sorted(kinds[kind].items(), key=lambda item: (-item[1], item[0]))[:MOST_FORMS]
            yield WordMatch(text, field, kind, tuple(form for form, _ in best))


class Explainer:
    """Says why documents match, for one generation."""

    def __init__(self, rows: Rows, lexicon: Lexicon, cards: Sequence[Card]) -> None:
        self._rows, self._lexicon, self._cards = rows, lexicon, cards

    def of(self, query: Query, documents: Sequence[int]) -> list[Why]:
        """Why each of some different documents matches, in their order."""
        found = _Found()
        words = [(word.text, kinds) for word in _asked(query) for kinds in all_kinds(word, self._lexicon)]
        held = frozenset(number for _, kinds in words for number in kinds.holds)
        runs = [*_phrases(query), *(run for also in query.also for run in _names(also, held))]
        for text in self._texts(documents):
            self._find_words(found, text, words)
            self._find_runs(found, text, runs)
        self._find_kommuner(found, documents, query.also)
        asked = [run.text for run in runs if run.kind is MatchKind.PHRASE] + [text for text, _ in words]
        texts = tuple(dict.fromkeys([*asked, *(also.told.text for also in query.also)]))
        return [_why(found, place, query, texts) for place in range(len(documents))]

    def _texts(self, documents: Sequence[int]) -> Iterator[_Text]:
        rows, owner = self._rows.of(np.array(documents, np.int32))
        for field, name in FIELDS.items():
            words, row = self._rows.fields[field].gather(rows)
            yield _Text(name, words, row, owner[row])

    def _find_words(self, found: _Found, text: _Text, words: Sequence[tuple[str, Kinds]]) -> None:
        size = len(self._lexicon.surfaces)
        at = np.flatnonzero(self._table(number for _, kinds in words for number in kinds.holds)[text.words])
        pairs, counts = np.unique(text.place[at].astype(np.int64) * size + text.words[at], return_counts=True)
        for pair, times in zip(pairs.tolist(), counts.tolist(), strict=True):
            place, number = divmod(pair, size)
            for asked, kinds in words:
                kind = kinds.get(number)
                if kind is not None:
                    found.forms(place, asked, text.field, kind)[self._lexicon.surfaces[number].lower()] += times

    def _find_runs(self, found: _Found, text: _Text, runs: Sequence[_Run]) -> None:
        anchored: dict[int, list[_Run]] = {}
        for run in runs:
            for number in run.words[run.anchor]:
                anchored.setdefault(number, []).append(run)
        for at in np.flatnonzero(self._table(anchored)[text.words]).tolist() if runs else ():
            for run in anchored[int(text.words[at])]:
                if (ids := run.at(text, at)) is not None:
                    form = " ".join(self._lexicon.surfaces[number].lower() for number in ids)
                    found.forms(int(text.place[at]), run.text, text.field, run.kind)[form] += 1

    def _find_kommuner(self, found: _Found, documents: Sequence[int], named: Sequence[Also]) -> None:
        """Documents that are about a kommune that the query names."""
        for told in (also.told for also in named if also.told.facet is Facet.KOMMUNE):
            for place, number in enumerate(documents):
                if told.code in self._cards[number].codes.get(Facet.KOMMUNE, ()):
                    found.forms(place, told.text, MatchField.KOMMUNE, MatchKind.NAME)

    def _table(self, ids: Iterable[int]) -> npt.NDArray[np.bool_]:
        table = np.zeros(len(self._lexicon.surfaces), np.bool_)
        table[np.fromiter(ids, np.int64)] = True
        return table


def all_kinds(word: Concept, lexicon: Lexicon) -> list[Kinds]:
    """The kinds of a concept, or those of its pieces."""
    pieces = [replace(kinds, piece=True) for piece in word.pieces for kinds in all_kinds(piece, lexicon)]
    return pieces or [Kinds.of(word, lexicon)]


def _why(found: _Found, place: int, query: Query, texts: Sequence[str]) -> Why:
    matches = tuple(match for text in texts for match in found.matches(place, text))
    told = {match.text for match in matches}
    named = {key for also in query.also if also.told.text in told for key in also.keys}
    missing = tuple(word.text for word in query.words if word.text not in told and word.key not in named)
    return Why(matches, missing)


def _asked(query: Query) -> list[Concept]:
    """The words that may be missing, and those of alternatives."""
    among = {text for node in query.strict for text in _words_in(node)}
    own = {word.key for word in query.words}
    return [*query.words, *(word for word in query.scored if word.text in among and word.key not in own)]


def _words_in(node: Node) -> Iterator[str]:
    if isinstance(node, Word):
        yield node.text
    elif isinstance(node, Or | And):
        for each in node.nodes:
            yield from _words_in(each)


def _phrases(query: Query) -> list[_Run]:
    """The phrases of a query, which come before the names in `query.phrases`."""
    texts = phrases_in(query.strict)
    asked = zip(texts, query.phrases[: len(texts)], strict=True)
    return [_run(f'"{text}"', MatchKind.PHRASE, words) for text, words in asked]


def _names(also: Also, asked: frozenset[int]) -> Iterator[_Run]:
    """The other names of what is named; a name of none but the words asked for is told as those."""
    for words in also.phrases:
        if not all(_set(word.holds) <= asked for word in words):
            yield _run(also.told.text, MatchKind.NAME, words)


def _run(text: str, kind: MatchKind, words: Sequence[Concept]) -> _Run:
    anchor = next((place for place, word in enumerate(words) if not word.stop), 0)
    return _Run(text, kind, tuple(_set(word.holds) for word in words), anchor)


def _set(ids: Ids) -> frozenset[int]:
    return frozenset(ids.tolist())
