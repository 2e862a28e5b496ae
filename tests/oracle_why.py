"""Why a record matches, by plain loops: the oracle's part of `Hit.matches` and `Hit.missing`."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Record
from corpus.search import Facet, MatchField, MatchKind, Word, WordMatch
from indexer.analysis import WordKeys, surfaces
from indexer.engines.aliases import Mention

Keys = Callable[[str], WordKeys]
Rows = list[tuple[MatchField, list[str]]]


@dataclass(frozen=True)
class Question:
    """What is asked of every record: words that may be missing, words of alternatives, phrases, and what is named."""

    words: Sequence[Word]
    alternatives: Sequence[Word]
    phrases: Sequence[str]
    mentions: Sequence[Mention]
    keys: Keys
    vocabulary: frozenset[str]

    @property
    def asked(self) -> list[Word]:
        own = {(word.text.lower(), word.prefix) for word in self.words}
        return [*self.words, *(word for word in self.alternatives if (word.text.lower(), word.prefix) not in own)]


def explain(question: Question, record: Record, kommuner: set[str]) -> tuple[tuple[WordMatch, ...], tuple[str, ...]]:
    """What a record has of a question, and the words it has not."""
    found: dict[tuple[str, MatchField], dict[MatchKind, Counter[str]]] = {}
    for text, field, kind, form in _all(question, record, kommuner):
        found.setdefault((text, field), {}).setdefault(kind, Counter()).update([form] if form else [])
    texts = dict.fromkeys([f'"{phrase}"' for phrase in question.phrases] + [word.text for word in question.asked])
    texts |= dict.fromkeys(" ".join(mention.words) for mention in question.mentions)
    matches = [
        _best(text, field, found[text, field]) for text in texts for field in MatchField if (text, field) in found
    ]
    told = {match.text for match in matches}
    named = {word for mention in question.mentions if " ".join(mention.words) in told for word in mention.words}
    missing = [
        word.text for word in question.words if word.text not in told and (word.prefix or word.text not in named)
    ]
    return tuple(matches), tuple(missing)


def answers(question: "Question", word: Word, surface: str) -> MatchKind | None:
    """How a word of a text answers a word asked for; a compound that no text has is answered by the words inside it."""
    if any(kind_of(word, form, question.keys) for form in question.vocabulary):
        return kind_of(word, surface, question.keys)
    held = question.keys(surface.lower())
    inside = set(question.keys(word.text.lower()).parts)
    return MatchKind.PIECE if not word.prefix and inside & {held.fold, *held.parts} else None


def kind_of(word: Word, surface: str, keys: Keys) -> MatchKind | None:
    """How a word of a text answers a word asked for, if any text has it."""
    asked, held = word.text.lower(), surface.lower()
    if word.prefix and not held.startswith(asked):
        return None
    if held == asked or word.prefix:
        return MatchKind.EXACT if held == asked else MatchKind.FORM
    mine, other = keys(asked), keys(held)
    if mine.stem == other.stem:
        return MatchKind.FORM
    if mine.fold == other.fold:
        return MatchKind.SPELLING
    return MatchKind.PART if mine.fold in other.parts else None


def _best(text: str, field: MatchField, kinds: dict[MatchKind, Counter[str]]) -> WordMatch:
    kind = next(kind for kind in MatchKind if kind in kinds)
    forms = sorted(kinds[kind], key=lambda form: (-kinds[kind][form], form))
    return WordMatch(text, field, kind, tuple(forms[:3]))


def _all(question: Question, record: Record, kommuner: set[str]) -> Iterator[tuple[str, MatchField, MatchKind, str]]:
    for field, row in _rows(record):
        for word in question.asked:
            for surface in row:
                kind = answers(question, word, surface)
                if kind is not None:
                    yield word.text, field, kind, surface.lower()
        for phrase in question.phrases:
            for form in _runs(surfaces(phrase), row, question.keys):
                yield f'"{phrase}"', field, MatchKind.PHRASE, form
        for mention in question.mentions:
            for name in mention.named.names:
                for form in () if _is_asked(name, question) else _runs(list(name), row, question.keys):
                    yield " ".join(mention.words), field, MatchKind.NAME, form
    for mention in question.mentions:
        if mention.named.facet is Facet.KOMMUNE and mention.named.code in kommuner:
            yield " ".join(mention.words), MatchField.KOMMUNE, MatchKind.NAME, ""


def _is_asked(name: Sequence[str], question: Question) -> bool:
    """Whether a name is made of none but words asked for."""
    stems = {question.keys(word.lower()).stem for word in name}
    forms = [form for form in question.vocabulary if question.keys(form).stem in stems]
    return all(any(answers(question, word, form) for word in question.asked) for form in forms)


def _runs(words: list[str], row: list[str], keys: Keys) -> Iterator[str]:
    asked, held = ([keys(word.lower()).stem for word in each] for each in (words, row))
    for at in range(len(held) - len(asked) + 1):
        if held[at : at + len(asked)] == asked:
            yield " ".join(row[at : at + len(asked)]).lower()


def _rows(record: Record) -> Rows:
    rows = [
        (MatchField.TITLE, record.document.metadata.title.value),
        (MatchField.SUMMARY, record.document.summary),
    ]
    for passage in record.passages:
        rows += [(MatchField.HEADING, heading) for heading in passage.headings]
        rows.append((MatchField.TEXT, passage.text))
    return [(field, surfaces(text)) for field, text in rows]
