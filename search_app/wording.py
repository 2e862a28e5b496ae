"""Every word of the interface: keys with a text in each of the three languages."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from corpus.errors import HvaVirkerError
from corpus.model import Language

TEXTS = Path(__file__).parent / "texts"


class WordingError(HvaVirkerError):
    """A text file breaks one of its rules."""


@dataclass(frozen=True, slots=True)
class Wording:
    """`texts[key][language]`; a key is "section.name" as in the files."""

    texts: Mapping[str, Mapping[Language, str]]

    def text(self, language: Language, key: str) -> str:
        """The text as written, placeholders and all. Raises KeyError for an unknown key."""
        return self.texts[key][language]


def load_wording(folder: Path = TEXTS) -> Wording:
    """Read every `*.toml` of the folder.

    Raises WordingError for a missing language, a key in two files, and placeholders that differ.
    """
    texts: dict[str, Mapping[Language, str]] = {}
    for file in sorted(folder.glob("*.toml")):
        for key, forms in _entries(tomllib.loads(file.read_text(encoding="utf-8"))):
            if key in texts:
                raise WordingError(f"{key} stands twice, the second time in {file.name}", "Keep one of them.")
            texts[key] = _checked(key, forms)
    return Wording(texts)


def placeholders(text: str) -> frozenset[str]:
    """The names between { and } in a text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _entries(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Mapping[str, Any]]]:
    found: list[tuple[str, Mapping[str, Any]]] = []
    for name, value in table.items():
        key = f"{prefix}{name}"
        if not isinstance(value, dict):
            raise WordingError(f"{key} is a bare value", "Give it one text for each of nb, nn and en.")
        if all(isinstance(inner, str) for inner in value.values()):
            found.append((key, value))
        else:
            found += _entries(value, f"{key}.")
    return found


def _checked(key: str, forms: Mapping[str, str]) -> Mapping[Language, str]:
    if set(forms) != set(Language):
        raise WordingError(f"{key} has {', '.join(sorted(forms))}", "Give it one text for each of nb, nn and en.")
    if len({placeholders(text) for text in forms.values()}) > 1:
        raise WordingError(f"{key} has other placeholders in one language", "Use the same names in all three.")
    return {language: forms[language] for language in Language}
