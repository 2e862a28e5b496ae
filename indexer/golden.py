"""Golden questions: what must an index find, whatever else changes?"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.engine import Answers
from corpus.errors import ConfigError
from corpus.search import Facet, SearchRequest

MEND = "Mend the file of golden questions; docs/admins.md shows one."


@dataclass(frozen=True, slots=True)
class Golden:
    """A question, and the files of which each must be among the first `within` documents."""

    text: str
    finds: tuple[str, ...]
    within: int = 10
    filters: tuple[tuple[Facet, tuple[str, ...]], ...] = ()

    def files(self, answers: Answers, day: date) -> tuple[str, ...]:
        """The files of the first documents it finds, the best first."""
        asked = SearchRequest(as_of=day, text=self.text, filters=dict(self.filters), size=self.within)
        records = answers.records()
        documents = (records.document(hit.document_id) for hit in answers.search(asked).hits)
        return tuple(document.source.path for document in documents if document)

    def found(self, answers: Answers, day: date) -> frozenset[str]:
        """Those of its files that are found."""
        return frozenset(self.files(answers, day)) & frozenset(self.finds)


def read_golden(path: Path | None) -> tuple[Golden, ...]:
    """The questions of a file, none without one. Raises ConfigError."""
    if path is None:
        return ()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_questions(table))
    except OSError as error:
        raise ConfigError(f"Cannot read {path}: {error.strerror}.", MEND) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise ConfigError(f"{path} holds no golden questions as they should be: {error}.", MEND) from error


def _questions(table: dict[str, Any]) -> Iterator[Golden]:
    for name in table.keys() - {"question"}:
        raise ValueError(f"there is no {name}, only question")
    for question in table["question"]:
        for name in question.keys() - {"text", "finds", "within", "filters"}:
            raise ValueError(f"a question has no {name}, only text, finds, within and filters")
        filters = tuple((Facet(name), _texts(codes, name)) for name, codes in question.get("filters", {}).items())
        within = question.get("within", 10)
        if type(within) is not int or within < 1 or not isinstance(question["text"], str):
            raise ValueError("text is a text and within a whole number above 0")
        yield Golden(question["text"], _texts(question["finds"], "finds"), within, filters)


def _texts(values: object, name: str) -> tuple[str, ...]:
    if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{name} is a list of texts")
    return tuple(values)
