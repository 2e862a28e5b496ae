"""What the API gives: documents, pages, findings and hits as plain data. Field names are a public contract."""

from collections.abc import Mapping, Sequence
from typing import Any

from corpus.engine import Generation
from corpus.model import Document, Metadata, Page, Read, Verdict
from corpus.search import FacetCounts, Hit, SearchResult
from corpus.vocabulary import Kommune, Tiltak
from indexer.answer import why_data, words_data
from indexer.export import document_row, finding_row
from search_app.base import IN_FORCE, Base, Plan, Sourced, tally
from search_app.voice import Voice

Data = dict[str, Any]


def search_data(result: SearchResult, base: Base, voice: Voice) -> Data:
    """An answer, as `hvavirker search --json` gives it, with ids, findings and generation besides."""
    hits = [hit for hit in result.hits if hit.document_id in base.documents]
    return {
        "total": result.total,
        "facets": {counts.facet.value: _facet_data(counts, voice) for counts in result.facets},
        "hits": [_hit_data(hit, base.documents[hit.document_id]) for hit in hits],
        **words_data(result, voice.vocabulary, voice.language),
        "generation": result.generation,
        "took_ms": round(result.took_ms, 3),
    }


def document_data(document: Document, plan: Plan | None) -> Data:
    """A document with the fields of `export documents`, its id and its plan status."""
    return {"id": document.id, **document_row(document), "status": plan.status if plan else None}


def whole_document_data(document: Document, plan: Plan | None) -> Data:
    """A document with, besides, where each value was read, its headings and what was odd about its file."""
    return {
        **document_data(document, plan),
        "summary": document.summary,
        "page_count": document.page_count,
        "paged": document.paged,
        "read": _origins(document.metadata),
        "sections": [{"path": list(section.path), "page": section.page} for section in document.sections],
        "notices": [{"code": n.code, "detail": n.detail, "page": n.page} for n in document.notices],
    }


def page_data(document: Document, page: Page) -> Data:
    """The text of a page and what its runs are; places count characters from 0."""
    return {
        "document": document.id,
        "file": document.source.path,
        "number": page.number,
        "label": page.label,
        "status": page.status,
        "engine": page.engine,
        "text": page.text,
        "blocks": [{"kind": b.kind, "start": b.start, "end": b.end, "level": b.level} for b in page.blocks],
    }


def finding_data(sourced: Sourced) -> Data:
    """A finding with the fields of `export findings`, its id and place; `number` is the page even if `page` is null."""
    finding = sourced.finding
    return {
        "id": finding.id,
        "document": sourced.document.id,
        **finding_row(sourced.document, finding),
        "number": finding.page,
        "start": finding.start,
        "end": finding.end,
        "rule": finding.rule,
        "type": finding.type,
        "cited": finding.cited,
    }


def tiltak_data(tiltak: Tiltak, findings: Sequence[Sourced], plans: Sequence[Plan]) -> Data:
    """A tiltak with its labels, findings by verdict, and how many plans name it."""
    return {
        "code": tiltak.id,
        "labels": dict(tiltak.labels),
        "findings": len(findings),
        "verdicts": _verdicts(findings),
        "plans": len(plans),
        "plans_in_force": sum(plan.status in IN_FORCE for plan in plans),
    }


def kommune_data(kommune: Kommune, plans: Sequence[Plan]) -> Data:
    """A kommune with what it was before and how many plans it has."""
    return {
        "number": kommune.number,
        "name": kommune.name,
        "other_names": list(kommune.other_names),
        "fylke": kommune.fylke,
        "former": [
            {"number": f.number, "name": f.name, "first_year": f.first_year, "last_year": f.last_year}
            for f in kommune.former
        ],
        "plans": len(plans),
        "plans_in_force": sum(plan.status in IN_FORCE for plan in plans),
    }


def status_data(base: Base) -> Data:
    """What the live generation holds."""
    generation: Generation = base.generation
    return {
        "documents": generation.documents,
        "passages": generation.passages,
        "findings": generation.findings,
        "generation": generation.name,
        "built": generation.built.isoformat(),
    }


def _verdicts(findings: Sequence[Sourced]) -> Mapping[Verdict, int]:
    return tally(sourced.finding for sourced in findings)


def _facet_data(counts: FacetCounts, voice: Voice) -> list[Data]:
    return [
        {"code": v.code, "label": voice.label(counts.facet, v.code), "count": v.count, "selected": v.selected}
        for v in counts.values
    ]


def _hit_data(hit: Hit, document: Document) -> Data:
    passages = [
        {"page": p.page if document.paged else None, "number": p.page, "start": p.start, "text": p.text}
        for p in hit.passages
    ]
    about = document.metadata
    return {
        "id": document.id,
        "file": document.source.path,
        "page": passages[0]["page"] if passages else None,
        "title": about.title.value,
        "doc_type": about.doc_type.value if about.doc_type else None,
        "score": hit.score,
        "passages": passages,
        "findings": [finding_data(Sourced(document, finding)) for finding in hit.findings],
        **why_data(hit),
    }


def _origins(known: Metadata) -> Data:
    """Where each value was read, by field name as in the export."""
    fields: Mapping[str, Sequence[Read[Any] | None]] = {
        "title": (known.title,),
        "doc_type": (known.doc_type,),
        "language": (known.language,),
        "publisher": (known.publisher,),
        "authors": known.authors,
        "year": (known.year,),
        "plan_from": (known.plan_from,),
        "plan_to": (known.plan_to,),
        "adopted": (known.adopted,),
        "kommuner": known.kommuner,
        "fylke": known.fylke,
        "themes": known.themes,
        "target_groups": known.target_groups,
        "tiltak": known.tiltak,
        "study_design": (known.study_design,),
    }
    return {name: [_origin(read) for read in reads if read is not None] for name, reads in fields.items()}


def _origin(read: Read[Any]) -> Data:
    value = read.value if isinstance(read.value, int) else str(read.value)
    return {"value": value, "origin": read.origin, "page": read.page, "quote": read.quote}
