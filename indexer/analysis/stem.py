"""What is a word without its endings?"""

from functools import cache

import Stemmer


def norwegian(word: str) -> str:
    """The stem of a Norwegian word in small letters and canonical spelling (Snowball)."""
    return str(_stemmer("norwegian").stemWord(word))


def english(word: str) -> str:
    """The stem of an English word in small letters (Snowball)."""
    return str(_stemmer("english").stemWord(word))


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(language)
