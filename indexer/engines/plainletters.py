"""Which word of the collection has someone written without æ, ø and å?"""

import re

from indexer.analysis import fold
from indexer.engines.lexicon import Lexicon

FAR_RARER = 10
_SINGLY = str.maketrans("åøæ", "aoa")
_WRITTEN = {"å": "(?:å|aa?)", "ø": "(?:ø|oe?)", "æ": "(?:æ|ae?)"}


class PlainLetters:
    """Finds the words of a collection by how they are typed in a-z: å as aa or a, ø as oe or o, æ as ae or a.

    Words are kept by both looks of `fold`: typed singly, miljøet is miljoet, where oe looks like one letter.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._folded: dict[str, list[str]] = {}
        for word in lexicon.forms.keys:
            if not word.isascii():
                for look in {fold(word), fold(word.translate(_SINGLY))}:
                    self._folded.setdefault(look, []).append(word)

    def words(self, typed: str) -> tuple[str, ...]:
        """What a word in small letters may stand for, the likeliest first.

        Itself; beside it the most common word typed so, where that is the more common; that word alone where it is
        more than FAR_RARER times as common, or the collection does not hold the word as typed.
        """
        could = (word for word in self._folded.get(fold(typed), ()) if _typed_as(word).fullmatch(typed))
        meant = max(could, key=lambda word: (self._count(word), word), default=typed) if typed.isascii() else typed
        own, its = self._count(typed), self._count(meant)
        if meant == typed or its <= own:
            return (typed,)
        return (typed, meant) if its <= FAR_RARER * own else (meant,)

    def _count(self, word: str) -> int:
        return int(self._lexicon.counts[self._lexicon.forms.get(word)].sum())


def _typed_as(word: str) -> re.Pattern[str]:
    return re.compile("".join(_WRITTEN.get(letter) or re.escape(letter) for letter in word))
