"""Which period is a plan for?"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from corpus.model import Read
from indexer.metadata.dates import YEAR, Day, days
from indexer.metadata.evidence import Evidence, Line, read_at

_LONGEST_YEARS = 20
_BARE_LINE = 60
_CUE_REACH = 70
_BEFORE = 45
_CENTURY = 100
_TO = r"\s*(?:[–—-]|til og med|t\.o\.m\.|til|to|through|until)\s*"
_SPAN = re.compile(rf"(?<![\d./-])(?P<first>{YEAR}){_TO}(?P<last>{YEAR}|\d{{2}})(?![\d/]|\.\d)", re.IGNORECASE)
_SCHOOL_YEAR = re.compile(
    rf"(?:skole-?året|skuleåret|school year)\s+(?P<first>{YEAR})\s*[/–-]\s*(?P<last>{YEAR}|\d{{2}})(?!\d)",
    re.IGNORECASE,
)
_BETWEEN_DAYS = re.compile(r"\s*(?:[–—-]|til og med|t\.o\.m\.|til|to|through|until)\s*(?:den\s+)?", re.IGNORECASE)
_CUE = re.compile(
    r"planperiode\w*|plan period|perioden?\b|gjelder\b|gjeld\b|virketid|verketid|virkeperiode|varighet|varigheit|"
    r"tidsrommet|for the period|planning period|covers\b|valid\b|in force",
    re.IGNORECASE,
)
_ONE_YEAR = re.compile(
    rf"\b(?:års|tiltaks|aktivitets|handlings|virksomhets|verksemds|temaårs)plan\w*\b(?:\s+[^\s\d]+){{0,8}}?[\s,:–-]+"
    rf"(?P<year>{YEAR})(?!\s*[–—/-]\s*\d)(?!\d)|\b(?:annual|action) plan\b(?:\s+[^\s\d]+){{0,8}}?\s+(?P<en>{YEAR})"
    rf"(?!\s*[–—/-]\s*\d)(?!\d)",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:trer|trår|tre) i kraft|gjelder fra|gjeld frå|med virkning fra|med verknad frå|takes effect|in force from",
    re.IGNORECASE,
)
_PLAN_NAME = re.compile(
    rf"[^.]*\b\w*(?:plan|strategi|program|strategy)\w*\b[^.]*{YEAR}\s*[–-]\s*(?:{YEAR}|\d\d)\W*$", re.IGNORECASE
)
_ANOTHER = re.compile(
    r"\b(?:erstatt\w*|avløys\w*|avløs\w*|forrige|førre|tidligere|tidlegare|evaluering av|følger opp|følgjer opp|"
    r"replac\w+|previous|ungdata\w*|i tråd med|forankret i|forankra i)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """When a plan is for: ISO 8601 years or days; None where the plan does not say."""

    first: Read[str] | None = None
    last: Read[str] | None = None


def read_period(evidence: Evidence, title: Line | None) -> Period:
    """The period of a plan: in its title, then on its cover, then in its first pages."""
    titles = (title,) if title else ()
    cover = tuple(line for line in evidence.front if line is not title)
    ways = (
        (_school_years(titles), _spans(titles, cued=False), _single_years(titles)),
        (_day_spans(cover), _school_years(cover), _spans(cover, cued=True), _bare(cover), _of_plan(cover)),
        (_day_spans(evidence.imprint), _spans(evidence.lines, cued=True)),
        (_single_years(cover), _starts(evidence.imprint)),
    )
    exact = next(_day_spans(cover), None)
    for way in ways:
        for found in way:
            for period in found:
                return _sharper(period, exact)
    return Period()


def _sharper(period: Period, exact: Period | None) -> Period:
    """The days where the cover gives them for the same years, and they are not whole years."""
    if exact and exact.first and exact.last and period.first and period.last:
        same = (exact.first.value[:4], exact.last.value[:4]) == (period.first.value, period.last.value)
        return exact if same else period
    return period


def _spans(lines: Iterable[Line], *, cued: bool) -> Iterator[Period]:
    for line in lines:
        for match in _SPAN.finditer(line.text):
            before = line.text[: match.start()]
            if not _ANOTHER.search(before[-_BEFORE:]) and (not cued or _CUE.search(before[-_CUE_REACH:])):
                yield from _period(line, match)


def _bare(lines: Iterable[Line]) -> Iterator[Period]:
    """A span on a short line of its own."""
    short = [line for line in lines if len(line.text) <= _BARE_LINE]
    yield from _spans(short, cued=False)


def _of_plan(lines: Iterable[Line]) -> Iterator[Period]:
    """A span at the end of a line that is a plan's name: "Regjeringens handlingsplan mot … 2021–2024"."""
    yield from _spans([line for line in lines if _PLAN_NAME.match(line.text)], cued=False)


def _period(line: Line, match: re.Match[str]) -> Iterator[Period]:
    first, last = int(match["first"]), _last(match)
    if first <= last <= first + _LONGEST_YEARS:
        at = (line, match.start(), match.end())
        yield Period(read_at(str(first), *at), read_at(str(last), *at))


def _last(match: re.Match[str]) -> int:
    """2026 of "2023–26" too."""
    last = int(match["last"])
    return last if last >= _CENTURY else int(match["first"]) // _CENTURY * _CENTURY + last


def _school_years(lines: Iterable[Line]) -> Iterator[Period]:
    """A school year runs from 1 August to 31 July."""
    for line in lines:
        for match in _SCHOOL_YEAR.finditer(line.text):
            at = (line, match.start(), match.end())
            yield Period(read_at(f"{match['first']}-08-01", *at), read_at(f"{_last(match)}-07-31", *at))


def _day_spans(lines: Iterable[Line]) -> Iterator[Period]:
    for line in lines:
        found = list(days(line.text))
        for one, other in pairwise(found):
            between = _BETWEEN_DAYS.fullmatch(line.text, one.end, other.start)
            if between and _is_period(line, one, other):
                at = (line, one.start, other.end)
                yield Period(read_at(_written(one.value, 1, 1), *at), read_at(_written(other.value, 12, 31), *at))


def _is_period(line: Line, one: Day, other: Day) -> bool:
    cue = _CUE.search(line.text[max(0, one.start - _CUE_REACH) : one.start])
    return bool(cue) and one.value < other.value <= one.value.replace(year=one.value.year + _LONGEST_YEARS, day=1)


def _written(day: date, month: int, of_month: int) -> str:
    """The year alone for the day a year begins or ends on."""
    return str(day.year) if (day.month, day.day) == (month, of_month) else day.isoformat()


def _single_years(lines: Iterable[Line]) -> Iterator[Period]:
    for line in lines:
        for match in _ONE_YEAR.finditer(line.text):
            if not _ANOTHER.search(line.text[max(0, match.start() - _BEFORE) : match.start()]):
                year = read_at(match["year"] or match["en"], line, match.start(), match.end())
                yield Period(year, year)


def _starts(lines: Iterable[Line]) -> Iterator[Period]:
    for line in lines:
        cue = _FROM.search(line.text)
        for day in days(line.text):
            if cue and 0 <= day.start - cue.end() <= _CUE_REACH:
                yield Period(read_at(_written(day.value, 1, 1), line, cue.start(), day.end))
