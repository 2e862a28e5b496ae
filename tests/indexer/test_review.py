"""The desk: what a person should look at next, what readers reported, and how often a rule is right."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.config import AdminConfig, Config, DocumentsConfig, IndexConfig
from corpus.errors import CurationConflict, CurationError, HvaVirkerError
from corpus.model import Document, Finding, Page, PageStatus, Record, Verdict
from corpus.vocabulary import load_vocabulary
from indexer.curation import Act, Decision, Reading
from indexer.curation.decisions import table_of
from indexer.review import Case, Desk, Report, Reports, Standing
from indexer.review.agreement import agreement
from indexer.review.desk import Word
from indexer.review.reports import Fault
from tests.indexer.test_decisions import QUOTE, TEXT, document, finding

VOCABULARY = load_vocabulary()
AT = datetime(2026, 11, 22, tzinfo=UTC)


class Records:
    """The records of one generation, from plain lists."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.by_id = {record.document.id: record for record in records}

    def document(self, document_id: str) -> Document | None:
        return self.by_id[document_id].document

    def documents(self) -> tuple[Document, ...]:
        return tuple(record.document for record in self.by_id.values())

    def pages(self, document_id: str) -> tuple[Page, ...]:
        return self.by_id[document_id].pages

    def page(self, document_id: str, number: int) -> Page | None:
        return self.pages(document_id)[number - 1]

    def findings(self, document_id: str | None = None, tiltak: str | None = None) -> tuple[tuple[str, Finding], ...]:
        return tuple((key, each) for key, record in self.by_id.items() for each in record.findings)


def record(name: str, *findings: Finding) -> Record:
    base = document()
    own = replace(base, id=name, source=replace(base.source, path=f"{name}.pdf"))
    page = Page(1, TEXT, (), TEXT, (), PageStatus.TEXT, "hand")
    return Record(own, (page,), (), tuple(replace(each, id=f"{name}-{each.id}") for each in findings))


def of_verdict(verdict: Verdict) -> Finding:
    return finding(TEXT, verdict=verdict, id=str(verdict))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "inn").mkdir()
    config = Config(
        documents=DocumentsConfig(tmp_path / "inn"),
        index=IndexConfig(tmp_path / "ut"),
        admin=AdminConfig(folder=tmp_path / "admin"),
    )
    return Desk(config, VOCABULARY)


def cases(desk: Desk, *records: Record) -> tuple[Case, ...]:
    return desk.cases(Records(records), str(hash(records)))  # type: ignore[arg-type]


def report(of: Finding, file: str = "a.pdf", finding_id: str = "", comment: str = "") -> Report:
    return Report(finding_id or f"a-{of.id}", file, of.page, of.quote, of.verdict, Fault.VERDICT, comment, AT)


def decide(desk: Desk, case: Case, act: Act, **says: object) -> Decision:
    return desk.decide(case, Word(act, "kari", "fordi", says), TEXT, desk.shelf.digest(case.file))


def test_what_matters_most_comes_first(desk: Desk) -> None:
    unordered = [of_verdict(verdict) for verdict in Verdict]
    found = cases(desk, record("a", *unordered))
    assert [case.finding.verdict for case in found if case.finding] == [
        "skadelig",
        "virker",
        "lovende",
        "ingen_effekt",
        "blandet",
        "ikke_evaluert",
    ]
    desk.reports.take(report(of_verdict(Verdict.BLANDET)))
    first = cases(desk, record("a", *unordered))[0]
    assert first.finding is not None
    assert (first.finding.verdict, len(first.reports), first.queued) == (Verdict.BLANDET, 1, True)


def test_much_read_documents_come_before_others_and_repeats_after(desk: Desk) -> None:
    records = [record(name, of_verdict(Verdict.VIRKER)) for name in "abc"]
    repeat = replace(of_verdict(Verdict.VIRKER), id="igjen", same_as="b-virker")
    records[1] = replace(records[1], findings=(*records[1].findings, repeat))
    assert [case.file[0] for case in cases(desk, *records)] == ["a", "b", "c", "b"]
    desk.reports.count_views({"c": 2, "b": 7})
    desk.reports.count_views({"c": 6})
    assert [(case.file[0], case.views) for case in cases(desk, *records)] == [("c", 8), ("b", 7), ("a", 0), ("b", 7)]


@pytest.mark.parametrize("act", [Act.CONFIRM, Act.CHANGE, Act.REJECT])
def test_a_decision_is_pending_until_the_index_shows_it(desk: Desk, act: Act) -> None:
    machine = record("a", finding(TEXT))
    (case,) = cases(desk, machine)
    assert (case.standing, case.queued) == (Standing.WAITING, True)
    decide(desk, case, act, **({"verdict": Verdict.BLANDET} if act is Act.CHANGE else {}))
    (pending,) = cases(desk, machine)
    assert (pending.standing, pending.queued) == (Standing.PENDING, False)
    applied = desk.sheets()["a.pdf"].decisions
    shown = replace(machine.findings[0], **dict(applied[0].says), reviewed=True)
    after = replace(machine, findings=() if act is Act.REJECT else (shown,))
    (decided,) = desk.cases(Records([after]), "g2")  # type: ignore[arg-type]
    assert (decided.standing, decided.queued, decided.quote) == (Standing.DECIDED, False, QUOTE)


def test_a_second_decision_replaces_the_first_and_keeps_what_the_machine_read(desk: Desk) -> None:
    machine = record("a", finding(TEXT))
    decide(desk, cases(desk, machine)[0], Act.CHANGE, verdict=Verdict.BLANDET)
    (applied,) = desk.sheets()["a.pdf"].decisions
    shown = replace(machine, findings=(replace(machine.findings[0], **dict(applied.says), reviewed=True),))
    (case,) = cases(desk, shown)
    second = decide(desk, case, Act.CONFIRM)
    assert second.verdict is Verdict.BLANDET
    assert second.read == Reading("change.good", Verdict.VIRKER, None, "tilbakefall")
    assert desk.sheets()["a.pdf"].decisions == (second.__class__(**_fields(second)),)


def _fields(decision: Decision) -> dict[str, object]:
    """A decision as its file holds it: to the second."""
    names = [name for name in decision.__slots__ if name != "at"]
    at = decision.at.replace(microsecond=0) if decision.at else None
    return {**{name: getattr(decision, name) for name in names}, "at": at}


def test_a_withdrawn_decision_waits_again(desk: Desk) -> None:
    machine = record("a", finding(TEXT))
    decide(desk, cases(desk, machine)[0], Act.REJECT)
    (case,) = cases(desk, machine)
    desk.withdraw(case, "kari", "tok feil", desk.shelf.digest("a.pdf"))
    assert cases(desk, machine)[0].standing is Standing.WAITING
    reviewed = replace(machine, findings=(replace(machine.findings[0], reviewed=True),))
    assert cases(desk, reviewed)[0].standing is Standing.PENDING
    with pytest.raises(CurationError, match="no decision"):
        desk.withdraw(cases(desk, machine)[0], "kari", "x", "")


def test_a_decision_handles_what_was_reported(desk: Desk) -> None:
    machine = record("a", finding(TEXT, id="x"))
    desk.reports.take(report(machine.findings[0], finding_id="a-x", comment="feil"))
    desk.reports.take(report(machine.findings[0], finding_id="en gammel id"))
    (case,) = cases(desk, machine)
    assert [told.comment for told in case.reports] == ["feil", ""]
    decide(desk, case, Act.CONFIRM)
    assert desk.reports.waiting() == ()
    assert cases(desk, machine)[0].reports == ()


def test_a_report_of_what_is_gone_is_a_case_of_its_own(desk: Desk) -> None:
    desk.reports.take(replace(report(finding(TEXT), finding_id="borte"), quote="Noe som ikke står der."))
    (case, _) = sorted(cases(desk, record("a", finding(TEXT))), key=lambda case: case.standing)
    assert (case.standing, case.id, case.quote) == (Standing.LOST, "report-1", "Noe som ikke står der.")
    with pytest.raises(CurationError, match="not in the index"):
        decide(desk, case, Act.CONFIRM)
    desk.close(case, "kari", "gammelt")
    assert desk.reports.waiting() == ()
    assert desk.audit.entries()[-1].action == "close"


def test_lost_decisions_and_those_of_documents_that_are_gone_are_told(desk: Desk) -> None:
    gone = Decision(Act.REJECT, "Denne setningen ble fjernet fra rapporten.", 1, reason="x", by="y")
    for file in ("a.pdf", "borte.pdf"):
        desk.shelf.decide(file, "", gone)
    found = [case for case in cases(desk, record("a", finding(TEXT))) if case.standing is Standing.LOST]
    assert [(case.file, case.document is None, case.id) for case in found] == [
        ("a.pdf", False, gone.id),
        ("borte.pdf", True, gone.id),
    ]


def test_an_added_finding_is_pending_until_it_is_in_the_index(desk: Desk) -> None:
    machine = record("a")
    word = Word(Act.ADD, "kari", "oversett", {"verdict": Verdict.VIRKER})
    told = desk.add("a.pdf", machine.pages[0], (QUOTE.upper(), ""), word, "")
    assert (told.quote, told.before) == (QUOTE, "Vi fulgte dem i to år.")
    (case,) = cases(desk, machine)
    assert (case.standing, case.finding, case.quote) == (Standing.PENDING, None, QUOTE)
    shown = finding(TEXT, QUOTE, QUOTE, reviewed=True, outcome=None, rule="person")
    (case,) = cases(desk, record("a", shown))
    assert case.standing is Standing.DECIDED
    assert decide(desk, case, Act.CHANGE, verdict=Verdict.LOVENDE).decision is Act.ADD
    (case,) = cases(desk, record("a", shown))
    assert decide(desk, case, Act.REJECT).decision is Act.REJECT


@pytest.mark.parametrize(
    ("words", "says"), [(("Står ikke på siden i det hele tatt.", ""), "quote"), ((QUOTE, "økte"), "words that decide")]
)
def test_what_is_not_on_the_page_cannot_be_added(desk: Desk, words: tuple[str, str], says: str) -> None:
    with pytest.raises(CurationError, match=says):
        desk.add("a.pdf", record("a").pages[0], words, Word(Act.ADD, "k", "x", {"verdict": Verdict.VIRKER}), "")


def test_two_at_the_desk_do_not_overwrite_each_other(desk: Desk) -> None:
    machine = record("a", of_verdict(Verdict.VIRKER), finding(TEXT, cue="27 prosent", id="b"))
    first, second = cases(desk, machine)
    seen = desk.shelf.digest("a.pdf")
    decide(desk, first, Act.CONFIRM)
    with pytest.raises(CurationConflict):
        desk.decide(second, Word(Act.CONFIRM, "ola", "x"), TEXT, seen)


def test_a_curation_file_that_is_wrong_is_told_and_read_again_when_mended(desk: Desk) -> None:
    path = desk.config.documents.folder / "a.pdf.toml"
    path.write_text('[[findings]]\ndecision = "x"', encoding="utf-8")
    assert "no such code" in desk.sheets()["a.pdf"].fault
    (case,) = cases(desk, record("a", finding(TEXT)))
    assert case.standing is Standing.WAITING
    path.write_text('title = "Ingen avgjørelser"', encoding="utf-8")
    assert desk.sheets() == {}


def test_hidden_and_dangling_files_are_no_sheets(desk: Desk) -> None:
    folder = desk.config.documents.folder
    (folder / ".skjult").mkdir()
    for name in (".skjult/a.pdf.toml", ".b.pdf.toml"):
        (folder / name).write_text("[[findings]]", encoding="utf-8")
    (folder / "c.pdf.toml").symlink_to(folder / "ingen")
    assert desk.sheets() == {}


# Reports


def test_reports_outlive_the_program_that_took_them(tmp_path: Path) -> None:
    told = report(finding(TEXT), comment="æøå\n'; DROP TABLE report; --")
    Reports(tmp_path / "admin" / "reports.sqlite").take(told)
    (kept,) = Reports(tmp_path / "admin" / "reports.sqlite").waiting()
    assert kept == replace(told, id=1)


def test_no_reports_is_no_file(tmp_path: Path) -> None:
    reports = Reports(tmp_path / "reports.sqlite")
    assert (reports.waiting(), reports.views(), reports.path.exists()) == ((), {}, False)


def test_reports_that_cannot_be_used_say_so(tmp_path: Path) -> None:
    path = tmp_path / "reports.sqlite"
    path.write_bytes(b"not a database, and long enough to be read as one" * 100)
    with pytest.raises(HvaVirkerError, match="cannot be used"):
        Reports(path).waiting()
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(HvaVirkerError, match="version 99"):
        Reports(path).take(report(finding(TEXT)))


# Agreement


def reviewed(rule: str, act: Act, n: int, **says: object) -> list[Decision]:
    read = Reading(rule, Verdict.VIRKER, "mentor")
    told = tuple({"verdict": Verdict.VIRKER, "tiltak": "mentor", **says}.items())
    return [Decision(act, f"Sitat {k}", 1, says=() if act is Act.REJECT else told, read=read) for k in range(n)]


def test_a_rule_is_right_when_its_verdict_stands() -> None:
    decisions = [
        *reviewed("god", Act.CONFIRM, 18),
        *reviewed("god", Act.CHANGE, 2, tiltak="slt"),
        *reviewed("dårlig", Act.CONFIRM, 15),
        *reviewed("dårlig", Act.CHANGE, 2, verdict=Verdict.LOVENDE),
        *reviewed("dårlig", Act.REJECT, 3),
        *reviewed("få", Act.REJECT, 19),
        Decision(Act.CONFIRM, "for hånd", 1),
        Decision(Act.ADD, "oversett", 1, says=(("verdict", Verdict.VIRKER),)),
    ]
    found = agreement(decisions)
    assert [(rule.rule, rule.reviewed, rule.precision, rule.below) for rule in found.rules] == [
        ("dårlig", 20, 0.75, True),
        ("få", 19, 0.0, False),
        ("god", 20, 1.0, False),
    ]
    total = found.total
    assert (total.reviewed, total.confirmed, total.other_verdict, total.otherwise_changed, total.rejected) == (
        59, 33, 2, 2, 22,
    )  # fmt: skip
    assert found.added == 1


@pytest.mark.parametrize(("right", "below"), [(16, False), (15, True)])
def test_the_floor_is_four_of_five(right: int, below: bool) -> None:
    decisions = [*reviewed("r", Act.CONFIRM, right), *reviewed("r", Act.REJECT, 20 - right)]
    assert agreement(decisions).rules[0].below is below


def test_nobody_has_reviewed_anything() -> None:
    assert (agreement([]).rules, agreement([]).total.precision) == ((), 0.0)


def test_a_decision_can_stand_in_json() -> None:
    assert json.loads(json.dumps(table_of(reviewed("r", Act.CONFIRM, 1)[0])))["read"]["rule"] == "r"
