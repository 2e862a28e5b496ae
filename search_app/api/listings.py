"""/api: documents, pages, findings, tiltak, kommuner and status."""

from flask import Blueprint, Response, abort, jsonify

from corpus.model import Document, Verdict
from search_app.api.reading import code, window
from search_app.api.shapes import (
    Data,
    document_data,
    finding_data,
    kommune_data,
    page_data,
    status_data,
    tiltak_data,
    whole_document_data,
)
from search_app.base import Plan, Sourced, plans_among
from search_app.site import this_base, this_site


def add_to(routes: Blueprint) -> None:
    """Register the routes."""
    routes.add_url_rule("/documents", "documents", documents)
    routes.add_url_rule("/documents/<document_id>", "document", document)
    routes.add_url_rule("/documents/<document_id>/pages/<int:number>", "page", page)
    routes.add_url_rule("/findings", "findings", findings)
    routes.add_url_rule("/tiltak", "tiltak_list", tiltak_list)
    routes.add_url_rule("/tiltak/<code>", "tiltak", tiltak)
    routes.add_url_rule("/kommuner", "kommuner", kommuner)
    routes.add_url_rule("/kommuner/<number>", "kommune", kommune)
    routes.add_url_rule("/status", "status", status)


def documents() -> Response:
    """Every document, by id, a page at a time."""
    asked, all_documents = window(), tuple(this_base().documents.values())
    return jsonify(total=len(all_documents), documents=[document_data(d, _plan(d)) for d in asked.of(all_documents)])


def document(document_id: str) -> Response:
    """One document with where each value was read."""
    found = _document(document_id)
    return jsonify(whole_document_data(found, _plan(found)))


def page(document_id: str, number: int) -> Response:
    """The text of one page."""
    found = _document(document_id)
    text = this_site().engine.records().page(found.id, number) if 1 <= number <= found.page_count else None
    return jsonify(page_data(found, text or abort(404)))


def findings() -> Response:
    """Findings, of one document, tiltak or verdict if asked, a page at a time."""
    asked, base = window(), this_base()
    wanted = code("document", base.documents)
    tiltak_code = code("tiltak", this_site().vocabulary.tiltak)
    verdict = code("verdict", list(Verdict))
    found = [
        sourced
        for sourced in base.findings
        if wanted in (None, sourced.document.id)
        and tiltak_code in (None, sourced.finding.tiltak)
        and verdict in (None, sourced.finding.verdict)
    ]
    return jsonify(total=len(found), findings=[finding_data(sourced) for sourced in asked.of(found)])


def tiltak_list() -> Response:
    """Every tiltak of the vocabulary with what the base says of it."""
    return jsonify(tiltak=[_tiltak(code)[0] for code in this_site().vocabulary.tiltak])


def tiltak(code: str) -> Response:
    """One tiltak with its findings, and the plans that name it."""
    if code not in this_site().vocabulary.tiltak:
        abort(404)
    data, found, plans = _tiltak(code)
    about = {
        "finding_list": [finding_data(s) for s in found],
        "plan_list": [document_data(p.document, p) for p in plans],
    }
    return jsonify({**data, **about})


def kommuner() -> Response:
    """Every kommune in force today."""
    return jsonify(kommuner=[_kommune(number)[0] for number in this_site().vocabulary.kommuner])


def kommune(number: str) -> Response:
    """One kommune and its plans."""
    if number not in this_site().vocabulary.kommuner:
        abort(404)
    data, plans = _kommune(number)
    return jsonify({**data, "plan_list": [document_data(p.document, p) for p in plans]})


def status() -> Response:
    """What the live generation holds."""
    return jsonify(status_data(this_base()))


def _document(document_id: str) -> Document:
    return this_base().documents.get(document_id) or abort(404)


def _plans(found: tuple[Document, ...]) -> tuple[Plan, ...]:
    return plans_among(found, this_site().vocabulary, this_site().today())


def _plan(found: Document) -> Plan | None:
    return next(iter(_plans((found,))), None)


def _tiltak(tiltak_code: str) -> tuple[Data, tuple[Sourced, ...], tuple[Plan, ...]]:
    base = this_base()
    found = base.findings_for.get(tiltak_code, ())
    plans = _plans(base.documents_on.get(tiltak_code, ()))
    return tiltak_data(this_site().vocabulary.tiltak[tiltak_code], found, plans), found, plans


def _kommune(number: str) -> tuple[Data, tuple[Plan, ...]]:
    plans = _plans(this_base().documents_in.get(number, ()))
    return kommune_data(this_site().vocabulary.kommuner[number], plans), plans
