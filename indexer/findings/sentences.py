"""Where do sentences begin and end?"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

# A full stop may be followed by a closing quote or bracket and by the number of a footnote.
_STOP = re.compile(
    r"[.!?…][\"'»”’)\]]*(?:(?<=[a-zæøå][.!?])\d{1,3}|\[\d{1,3}\])?(?=\s+[\"'«“‘(\[–—-]*\s?[A-ZÆØÅÄÖ0-9])"
)
_INITIAL = re.compile(r"^[(\[«\"]*[A-ZÆØÅ]\.$")
_NUMBERED = re.compile(r"^[(\[]?(?:\d{1,2}\.)*\d{1,2}\.$")
_ORDINAL = re.compile(r"\d\.$")
_WORDS = re.compile(r"(?:[•◦▪●○‣⁃·*–—-]\s+)*(\S(?:.*\S)?)", re.DOTALL)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]` as offsets into `text`, without white space or the mark of a list item."""
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and _ends(text, begin, stop.start(), stop.end()):
            yield from _trimmed(text, begin, stop.end())
            begin = stop.end()
    yield from _trimmed(text, begin, end)


def _ends(text: str, begin: int, dot: int, after: int) -> bool:
    """Whether this full stop ends a sentence, not an abbreviation, an initial, a date or a list number."""
    if text[dot] in "!?…":
        return True
    start = max(begin, max(text.rfind(space, begin, dot) for space in " \n\t\u00a0") + 1)
    written = text[start : dot + 1].lstrip('(«"[')
    if written.lower() in _abbreviations() or _INITIAL.match(written):
        return False
    if _NUMBERED.match(written) and not text[begin:start].strip():
        return False
    return not (_ORDINAL.search(written) and text[after:].lstrip()[:1].isdigit())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if found := _WORDS.search(text, start, end):
        yield found.span(1)


@cache
def _abbreviations() -> frozenset[str]:
    table = tomllib.loads((files("indexer.findings") / "cues" / "abbreviations.toml").read_text("utf-8"))
    return frozenset(word.lower() for entry in table["abbreviations"] for word in entry["no"])
