"""Where does a plan stand on a given day?

A plan without an end is taken to be in force for one term of the kommunestyre (four years) from its
start or adoption: the law asks every new kommunestyre to decide its plans anew. After that its
status is unknown, which is not the same as expired.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.model import Metadata
from corpus.search import PlanStatus
from corpus.vocabulary import Vocabulary

SOON_MONTHS = 6
TERM_MONTHS = 48

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class PlanPeriod:
    """What a plan says of its time: first and last day, day adopted, and `horing` or `under_rullering`."""

    start: date | None = None
    end: date | None = None
    adopted: date | None = None
    state: str | None = None

    def status(self, as_of: date) -> PlanStatus | None:
        """The status on a day; None when the plan tells no time. The first of these that holds:

        ended before the day: utlopt · says it is out for hearing: horing · says it is being revised:
        under_rullering · starts after the day: kommende · ends within six months: utloper_snart ·
        has started: gjeldende.
        """
        if self.end is not None and self.end < as_of:
            return PlanStatus.UTLOPT
        if self.state in {PlanStatus.HORING, PlanStatus.UNDER_RULLERING}:
            return PlanStatus(self.state)
        start = self.start or self.adopted
        if start is not None and start > as_of:
            return PlanStatus.KOMMENDE
        if self.end is not None:
            return PlanStatus.UTLOPER_SNART if self.end <= _months_later(as_of, SOON_MONTHS) else PlanStatus.GJELDENDE
        return PlanStatus.GJELDENDE if start is not None and as_of <= _months_later(start, TERM_MONTHS) else None


def plan_period(metadata: Metadata, vocabulary: Vocabulary) -> PlanPeriod | None:
    """The time of a document whose type is a plan; None for all other documents."""
    kind = vocabulary.doc_types.get(metadata.doc_type.value) if metadata.doc_type else None
    if kind is None or not kind.plan:
        return None
    return PlanPeriod(
        start=_first_day(metadata.plan_from.value) if metadata.plan_from else None,
        end=_last_day(metadata.plan_to.value) if metadata.plan_to else None,
        adopted=metadata.adopted.value if metadata.adopted else None,
        state=metadata.plan_state.value if metadata.plan_state else None,
    )


def plan_status(metadata: Metadata, vocabulary: Vocabulary, as_of: date) -> PlanStatus | None:
    """The status of a document on the day `as_of`; None when it is no plan or tells no time."""
    period = plan_period(metadata, vocabulary)
    return period.status(as_of) if period else None


def _first_day(text: str) -> date | None:
    """The first day of an ISO 8601 year, month or day; None when it is none of these."""
    match = _DAY.fullmatch(text)
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None
    except ValueError:
        return None


def _last_day(text: str) -> date | None:
    first = _first_day(text)
    if first is None or len(text) == len("2026-01-01"):
        return first
    return _months_later(first, 1 if len(text) == len("2026-01") else 12) - timedelta(days=1)


def _months_later(day: date, months: int) -> date:
    """The same day of the month that many months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
