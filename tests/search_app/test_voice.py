"""Numbers, dates, lists and labels in each language."""

from datetime import UTC, date, datetime

import pytest
from markupsafe import Markup

from corpus.model import Language
from search_app.voice import Voice, lowered
from search_app.wording import load_wording


@pytest.fixture(params=Language, scope="module")
def voice(request, vocabulary):
    return Voice(request.param, load_wording(), vocabulary)


CASES = {
    "number": {"nb": "12\xa0345", "nn": "12\xa0345", "en": "12,345"},
    "percent": {"nb": "38\xa0%", "nn": "38\xa0%", "en": "38%"},
    "day": {"nb": "21. november 2026", "nn": "21. november 2026", "en": "21 November 2026"},
    "moment": {
        "nb": "21. november 2026 kl. 06.12",
        "nn": "21. november 2026 kl. 06.12",
        "en": "21 November 2026, 06:12",
    },
    "year": {"nb": "2026", "nn": "2026", "en": "2026"},
    "listing": {"nb": "a, b og c", "nn": "a, b og c", "en": "a, b and c"},
    "one": {"nb": "1 dokument", "nn": "1 dokument", "en": "1 document"},
    "many": {"nb": "1\xa0200 dokumenter", "nn": "1\xa0200 dokument", "en": "1,200 documents"},
    "label": {"nb": "Tilbakefall", "nn": "Tilbakefall", "en": "Reoffending"},
    "kommune": {"nb": "Moss", "nn": "Moss", "en": "Moss"},
    "unknown": {"nb": "xyz", "nn": "xyz", "en": "xyz"},
}


@pytest.mark.parametrize("case", CASES)
def test_saying(voice, case):
    said = {
        "number": lambda: voice.number(12345),
        "percent": lambda: voice.percent(0.38),
        "day": lambda: voice.when("2026-11-21"),
        "moment": lambda: voice.moment(datetime(2026, 11, 21, 5, 12, tzinfo=UTC)),
        "year": lambda: voice.when("2026"),
        "listing": lambda: voice.listing("abc"),
        "one": lambda: voice.tn("search.found", 1),
        "many": lambda: voice.tn("search.found", 1200),
        "label": lambda: voice.label("outcome", "tilbakefall"),
        "kommune": lambda: voice.label("kommune", "3103"),
        "unknown": lambda: voice.label("theme", "xyz"),
    }[case]()
    assert said == CASES[case][voice.language]


def test_a_value_is_escaped_and_markup_is_not(voice):
    assert "&lt;b&gt;" in voice.t("search.filters_n", n="<b>")
    assert "<b>" in voice.t("search.filters_n", n=Markup("<b>"))


def test_a_day_is_a_day(voice):
    assert voice.day(date(2026, 1, 2)).endswith("2026")


@pytest.mark.parametrize(
    ("label", "inside"), [("Tilbakefall", "tilbakefall"), ("SLT-modellen", "SLT-modellen"), ("Økt", "økt"), ("", "")]
)
def test_lowered(label, inside):
    assert lowered(label) == inside
