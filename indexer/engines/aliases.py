"""By which other names is what a query names known?

A tiltak, a theme or a kommune named in the words of a query is also searched for by all its other names, in bokmål,
nynorsk and English: focused deterrence finds fokusert avskrekking, Rygge finds Moss. The words of a name may stand in
any order, with function words between them or without. A form that only counts in its own capitals (MOT) names a tiltak
only so, and a kommune called as an ordinary word (Heim) is named with the word kommune. The forms of a theme are many
and wide (soning is one of tilbakefall), so only words of its labels name a theme.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.search import Facet
from corpus.vocabulary import Term, Vocabulary, plain_name
from indexer.analysis import fold, is_stop_word, name_key, surfaces

Words = tuple[str, ...]
LONGEST_NAME = 6

# What people say for a tiltak when they search; too wide to find it by in a document.
_SAID = {
    "mekling": ("konfliktråd", "mekling", "megling"),
    "scared_straight": ("skrekkvisning", "fengselsbesøk"),
    "utekontakt": ("oppsøkende", "oppsøkjande", "feltarbeid"),
    "elektronisk_kontroll": ("fotlenke", "lenke"),
    "fritidsklubb": ("klubb",),
}


@dataclass(frozen=True, slots=True)
class Named:
    """Something of the vocabulary and every name it goes by, as its words."""

    facet: Facet
    code: str
    names: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a query that name something."""

    words: Words
    named: Named


class Aliases:
    """Finds what the words of a query name."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._known: dict[Words, list[Named]] = {}
        for named, keys in _all(vocabulary):
            for key in filter(None, set(keys)):
                self._known.setdefault(key, []).append(named)

    def mentions(self, words: Sequence[str]) -> Iterator[Mention]:
        """What words as typed name, from left to right, the longest name first; no word is of two names."""
        telling = [word for word in words if not is_stop_word(word.lower()) or word.isupper()]
        while telling:
            size = next((size for size in range(LONGEST_NAME, 0, -1) if self._named(telling[:size])), 1)
            yield from (Mention(tuple(telling[:size]), named) for named in self._named(telling[:size]))
            telling = telling[size:]

    def _named(self, words: Sequence[str]) -> list[Named]:
        keys = (_as_typed(words), _loosely(words), _by_name(words))
        return next((found for key in keys if (found := self._known.get(key))), [])


def _all(vocabulary: Vocabulary) -> Iterator[tuple[Named, list[Words]]]:
    """Everything that has names, and the keys it is named by in a query."""
    for tiltak in vocabulary.tiltak.values():
        yield Named(Facet.TILTAK, tiltak.id, _names(tiltak)), _tiltak_keys(tiltak)
    for theme in vocabulary.themes.values():
        yield Named(Facet.THEME, theme.id, _names(theme)), _theme_keys(theme)
    for kommune in vocabulary.kommuner.values():
        names = {plain_name(name): None for name in (kommune.name, *kommune.other_names)}
        names |= {plain_name(former.name): None for former in kommune.former}
        named = Named(Facet.KOMMUNE, kommune.number, tuple(tuple(surfaces(name)) for name in names))
        yield named, [_kommune_key(name, vocabulary) for name in names]


def _names(term: Term) -> tuple[Words, ...]:
    aliases = (alias for forms in term.aliases.values() for alias in forms)
    forms = (plain_name(form) for form in (*term.labels.values(), *aliases, *term.exact))
    return tuple(dict.fromkeys(tuple(surfaces(form)) for form in forms))


def _tiltak_keys(tiltak: Term) -> list[Words]:
    """Every name; of an ambiguous tiltak those written like one that must be exact must be exact too."""
    exact = {_loosely(surfaces(form)) for form in tiltak.exact} if tiltak.ambiguous else set()
    said = (tuple(surfaces(form)) for form in _SAID.get(tiltak.id, ()))
    loose = {_loosely(name) for name in (*_names(tiltak), *said)} - exact
    return [*loose, *(_as_typed(surfaces(form)) for form in tiltak.exact)]


def _theme_keys(theme: Term) -> list[Words]:
    """The names made of words of its labels."""
    labels = {key for label in theme.labels.values() for key in _loosely(surfaces(label))}
    return [key for name in _names(theme) if set(key := _loosely(name)) <= labels]


def _kommune_key(name: str, vocabulary: Vocabulary) -> Words:
    return _by_name(surfaces(name + " kommune" if name in vocabulary.ambiguous_names else name))


def _loosely(words: Iterable[str]) -> Words:
    """A key that all forms of the words have, in any order; none when only one of several words tells anything."""
    held = list(words)
    telling = [word for word in held if not is_stop_word(word.lower())]
    return tuple(sorted(name_key(word.lower()) for word in telling)) if len(telling) > 1 or len(held) == 1 else ()


def _by_name(words: Iterable[str]) -> Words:
    """A key that the words have in any capitals, in one order; of no other forms."""
    return tuple("~" + fold(word.lower()) for word in words)


def _as_typed(words: Iterable[str]) -> Words:
    """A key that only these very letters have."""
    return tuple("=" + word for word in words)
