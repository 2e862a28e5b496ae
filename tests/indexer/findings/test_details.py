"""Country and sample size, whose result it is, and which findings say the same again."""

from dataclasses import replace

import pytest

from corpus.model import Finding, Verdict
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.findings import find_findings
from indexer.findings.details import country, sample_size
from indexer.findings.repeats import folded
from indexer.records import make_record
from tests.indexer.hand_built import extracted

COUNTRIES = [
    ("Et svensk forsøk fant færre lovbrudd.", "SE"),
    ("A Norwegian trial showed fewer placements.", "NO"),
    ("I England gikk volden ned.", "GB"),
    ("Både norske og danske forsøk viser det.", None),
    ("Mobbingen gikk ned.", None),
    ("Elevene forskanset seg.", None),
]
SIZES = [
    ("Blant 1 200 elever gikk mobbingen ned.", 1200),
    ("In a trial (n = 212) offending fell.", 212),
    ("De 41 unge deltakerne klarte seg bedre.", 41),
    ("Mobbingen gikk ned med 16 prosent.", None),
    ("I 2014 elever og lærere.", None),
    ("Alle 3 skoler var med.", None),
]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.mark.parametrize(("text", "code"), COUNTRIES)
def test_the_country_a_sentence_names(text: str, code: str | None) -> None:
    assert country(text) == code


@pytest.mark.parametrize(("text", "size"), SIZES)
def test_how_many_were_studied(text: str, size: int | None) -> None:
    assert sample_size(text) == size


EVALUATION = """
# Evaluering av mentorordningen i Prøvevik
Evalueringsrapport 2021
## Sammendrag
Mentorordningen reduserte tilbakefallet med 14 prosent sammenlignet med kontrollgruppen.
## Tidligere forskning
Mentorordningen reduserte skolefraværet mer enn i kontrollgruppen.
## Resultater
Vi finner at mentorordningen reduserte tilbakefallet med 14 prosent, sammenlignet med kontrollgruppen.
Et dansk forsøk viste at mentorordningen reduserte volden, sammenlignet med kontrollgruppen.
Mentorordningen reduserte ruspåvirket kjøring og volden (Prøvesen 2019), sammenlignet med kontrollgruppen.
"""


def test_whose_result_it_is(vocabulary: Vocabulary) -> None:
    findings = make_record(extracted(EVALUATION), None, vocabulary).findings
    assert [finding.cited for finding in findings] == [False, True, False, True, True]
    assert findings[3].country == "DK"


def test_a_plan_passes_on_what_others_found(vocabulary: Vocabulary) -> None:
    text = """
# Handlingsplan mot vold 2024–2027
## Kunnskapsgrunnlag
Forskning viser at mentorordningen reduserer tilbakefall sammenlignet med vanlig oppfølging.
Vår egen evaluering viser at mentorordningen reduserte fraværet sammenlignet med vanlig oppfølging.
"""
    findings = make_record(extracted(text), None, vocabulary).findings
    assert [finding.cited for finding in findings] == [True, False]


def test_the_summary_and_the_chapter_are_one_finding(vocabulary: Vocabulary) -> None:
    record = make_record(extracted(EVALUATION), None, vocabulary)
    findings = find_findings(record.document, record.pages, vocabulary)
    assert [f.same_as for f in findings] == [None, None, findings[0].id, None, None]


FIRST = Finding(
    "a", 1, 0, 9, "Tilbakefallet gikk ned med 14 prosent blant deltakerne.", Verdict.VIRKER, "gikk ned", 14, 22, "r",
    "mentor", "tilbakefall", headings=("Sammendrag",),
)  # fmt: skip
LATER = [
    ("Reoffending fell among participants in the scheme.", {}, True),
    ("Deltakerne falt sjeldnere tilbake, 14 prosent mot 20.", {}, True),
    ("Deltakerne falt sjeldnere tilbake enn de andre ungdommene.", {}, True),
    ("Færre ble siktet på nytt enn blant de andre ungdommene.", {"headings": ("4 Drøfting",), "tiltak": None}, False),
    ("Tilbakefallet gikk ned med 14 prosent blant deltakerne.", {"verdict": Verdict.LOVENDE}, False),
    ("Tilbakefallet gikk ned med 14 prosent blant deltakerne.", {"outcome": "vold"}, False),
    ("Reoffending fell among participants in the scheme.", {"outcome": None}, False),
    ("Reoffending fell among participants in the scheme.", {"headings": ("Sammendrag",)}, False),
]


@pytest.mark.parametrize(("quote", "other", "same"), LATER)
def test_what_says_the_same_again(quote: str, other: dict[str, object], same: bool) -> None:
    later = replace(FIRST, id="b", quote=quote, **({"headings": ("Resultater",)} | other))  # type: ignore[arg-type]
    third = replace(later, id="c")
    made = folded((FIRST, later, third))
    assert made[0].same_as is None
    assert made[1].same_as == ("a" if same else None)
    assert made[2].same_as == ("a" if same else "b")
