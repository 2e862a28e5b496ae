"""An answer as CSV: one row for each finding of a hit, or one for the hit itself when it has none."""

import csv
import io
from collections.abc import Iterable, Iterator

from corpus.model import Document, Finding
from corpus.search import Hit
from indexer.export import Row, csv_cell, document_row, finding_row, with_labels
from search_app.base import Base
from search_app.links import document_link, page_link
from search_app.voice import Voice

DOCUMENT_FIELDS = ("file", "title", "doc_type", "doc_type_label", "publisher", "year", "language", "kommuner")
FINDING_FIELDS = (
    "page",
    "quote",
    "verdict",
    "verdict_label",
    "tiltak",
    "tiltak_label",
    "outcome",
    "outcome_label",
    "design",
    "design_label",
    "strength",
    "strength_label",
    "cue",
    "reviewed",
)
COLUMNS = ("rank", *DOCUMENT_FIELDS, *FINDING_FIELDS, "passage", "link")
BYTE_ORDER_MARK = "\ufeff"


def search_csv(hits: Iterable[Hit], base: Base, voice: Voice) -> str:
    """The hits in order, with a byte order mark so that spreadsheets read it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for rank, hit in enumerate(hits, 1):
        for row in _rows(rank, hit, base.documents[hit.document_id]):
            labelled = with_labels(row, voice.vocabulary, voice.language)
            writer.writerow([csv_cell(labelled.get(column)) for column in COLUMNS])
    return BYTE_ORDER_MARK + out.getvalue()


def _rows(rank: int, hit: Hit, document: Document) -> Iterator[Row]:
    about = {name: value for name, value in document_row(document).items() if name in DOCUMENT_FIELDS}
    for finding in hit.findings:
        yield {"rank": rank, **about, **_finding(document, finding)}
    if not hit.findings:
        yield {"rank": rank, **about, **_best_passage(hit, document)}


def _finding(document: Document, finding: Finding) -> Row:
    link = page_link(document, finding.page, finding=finding.id, outside=True)
    return {**finding_row(document, finding), "link": link}


def _best_passage(hit: Hit, document: Document) -> Row:
    if not hit.passages:
        return {"link": document_link(document, outside=True)}
    best = hit.passages[0]
    link = page_link(document, best.page, start=best.start, outside=True)
    return {"page": best.page if document.paged else None, "passage": best.text, "link": link}
