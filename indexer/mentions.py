"""Where does a text name something of the vocabulary?"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain

from corpus.vocabulary import Kommune, Term, Vocabulary, plain_name

# Hyphens, quotes, brackets and slashes do not part the words of a form; full stops, commas, cells and lines do.
_TOKEN = re.compile(r"\w+|[^\w \u00a0\u00ad\-–'’\"«»“”/()\[\]]")
_CAPITALS = re.compile(r"[A-ZÆØÅÄÖ]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_ENDINGS = ("", "s", "en", "et", "ene", "er", "ens", "ets", "enes", "ers", "ane", "ar", "anes", "es")
_SHORT_ENDINGS = ("n", "r", "a", "e", "t", "ne", "ns", "nes", "as")
# Nynorsk, in place of the last e: samtale, samtalar, samtalane.
_E_ENDINGS = ("ar", "ane", "a")
_SHORTEST_FOR_LETTER = 5
_NAME_ENDINGS = ("", "s")
_LOUD = 0.6
_LOUD_REACH = 200
_LIST_REACH = 14
_LISTING = (",", "og", "samt", "and")
_CONTEXT_REACH = 1500


class Kind(StrEnum):
    """What a mention names; the code is an id of that part of the vocabulary."""

    TILTAK = "tiltak"
    OUTCOME = "outcome"
    THEME = "theme"
    TARGET_GROUP = "target_group"
    DESIGN = "design"
    SETTING = "setting"
    DOC_TYPE = "doc_type"
    KOMMUNE = "kommune"
    FYLKE = "fylke"


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` names `code`. A kommune's code is its number today, also for a former name.

    A name that two of them share ("Våler kommune") gives a mention for each.
    """

    kind: Kind
    code: str
    start: int
    end: int


@lru_cache(maxsize=2)
def term_finder(vocabulary: Vocabulary) -> "TermFinder":
    """The finder of a vocabulary, made once: it takes 0.6 s."""
    return TermFinder(vocabulary)


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a code. `exact` are its words as they must stand; `context` what must stand near."""

    kind: Kind
    code: str
    exact: tuple[str, ...] | None = None
    context: re.Pattern[str] | None = None
    beside_kommune: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    folded: str
    start: int
    end: int


class TermFinder:
    """Finds every mention of the vocabulary in one pass. Made once, then safe from any thread."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        forms: dict[tuple[str, ...], list[_Form]] = defaultdict(list)
        for key, form in chain(_term_forms(vocabulary), _place_forms(vocabulary)):
            if form not in forms[key]:
                forms[key].append(form)
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in forms:
            lengths[key[0]].add(len(key))
        self._forms = {key: tuple(found) for key, found in forms.items()}
        self._sure = frozenset(
            name
            for kommune in vocabulary.kommuner.values()
            for name in _kommune_names(kommune, vocabulary)
            if name not in vocabulary.ambiguous_names
        )
        self._lengths = {first: tuple(found) for first, found in lengths.items()}

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every mention, by start; within one kind they do not overlap (the longest wins)."""
        tokens = _tokens(text)
        taken: dict[Kind, tuple[int, int]] = {}
        kept = []
        for mention in sorted(set(self._candidates(text, tokens)), key=lambda m: (m.start, -m.end, m.kind, m.code)):
            start, end = taken.get(mention.kind, (-1, -1))
            if mention.start >= end or (mention.start, mention.end) == (start, end):
                taken[mention.kind] = (mention.start, mention.end)
                kept.append(mention)
        return tuple(kept)

    def _candidates(self, text: str, tokens: list[_Token]) -> Iterator[Mention]:
        folded = [token.folded for token in tokens]
        for place, word in enumerate(folded):
            for length in self._lengths.get(word, ()):
                key = tuple(folded[place : place + length])
                for form in self._forms.get(key, ()) if len(key) == length else ():
                    if self._counts(form, text, tokens, slice(place, place + length)):
                        yield Mention(form.kind, form.code, tokens[place].start, tokens[place + length - 1].end)

    def _counts(self, form: _Form, text: str, tokens: list[_Token], here: slice) -> bool:
        """Whether this form, found here, names its code: the case is right and the context there."""
        found = tokens[here]
        if form.exact is not None and tuple(token.word for token in found) != form.exact:
            return False
        if form.beside_kommune:
            return _beside_kommune(tokens, here, self._sure)
        return form.context is None or _in_context(form.context, text, found[0].start, found[-1].end)


def _in_context(context: re.Pattern[str], text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _CONTEXT_REACH) : start].rpartition("\n")[2]
    after = text[end : end + _CONTEXT_REACH].partition("\n")[0]
    return bool(context.search(before) or context.search(after)) and not _loud(
        before[-_LOUD_REACH:] + after[:_LOUD_REACH]
    )


def _loud(text: str) -> bool:
    """Whether a paragraph is set in capitals, so that MOT may be the word "mot"."""
    capitals = len("".join(_CAPITALS.findall(text)))
    return capitals > _LOUD * len("".join(_LETTERS.findall(text)))


def _beside_kommune(tokens: list[_Token], here: slice, sure: frozenset[str]) -> bool:
    """Whether "kommune" follows, or a list of names is led by it or by a sure name: "Drammen og Lier"."""
    if any(token.folded.startswith("kommun") for token in tokens[here.stop : here.stop + 1]):
        return True
    listed = False
    for token in reversed(tokens[max(0, here.start - _LIST_REACH) : here.start]):
        if token.folded.startswith("kommun") or (listed and token.word in sure):
            return True
        listed = listed or token.folded in _LISTING
        if token.folded not in _LISTING and not token.word[0].isupper():
            return False
    return False


def _tokens(text: str) -> list[_Token]:
    return [_Token(m[0], m[0].casefold(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def _words(text: str) -> tuple[str, ...]:
    return tuple(m[0] for m in _TOKEN.finditer(text))


def _term_forms(vocabulary: Vocabulary) -> Iterator[tuple[tuple[str, ...], _Form]]:
    tables: dict[Kind, Mapping[str, Term]] = {
        Kind.TILTAK: vocabulary.tiltak,
        Kind.OUTCOME: vocabulary.outcomes,
        Kind.THEME: vocabulary.themes,
        Kind.TARGET_GROUP: vocabulary.target_groups,
        Kind.DESIGN: vocabulary.designs,
        Kind.SETTING: vocabulary.settings,
        Kind.DOC_TYPE: vocabulary.doc_types,
    }
    for kind, table in tables.items():
        for term in table.values():
            yield from _forms_of(kind, term)


def _forms_of(kind: Kind, term: Term) -> Iterator[tuple[tuple[str, ...], _Form]]:
    for alias in chain.from_iterable(term.aliases.values()):
        for words in _inflected(_words(alias.casefold())):
            yield words, _Form(kind, term.id)
    context = _context(term.context) if term.ambiguous else None
    for form in term.exact:
        yield from _exact(_Form(kind, term.id, context=context), [_words(form)])


def _exact(form: _Form, ways: Iterable[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], _Form]]:
    """The genitive too: "SLTs"."""
    for words in ways:
        for ending in _NAME_ENDINGS:
            written = (*words[:-1], words[-1] + ending)
            made = _Form(form.kind, form.code, written, form.context, form.beside_kommune)
            yield tuple(word.casefold() for word in written), made


def _inflected(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    last = words[-1]
    long = len(last) >= _SHORTEST_FOR_LETTER
    for ending in _ENDINGS + (_SHORT_ENDINGS if long else ()) if last.isalpha() else ("",):
        yield (*words[:-1], last + ending)
    for ending in _E_ENDINGS if long and last.endswith("e") else ():
        yield (*words[:-1], last[:-1] + ending)


def _context(words: Iterable[str]) -> re.Pattern[str]:
    """What matches any of the words, or a longer word that begins with one."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)


def _place_forms(vocabulary: Vocabulary) -> Iterator[tuple[tuple[str, ...], _Form]]:
    for kommune in vocabulary.kommuner.values():
        for name in _kommune_names(kommune, vocabulary):
            form = _Form(Kind.KOMMUNE, kommune.number, beside_kommune=name in vocabulary.ambiguous_names)
            yield from _exact(form, _capitals(name))
    for name, number in _fylke_names(vocabulary):
        yield from _exact(_Form(Kind.FYLKE, number), _capitals(name))


def _kommune_names(kommune: Kommune, vocabulary: Vocabulary) -> list[str]:
    """Its names and those before it; not a former name that a neighbour goes by today (Ålesund of Haram)."""
    neighbours = {plain_name(k.name) for k in vocabulary.kommuner.values() if k.fylke == kommune.fylke and k != kommune}
    today = {plain_name(name) for name in (kommune.name, *kommune.other_names)}
    before = {plain_name(former.name) for former in kommune.former}
    return sorted(today | (before - neighbours))


def _fylke_names(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """(name, number today), with the fylker that are no more under each that took their place."""
    names = {name for fylke in vocabulary.fylker.values() for name in fylke.labels.values()}
    for number, fylke in vocabulary.fylker.items():
        yield from ((name, number) for name in sorted({*fylke.labels.values(), *chain(*fylke.aliases.values())}))
    for former in vocabulary.former_fylker:
        if former.name not in names:
            yield from ((former.name, number) for number in former.today)


def _capitals(name: str) -> list[tuple[str, ...]]:
    return [_words(name), _words(name.upper())]
