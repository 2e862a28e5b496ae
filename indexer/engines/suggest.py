"""What might the person be typing? Tiltak, themes, kommuner (by former names too) and documents that are there."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Language
from corpus.search import Facet, Suggestion, SuggestionKind
from corpus.vocabulary import Kommune, Term, Vocabulary
from indexer.analysis import fold, tokens
from indexer.engines.facets import Card

_KINDS = tuple(SuggestionKind)
ARROW = " → "


@dataclass(frozen=True, slots=True)
class _Entry:
    """A form that may be typed, and what it leads to; `labels` by language, with one under None for all."""

    form: str
    kind: SuggestionKind
    code: str
    labels: dict[Language | None, str]
    used: int


class Suggester:
    """Completes what has been typed, for one generation."""

    def __init__(self, vocabulary: Vocabulary, cards: Sequence[Card]) -> None:
        entries = list(_entries(vocabulary, cards))
        starts = [(start, number) for number, entry in enumerate(entries) for start in _starts(entry.form)]
        starts.sort()
        self._entries, self._starts = entries, starts

    def suggest(self, text: str, language: Language, limit: int) -> tuple[Suggestion, ...]:
        """Entries with a word that begins as typed: those in use first, then by kind, then the shortest."""
        typed = _plain(text)
        if not typed:
            return ()
        found = {(entry.kind, entry.code): entry for entry in sorted(self._beginning(typed), key=_rank, reverse=True)}
        best = sorted(found.values(), key=_rank)[: max(limit, 0)]
        return tuple(Suggestion(entry.kind, entry.code, _label(entry, language)) for entry in best)

    def _beginning(self, typed: str) -> Iterator[_Entry]:
        for start, number in self._starts[bisect_left(self._starts, (typed, -1)) :]:
            if not start.startswith(typed):
                return
            yield self._entries[number]


def _rank(entry: _Entry) -> tuple[bool, int, int, str]:
    return entry.used == 0, _KINDS.index(entry.kind), len(entry.form), entry.form


def _label(entry: _Entry, language: Language) -> str:
    return entry.labels.get(language) or entry.labels[None]


def _entries(vocabulary: Vocabulary, cards: Sequence[Card]) -> Iterator[_Entry]:
    yield from _of_terms(SuggestionKind.TILTAK, vocabulary.tiltak.values(), _uses(cards, Facet.TILTAK))
    yield from _of_terms(SuggestionKind.THEME, vocabulary.themes.values(), _uses(cards, Facet.THEME))
    used = _uses(cards, Facet.KOMMUNE)
    for kommune in vocabulary.kommuner.values():
        yield from _of_kommune(kommune, used.get(kommune.number, 0))
    for card in cards:
        yield _Entry(_plain(card.title), SuggestionKind.DOCUMENT, card.id, {None: card.title}, 1)


def _of_terms(kind: SuggestionKind, terms: Iterable[Term], used: dict[str, int]) -> Iterator[_Entry]:
    for term in terms:
        labels: dict[Language | None, str] = {None: term.labels[Language.NB]}
        for language, label in term.labels.items():
            labels[language] = label
        forms = {*term.labels.values(), *term.exact, *(form for held in term.aliases.values() for form in held)}
        for form in forms:
            yield _Entry(_plain(form), kind, term.id, labels, used.get(term.id, 0))


def _of_kommune(kommune: Kommune, used: int) -> Iterator[_Entry]:
    for name in {kommune.name, *kommune.other_names}:
        yield _Entry(_plain(name), SuggestionKind.KOMMUNE, kommune.number, {None: kommune.name}, used)
    for former in {former.name for former in kommune.former} - {kommune.name}:
        labels: dict[Language | None, str] = {None: f"{former}{ARROW}{kommune.name}"}
        yield _Entry(_plain(former), SuggestionKind.KOMMUNE, kommune.number, labels, used)


def _uses(cards: Sequence[Card], facet: Facet) -> dict[str, int]:
    used: dict[str, int] = {}
    for card in cards:
        for code in card.codes.get(facet, ()):
            used[code] = used.get(code, 0) + 1
    return used


def _starts(form: str) -> Iterator[str]:
    """The form from each of its words on."""
    words = form.split()
    return (" ".join(words[place:]) for place in range(len(words)))


def _plain(text: str) -> str:
    return fold(" ".join(token.surface.lower() for token in tokens(text)))
