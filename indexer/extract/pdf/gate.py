"""Is what an engine read from a page real text?"""

import re
from dataclasses import dataclass

from indexer.extract.pdf.sheet import Sheet

MOST_BAD = 0.005  # share of characters that are no text
FEWEST_LETTERS = 20
FEWEST_WORDS = 60  # on fewer, function words say nothing
LEAST_KNOWN = 0.05  # share of words that are function words; running Norwegian and English have .30 to .45

_BAD = re.compile(r"\x00|\ufffd|\(cid:\d+\)|(?<=\S)[\ue000-\uf8ff](?=\S)")
_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = frozenset(
    [
        "og",
        "i",
        "det",
        "er",
        "som",
        "på",
        "til",
        "av",
        "for",
        "en",
        "at",
        "med",
        "de",
        "ikke",
        "den",
        "har",
        "et",
        "om",
        "var",
        "fra",
        "vi",
        "men",
        "han",
        "kan",
        "skal",
        "eller",
        "seg",
        "så",
        "ved",
        "dette",
        "være",
        "etter",
        "sin",
        "under",
        "blir",
        "mot",
        "ble",
        "over",
        "også",
        "enn",
        "når",
        "hvor",
        "mer",
        "alle",
        "denne",
        "må",
        "hva",
        "ikkje",
        "ein",
        "eit",
        "eg",
        "me",
        "dei",
        "frå",
        "vere",
        "vart",
        "blir",
        "skulle",
        "korleis",
        "kva",
        "kvar",
        "då",
        "meir",
        "anna",
        "sjølv",
        "noko",
        "desse",
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "that",
        "for",
        "it",
        "was",
        "on",
        "are",
        "as",
        "with",
        "be",
        "this",
        "by",
        "an",
        "or",
        "from",
        "at",
        "which",
        "not",
        "have",
        "has",
        "their",
        "but",
        "were",
    ]
)


@dataclass(frozen=True, slots=True)
class Quality:
    """What can be counted on a page: letters, the share of characters that are no text, of words that are known."""

    letters: int
    bad: float
    known: float | None

    @property
    def passes(self) -> bool:
        """Whether the page needs no second reading."""
        known = self.known is None or self.known >= LEAST_KNOWN
        return self.letters >= FEWEST_LETTERS and self.bad <= MOST_BAD and known

    def better_than(self, other: "Quality") -> bool:
        """Whether this reading of a page is to be taken for the other one."""
        if self.letters < FEWEST_LETTERS or other.letters < FEWEST_LETTERS:
            return self.letters > other.letters
        if abs(self.bad - other.bad) > MOST_BAD:
            return self.bad < other.bad
        return (self.known or 0.0) > 2 * (other.known or 0.0)


def quality(sheet: Sheet) -> Quality:
    """Measure one page."""
    words = _WORD.findall(sheet.source.lower())
    letters = sum(map(len, words))
    bad = sum(match.end() - match.start() for match in _BAD.finditer(sheet.source)) / max(1, len(sheet.source))
    known = sum(word in _FUNCTION_WORDS for word in words) / len(words) if len(words) >= FEWEST_WORDS else None
    return Quality(letters, bad, known)
