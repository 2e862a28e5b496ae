"""What of the vocabulary stands in a sentence, as cues?"""

from corpus.vocabulary import Vocabulary
from indexer.findings.lexicon import Mark, Role
from indexer.mentions import Kind, Mention


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
