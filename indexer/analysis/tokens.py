"""Which words does a text hold, and where?

A token's surface is the word as written, case kept, with soft hyphens and apostrophes out. What is
written with a hyphen is two words (SLT-koordinator), but for a single letter (e-post is epost).
A paragraph of the law is one token: § 12-3. In a run of capitals that is a shouted line and not
acronyms (HANDLINGSPLAN MOT VOLD), the surface is in small letters, so that MOT there is not MOT.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_SURFACE = 64
SHOUTED_LETTERS = 7
SHOUTED_WORDS = 4

_MARKS = "\u0300-\u036f\u00ad"
_TOKEN = re.compile(
    rf"§+\s?\d+(?:[-–]\d+)*(?:\s?[a-z]\b)?"
    rf"|(?:(?<![^\W_])[^\W\d_][-\u2010\u2011](?=[^\W\d_]{{3}}))?[^\W_](?:[^\W_]|[{_MARKS}]|['’](?=[^\W_]))*"
)
_SHOUT_GAP = re.compile(r"[ \t,/&()–-]*")
_DROPPED = re.compile(r"[\s\u00ad\u2010\u2011-]")


class Token(NamedTuple):
    """A word of a text: `text[start:end]` is where it stands, `surface` the form it is looked up by."""

    surface: str
    start: int
    end: int


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order, with their places in it."""
    found = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    shouted = _shouted(text, found)
    named = (
        Token(surface.lower() if place in shouted else surface, start, end)
        for place, (word, start, end) in enumerate(found)
        if (surface := _surface(word))
    )
    return tuple(named)


def surfaces(text: str) -> list[str]:
    """The surfaces of `tokens`, without the places."""
    return [token.surface for token in tokens(text)]


def _surface(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word[:LONGEST_SURFACE]
    if word.startswith("§"):
        return "§" + re.sub(r"[§\s]", "", word).replace("–", "-")[:LONGEST_SURFACE]
    bare = _DROPPED.sub("", word).replace("’", "'").removesuffix("'s").replace("'", "")
    plain = unicodedata.normalize("NFKC", bare)
    return (plain if plain.isalnum() else unicodedata.normalize("NFC", bare))[:LONGEST_SURFACE]


def _shouted(text: str, found: list[tuple[str, int, int]]) -> set[int]:
    """The places of the words in capitals that stand in a shouted run."""
    shouted: set[int] = set()
    for run in _capital_runs(text, found):
        if len(run) >= SHOUTED_WORDS or any(len(found[place][0]) >= SHOUTED_LETTERS for place in run):
            shouted.update(run)
    return shouted


def _capital_runs(text: str, found: list[tuple[str, int, int]]) -> Iterator[list[int]]:
    run: list[int] = []
    for place, (word, start, _) in enumerate(found):
        if not word.isupper():
            continue
        follows = run and run[-1] == place - 1 and _SHOUT_GAP.fullmatch(text, found[place - 1][2], start)
        if run and not follows:
            yield run
            run = []
        run.append(place)
    if run:
        yield run
