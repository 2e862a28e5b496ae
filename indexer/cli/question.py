"""Question: what the command line asks, as a SearchRequest."""

import difflib
from collections.abc import Iterable, Mapping

import click

from corpus.config import SearchConfig
from corpus.model import Language
from corpus.search import Facet, SearchRequest
from corpus.vocabulary import Term, Vocabulary


def request_of(
    settings: SearchConfig, vocabulary: Vocabulary, text: str, filters: Iterable[str], limit: int | None
) -> SearchRequest:
    """The question. Raises click.BadParameter for a filter or text that cannot be understood."""
    if len(text) > settings.query_characters:
        raise click.BadParameter(f"the text is longer than {settings.query_characters} characters.", param_hint="TEXT")
    chosen = _filters(filters, vocabulary)
    years, year_from, year_to = _span(chosen.pop(Facet.YEAR, ()))
    return SearchRequest(
        as_of=settings.today(),
        text=text,
        filters=chosen | ({Facet.YEAR: years} if years else {}),
        year_from=year_from,
        year_to=year_to,
        size=limit or settings.page_size,
    )


def value_label(facet: Facet, code: str, vocabulary: Vocabulary, language: Language) -> str:
    """What a facet's code is called; a value that is no code stands for itself."""
    if facet is Facet.KOMMUNE:
        return vocabulary.kommuner[code].name if code in vocabulary.kommuner else code
    term = _terms(vocabulary).get(facet, {}).get(code)
    return term.labels[language] if term else code


def _terms(vocabulary: Vocabulary) -> Mapping[Facet, Mapping[str, Term]]:
    return {
        Facet.DOC_TYPE: vocabulary.doc_types,
        Facet.VERDICT: vocabulary.verdicts,
        Facet.THEME: vocabulary.themes,
        Facet.TILTAK: vocabulary.tiltak,
        Facet.TARGET_GROUP: vocabulary.target_groups,
        Facet.FYLKE: vocabulary.fylker,
        Facet.STATUS: vocabulary.plan_statuses,
        Facet.LANGUAGE: vocabulary.languages,
        Facet.DESIGN: vocabulary.designs,
        Facet.STRENGTH: vocabulary.strengths,
        Facet.OUTCOME: vocabulary.outcomes,
        Facet.FINDING_TYPE: vocabulary.finding_types,
    }


def _filters(filters: Iterable[str], vocabulary: Vocabulary) -> dict[Facet, tuple[str, ...]]:
    chosen: dict[Facet, tuple[str, ...]] = {}
    for given in filters:
        name, equals, value = (part.strip() for part in given.partition("="))
        if not equals or not value:
            raise _wrong(f"{given!r} is not FACET=VALUE.")
        facet = Facet(_known(name, {facet.value: "" for facet in Facet}, "facet"))
        codes = _codes(facet, vocabulary)
        chosen[facet] = (*chosen.get(facet, ()), _known(value, codes, f"{facet} code") if codes else value)
    return chosen


def _codes(facet: Facet, vocabulary: Vocabulary) -> dict[str, str]:
    """The codes of a facet with their labels; empty for one whose values are no codes."""
    codes = vocabulary.kommuner if facet is Facet.KOMMUNE else _terms(vocabulary).get(facet, {})
    return {code: value_label(facet, code, vocabulary, Language.NB) for code in codes}


def _known(name: str, codes: Mapping[str, str], what: str) -> str:
    if name in codes:
        return name
    names = {label.casefold(): code for code, label in codes.items()} | {code: code for code in codes}
    near = difflib.get_close_matches(name.casefold(), names, n=1, cutoff=0.5)
    raise _wrong(f"there is no {what} {name!r}. " + (f"Did you mean {names[near[0]]}?" if near else _some([*codes])))


def _some(names: list[str]) -> str:
    most = 25
    return f"Known: {', '.join(names[:most])}{' ...' if len(names) > most else ''}."


def _span(values: tuple[str, ...]) -> tuple[tuple[str, ...], int | None, int | None]:
    """The single years among the values, and the ends of the one span ("2019-2024", "2019-", "-2024") among them."""
    spans = [value for value in values if "-" in value]
    years = tuple(value for value in values if "-" not in value)
    start, _, end = spans[0].partition("-") if spans else ("", "", "")
    for part in (*years, *(part for part in (start, end) if part)):
        if not (part.isdecimal() and len(part) == len("2024")):
            raise _wrong(f"{part!r} is not a year.")
    if len(spans) > 1 or spans == ["-"]:
        raise _wrong("give one span of years, as year=2019-2024, year=2019- or year=-2024.")
    return years, int(start) if start else None, int(end) if end else None


def _wrong(message: str) -> click.BadParameter:
    return click.BadParameter(message, param_hint="--filter")
