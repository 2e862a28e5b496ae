"""How is a word written by someone without æ, ø and å?"""

import re
import unicodedata

_LETTERS = str.maketrans({"æ": "a", "ø": "o", "å": "a", "ä": "a", "ö": "o", "đ": "d", "ł": "l", "ß": "s"})
_PAIRS = re.compile("aa|ae|oe")
_PLAIN = {"aa": "a", "ae": "a", "oe": "o"}


def fold(word: str) -> str:
    """The word in small a-z: aa, å, ae, æ → a; oe, ø → o; accents off. Used on stems, never before stemming."""
    if word.isascii():
        return _PAIRS.sub(_pair, word)
    plain = _PAIRS.sub(_pair, word).translate(_LETTERS)
    return "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))


def _pair(match: re.Match[str]) -> str:
    return _PLAIN[match.group()]
