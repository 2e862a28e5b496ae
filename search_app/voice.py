"""How the site speaks in one language: texts, labels of codes, numbers, dates and periods."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.core import Locale
from babel.dates import format_date, format_datetime, format_timedelta, get_timezone
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from corpus.config import TIME_ZONE
from corpus.model import Language
from corpus.vocabulary import Vocabulary
from search_app.wording import Wording

LOCALES = {Language.NB: "nb_NO", Language.NN: "nn_NO", Language.EN: "en_GB"}

GROUPED_FROM = 1000


@dataclass(frozen=True, slots=True)
class Voice:
    """One language's way of saying things. Values put into a text are escaped unless they are Markup."""

    language: Language
    wording: Wording
    vocabulary: Vocabulary

    def t(self, key: str, **values: Any) -> Markup:
        """The text of a key with its placeholders filled."""
        return escape(self.wording.text(self.language, key)).format(**values)

    def tn(self, key: str, n: int, **values: Any) -> Markup:
        """The text for a number: `key.one` or `key.other`, where {n} is the number as people write it."""
        form = "one" if n == 1 else "other"
        return self.t(f"{key}.{form}", n=self.number(n), **values)

    def number(self, n: float) -> str:
        """12345 → "12 345" (with a no-break space), 0.5 → "0,5"."""
        if isinstance(n, int) and 0 <= n < GROUPED_FROM:
            return str(n)
        return str(format_decimal(n, locale=LOCALES[self.language]))

    def percent(self, share: float) -> str:
        """0.38 → "38 %"."""
        return str(format_percent(share, locale=LOCALES[self.language]))

    def day(self, day: date) -> str:
        """A day with the month in words."""
        return str(format_date(day, format="long", locale=LOCALES[self.language]))

    def moment(self, moment: datetime) -> str:
        """A moment in Norwegian time, to the minute."""
        zone = get_timezone(TIME_ZONE)
        pattern = "d. MMMM y 'kl.' HH.mm" if self.language is not Language.EN else "d MMMM y, HH:mm"
        return str(format_datetime(moment, pattern, tzinfo=zone, locale=LOCALES[self.language]))

    def clock(self, moment: datetime) -> str:
        """A moment in Norwegian time, as hours, minutes and seconds alone."""
        zone = get_timezone(TIME_ZONE)
        return str(format_datetime(moment, "HH:mm:ss", tzinfo=zone, locale=LOCALES[self.language]))

    def duration(self, seconds: float) -> str:
        """Seconds in the largest unit that fits: "45 sekunder", "12 minutter"."""
        return str(format_timedelta(max(1, round(seconds)), threshold=2, locale=LOCALES[self.language]))

    def when(self, iso: str) -> str:
        """An ISO year stays a year; an ISO day becomes a day with the month in words."""
        return self.day(date.fromisoformat(iso)) if len(iso) == len("2024-01-31") else iso

    def listing(self, words: Iterable[str]) -> str:
        """a, b og c."""
        listed = list(words)
        return listed[0] if len(listed) == 1 else str(format_list(listed, locale=LOCALES[self.language]))

    def country(self, code: str) -> str:
        """A country by its ISO 3166-1 code; one that is unknown is its own name."""
        return str(Locale.parse(LOCALES[self.language]).territories.get(code, code))

    def label(self, kind: str, code: str) -> str:
        """The vocabulary's label of a code of a facet or field; a code without one is its own label."""
        return self.vocabulary.label(kind, code, self.language)


def lowered(label: str) -> str:
    """A label as it stands inside a sentence: "Tilbakefall" → "tilbakefall", but "SLT-modellen" as it is."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
