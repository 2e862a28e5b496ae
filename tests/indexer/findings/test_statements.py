"""What is said of a tiltak that is no verdict."""

import pytest

from corpus.model import Factor, FindingType, Language
from indexer.findings.lexicon import Role, load_cues
from indexer.findings.statements import said

NB, NN, EN = Language.NB, Language.NN, Language.EN
S, B = Factor.SUKSESSFAKTOR, Factor.BARRIERE
GJ, KR, HV, RD, OM = (
    FindingType.IMPLEMENTERING,
    FindingType.OKONOMI,
    FindingType.MEKANISME,
    FindingType.ANBEFALING,
    FindingType.OMFANG,
)

SAID = [
    (GJ, S, NB, "Forankring i ledelsen var avgjørende for gjennomføringen."),
    (GJ, S, NN, "Det viktigaste for å lukkast er tid, og ordninga fungerte best der rektor var med."),
    (GJ, S, EN, "Strong leadership was crucial to implementation."),
    (GJ, B, NB, "Den viktigste barrieren var at skolene ikke fikk frigjort vikarer."),
    (GJ, B, NN, "Mangel på tilsette gjorde at samtalane vart utsette."),
    (GJ, B, EN, "Staff turnover hampered delivery in two of the sites."),
    (KR, None, NB, "Ordningen koster om lag 40 000 kroner per ungdom i året."),
    (KR, None, EN, "The cost per participant was estimated at 4,000 pounds."),
    (HV, None, NB, "Kurset virker ved at foreldrene blir tryggere i rollen."),
    (RD, None, NN, "Rapporten tilrår at ordninga held fram."),
    (RD, None, EN, "We recommend that the scheme continues."),
    (OM, None, NB, "Modellen er tatt i bruk i 140 kommuner."),
]
NOT_SAID = [
    (NB, "Hva var de viktigste barrierene?"),
    (NB, "Vi undersøkte hvilke barrierer skolene møtte."),
    (NB, "Lederne så ingen barrierer av betydning."),
    (NB, "Dersom det er mangel på tid, bør kommunen vente."),
    (EN, "We asked whether lack of time was a problem."),
    (NB, "Skolene fikk tilbud om kurs."),
    (NB, "Målet er å fjerne barrierer for deltakelse."),
    (NB, "Manglende tid " + "og annet " * 40 + "ble nevnt."),
]


@pytest.mark.parametrize(("kind", "factor", "language", "text"), SAID)
def test_what_is_said(kind: FindingType, factor: Factor | None, language: Language, text: str) -> None:
    found = said(text, language)
    assert found is not None
    assert (found.type, found.factor) == (kind, factor)
    assert found.rule == f"said.{factor or kind}"


@pytest.mark.parametrize(("language", "text"), NOT_SAID)
def test_what_is_not(language: Language, text: str) -> None:
    assert said(text, language) is None


def test_every_statement_cue_names_a_type_and_perhaps_a_factor() -> None:
    for cue in (c for c in load_cues() if c.role is Role.STATEMENT):
        kind, _, factor = cue.value.partition(".")
        assert FindingType(kind) is not FindingType.EFFEKT
        assert factor in ("", *Factor)
