"""What are success factors and barriers about? Subjects with the words that name them: data in `vocab/factors.toml`."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from corpus.errors import VocabularyError
from corpus.model import Language


@dataclass(frozen=True, slots=True)
class Subject:
    """Something a tiltak may stand or fall with. `named` finds it in a text in small letters."""

    id: str
    labels: Mapping[Language, str]
    named: re.Pattern[str]


def load_subjects(path: Path | None = None) -> tuple[Subject, ...]:
    """Read the subjects that come with the product, or those of `path`, in the file's order. Raises VocabularyError."""
    source = path or files("corpus") / "vocab" / "factors.toml"
    try:
        table = tomllib.loads(source.read_text(encoding="utf-8"))
        return tuple(
            Subject(code, {language: entry[language] for language in Language}, _pattern(entry["words"]))
            for code, entry in table.items()
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise VocabularyError(f"vocab/factors.toml: {error!r}", "Mend the entry.") from error


def subjects_of(text: str, subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    """The subjects a text names, in their order; none when it names no known one."""
    plain = text.lower()
    return tuple(subject for subject in subjects if subject.named.search(plain))


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    if not words or any(word != word.lower() or not word.strip("* ") for word in words):
        raise ValueError(f"words in small letters are needed, not {words!r}")
    return re.compile("|".join(re.escape(w[1:]) if w.startswith("*") else rf"\b{re.escape(w)}" for w in words))
