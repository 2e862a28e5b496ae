"""Whose document is it: of which kommuner and fylker, by today's numbers and by those in force then?"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from corpus.model import Origin, Read
from corpus.vocabulary import Kommune, plain_name
from indexer.mentions import Kind
from indexer.metadata.dates import MONTH, SEASON, YEAR
from indexer.metadata.evidence import Evidence, Seen, read_at
from indexer.metadata.title import Title

_MOST_STUDIED = 6
_OFTEN = 3
_NEARLY_AS_OFTEN = 0.6
_OTHER_AFTER = re.compile(
    r"^(?:\s+(?:politi|economics|universitet|tingrett|statsadvokat|fengsel|sykehus|sjukehus|bispedømme|lagmannsrett|bymisjon)|met\b)",
    re.IGNORECASE,
)
_OTHER_BEFORE = re.compile(
    r"(?:(?:universitetet|høgskolen|høgskulen|høyskolen|university|college|fengsel|hovedkontor)\s+(?:i|of|på|in)|\b\d{4})\s+$",
    re.IGNORECASE,
)
_OPENING = 2
_LIST = re.compile(r"(?: kommune)?(?:,| og| and| samt) ")
_SIGNED = re.compile(
    rf"^(?:,|\s+den|\s)\s*(?:(?:\d{{1,2}}\.\s*)?(?:{MONTH}|{SEASON})|{YEAR}\b(?!\s*[–-]))", re.IGNORECASE
)


def read_kommuner(evidence: Evidence, title: Title, *, plan: bool, study: bool) -> tuple[Read[str], ...]:
    """Today's numbers: of the title and a plan's cover, else of a report's cover, else those the text is about."""
    seen = [one for one in _in_title(evidence, title, Kind.KOMMUNE) if _is_place(one)]
    front = frozenset(evidence.front)
    body = [one for one in evidence.of(Kind.KOMMUNE) if _is_place(one) and one.line is not title.line]
    cover = [one for one in body if one.line in front]
    ways = ([*seen, *cover],) if plan else (seen, cover)
    for way in ways:
        found = _reads(_told_apart(evidence, way))
        if found:
            return found
    if plan or study:
        return _reads(_told_apart(evidence, _mostly(body) if plan else _studied(evidence, body)))
    return ()


def read_fylker(evidence: Evidence, title: Title, kommuner: Sequence[Read[str]]) -> tuple[Read[str], ...]:
    """The fylker of the kommuner; without any, those named in the title or on the cover."""
    if kommuner:
        table = evidence.vocabulary.kommuner
        derived = {table[one.value].fylke: one for one in reversed(kommuner)}
        return tuple(Read(number, Origin.DERIVED, one.page, one.quote) for number, one in sorted(derived.items()))
    front = frozenset(evidence.front)
    cover = [one for one in evidence.of(Kind.FYLKE) if one.line in front and one.line is not title.line]
    named = [one for one in [*_in_title(evidence, title, Kind.FYLKE), *cover] if _is_place(one)]
    return _reads(named)


def numbers_then(evidence: Evidence, kommuner: Sequence[Read[str]], year: int | None) -> tuple[Read[str], ...]:
    """The numbers in force in that year, of the name that was read where it tells the merged ones apart."""
    if year is None:
        return tuple(kommuner)
    table = evidence.vocabulary.kommuner
    return tuple(
        Read(_number_then(table[one.value], one.quote, year), Origin.DERIVED, one.page, one.quote) for one in kommuner
    )


def _number_then(kommune: Kommune, name: str, year: int) -> str:
    in_force = [f for f in kommune.former if (f.first_year or 0) <= year <= f.last_year]
    same_name = [former for former in in_force if plain_name(former.name).casefold() == name.casefold()]
    return (same_name or in_force)[0].number if in_force else kommune.number


def _in_title(evidence: Evidence, title: Title, kind: Kind) -> list[Seen]:
    return [seen for seen in evidence.of(kind) if seen.line is title.line]


def _is_place(seen: Seen) -> bool:
    """Whether the name stands for the place: not "Universitetet i Oslo", "0130 Oslo" or "Oslo, mai 2023"."""
    before, after = seen.line.text[: seen.start], seen.line.text[seen.end :]
    signed = _SIGNED.match(after) and (len(before.split()) <= 1 or before.rstrip().endswith((",", ".")))
    return not (signed or _OTHER_AFTER.match(after) or _OTHER_BEFORE.search(before))


def _told_apart(evidence: Evidence, seen: Iterable[Seen]) -> list[Seen]:
    """One of those that share a name: by the fylker the text names, else the one called so today."""
    kept: list[Seen] = []
    for _, group in groupby(seen, key=lambda one: (id(one.line), one.start)):
        same = list(group)
        kept += same if len(same) == 1 else _chosen(evidence, same)
    return kept


def _chosen(evidence: Evidence, same: list[Seen]) -> list[Seen]:
    table = evidence.vocabulary.kommuner
    today = [one for one in same if plain_name(table[one.code].name).casefold() == one.words.casefold()]
    if not today:
        return same
    votes = Counter(one.code for one in evidence.of(Kind.FYLKE))
    ranked = sorted(same, key=lambda one: -votes[table[one.code].fylke])
    if votes[table[ranked[0].code].fylke] > votes[table[ranked[1].code].fylke]:
        return ranked[:1]
    return today if len(today) == 1 else []


def _mostly(seen: list[Seen]) -> list[Seen]:
    """The kommune named most often as one ("X kommune"), and those named nearly as often."""
    named = [one for one in seen if _is_named(one)]
    counts = Counter(one.code for one in named)
    most = max(counts.values(), default=0)
    enough = {code for code, count in counts.items() if count >= max(_OFTEN, most * _NEARLY_AS_OFTEN)}
    return [one for one in named if one.code in enough] if len(enough) <= _MOST_STUDIED else []


def _is_named(seen: Seen) -> bool:
    """Whether it stands as "X kommune"."""
    return seen.line.text[seen.end :].lstrip("-– ").lower().startswith(("kommune", "herad"))


def _studied(evidence: Evidence, seen: list[Seen]) -> list[Seen]:
    """The kommuner of a report: few, named in its summary, and more than once, as "X kommune" or in a list."""
    counts = Counter(one.code for one in seen)
    summary = evidence.summary
    told = {one.code for one in seen if one.line in summary and (counts[one.code] > 1 or _is_named(one))}
    told |= {one.code for one in _listed([one for one in seen if one.line in summary[:_OPENING]])}
    return [one for one in seen if one.code in told] if len(told) <= _MOST_STUDIED else []


def _listed(seen: Sequence[Seen]) -> list[Seen]:
    """Those that stand in a list: "Bergen, Voss og Sogndal"."""
    found: list[Seen] = []
    for one, other in pairwise(seen):
        if one.line is other.line and _LIST.fullmatch(one.line.text, one.end, other.start):
            found += [one, other]
    return found


def _reads(seen: Iterable[Seen]) -> tuple[Read[str], ...]:
    first: dict[str, Seen] = {}
    for one in seen:
        first.setdefault(one.code, one)
    return tuple(read_at(code, one.line, one.start, one.end) for code, one in first.items())
