from datetime import date

import click
import pytest

from corpus.config import SearchConfig
from corpus.model import Language
from corpus.search import Facet, SearchRequest
from indexer.cli.question import request_of, value_label
from tests.indexer.run_fakes import known_vocabulary

VOCABULARY = known_vocabulary()
DAY = date(2026, 1, 31)
SETTINGS = SearchConfig(as_of=DAY, query_characters=20)


def asked(*filters: str, text: str = "vold", limit: int | None = None) -> SearchRequest:
    return request_of(SETTINGS, VOCABULARY, text, filters, limit)


def test_a_question_without_filters() -> None:
    assert asked() == SearchRequest(as_of=DAY, text="vold", size=10)
    assert asked(limit=50).size == 50


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["verdict=virker"], {Facet.VERDICT: ("virker",)}),
        (["verdict=virker", "verdict=lovende"], {Facet.VERDICT: ("virker", "lovende")}),
        (["language=nn", "fylke=03"], {Facet.LANGUAGE: ("nn",), Facet.FYLKE: ("03",)}),
        (["kommune=0301"], {Facet.KOMMUNE: ("0301",)}),
        ([" status = gjeldende "], {Facet.STATUS: ("gjeldende",)}),
        (["publisher=Fjellheim = by"], {Facet.PUBLISHER: ("Fjellheim = by",)}),
        (["year=2021", "year=2023"], {Facet.YEAR: ("2021", "2023")}),
    ],
)
def test_filters(filters: list[str], expected: dict[Facet, tuple[str, ...]]) -> None:
    request = asked(*filters)
    assert (request.filters, request.year_from, request.year_to) == (expected, None, None)


@pytest.mark.parametrize(
    ("given", "span"),
    [("year=2019-2024", (2019, 2024)), ("year=2019-", (2019, None)), ("year=-2024", (None, 2024))],
)
def test_a_span_of_years(given: str, span: tuple[int | None, int | None]) -> None:
    request = asked(given)
    assert ((request.year_from, request.year_to), request.filters) == (span, {})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("verdict", "'verdict' is not FACET=VALUE."),
        ("verdict=", "'verdict=' is not FACET=VALUE."),
        ("verdikt=virker", "there is no facet 'verdikt'. Did you mean verdict?"),
        ("xx=virker", "there is no facet 'xx'. Known: doc_type, verdict, strength, theme, tiltak,"),
        ("verdict=virkr", "there is no verdict code 'virkr'. Did you mean virker?"),
        ("verdict=Ikke evaluert", "there is no verdict code 'Ikke evaluert'. Did you mean ikke_evaluert?"),
        ("kommune=moss", "there is no kommune code 'moss'. Did you mean 3103?"),
        ("tiltak=qqqq", "there is no tiltak code 'qqqq'. Known: "),
        ("year=20x1", "'20x1' is not a year."),
        ("year=2019-24", "'24' is not a year."),
        ("year=-", "give one span of years"),
    ],
)
def test_what_cannot_be_understood_is_told(given: str, message: str) -> None:
    with pytest.raises(click.BadParameter) as caught:
        asked(given)
    assert caught.value.message.startswith(message)


def test_only_one_span_of_years() -> None:
    with pytest.raises(click.BadParameter, match="one span"):
        asked("year=2019-2020", "year=2023-2024")


def test_a_text_that_is_too_long_is_told() -> None:
    assert asked(text="å" * 20).text == "å" * 20
    with pytest.raises(click.BadParameter, match="longer than 20 characters"):
        asked(text="å" * 21)


@pytest.mark.parametrize(
    ("facet", "code", "label"),
    [
        (Facet.KOMMUNE, "0301", "Oslo"),
        (Facet.KOMMUNE, "9999", "9999"),
        (Facet.FYLKE, "31", "Østfold"),
        (Facet.YEAR, "2021", "2021"),
        (Facet.PUBLISHER, "Fjellheim", "Fjellheim"),
        (Facet.TILTAK, "ukjent", "ukjent"),
    ],
)
def test_labels(facet: Facet, code: str, label: str) -> None:
    assert value_label(facet, code, VOCABULARY, Language.NB) == label


def test_every_facet_of_codes_has_labels_in_the_language_asked_for() -> None:
    for facet, codes in (
        (Facet.DOC_TYPE, VOCABULARY.doc_types),
        (Facet.VERDICT, VOCABULARY.verdicts),
        (Facet.THEME, VOCABULARY.themes),
        (Facet.TARGET_GROUP, VOCABULARY.target_groups),
        (Facet.STATUS, VOCABULARY.plan_statuses),
        (Facet.LANGUAGE, VOCABULARY.languages),
        (Facet.DESIGN, VOCABULARY.designs),
    ):
        code, term = next(iter(codes.items()))
        assert value_label(facet, code, VOCABULARY, Language.EN) == term.labels[Language.EN]
