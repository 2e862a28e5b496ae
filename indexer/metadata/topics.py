"""What is a document about, for whom, and which tiltak does it name? Only what stands out: precision comes first."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.model import BlockKind, Read
from indexer.mentions import Kind
from indexer.metadata.evidence import Evidence, Seen, read_at
from indexer.metadata.title import Title

_PER = 1000


@dataclass(frozen=True, slots=True)
class Salience:
    """How much a mention counts by where it stands, and what a code needs to be told.

    `text` counts per thousand words and gives at most `text_most`. A code needs `enough`, and `share`
    of what the strongest one has; at most `most` are told.
    """

    title: float
    front: float
    summary: float
    heading: float
    row: float
    text: float
    text_most: float
    enough: float
    share: float
    most: int


THEMES = Salience(10, 3, 2, 3, 0.5, 1, 6, enough=4, share=0.25, most=5)
TARGET_GROUPS = Salience(10, 3, 1.5, 3, 0.5, 1, 6, enough=4, share=0.3, most=5)
TILTAK = Salience(20, 4, 3, 5, 3, 1, 6, enough=3, share=0.1, most=15)


@dataclass(slots=True)
class _Tally:
    """What one code has gathered, and the mention that counted most."""

    weight: float = 0.0
    in_text: int = 0
    best_weight: float = -1.0
    best: Seen | None = field(default=None)


def read_topics(evidence: Evidence, title: Title, kind: Kind, salience: Salience) -> tuple[Read[str], ...]:
    """The codes of one kind that stand out, strongest first, each read where it counts most."""
    scores = _scores(evidence, title, kind, salience)
    needed = max(salience.enough, salience.share * max((score for score, _ in scores.values()), default=0.0))
    strong = sorted((code for code, (score, _) in scores.items() if score >= needed), key=lambda c: (-scores[c][0], c))
    return tuple(_read(code, scores[code][1]) for code in strong[: salience.most])


def _scores(evidence: Evidence, title: Title, kind: Kind, salience: Salience) -> dict[str, tuple[float, Seen]]:
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for seen, weight in _weighed(evidence, title, kind, salience):
        tally = tallies[seen.code]
        tally.weight += weight
        tally.in_text += weight == 0
        if weight > tally.best_weight:
            tally.best, tally.best_weight = seen, weight
    thousands = max(1.0, sum(len(line.text.split()) for line in evidence.lines) / _PER)
    return {
        code: (tally.weight + min(salience.text_most, salience.text * tally.in_text / thousands), tally.best)
        for code, tally in tallies.items()
        if tally.best is not None
    }


def _weighed(evidence: Evidence, title: Title, kind: Kind, salience: Salience) -> Iterator[tuple[Seen, float]]:
    front, summary = frozenset(evidence.front), frozenset(evidence.summary)
    for seen in evidence.of(kind):
        if seen.line is title.line:
            yield seen, salience.title
        elif seen.line in front:
            yield seen, salience.front
        elif seen.line.kind is BlockKind.HEADING:
            yield seen, salience.heading
        elif seen.line in summary:
            yield seen, salience.summary
        else:
            yield seen, salience.row if seen.line.kind in (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM) else 0.0


def _read(code: str, seen: Seen) -> Read[str]:
    return read_at(code, seen.line, seen.start, seen.end)
