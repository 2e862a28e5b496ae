"""Export: documents, findings and statements as JSON Lines and CSV rows; the field names are a public contract."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TextIO

from corpus.engine import Records
from corpus.model import Document, Finding, Language, Read, Statement
from corpus.vocabulary import Term, Vocabulary

Value = str | int | bool | list[str] | None
Row = Mapping[str, Value]

CSV_LIST_SEPARATOR = ";"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Table(StrEnum):
    """What can be exported."""

    DOCUMENTS = "documents"
    FINDINGS = "findings"
    STATEMENTS = "statements"


FIELDS: Mapping[Table, tuple[str, ...]] = {
    Table.DOCUMENTS: (
        "file",
        "title",
        "doc_type",
        "language",
        "publisher",
        "authors",
        "year",
        "plan_from",
        "plan_to",
        "adopted",
        "kommuner",
        "fylke",
        "themes",
        "target_groups",
        "tiltak",
        "study_design",
        "pages",
        "sha256",
    ),
    Table.FINDINGS: (
        "file",
        "page",
        "quote",
        "tiltak",
        "outcome",
        "verdict",
        "design",
        "strength",
        "cue",
        "reviewed",
        "id",
        "same_as",
        "cited",
        "type",
        "population",
        "setting",
        "country",
        "sample_size",
    ),
    Table.STATEMENTS: (
        "file",
        "page",
        "quote",
        "tiltak",
        "type",
        "factor",
        "setting",
        "cue",
        "cited",
        "reviewed",
        "id",
    ),
}

CODED: Mapping[str, Callable[[Vocabulary], Mapping[str, Term]]] = {
    "doc_type": lambda vocabulary: vocabulary.doc_types,
    "language": lambda vocabulary: vocabulary.languages,
    "fylke": lambda vocabulary: vocabulary.fylker,
    "themes": lambda vocabulary: vocabulary.themes,
    "target_groups": lambda vocabulary: vocabulary.target_groups,
    "tiltak": lambda vocabulary: vocabulary.tiltak,
    "study_design": lambda vocabulary: vocabulary.designs,
    "outcome": lambda vocabulary: vocabulary.outcomes,
    "verdict": lambda vocabulary: vocabulary.verdicts,
    "design": lambda vocabulary: vocabulary.designs,
    "strength": lambda vocabulary: vocabulary.strengths,
    "type": lambda vocabulary: vocabulary.finding_types,
    "population": lambda vocabulary: vocabulary.target_groups,
    "setting": lambda vocabulary: vocabulary.settings,
}


def rows(table: Table, records: Records) -> Iterator[Row]:
    """The rows of a table, by file; findings and statements then by page and place."""
    for document in sorted(records.documents(), key=lambda document: document.source.path):
        match table:
            case Table.DOCUMENTS:
                yield document_row(document)
            case Table.FINDINGS:
                yield from (finding_row(document, finding) for _, finding in records.findings(document.id))
            case Table.STATEMENTS:
                yield from (statement_row(document, said) for _, said in records.statements(document.id))


def document_row(document: Document) -> Row:
    """One document with the fields of FIELDS[Table.DOCUMENTS]; codes where the data has codes, null where unknown."""
    about = document.metadata
    return {
        "file": document.source.path,
        "title": about.title.value,
        "doc_type": _value(about.doc_type),
        "language": about.language.value,
        "publisher": _value(about.publisher),
        "authors": _values(about.authors),
        "year": about.year.value if about.year else None,
        "plan_from": _year(about.plan_from),
        "plan_to": _year(about.plan_to),
        "adopted": about.adopted.value.isoformat() if about.adopted else None,
        "kommuner": _values(about.kommuner),
        "fylke": _values(about.fylke),
        "themes": _values(about.themes),
        "target_groups": _values(about.target_groups),
        "tiltak": _values(about.tiltak),
        "study_design": _value(about.study_design),
        "pages": document.page_count if document.paged else None,
        "sha256": document.source.sha256,
    }


def finding_row(document: Document, finding: Finding) -> Row:
    """One finding with the fields of FIELDS[Table.FINDINGS]; `page` is null when the format has no pages."""
    return {
        "file": document.source.path,
        "page": finding.page if document.paged else None,
        "quote": finding.quote,
        "tiltak": finding.tiltak,
        "outcome": finding.outcome,
        "verdict": finding.verdict,
        "design": finding.design,
        "strength": finding.strength,
        "cue": finding.cue,
        "reviewed": finding.reviewed,
        "id": finding.id,
        "same_as": finding.same_as,
        "cited": finding.cited,
        "type": finding.type,
        "population": finding.population,
        "setting": finding.setting,
        "country": finding.country,
        "sample_size": finding.sample_size,
    }


def statement_row(document: Document, statement: Statement) -> Row:
    """One statement with the fields of FIELDS[Table.STATEMENTS]; `page` is null when the format has no pages."""
    return {
        "file": document.source.path,
        "page": statement.page if document.paged else None,
        "quote": statement.quote,
        "tiltak": statement.tiltak,
        "type": statement.type,
        "factor": statement.factor,
        "setting": statement.setting,
        "cue": statement.cue,
        "cited": statement.cited,
        "reviewed": statement.reviewed,
        "id": statement.id,
    }


def write_jsonl(table_rows: Iterable[Row], out: TextIO) -> int:
    """One JSON object a line, UTF-8, lists as lists. Returns the number of rows."""
    count = 0
    for count, row in enumerate(table_rows, 1):  # noqa: B007
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count


def write_csv(table: Table, table_rows: Iterable[Row], vocabulary: Vocabulary, language: Language, out: TextIO) -> int:
    """Comma-separated with a header; each coded column is followed by its labels in `<field>_label`.

    Lists are joined by `;`. A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    Returns the number of rows.
    """
    writer = csv.writer(out)
    writer.writerow(csv_columns(table))
    count = 0
    for count, row in enumerate(table_rows, 1):  # noqa: B007
        labelled = with_labels(row, vocabulary, language)
        writer.writerow([csv_cell(labelled[column]) for column in csv_columns(table)])
    return count


def csv_columns(table: Table) -> tuple[str, ...]:
    """The columns of a table's CSV."""
    return tuple(
        column for field in FIELDS[table] for column in ((field, f"{field}_label") if _coded(field) else (field,))
    )


def with_labels(row: Row, vocabulary: Vocabulary, language: Language) -> Row:
    """The row with `<field>_label` for each field that holds codes; a code without a label stands for itself."""
    labelled = dict(row)
    for field, value in row.items():
        if _coded(field):
            labelled[f"{field}_label"] = _labels(field, value, vocabulary, language)
    return labelled


def csv_cell(value: Value) -> str:
    """A value as the text of one CSV cell: nothing for null, true/false, lists joined, formulas made harmless."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        value = CSV_LIST_SEPARATOR.join(part.replace(CSV_LIST_SEPARATOR, ",") for part in value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _coded(field: str) -> bool:
    return field in CODED or field == "kommuner"


def _labels(field: str, value: Value, vocabulary: Vocabulary, language: Language) -> Value:
    if isinstance(value, list):
        return [_label(field, code, vocabulary, language) for code in value]
    return _label(field, value, vocabulary, language) if isinstance(value, str) else None


def _label(field: str, code: str, vocabulary: Vocabulary, language: Language) -> str:
    if field == "kommuner":
        kommune = vocabulary.kommuner.get(code)
        return kommune.name if kommune else code
    term = CODED[field](vocabulary).get(code)
    return term.labels[language] if term else code


def _value(read: Read[str] | None) -> str | None:
    return read.value if read else None


def _values(reads: tuple[Read[str], ...]) -> list[str]:
    return [read.value for read in reads]


def _year(read: Read[str] | None) -> int | None:
    """The year of an ISO 8601 year or day."""
    return int(read.value[:4]) if read else None
