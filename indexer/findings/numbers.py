"""Which of two numbers is higher? "31 prosent av deltakerne, mot 44 prosent i kontrollgruppen"."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from indexer.findings.lexicon import Mark, Role
from indexer.findings.scene import Scene
from indexer.findings.words import fractions

_NUMBER = r"\d+(?:[  ]\d{3})*(?:[.,]\d+)?"
_UNIT = r"(?:prosentpoeng|prosent|pst\.?|%|per\s?cent|percent|poeng|dager|dagar|days|ganger|times)"
_COUNTED = re.compile(
    r"\s+(?!per\b|i\b|mot\b|hos\b|blant\b|in\b|among\b|av\b|og\b|and\b|against\b|for\b|til\b|to\b|var\b|was\b)([a-zæøå]+)"
)
_JOIN = re.compile(
    r"\b(?:mot|mens|medan|og|samanlikna med|(?:sammenlignet|sammenliknet) med"
    r"|against|compared (?:with|to)|versus|while|whereas|and)\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    rf"\b(?:fra|frå|from)\s+({_NUMBER})\s*(?:{_UNIT})?[^.;]{{0,40}}?\s(?:til|to)\s+({_NUMBER})", re.IGNORECASE
)
_TIME = re.compile(r"måned|månad|år|uke|veke|dag|time|month|year|week|day|hour")
# An estimate, an interval, a count of persons: "OR 0,76", "95 % KI 0,6", "p = 0,02", "n = 212", "[0,61".
_STATISTIC = re.compile(
    r"(?:\b(?:OR|RR|HR|IRR|SMD|KI|CI|AOR|n|N|p|d|I²|hasardrate|oddsrate|intervall\w*|interval)\s*[=:<>≤≥]?\s*[\[(]?[-−]?"
    r"|[\[(][-−]?)$"
)
# A difference, not a level: "27 prosent færre", "4 prosentpoeng høyere".
_DIFFERENCE = re.compile(
    r"\s*(?:færre|fleire|flere|lavere|lågare|høyere|høgare|mindre|mer|meir|oftere|oftare|sjeldnere|fewer|more|less|lower|higher|reduction|decline"
    r"|nedgang|økning|auke|%?\s*(?:KI|CI)\b)",
    re.IGNORECASE,
)
_EQUAL = 0.05
_FEW = 20  # counts below are too few to tell groups apart
_ORDINAL = re.compile(r"\.\s+[a-zæøå]")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two numbers set against each other; `direction` is how the treated stand: -1 lower, 0 equal, 1 higher."""

    direction: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Quantity:
    value: float
    unit: str
    start: int
    end: int


def group_contrast(scene: Scene) -> Contrast | None:
    """The first two like numbers set against each other where one group got the tiltak and the other not."""
    controls, treated = scene.of(Role.CONTROL), scene.of(Role.TREATED)
    for first, second in _pairs(scene.text) if controls or treated else ():
        flipped = _nearer(first, second, controls) if controls else not _nearer(first, second, treated)
        ours, theirs = (second, first) if flipped else (first, second)
        return Contrast(_compare(ours.value, theirs.value), first.start, second.end)
    return None


def _nearer(first: _Quantity, second: _Quantity, marks: tuple[Mark, ...]) -> bool:
    """Whether the first number stands nearer to one of the marks than the second."""
    return min(_distance(first, m) for m in marks) < min(_distance(second, m) for m in marks)


def time_contrast(scene: Scene) -> Contrast | None:
    """ "fra 24 til 15 prosent"; never a span of years."""
    for found in _FROM_TO.finditer(scene.text):
        if not (_YEAR.fullmatch(found[1]) or _YEAR.fullmatch(found[2])):
            return Contrast(_compare(_value(found[2]), _value(found[1])), found.start(), found.end())
    return None


@cache
def _quantities() -> re.Pattern[str]:
    shares = "|".join(sorted(fractions(), key=len, reverse=True))
    return re.compile(
        rf"(?P<part>{_NUMBER})\s+(?:av\s+(?:de\s+|dei\s+)?|of\s+(?:the\s+)?)(?P<whole>{_NUMBER})"
        rf"|(?P<number>{_NUMBER})(?:\s*(?P<unit>{_UNIT}))?"
        rf"|(?P<word>{shares})\b",
        re.IGNORECASE,
    )


def _pairs(text: str) -> list[tuple[_Quantity, _Quantity]]:
    quantities = [q for q in map(_quantity, _quantities().finditer(text)) if q is not None]
    return [(a, b) for a, b in pairwise(quantities) if _alike(a, b) and _JOIN.search(text, a.end, b.start)]


def _alike(a: _Quantity, b: _Quantity) -> bool:
    """Of one unit, or one without any: "2,1 lovbrudd, mot 3,0"; never a length of time beside a count."""
    units = {a.unit, b.unit}
    if units == {""} and max(a.value, b.value) < _FEW and float(a.value).is_integer() and float(b.value).is_integer():
        return False
    return len(units) == 1 or ("" in units and not any(_TIME.match(unit) for unit in units))


def _quantity(found: re.Match[str]) -> _Quantity | None:
    if _STATISTIC.search(found.string[: found.start()]) or _DIFFERENCE.match(found.string, found.end()):
        return None
    if found["word"]:
        return _Quantity(fractions()[found["word"].lower()] * 100, "share", *found.span())
    if found["part"]:
        whole = _value(found["whole"])
        return _Quantity(_value(found["part"]) / whole * 100, "share", *found.span()) if whole else None
    if (_YEAR.fullmatch(found["number"]) and not found["unit"]) or _ORDINAL.match(found.string, found.end()):
        return None
    counted = _COUNTED.match(found.string, found.end())
    unit = (found["unit"] or (counted[1] if counted else "")).lower()
    return _Quantity(
        _value(found["number"]),
        "share" if unit in ("prosent", "%", "per cent", "percent", "pst", "pst.") else unit,
        *found.span(),
    )


def _value(number: str) -> float:
    return float(re.sub(r"[  ]", "", number).replace(",", "."))


def _compare(a: float, b: float) -> int:
    if abs(a - b) <= _EQUAL * max(abs(a), abs(b)):
        return 0
    return 1 if a > b else -1


def _distance(quantity: _Quantity, mark: Mark) -> int:
    return mark.start - quantity.end if mark.start >= quantity.end else quantity.start - mark.end
