"""Text with runs lit: the words that were searched for, a quote, and the cue that decided it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from markupsafe import Markup, escape

from corpus.search import WordReport


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


def word_runs(text: str, words: Iterable[WordReport]) -> tuple[Run, ...]:
    """Where the forms that a search matched stand in a text, as whole words in any case."""
    forms = {form for word in words if not word.relaxed for form in (word.text, *word.forms)}
    known = sorted((re.escape(form) for form in forms if form.strip()), key=len, reverse=True)
    if not known:
        return ()
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)", re.IGNORECASE)
    return tuple(Run(*match.span(), Light.WORD) for match in pattern.finditer(text))


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
