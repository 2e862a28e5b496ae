"""Text with runs lit: the words that were searched for, a quote, and the cue that decided it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup, escape

from corpus.search import WordReport

LEAD_IN = 5  # a run stands this fraction into its excerpt


class Light(StrEnum):
    """Why a run is lit. The order is from outermost to innermost."""

    QUOTE = "lit"
    CUE = "cue"
    WORD = "mark"


OPEN = {
    Light.QUOTE: Markup('<span class="lit">'),
    Light.CUE: Markup('<span class="cue">'),
    Light.WORD: Markup("<mark>"),
}
CLOSE = {Light.QUOTE: Markup("</span>"), Light.CUE: Markup("</span>"), Light.WORD: Markup("</mark>")}


@dataclass(frozen=True, slots=True)
class Run:
    """`text[start:end]` is lit."""

    start: int
    end: int
    light: Light


def light_up(text: str, runs: Sequence[Run], start: int = 0, end: int | None = None) -> Markup:
    """`text[start:end]` escaped, with each run in its element; runs may overlap and reach outside."""
    stop = len(text) if end is None else end
    edges = {start, stop} | {edge for run in runs for edge in (run.start, run.end) if start < edge < stop}
    pieces: list[Markup] = []
    burning: tuple[Light, ...] = ()
    order = sorted(edges)
    for left, right in pairwise(order):
        lights = _lights_at(runs, left)
        pieces.append(_change(burning, lights))
        pieces.append(escape(text[left:right]))
        burning = lights
    return Markup("").join([*pieces, _change(burning, ())])


def excerpt(text: str, runs: Sequence[Run], length: int = 360) -> Markup:
    """The stretch of a text with most runs in it, lit; "…" stands where something is left out.

    It begins and ends between words and is at most `length` characters.
    """
    if len(text) <= length:
        return light_up(text, runs)
    starts = sorted({max(0, min(run.start - length // LEAD_IN, len(text) - length)) for run in runs} or {0})
    best = max(starts, key=lambda start: sum(start <= run.start and run.end <= start + length for run in runs))
    start, end = _between_words(text, best, best + length)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    return Markup("").join((before, light_up(text, runs, start, end), after))


def _between_words(text: str, start: int, end: int) -> tuple[int, int]:
    if start:
        start = text.find(" ", start, end) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start, end), start) if " " in text[start:end] else end
    return start, end


def word_runs(text: str, words: Iterable[WordReport]) -> tuple[Run, ...]:
    """Where the forms that a search matched stand in a text, as whole words in any case."""
    pattern = _pattern(frozenset(form for word in words for form in (word.text, *word.forms)))
    return tuple(Run(*match.span(), Light.WORD) for match in pattern.finditer(text)) if pattern else ()


@lru_cache(maxsize=64)
def _pattern(forms: frozenset[str]) -> re.Pattern[str] | None:
    known = sorted((re.escape(form) for form in forms if form.strip()), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)", re.IGNORECASE) if known else None


def _lights_at(runs: Iterable[Run], place: int) -> tuple[Light, ...]:
    lit = {run.light for run in runs if run.start <= place < run.end}
    return tuple(light for light in Light if light in lit)


def _change(before: tuple[Light, ...], after: tuple[Light, ...]) -> Markup:
    """Close what no longer burns and what stands inside it, then open the rest."""
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] is after[shared]:
        shared += 1
    closed = (CLOSE[light] for light in reversed(before[shared:]))
    opened = (OPEN[light] for light in after[shared:])
    return Markup("").join([*closed, *opened])
