"""Findings of whole documents: verbatim quotes, places, tiltak, outcome, design, strength, and the trace."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.config import ExtractConfig
from corpus.model import BlockKind, Factor, Finding, Record, SourceFile, Strength
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.extract import media_type_of, read_file
from indexer.findings import FINDINGS_VERSION, candidates, find_findings
from indexer.findings.context import Map, code_in
from indexer.findings.naming import named
from indexer.findings.strength import strength
from indexer.mentions import Kind, Mention
from indexer.records import make_record
from tests.indexer.hand_built import extracted

REAL = Path(os.environ.get("REALFILES", Path(__file__).parents[4] / "shared" / "realfiles")) / "norsk"
REPORT = """
# Evaluering av mentorordningen i Prøvevik
Evalueringsrapport 2021
## Innhold
Mentorordningen reduserte volden
## Metode
Vi bruker registerdata og en matchet kontrollgruppe, en kvasieksperimentell studie.
## Resultater
### Tilbakefall
Deltakerne begikk færre lovbrudd enn kontrollgruppen. Etter to år var forskjellen borte.
- Mentorordningen hadde ingen effekt på skolefraværet.
| Deltakerne begikk færre lovbrudd enn kontrollgruppen | 3 |
^ Deltakerne begikk færre lovbrudd enn kontrollgruppen.
> Eksempel, A. (2015). Deltakerne begikk færre lovbrudd enn kontrollgruppen.
\\newpage
En metaanalyse viser at mentor reduserer tilbakefall. Om virkningen varer, vet vi ikke.
## Anbefalinger
Kommunen bør fortsette med ordningen. Målet er å redusere volden.
"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="module")
def report(vocabulary: Vocabulary) -> Record:
    return make_record(extracted(REPORT), None, vocabulary)


def short(finding: Finding) -> tuple[int, str, str]:
    return finding.page, finding.verdict.value, finding.quote[:22]


def test_findings_of_a_report(report: Record) -> None:
    assert [short(f) for f in report.findings] == [
        (1, "virker", "Deltakerne begikk færr"),
        (1, "ingen_effekt", "Etter to år var forskj"),
        (1, "ingen_effekt", "Mentorordningen hadde "),
        (2, "virker", "En metaanalyse viser a"),
        (2, "ikke_evaluert", "Om virkningen varer, v"),
    ]


def test_quotes_are_verbatim_and_ids_differ(report: Record) -> None:
    pages = {page.number: page for page in report.pages}
    for finding in report.findings:
        assert pages[finding.page].text[finding.start : finding.end] == finding.quote
        assert finding.quote[finding.cue_start : finding.cue_end] == finding.cue
        assert finding.rule
    assert len({f.id for f in report.findings}) == len(report.findings)


def test_tiltak_outcome_and_design_come_from_the_sentence_or_around_it(report: Record) -> None:
    compared, gone, absence, cited, unknown = report.findings
    assert {f.tiltak for f in report.findings} == {"mentor"}
    assert (compared.design, compared.strength, compared.cited) == ("kvasi", Strength.MODERAT, False)
    assert (cited.design, cited.strength, cited.cited) == ("metaanalyse", Strength.HOY, True)
    assert absence.outcome == "skolefravaer"
    assert gone.headings[-1] == "Tilbakefall"
    assert unknown.type.value == "kunnskapshull"


def test_the_trace_tells_why_a_candidate_was_left(report: Record, vocabulary: Vocabulary) -> None:
    trace = candidates(report.document, report.pages, vocabulary)
    left = {c.sentence: c.rule for c in trace if c.finding is None}
    assert left["Målet er å redusere volden."] == "aim"
    assert [c.finding for c in trace if c.finding] == list(report.findings)
    assert find_findings(report.document, report.pages, vocabulary) == report.findings


def test_same_document_same_findings(report: Record, vocabulary: Vocabulary) -> None:
    assert make_record(extracted(REPORT), None, vocabulary).findings == report.findings
    assert FINDINGS_VERSION >= 1


PLAN = """
# Handlingsplan mot vold i Prøvevik 2023–2026
Tiltakene reduserer volden i kommunen.
Politirådet gir bedre samarbeid og mindre kriminalitet.
Ifølge en evaluering ga mentorordningen færre lovbrudd.
"""


def test_a_plan_is_read_strictly(vocabulary: Vocabulary) -> None:
    record = make_record(extracted(PLAN, "plan.pdf"), None, vocabulary)
    assert [f.quote for f in record.findings] == ["Ifølge en evaluering ga mentorordningen færre lovbrudd."]


def test_each_language_of_a_document_is_read_as_itself(vocabulary: Vocabulary) -> None:
    text = "# Evaluering av mentorordningen\nDeltakerne begikk færre lovbrudd enn kontrollgruppen i de to byene.\n"
    text += "## Summary\nParticipants committed fewer offences than the control group in both of the towns.\n"
    record = make_record(extracted(text), None, vocabulary)
    assert [f.verdict.value for f in record.findings] == ["virker", "virker"]


@settings(max_examples=25)
@given(st.lists(st.sampled_from(REPORT.strip().splitlines()), max_size=12))
def test_quotes_are_verbatim_whatever_the_document(lines: list[str]) -> None:
    record = make_record(extracted("\n".join(lines)), None, load())
    for finding in record.findings:
        page = record.pages[finding.page - 1]
        assert page.text[finding.start : finding.end] == finding.quote
        block = next(b for b in page.blocks if b.start <= finding.start and finding.end <= b.end)
        assert block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


_LOADED: list[Vocabulary] = []


def load() -> Vocabulary:
    """The vocabulary once: hypothesis and module fixtures do not go together."""
    if not _LOADED:
        _LOADED.append(load_vocabulary())
    return _LOADED[0]


STRENGTHS = [
    ("rct", Strength.MODERAT),
    ("kvasi", Strength.MODERAT),
    ("kontrollert_forletter", Strength.MODERAT),
    ("for_etter", Strength.LAV),
    ("tverrsnitt", Strength.SVAERT_LAV),
    ("kvalitativ", Strength.SVAERT_LAV),
    ("metaanalyse", Strength.HOY),
    ("systematisk_oversikt", Strength.HOY),
    ("register", Strength.UKJENT),
    ("finnes_ikke", Strength.UKJENT),
    (None, Strength.UKJENT),
]


@pytest.mark.parametrize(("design", "expected"), STRENGTHS)
def test_strength_is_the_ceiling_of_the_design(design: str | None, expected: Strength, vocabulary: Vocabulary) -> None:
    assert strength(design, vocabulary) is expected


def test_a_document_without_headings_has_no_place(report: Record) -> None:
    assert Map(()).place(1, 0).headings == ()
    sections = Map(report.document.sections)
    contents = next(p for p in report.pages[0].blocks if report.pages[0].text[p.start : p.end] == "Innhold")
    assert sections.place(1, contents.end + 1).outside
    assert not sections.place(1, 0).outside


def test_the_first_text_with_a_code_gives_it() -> None:
    tiltak = Mention(Kind.TILTAK, "mentor", 0, 6)
    outcome = Mention(Kind.OUTCOME, "vold", 7, 11)
    assert code_in(Kind.TILTAK, (outcome,), (tiltak,)) == "mentor"
    assert code_in(Kind.DESIGN, (outcome,), (tiltak,)) is None


def test_the_vocabulary_gives_cues(vocabulary: Vocabulary) -> None:
    mentions = (
        Mention(Kind.TILTAK, "mentor", 0, 6),
        Mention(Kind.TILTAK, "ungdata", 7, 14),
        Mention(Kind.OUTCOME, "vold", 15, 19),
        Mention(Kind.OUTCOME, "kostnad", 20, 27),
        Mention(Kind.THEME, "vold", 15, 19),
    )
    assert [(m.role.value, m.value, m.code) for m in named(mentions, vocabulary)] == [
        ("agent", "", "mentor"),
        ("outcome", "down", "vold"),
    ]


@pytest.mark.skipif(not REAL.is_dir(), reason="real files are not here")
@pytest.mark.parametrize(
    "name", ["bygg__inndata_Byggherreforskriften.pdf", "bygg__inndata_Internkontrollforskriften.pdf"]
)
def test_statutes_hold_no_findings(name: str, vocabulary: Vocabulary) -> None:
    content = (REAL / name).read_bytes()
    source = SourceFile(name, hashlib.sha256(content).hexdigest(), len(content), media_type_of(REAL / name))
    record = make_record(read_file(REAL / name, source, ExtractConfig()), None, vocabulary)
    assert record.findings == ()


def test_statements_are_read_with_the_tiltak_of_the_document(vocabulary: Vocabulary) -> None:
    text = """
# Evaluering av mentorordningen i Prøvevik
## Gjennomføring
Forankring i ledelsen var avgjørende for gjennomføringen. Deltakerne begikk færre lovbrudd enn kontrollgruppen.
Mangel på tid var en barriere i skolene.
"""
    record = make_record(extracted(text), None, vocabulary)
    assert [(s.factor, s.tiltak, s.quote[s.cue_start : s.cue_end] == s.cue) for s in record.statements] == [
        (Factor.SUKSESSFAKTOR, "mentor", True),
        (Factor.BARRIERE, "mentor", True),
    ]
    assert [finding.verdict for finding in record.findings] == ["virker"]
    assert len({s.id for s in record.statements}) == len(record.statements)


def test_a_plan_makes_no_statements(vocabulary: Vocabulary) -> None:
    text = (
        "# Handlingsplan mot vold 2024–2027\n## Tiltak\nMangel på tid er en barriere for mentorordningen i skolene.\n"
    )
    assert make_record(extracted(text), None, vocabulary).statements == ()
