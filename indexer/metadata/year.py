"""Which year is a document from?"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from corpus.model import Origin, Read
from indexer.metadata.dates import MONTH, SEASON, YEAR, days
from indexer.metadata.evidence import Evidence, Line, read_at
from indexer.metadata.period import Period

_SHORT = 120
_FIRST_YEAR_OF_FILES = 1990
_NOT_RANGE = r"(?!\s*[–-]\s*\d|\d)"
_REVISED = re.compile(
    r"\b(?:this version|denne versjonen|revidert(?: utgave| utgåve)?|revised|updated|oppdatert|"
    rf"[2-9]\. (?:utgave|utgåve))[^\d\n]{{0,20}}(?P<year>{YEAR}){_NOT_RANGE}",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:utgitt|utgjeven|utgjeve|utgivelsesår|utgivelsesdato|utgjevingsår|publisert|publiseringsdato|publiseringsår|"
    r"publication date|published|levert|ferdigstilt|dato|date|dated|trykt|issued|©|\(c\)|copyright)\b[^\n]{0,45}?"
    rf"(?<![\d–-])(?P<year>{YEAR}){_NOT_RANGE}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:(?:\w+-)?rapport|\w+rapport|report|\w*notat|review|skriftserie|skrifter|serie|oversikt|kunnskapsoversikt|"
    r"working paper|discussion paper|temahefte|nou|hefte|systematic reviews?|rapportserie|summary|brief)\b\.?,?\s*"
    rf"(?:nr\.?|no\.?|nummer|number|serie)?\s*(?:(?P<y1>{YEAR})\s*[:/.–-]\s*\d{{1,3}}|"
    rf"\d{{1,3}}\s*[/,–-]\s*(?P<y2>{YEAR})|\d{{1,3}}\s*/\s*(?P<y3>\d{{2}})(?!\d))(?!\d)",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(rf"\b(?:{MONTH}|{SEASON})\s+(?P<year>{YEAR})(?!\s*[–-]\s*\d|\d)", re.IGNORECASE)
_PLACE_DATE = re.compile(
    rf"^[A-ZÆØÅ][\w./ -]{{1,30}}(?:,| den)\s+(?:\d{{1,2}}\.\s*)?(?:{MONTH}|{SEASON})\s+(?P<year>{YEAR})\.?$",
    re.IGNORECASE,
)
_PLAIN = re.compile(rf"(?<![\d/.–-])(?P<year>{YEAR})(?!\s*[–/-]\s*\d|[\d/:]|\.\d)")
_RANGE = re.compile(rf"{YEAR}\s*[–-]\s*(?:{YEAR}|\d\d)\b")
_SIGNED_LINES = 80


def read_year(evidence: Evidence, adopted: Read[date] | None, period: Period) -> Read[int] | None:
    """The year on the cover, else of the adoption, the foreword, the period; the file's own date comes last."""
    return (
        _first(_labelled(evidence.front, _REVISED, _LABEL, _NUMBERED))
        or _of_day(adopted)
        or _first(_labelled(evidence.front, _MONTH_YEAR))
        or _first(_labelled(evidence.imprint, _LABEL, _NUMBERED))
        or _first(_signed(evidence.lines))
        or _first(_plain(evidence.front))
        or _of_period(period)
        or _of_file(evidence)
    )


def _first(found: Iterator[Read[int]]) -> Read[int] | None:
    return next(found, None)


def _labelled(lines: Iterable[Line], *patterns: re.Pattern[str]) -> Iterator[Read[int]]:
    for pattern in patterns:
        for line in lines:
            for match in pattern.finditer(line.text):
                year = next(value for value in match.groups() if value)
                yield read_at(_full(year), line, match.start(), match.end())


def _full(year: str) -> int:
    """2023 of "Rapport 11/23"."""
    return int(year) if len(year) == len("2000") else 2000 + int(year)


def _of_day(adopted: Read[date] | None) -> Read[int] | None:
    return Read(adopted.value.year, adopted.origin, adopted.page, adopted.quote) if adopted else None


def _signed(lines: Iterable[Line]) -> Iterator[Read[int]]:
    """ "Oslo, mai 2023" under a foreword."""
    for line in list(lines)[:_SIGNED_LINES]:
        match = _PLACE_DATE.match(line.text.strip())
        if match:
            yield read_at(int(match["year"]), line)


def _plain(lines: Iterable[Line]) -> Iterator[Read[int]]:
    """A year on the cover that is no part of a range."""
    for line in lines:
        if len(line.text) <= _SHORT:
            for day in days(line.text):
                yield read_at(day.value.year, line, day.start, day.end)
            for match in _PLAIN.finditer(_RANGE.sub(lambda m: " " * len(m[0]), line.text)):
                yield read_at(int(match["year"]), line, match.start(), match.end())


def _of_period(period: Period) -> Read[int] | None:
    first = period.first
    return Read(int(first.value[:4]), first.origin, first.page, first.quote) if first else None


def _of_file(evidence: Evidence) -> Read[int] | None:
    """The year the file was made: of printing, so no earlier value must be there."""
    created = evidence.extracted.docinfo.created
    if created is None or created.year < _FIRST_YEAR_OF_FILES:
        return None
    return Read(created.year, Origin.DOCINFO, None, created.isoformat())
