"""Bokmål, nynorsk or English: by the sentence, and never a guess where there is nothing to go by."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Language
from indexer.language import detect_language

SHARED = Path(os.environ.get("SHARED_FOLDER", Path(__file__).parents[2].parent / "shared"))
FLORES = SHARED / "benchmarks" / "flores-nb-nn"
FLOOR = {Language.NB: 0.975, Language.NN: 0.985, Language.EN: 0.998}
FILES = {
    Language.NB: "corpus.nb.jsonl",
    Language.NN: "corpus.nn.jsonl",
    Language.EN: "queries.en-sentence.jsonl",
}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kommunen skal ikke slutte med tiltaket.", Language.NB),
        ("Kommunen skal ikkje slutte med tiltaket.", Language.NN),
        ("The municipality will not stop the programme.", Language.EN),
        ("Planen ble vedtatt av kommunestyret.", Language.NB),
        ("Planen vart vedteken av kommunestyret.", Language.NN),
        ("Tryggleiken i sentrum auka frå året før.", Language.NN),
        ("Tryggheten i sentrum økte fra året før.", Language.NB),
        ("Ungdommane scora betre på mobbing.", Language.NN),
        ("Førebyggjande arbeid i skulen", Language.NN),
        ("Forebyggende arbeid i skolen", Language.NB),
        ("handlingsplan mot vold", Language.NB),
        ("handlingsplan mot vald", Language.NN),
        ("Effects of street lighting on crime: a review of the studies", Language.EN),
        ("Evaluering av Communities That Care i norske kommuner", Language.NB),
        ("IKKJE FORSTYRR", Language.NN),
    ],
)
def test_short_texts(text: str, language: Language) -> None:
    assert detect_language(text) is language


@pytest.mark.parametrize("text", ["", "   ", "12 345", "§ 4-3", "Xyzzy", "100 % (n = 42)"])
def test_nothing_to_go_by(text: str) -> None:
    assert detect_language(text) is None


def test_norwegian_with_much_quoted_english_is_norwegian() -> None:
    text = (
        "Modellen kalles «focused deterrence» og er prøvd i Boston. Den er ikke prøvd i Norge, og vi vet lite om den."
    )
    assert detect_language(text) is Language.NB


def test_names_say_nothing_of_the_form() -> None:
    assert detect_language("Kari Eksempelane, Ola Prøvar") is None


@given(st.text(max_size=300))
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert detect_language(text) in (*Language, None)


@pytest.mark.skipif(not FLORES.is_dir(), reason="FLORES is not here: set SHARED_FOLDER")
@pytest.mark.parametrize("language", list(Language))
def test_translated_sentences(language: Language) -> None:
    lines = (FLORES / FILES[language]).read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    right = sum(detect_language(text) is language for text in texts)
    assert right / len(texts) >= FLOOR[language]
