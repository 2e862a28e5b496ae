"""What is a document about, for whom, and which tiltak does it name? Only what stands out: precision comes first."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from corpus.model import BlockKind, Origin, Read
from indexer.mentions import Kind
from indexer.metadata.evidence import Evidence, Seen, read_at
from indexer.metadata.tables import Column, column_at, columns_of
from indexer.metadata.title import Title

_PER = 1000
_OWN_COLUMN = {Kind.TILTAK: Column.TILTAK, Kind.TARGET_GROUP: Column.TARGET_GROUP}
_CRIME = frozenset({"kriminalitet", "tilbakefall", "anmeldt_kriminalitet", "selvrapportert"})
_YOUNG = frozenset({"ungdom", "unge_lovbrytere", "gjengtilknyttede", "risikoutsatte"})
_YOUTH_CRIME = "barne_ungdomskriminalitet"
# A wide theme says nothing beside the narrow one it is a part of, when that is this strong against it.
_NARROWER = {"vold": ("vold_naere",)}
_NARROW_SHARE = 0.4


class Place(StrEnum):
    """Where a mention stands. COLUMN: in the column of a plan's table that is meant for its kind."""

    TITLE = "title"
    FRONT = "front"
    SUMMARY = "summary"
    HEADING = "heading"
    COLUMN = "column"
    ROW = "row"
    ITEM = "item"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Salience:
    """What a mention counts by its place, and what a code needs to be told.

    TEXT counts per thousand words, and gives at most `text_most`. A told tiltak that is for it gives
    `hint`, the first one twice, all at most `hint_most`. A code needs `enough`, and `share` of what the
    strongest one has; at most `most` are told. Set on the samples: one round of 5,000 random settings,
    then rounded to the middle of the best.
    """

    weights: Mapping[Place, float]
    text_most: float
    enough: float
    share: float
    most: int
    hint: float = 0.0
    hint_most: float = 0.0


@dataclass(frozen=True, slots=True)
class Hint:
    """A code that goes with a tiltak that was read, and how much that says."""

    code: str
    weight: float
    tiltak: Read[str]


@dataclass(slots=True)
class _Tally:
    """What one code has gathered, and where it was read best."""

    weight: float = 0.0
    in_text: int = 0
    hinted: float = 0.0
    best_weight: float = -1.0
    best: Read[str] | None = field(default=None)


def _weights(*values: float) -> Mapping[Place, float]:
    return dict(zip(Place, values, strict=True))


THEMES = Salience(_weights(10, 3, 1.5, 2, 2, 0.5, 0.5, 0.75), 6, enough=3, share=0.2, most=5, hint=2, hint_most=5)
TARGET_GROUPS = Salience(
    _weights(8, 2, 1, 1.5, 1.5, 0.5, 0.5, 0.5), 6, enough=4, share=0.25, most=4, hint=3, hint_most=8
)
PLAN_TILTAK = Salience(_weights(10, 4, 2.5, 4, 3.5, 0.5, 1, 1.75), 4, enough=1.25, share=0.05, most=15)
STUDY_TILTAK = Salience(_weights(10, 4, 1.5, 3, 1, 1, 1, 2), 4, enough=1.5, share=0.1, most=12)


def read_tiltak(evidence: Evidence, title: Title, salience: Salience) -> tuple[Read[str], ...]:
    """The tiltak that stand out; one that is mostly quoted only where title, cover or a heading names it."""
    vocabulary = evidence.vocabulary.tiltak
    own = {s.code for s, p in _placed(evidence, title, Kind.TILTAK) if p in (Place.TITLE, Place.FRONT, Place.HEADING)}
    found = _told(_tallies(evidence, title, Kind.TILTAK, salience, ()), salience)
    return tuple(read for read in found if read.value in own or not vocabulary[read.value].quoted)


def read_target_groups(evidence: Evidence, title: Title, tiltak: Iterable[Read[str]]) -> tuple[Read[str], ...]:
    """Whom the document is for or about."""
    table = evidence.vocabulary.tiltak
    hints = _hints({one: table[one.value].target_groups for one in tiltak}, TARGET_GROUPS)
    return _told(_tallies(evidence, title, Kind.TARGET_GROUP, TARGET_GROUPS, hints), TARGET_GROUPS)


def read_themes(
    evidence: Evidence, title: Title, tiltak: Iterable[Read[str]], groups: Iterable[Read[str]]
) -> tuple[Read[str], ...]:
    """What the document is about. Crime and the young together are youth crime."""
    table = evidence.vocabulary.tiltak
    hints = _hints({one: table[one.value].themes for one in tiltak}, THEMES)
    tallies = _tallies(evidence, title, Kind.THEME, THEMES, hints)
    _add_youth_crime(tallies, evidence, title, groups)
    return _told(_without_wider(tallies), THEMES)


def _hints(by_tiltak: Mapping[Read[str], Iterable[str]], salience: Salience) -> list[Hint]:
    hints = []
    for place, (tiltak, codes) in enumerate(by_tiltak.items()):
        weight = salience.hint * (2 if place == 0 else 1)
        hints += [Hint(code, weight, tiltak) for code in codes]
    return hints


def _tallies(
    evidence: Evidence, title: Title, kind: Kind, salience: Salience, hints: Iterable[Hint]
) -> dict[str, _Tally]:
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for seen, place in _placed(evidence, title, kind):
        _count(tallies[seen.code], seen, place, salience)
    thousands = max(1.0, sum(len(line.text.split()) for line in evidence.lines) / _PER)
    for tally in tallies.values():
        tally.weight += min(salience.text_most, salience.weights[Place.TEXT] * tally.in_text / thousands)
    for hint in hints:
        tally = tallies[hint.code]
        tally.hinted += hint.weight
        tally.best = tally.best or replace(hint.tiltak, value=hint.code, origin=Origin.DERIVED)
    for tally in tallies.values():
        tally.weight += min(salience.hint_most, tally.hinted)
    return dict(tallies)


def _count(tally: _Tally, seen: Seen, place: Place, salience: Salience) -> None:
    weight = 0.0 if place is Place.TEXT else salience.weights[place]
    tally.weight += weight
    tally.in_text += place is Place.TEXT
    if weight > tally.best_weight:
        tally.best, tally.best_weight = read_at(seen.code, seen.line, seen.start, seen.end), weight


def _told(tallies: Mapping[str, _Tally], salience: Salience) -> tuple[Read[str], ...]:
    """The codes that are strong enough, strongest first."""
    needed = max(salience.enough, salience.share * max((tally.weight for tally in tallies.values()), default=0.0))
    ranked = sorted(tallies, key=lambda code: (-tallies[code].weight, code))
    strong = [tallies[code].best for code in ranked if tallies[code].weight >= needed][: salience.most]
    return tuple(read for read in strong if read is not None)


def _without_wider(tallies: dict[str, _Tally]) -> dict[str, _Tally]:
    for wide, narrow in _NARROWER.items():
        strongest = max((tallies[code].weight for code in narrow if code in tallies), default=0.0)
        if wide in tallies and strongest >= _NARROW_SHARE * tallies[wide].weight:
            tallies = {code: tally for code, tally in tallies.items() if code != wide}
    return tallies


def _add_youth_crime(tallies: dict[str, _Tally], evidence: Evidence, title: Title, groups: Iterable[Read[str]]) -> None:
    """A document on crime that is about the young tells its theme so, in whatever words."""
    young = next((group for group in groups if group.value in _YOUNG), None)
    crime = Counter(place for seen, place in _placed(evidence, title, Kind.OUTCOME) if seen.code in _CRIME)
    weight = sum(THEMES.weights[place] * count for place, count in crime.items() if place is not Place.TEXT)
    if young is not None and weight:
        tally = tallies.setdefault(_YOUTH_CRIME, _Tally())
        tally.weight += min(THEMES.hint_most, weight)
        tally.best = tally.best or replace(young, value=_YOUTH_CRIME, origin=Origin.DERIVED)


def _placed(evidence: Evidence, title: Title, kind: Kind) -> Iterator[tuple[Seen, Place]]:
    """Every mention of a kind with its place; none from columns that tell who, when or how much."""
    front, summary = frozenset(evidence.front), frozenset(evidence.summary)
    columns = columns_of(evidence.lines)
    for seen in evidence.of(kind):
        column = column_at(seen, columns)
        if seen.line is title.line:
            yield seen, Place.TITLE
        elif seen.line in front:
            yield seen, Place.FRONT
        elif seen.line.kind is BlockKind.HEADING:
            yield seen, Place.HEADING
        elif column is not None and column is _OWN_COLUMN.get(kind):
            yield seen, Place.COLUMN
        elif column is None:
            yield seen, _elsewhere(seen, in_summary=seen.line in summary)


def _elsewhere(seen: Seen, *, in_summary: bool) -> Place:
    if in_summary:
        return Place.SUMMARY
    return {BlockKind.TABLE_ROW: Place.ROW, BlockKind.LIST_ITEM: Place.ITEM}.get(seen.line.kind, Place.TEXT)
