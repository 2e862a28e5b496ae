"""On which day, does a file say, was it made?"""

import re
from datetime import date

_ISO = re.compile(r"\s*(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")
_NORWEGIAN = re.compile(r"\s*(\d{1,2})\.\s?(\d{1,2})\.(\d{4})(?!\d)")


def day(text: str) -> date | None:
    """The day of 2026-01-31T12:00Z, 2026-01, 2026 or 31.01.2026; None for anything else."""
    norwegian, iso = _NORWEGIAN.match(text), _ISO.match(text)
    try:
        if norwegian:
            return date(int(norwegian[3]), int(norwegian[2]), int(norwegian[1]))
        return date(int(iso[1]), int(iso[2] or 1), int(iso[3] or 1)) if iso else None
    except ValueError:
        return None
