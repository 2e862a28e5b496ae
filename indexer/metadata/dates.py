"""How are days and years written, in bokmål, nynorsk and English?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

FIRST_YEAR, LAST_YEAR = 1950, 2060

_MONTHS = (
    ("januar", "january", "jan"),
    ("februar", "february", "feb"),
    ("mars", "march", "mar"),
    ("april", "apr"),
    ("mai", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("desember", "december", "des", "dec"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
MONTH = r"(?:" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")\b\.?"
SEASON = (
    r"(?:våren|sommeren|sommaren|høsten|hausten|vinteren|spring|summer|autumn|fall|winter|vår|sommer|sommar|høst|haust)"
)
YEAR = r"(?:19[5-9]\d|20[0-5]\d)"
DAY_PATTERN = (
    rf"(?:(?P<d1>\d{{1,2}})\s?[./]\s?(?P<m1>\d{{1,2}})\s?[./]\s?(?P<y1>{YEAR}|\d{{2}}(?!\d))"
    rf"|(?P<y2>{YEAR})-(?P<m2>\d{{2}})-(?P<d2>\d{{2}})"
    rf"|(?P<d3>\d{{1,2}})(?:\.|st|nd|rd|th)?\s+(?:of\s+)?(?P<m3>{MONTH}),?\s+(?P<y3>{YEAR})"
    rf"|(?P<m4>{MONTH})\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>{YEAR}))"
)
_DAY = re.compile(rf"(?<![\d.])(?:{DAY_PATTERN})(?!\.?\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A day and where in a text it stands."""

    value: date
    start: int
    end: int


def days(text: str) -> Iterator[Day]:
    """Every day written out in full, in order; impossible ones are passed over."""
    for match in _DAY.finditer(text):
        value = _date(match)
        if value is not None:
            yield Day(value, match.start(), match.end())


def _date(match: re.Match[str]) -> date | None:
    for form in "1234":
        if match[f"y{form}"]:
            return _made(match[f"y{form}"], match[f"m{form}"], match[f"d{form}"])
    return None


def _made(year: str, month: str, day: str) -> date | None:
    number = _MONTH_NUMBER.get(month.rstrip(".").casefold()) or (int(month) if month.isdecimal() else 0)
    full = int(year) if len(year) == len("2000") else 2000 + int(year)
    try:
        made = date(full, number, int(day))
    except ValueError:
        return None
    return made if FIRST_YEAR <= made.year <= LAST_YEAR else None
