"""The subjects of success factors and barriers."""

import pytest

from corpus.errors import VocabularyError
from corpus.factors import load_subjects, subjects_of
from corpus.model import Language

SUBJECTS = load_subjects()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Tett samarbeid mellom skole og barnevern var avgjørende.", ["samarbeid"]),
        ("Samarbeidsavtalen og klar ansvarsfordeling gjorde jobben enklere.", ["samarbeid", "ansvar"]),
        ("Utskifting av mentorar svekte relasjonen.", ["kontinuitet", "relasjon"]),
        ("Programme fidelity was low and staff turnover was high.", ["kontinuitet", "gjennomforing"]),
        ("Taushetsplikten ble brukt som grunn til ikke å snakke sammen.", ["informasjonsdeling"]),
        ("Uten fagkompetanse og nok bemanning stoppet arbeidet opp.", ["kompetanse", "ressurser"]),
        ("Været var dårlig.", []),
    ],
)
def test_what_a_sentence_is_about(text, named):
    assert [subject.id for subject in subjects_of(text, SUBJECTS)] == named


def test_every_subject_speaks_three_languages():
    assert all(set(subject.labels) == set(Language) for subject in SUBJECTS)
    assert len({subject.id for subject in SUBJECTS}) == len(SUBJECTS) > 8


@pytest.mark.parametrize(
    "text",
    [
        '[x]\nnb = "a"\nnn = "b"\nen = "c"\nwords = []',
        '[x]\nnb = "a"\nnn = "b"\nen = "c"\nwords = ["Stor"]',
        '[x]\nnb = "a"\nnn = "b"\nen = "c"\nwords = ["*"]',
        '[x]\nnb = "a"\nen = "c"\nwords = ["stor"]',
        '[x]\nnb = "a"\nnn = "b"\nen = "c"',
        "[x",
    ],
)
def test_what_is_refused(tmp_path, text):
    path = tmp_path / "factors.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"factors\.toml"):
        load_subjects(path)
