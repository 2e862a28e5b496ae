import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import (
    Document,
    Factor,
    Finding,
    FindingType,
    Language,
    Metadata,
    Origin,
    Page,
    Read,
    SourceFile,
    Statement,
    Strength,
    Verdict,
)
from indexer.export import (
    FIELDS,
    Table,
    Value,
    csv_cell,
    csv_columns,
    document_row,
    finding_row,
    rows,
    statement_row,
    with_labels,
    write_csv,
    write_jsonl,
)
from tests.indexer.run_fakes import known_vocabulary

T = TypeVar("T")

VOCABULARY = known_vocabulary()


def read(value: T) -> Read[T]:
    return Read(value, Origin.TEXT, 1, "")


FULL = Document(
    id="plan-1",
    source=SourceFile("planer/plan.pdf", "ab" * 32, 1000, "application/pdf"),
    paged=True,
    page_count=14,
    metadata=Metadata(
        title=read("Plan mot vold; for alle"),
        language=read(Language.NN),
        doc_type=read("handlingsplan"),
        publisher=read("Fjellheim kommune"),
        authors=(read("Ola Dømesen"), read("Kari Prøve; cand.polit.")),
        year=read(2023),
        plan_from=read("2023"),
        plan_to=read("2026-12-31"),
        adopted=read(date(2023, 3, 14)),
        kommuner=(read("0301"), read("3103")),
        fylke=(read("03"), read("31")),
        themes=(read("mobbing"),),
        target_groups=(read("ungdom"),),
        tiltak=(read("slt"), read("finnes_ikke")),
        study_design=read("rct"),
    ),
    sections=(),
    summary="",
    notices=(),
)
BARE = Document(
    id="side",
    source=SourceFile("a/side.html", "cd" * 32, 10, "text/html"),
    paged=False,
    page_count=2,
    metadata=Metadata(title=read("Side"), language=read(Language.NB)),
    sections=(),
    summary="",
    notices=(),
)
FINDING = Finding(
    id="f1",
    page=3,
    start=0,
    end=10,
    quote="MOT virker",
    verdict=Verdict.VIRKER,
    cue="virker",
    cue_start=4,
    cue_end=10,
    rule="effect",
    tiltak="mot",
    outcome="mobbing",
    design="rct",
    strength=Strength.MODERAT,
    reviewed=True,
)


STATEMENT = Statement(
    "s1", 3, 0, 20, "Tid var en barriere.", FindingType.IMPLEMENTERING, "barriere", 11, 19, "said.barriere",
    Factor.BARRIERE, "mot", "skole",
)  # fmt: skip


class TwoDocuments:
    """The records of a generation with two documents, by id as the port gives them."""

    def document(self, document_id: str) -> Document | None:
        return next((each for each in self.documents() if each.id == document_id), None)

    def documents(self) -> tuple[Document, ...]:
        return (FULL, BARE)

    def page(self, document_id: str, number: int) -> Page | None:
        return None

    def pages(self, document_id: str) -> tuple[Page, ...]:
        return ()

    def findings(self, document_id: str | None = None, tiltak: str | None = None) -> tuple[tuple[str, Finding], ...]:
        both = (("plan-1", FINDING), ("side", replace(FINDING, tiltak=None, outcome=None, design=None, reviewed=False)))
        return tuple(pair for pair in both if document_id in (None, pair[0]))

    def statements(
        self, document_id: str | None = None, tiltak: str | None = None
    ) -> tuple[tuple[str, Statement], ...]:
        return tuple(pair for pair in (("plan-1", STATEMENT), ("side", STATEMENT)) if document_id in (None, pair[0]))


def test_a_document_gives_every_field_of_the_contract() -> None:
    assert document_row(FULL) == {
        "file": "planer/plan.pdf",
        "title": "Plan mot vold; for alle",
        "doc_type": "handlingsplan",
        "language": "nn",
        "publisher": "Fjellheim kommune",
        "authors": ["Ola Dømesen", "Kari Prøve; cand.polit."],
        "year": 2023,
        "plan_from": 2023,
        "plan_to": 2026,
        "adopted": "2023-03-14",
        "kommuner": ["0301", "3103"],
        "fylke": ["03", "31"],
        "themes": ["mobbing"],
        "target_groups": ["ungdom"],
        "tiltak": ["slt", "finnes_ikke"],
        "study_design": "rct",
        "pages": 14,
        "sha256": "ab" * 32,
    }
    assert tuple(document_row(FULL)) == FIELDS[Table.DOCUMENTS]


def test_what_is_unknown_is_null_or_an_empty_list() -> None:
    row = document_row(BARE)
    assert {field: value for field, value in row.items() if value not in (None, [])} == {
        "file": "a/side.html",
        "title": "Side",
        "language": "nb",
        "sha256": "cd" * 32,
    }
    assert tuple(row) == FIELDS[Table.DOCUMENTS]


def test_a_finding_gives_every_field_of_the_contract() -> None:
    assert finding_row(FULL, FINDING) == {
        "file": "planer/plan.pdf",
        "page": 3,
        "quote": "MOT virker",
        "tiltak": "mot",
        "outcome": "mobbing",
        "verdict": "virker",
        "design": "rct",
        "strength": "moderat",
        "cue": "virker",
        "reviewed": True,
        "id": FINDING.id,
        "same_as": None,
        "cited": False,
        "type": "effekt",
        "population": None,
        "setting": None,
        "country": None,
        "sample_size": None,
    }
    assert tuple(finding_row(FULL, FINDING)) == FIELDS[Table.FINDINGS]


def test_a_statement_gives_every_field_of_the_contract() -> None:
    assert statement_row(FULL, STATEMENT) == {
        "file": "planer/plan.pdf",
        "page": 3,
        "quote": "Tid var en barriere.",
        "tiltak": "mot",
        "type": "implementering",
        "factor": "barriere",
        "setting": "skole",
        "cue": "barriere",
        "cited": False,
        "reviewed": False,
        "id": "s1",
    }
    assert tuple(statement_row(FULL, STATEMENT)) == FIELDS[Table.STATEMENTS]
    assert [row["page"] for row in rows(Table.STATEMENTS, TwoDocuments())] == [None, 3]


def test_a_format_without_pages_has_no_page() -> None:
    assert finding_row(BARE, FINDING)["page"] is None


def test_rows_come_by_file() -> None:
    assert [row["file"] for row in rows(Table.DOCUMENTS, TwoDocuments())] == ["a/side.html", "planer/plan.pdf"]
    assert [row["file"] for row in rows(Table.FINDINGS, TwoDocuments())] == ["a/side.html", "planer/plan.pdf"]


def test_jsonl_is_an_object_a_line_that_reads_back() -> None:
    out = io.StringIO()
    assert write_jsonl(rows(Table.DOCUMENTS, TwoDocuments()), out) == 2
    lines = out.getvalue().splitlines()
    assert [json.loads(line) for line in lines] == [document_row(BARE), document_row(FULL)]
    assert "Ola Dømesen" in lines[1]


@pytest.mark.parametrize(
    ("table", "coded"),
    [
        (Table.DOCUMENTS, "doc_type language kommuner fylke themes target_groups tiltak study_design"),
        (Table.FINDINGS, "tiltak outcome verdict design strength type population setting"),
        (Table.STATEMENTS, "tiltak type setting"),
    ],
)
def test_csv_has_a_label_column_beside_every_column_of_codes(table: Table, coded: str) -> None:
    columns = csv_columns(table)
    assert tuple(column for column in columns if not column.endswith("_label")) == FIELDS[table]
    labels = [column for column in columns if column.endswith("_label")]
    assert labels == [f"{field}_label" for field in coded.split()]
    assert all(columns.index(label) == columns.index(label.removesuffix("_label")) + 1 for label in labels)


def written(table: Table, language: Language = Language.NB) -> Sequence[dict[str, str]]:
    out = io.StringIO()
    count = write_csv(table, rows(table, TwoDocuments()), VOCABULARY, language, out)
    found = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert len(found) == count
    return found


def test_csv_cells_of_a_document() -> None:
    bare, full = written(Table.DOCUMENTS)
    assert full["authors"] == "Ola Dømesen;Kari Prøve, cand.polit."
    assert (full["kommuner"], full["kommuner_label"]) == ("0301;3103", "Oslo;Moss")
    assert (full["fylke"], full["fylke_label"]) == ("03;31", "Oslo;Østfold")
    assert (full["language"], full["language_label"]) == ("nn", VOCABULARY.languages["nn"].labels[Language.NB])
    assert (full["year"], full["plan_to"], full["pages"]) == ("2023", "2026", "14")
    assert (bare["year"], bare["authors"], bare["doc_type"], bare["doc_type_label"]) == ("", "", "", "")


def test_csv_cells_of_a_finding() -> None:
    bare, full = written(Table.FINDINGS, Language.EN)
    assert (full["page"], full["reviewed"], full["verdict"]) == ("3", "true", "virker")
    assert full["verdict_label"] == VOCABULARY.verdicts["virker"].labels[Language.EN]
    assert (bare["page"], bare["reviewed"], bare["tiltak"], bare["tiltak_label"]) == ("", "false", "", "")


def test_a_code_without_a_label_stands_for_itself() -> None:
    labels = with_labels({"tiltak": ["finnes_ikke"], "kommuner": ["9999"]}, VOCABULARY, Language.NB)
    assert (labels["tiltak_label"], labels["kommuner_label"]) == (["finnes_ikke"], ["9999"])


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+47", "'+47"),
        ("-5 prosent", "'-5 prosent"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        (["=a", "b"], "'=a;b"),
        ("virker = godt", "virker = godt"),
        ("", ""),
        (None, ""),
        (True, "true"),
        (False, "false"),
        (2023, "2023"),
        ([], ""),
    ],
)
def test_cells(value: Value, cell: str) -> None:
    assert csv_cell(value) == cell


@given(st.one_of(st.text(), st.lists(st.text())))
def test_no_cell_is_a_formula(value: Value) -> None:
    assert not csv_cell(value).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])), min_size=1, max_size=3))
def test_csv_reads_back_whatever_a_title_holds(titles: list[str]) -> None:
    documents = [replace(BARE, metadata=replace(BARE.metadata, title=read(title))) for title in titles]
    out = io.StringIO(newline="")
    write_csv(Table.DOCUMENTS, map(document_row, documents), VOCABULARY, Language.NB, out)
    found = [row["title"] for row in csv.DictReader(io.StringIO(out.getvalue(), newline=""))]
    assert found == [csv_cell(title) for title in titles]
