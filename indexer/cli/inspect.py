"""`hvavirker inspect`: what was read from one file."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import click

from corpus.config import Config, ExtractConfig
from corpus.errors import ExtractionFailed, HvaVirkerError
from corpus.model import BlockKind, Document, Finding, Metadata, Notice, Page, Read, Record
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.cli.options import with_settings
from indexer.cli.terminal import say, say_json
from indexer.curation import read_curation
from indexer.extract import media_type_of, read_file
from indexer.findings import Candidate, candidates
from indexer.personal import held_back
from indexer.records import make_record
from indexer.sources import curation_of, source_of

Data = dict[str, object]


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--findings", "why", is_flag=True, help="Only the sentences with a cue, and what became of each.")
@click.option("--json", "as_json", is_flag=True, help="For a program: one JSON object.")
@with_settings()
def inspect(config: Config, file: Path, why: bool, as_json: bool) -> None:
    """Show what is read from FILE: pages, headings, metadata with where each was read, findings, warnings.

    Needs no index. The curation file beside FILE, if any, is taken into account.
    """
    vocabulary = load_vocabulary()
    record = record_of(file, config.extract, vocabulary)
    seen = candidates(record.document, record.pages, vocabulary) if why else ()
    if as_json:
        told = {"candidates": [_candidate_data(one, record.document.paged) for one in seen]} if why else {}
        say_json(as_data(record) | told)
    elif why:
        show_candidates(record.document, seen)
    else:
        show(record)


def record_of(file: Path, config: ExtractConfig, vocabulary: Vocabulary) -> Record:
    """What an index would hold of a file. Raises HvaVirkerError saying why nothing can be read from it."""
    try:
        extracted = read_file(file, source_of(file, file.name, media_type_of), config)
    except ExtractionFailed as failure:
        raise HvaVirkerError(f"{file} would be set aside: {failure}.") from failure
    curation = read_curation(curation_of(file), vocabulary) if curation_of(file).exists() else None
    return make_record(held_back(extracted, curation.released if curation else ()), curation, vocabulary)


def as_data(record: Record) -> Data:
    """What `inspect --json` gives; the names are a public contract (docs/cli.md)."""
    document = record.document
    return {
        "file": document.source.path,
        "sha256": document.source.sha256,
        "media_type": str(document.source.media_type),
        "paged": document.paged,
        "pages": [_page_data(page, document.paged) for page in record.pages],
        "headings": [heading for page in record.pages for heading in _headings(page, document.paged)],
        "metadata": _metadata_data(document),
        "findings": [_finding_data(finding, document.paged) for finding in record.findings],
        "warnings": [_warning_data(notice, document.paged) for notice in document.notices],
    }


def _page_data(page: Page, paged: bool) -> Data:
    return {
        "page": page.number if paged else None,
        "label": page.label,
        "status": page.status,
        "engine": page.engine,
        "characters": len(page.text),
    }


def _headings(page: Page, paged: bool) -> list[Data]:
    return [
        {"page": page.number if paged else None, "level": block.level, "text": page.text[block.start : block.end]}
        for block in page.blocks
        if block.kind is BlockKind.HEADING
    ]


def _metadata_data(document: Document) -> Data:
    """Each field with a list of its values; empty where nothing was read."""
    return {
        field.name: [_read_data(read, document.paged) for read in _reads(getattr(document.metadata, field.name))]
        for field in fields(Metadata)
    }


def _reads(value: Read[Any] | tuple[Read[Any], ...] | None) -> tuple[Read[Any], ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _read_data(read: Read[Any], paged: bool) -> Data:
    value = read.value.isoformat() if isinstance(read.value, date) else read.value
    return {"value": value, "origin": read.origin, "page": read.page if paged else None, "quote": read.quote}


def _finding_data(finding: Finding, paged: bool) -> Data:
    return {
        "page": finding.page if paged else None,
        "quote": finding.quote,
        "verdict": finding.verdict,
        "cue": finding.cue,
        "rule": finding.rule,
        "tiltak": finding.tiltak,
        "outcome": finding.outcome,
        "design": finding.design,
        "strength": finding.strength,
        "cited": finding.cited,
    }


def _candidate_data(candidate: Candidate, paged: bool) -> Data:
    said = candidate.statement
    return {
        "page": candidate.page if paged else None,
        "sentence": candidate.sentence,
        "cue": candidate.cue,
        "rule": candidate.rule,
        "verdict": candidate.finding.verdict if candidate.finding else None,
        "statement": (said.factor or said.type) if said else None,
    }


def _warning_data(notice: Notice, paged: bool) -> Data:
    return {"code": str(notice.code), "page": notice.page if paged else None, "detail": notice.detail}


def show(record: Record) -> None:
    """The same in lines."""
    document = record.document
    characters = sum(len(page.text) for page in record.pages)
    unit = "pages" if document.paged else "parts"
    say((document.metadata.title.value, "bold"))
    say(f"{document.source.path}, {document.source.media_type}, {len(record.pages)} {unit}, {characters} characters")
    for title, lines in (
        ("Metadata", _metadata_lines(document)),
        ("Headings", _heading_lines(record)),
        ("Findings", _finding_lines(record)),
        ("Warnings", _warning_lines(document)),
    ):
        say("")
        say((title, "bold"), "" if lines else ": none")
        for line in lines:
            say("  " + line)


def show_candidates(document: Document, seen: Iterable[Candidate]) -> None:
    """Every sentence with a cue, in the order of the pages: what it became, or the rule that left it."""
    for one in seen:
        data = _candidate_data(one, document.paged)
        became = data["verdict"] or data["statement"]
        say((str(became or "left"), "bold" if became else "dim"), f" {_place(one.page, document.paged)} {one.sentence}")
        say(f"    cue: {one.cue}; rule: {one.rule}")


def _place(page: int | None, paged: bool) -> str:
    return f"p. {page}" if page and paged else ""


def _metadata_lines(document: Document) -> list[str]:
    lines = []
    for field in fields(Metadata):
        for read in _reads(getattr(document.metadata, field.name)):
            where = ", ".join(part for part in (read.origin, _place(read.page, document.paged)) if part)
            quote = f": “{read.quote}”" if read.quote else ""
            lines.append(f"{field.name} = {read.value} ({where}){quote}")
    return lines


def _heading_lines(record: Record) -> list[str]:
    return [
        f"{'  ' * (block.level - 1)}{page.text[block.start : block.end]} {_place(page.number, record.document.paged)}"
        for page in record.pages
        for block in page.blocks
        if block.kind is BlockKind.HEADING
    ]


def _finding_lines(record: Record) -> list[str]:
    lines = []
    for finding in record.findings:
        about = ", ".join(part for part in (finding.tiltak, finding.outcome, finding.design) if part)
        place = _place(finding.page, record.document.paged)
        lines.append(
            f"{finding.verdict} {place} [{about}] “{finding.quote}” (cue: {finding.cue}; rule: {finding.rule})"
        )
    return lines


def _warning_lines(document: Document) -> list[str]:
    return [
        " ".join(part for part in (notice.code, _place(notice.page, document.paged), notice.detail) if part)
        for notice in document.notices
    ]
