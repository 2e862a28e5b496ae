"""A question as an address and back: URL ⇄ SearchRequest."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from corpus.config import Config
from corpus.search import Facet, SearchRequest, Sort
from corpus.vocabulary import Vocabulary

T = TypeVar("T")

PAGE_SIZES = (10, 20, 50)
LARGEST_PAGE = 10_000
FIRST_YEAR, LAST_YEAR = 1800, 2200
MOST_VALUES = 100
MOST_CHARACTERS = 200
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ANY_YEAR = range(FIRST_YEAR, LAST_YEAR + 1)


class Fault(StrEnum):
    """What was wrong with a value in an address."""

    UNKNOWN = "unknown"
    NUMBER = "number"
    DATE = "date"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that was left out of the question."""

    parameter: str
    value: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Rules:
    """What an address may say: the day it is read, allowed sizes, longest text, codes by facet.

    A facet without codes (publisher) takes any short text.
    """

    today: date
    size: int
    sizes: Collection[int]
    characters: int
    codes: Mapping[Facet, Collection[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that could be read, and what was left out of it."""

    request: SearchRequest
    problems: tuple[Problem, ...]


def rules_for(config: Config, vocabulary: Vocabulary, today: date, sizes: Collection[int] | None = None) -> Rules:
    """The rules of this site; without `sizes`, those its pages offer."""
    search = config.search
    return Rules(today, search.page_size, sizes or page_sizes(config), search.query_characters, codes_of(vocabulary))


def codes_of(vocabulary: Vocabulary) -> Mapping[Facet, Collection[str]]:
    """The codes of every facet that has a fixed set of them."""
    return {
        Facet.DOC_TYPE: vocabulary.doc_types,
        Facet.VERDICT: vocabulary.verdicts,
        Facet.THEME: vocabulary.themes,
        Facet.TILTAK: vocabulary.tiltak,
        Facet.TARGET_GROUP: vocabulary.target_groups,
        Facet.FYLKE: vocabulary.fylker,
        Facet.KOMMUNE: vocabulary.kommuner,
        Facet.STATUS: vocabulary.plan_statuses,
        Facet.LANGUAGE: vocabulary.languages,
        Facet.DESIGN: vocabulary.designs,
        Facet.STRENGTH: vocabulary.strengths,
        Facet.OUTCOME: vocabulary.outcomes,
        Facet.FINDING_TYPE: vocabulary.finding_types,
    }


def page_sizes(config: Config) -> tuple[int, ...]:
    """The numbers of hits a page the site offers, smallest first."""
    return tuple(sorted({config.search.page_size, *PAGE_SIZES}))


def write_query(request: SearchRequest, rules: Rules) -> dict[str, list[str]]:
    """The parameters of a question, in a fixed order; what is as usual is left out."""
    query: dict[str, list[str]] = {"q": [request.text] if request.text else []}
    for facet in Facet:
        query[facet] = list(request.filters.get(facet, ()))
    query["exact"] = _unless(int(request.exact), 0)
    query["all_words"] = _unless(int(request.all_words), 0)
    query["year_from"] = _unless(request.year_from, None)
    query["year_to"] = _unless(request.year_to, None)
    query["sort"] = _unless(request.sort, Sort.RELEVANCE)
    query["page"] = _unless(request.page, 1)
    query["size"] = _unless(request.size, rules.size)
    query["as_of"] = _unless(request.as_of, rules.today)
    return {name: values for name, values in query.items() if values}


def read_query(pairs: Iterable[tuple[str, str]], rules: Rules) -> Asked:
    """The question in an address. Never raises: what cannot be read becomes a Problem.

    Parameters that are none of ours are passed over. The last value counts where one is expected.
    """
    reader = _Reader(rules)
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        cleaned = clean(value)
        if cleaned:
            given.setdefault(name, []).append(cleaned)
    last = {name: values[-1] for name, values in given.items()}
    request = SearchRequest(
        as_of=reader.day("as_of", last, rules.today),
        text=reader.text("q", last),
        filters=reader.filters(given),
        year_from=reader.number("year_from", last, None, ANY_YEAR),
        year_to=reader.number("year_to", last, None, ANY_YEAR),
        sort=reader.sort("sort", last),
        page=reader.number("page", last, 1, range(1, LARGEST_PAGE + 1)) or 1,
        size=reader.number("size", last, rules.size, rules.sizes) or rules.size,
        exact=reader.number("exact", last, 0, range(2)) == 1,
        all_words=reader.number("all_words", last, 0, range(2)) == 1,
    )
    return Asked(request, tuple(reader.problems))


def clean(text: str) -> str:
    """Text as people meant it: NFC, no control characters, no space at the ends."""
    kept = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} else c for c in text)
    return unicodedata.normalize("NFC", kept).strip()


def _unless(value: object, usual: object) -> list[str]:
    return [] if value == usual else [str(value)]


class _Reader:
    """Reads one address; `problems` gathers what was left out."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.problems: list[Problem] = []

    def text(self, name: str, last: Mapping[str, str]) -> str:
        text = last.get(name, "")
        if len(text) > self.rules.characters:
            return self._note(name, text, Fault.TOO_LONG, text[: self.rules.characters].strip())
        return text

    def day(self, name: str, last: Mapping[str, str], usual: date) -> date:
        if name not in last:
            return usual
        try:
            day = date.fromisoformat(last[name]) if ISO_DAY.fullmatch(last[name]) else date.min
        except ValueError:
            day = date.min
        return day if day.year in ANY_YEAR else self._note(name, last[name], Fault.DATE, usual)

    def number(self, name: str, last: Mapping[str, str], usual: int | None, allowed: Collection[int]) -> int | None:
        value = last.get(name)
        if value is None:
            return usual
        if value.isascii() and value.isdecimal() and len(value) <= len(str(LARGEST_PAGE)) and int(value) in allowed:
            return int(value)
        return self._note(name, value, Fault.NUMBER, usual)

    def sort(self, name: str, last: Mapping[str, str]) -> Sort:
        value = last.get(name, Sort.RELEVANCE)
        return Sort(value) if value in list(Sort) else self._note(name, value, Fault.UNKNOWN, Sort.RELEVANCE)

    def filters(self, given: Mapping[str, list[str]]) -> dict[Facet, tuple[str, ...]]:
        room = MOST_VALUES
        filters = {}
        for facet in Facet:
            values = [value for value in dict.fromkeys(given.get(facet, ())) if self._known(facet, value)]
            if len(values) > room:
                self._note(facet, values[room], Fault.TOO_MANY, None)
            if values[:room]:
                filters[facet] = tuple(values[:room])
            room = max(0, room - len(values))
        return filters

    def _known(self, facet: Facet, value: str) -> bool:
        if facet is Facet.YEAR:
            known = value.isascii() and value.isdecimal() and len(value) == len("2024") and int(value) in ANY_YEAR
        else:
            known = len(value) <= MOST_CHARACTERS and value in self.rules.codes.get(facet, (value,))
        return known or self._note(facet, value, Fault.UNKNOWN, False)

    def _note(self, name: str, value: str, fault: Fault, usual: T) -> T:
        self.problems.append(Problem(name, value[:MOST_CHARACTERS], fault))
        return usual
