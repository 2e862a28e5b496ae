"""A sentence that points at the one before says its verdict again."""

import pytest

from corpus.model import Language, Verdict
from indexer.findings.surroundings import Surroundings
from indexer.findings.verdict import weigh

NB, NN, EN = Language.NB, Language.NN, Language.EN
AGAIN = [
    (Verdict.INGEN_EFFEKT, NB, "Det samme gjaldt fraværet.", ["ingen_effekt"]),
    (Verdict.VIRKER, NN, "Det same biletet teiknar seg for krenkingar på nett.", ["virker"]),
    (Verdict.VIRKER, NB, "Det samme kan ikke sies om tiltak med militær disiplin.", ["ingen_effekt"]),
    (Verdict.LOVENDE, EN, "The same applies to school absence.", ["lovende"]),
    (Verdict.INGEN_EFFEKT, NB, "Det samme gjelder ikke fraværet.", []),
    (Verdict.VIRKER, NB, "Det samme gjelder fraværet, som var uendret.", ["ingen_effekt"]),
    (Verdict.VIRKER, NB, "Det samme gjelder i dag.", []),
    (Verdict.VIRKER, NB, "Fraværet er det samme temaet.", []),
    (None, NB, "Det samme gjaldt fraværet.", []),
]


@pytest.mark.parametrize(("said", "language", "text", "wanted"), AGAIN)
def test_the_same_again(said: Verdict | None, language: Language, text: str, wanted: list[str]) -> None:
    found = weigh(text, language, Surroundings(results=True, said=said)).readings
    assert [reading.verdict for reading in found] == wanted
    assert all(text[r.cue_start : r.cue_end] for r in found)


def test_only_reports_of_results_point_back() -> None:
    assert not weigh("Det samme gjaldt fraværet.", NB, Surroundings(said=Verdict.VIRKER)).readings
