"""What of the vocabulary stands in a sentence, as cues?"""

from functools import lru_cache

from corpus.vocabulary import Vocabulary
from indexer.findings.lexicon import Mark, Role
from indexer.mentions import Kind, Mention, TermFinder


def named(mentions: tuple[Mention, ...], vocabulary: Vocabulary) -> tuple[Mark, ...]:
    """Tiltak as agents, and outcomes that should go up or down, with their codes."""
    agents = [
        Mark(Role.AGENT, "", m.code, m.start, m.end)
        for m in mentions
        if m.kind is Kind.TILTAK and m.code not in _SURVEYS
    ]
    wished = [(m, vocabulary.outcomes[m.code].direction) for m in mentions if m.kind is Kind.OUTCOME]
    outcomes = [Mark(Role.OUTCOME, way, m.code, m.start, m.end) for m, way in wished if way in ("up", "down")]
    return (*agents, *outcomes)


_SURVEYS = ("ungdata",)


class _Same:
    """A vocabulary as a cache key: the same object, not an equal one."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def __hash__(self) -> int:
        return id(self.vocabulary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.vocabulary is self.vocabulary


def shared_finder(vocabulary: Vocabulary) -> TermFinder:
    """The finder of a vocabulary, made once: that takes 0.6 s."""
    return _finder(_Same(vocabulary))


@lru_cache(maxsize=2)
def _finder(key: _Same) -> TermFinder:
    return TermFinder(key.vocabulary)
