"""Text → words with offsets and the keys they are looked up by. Pure functions, the same for index and query."""

from indexer.analysis.compounds import Part, Splitter
from indexer.analysis.fold import fold
from indexer.analysis.stopwords import is_stop_word
from indexer.analysis.tokens import Token, surfaces, tokens
from indexer.analysis.words import WordKeys, english_key, fold_key, name_key, word_keys

ANALYSIS_VERSION = 4

__all__ = [
    "ANALYSIS_VERSION",
    "Part",
    "Splitter",
    "Token",
    "WordKeys",
    "english_key",
    "fold",
    "fold_key",
    "is_stop_word",
    "name_key",
    "surfaces",
    "tokens",
    "word_keys",
]
