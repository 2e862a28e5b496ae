"""The small closed lists of words that rules lean on, read from `cues/words.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(name: str) -> tuple[str, ...]:
    """A list by its name; a tuple, so that it serves `str.startswith` too."""
    return tuple(_table()[name])


@cache
def fractions() -> dict[str, float]:
    """Shares written in words, and their value between 0 and 1."""
    return {word: float(value) for value, names in _table()["fractions"].items() for word in names}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("indexer.findings") / "cues" / "words.toml").read_text("utf-8"))
