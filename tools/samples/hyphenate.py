"""Where may a long word break? Soft hyphens for the producers that have no hyphenation of their own."""

import re

SOFT_HYPHEN = "\u00ad"
LONG_WORD = re.compile(r"[^\W\d_]{10,}")
SYLLABLE = re.compile(r"(?<=[^\W\d_]{3})(?=[bcdfghjklmnpqrstvwxz][aeiouyæøå][^\W\d_]{2})", re.IGNORECASE)


def soften(text: str) -> str:
    """Put a soft hyphen before every consonant and vowel inside long words, three letters from each end."""
    return LONG_WORD.sub(lambda word: SYLLABLE.sub(SOFT_HYPHEN, word.group()), text)
