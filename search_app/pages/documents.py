"""A document, the text of one of its pages, the file itself, and the document as a reference."""

from dataclasses import replace

from flask import Blueprint, Response, abort, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from corpus.errors import Reason
from corpus.model import Document
from corpus.search import SearchRequest, WordReport
from search_app.base import Sourced, fold
from search_app.cite import bibtex, file_name, ris, sentence
from search_app.links import Trail, document_link, link, original_link, page_link, trail_of
from search_app.originals import send_original
from search_app.present.common import about, document_line, extent, file_size, foreign, language_at, page_name, pager
from search_app.present.documents import known_rows, neighbours, notices, outline
from search_app.present.findings import finding_view
from search_app.present.page_text import ends_in_table, page_elements
from search_app.present.trails import steps
from search_app.site import asked_here, this_base, this_site, this_voice

FINDINGS_PAGE = 30
LARGEST_RANK = 10_000


def add_to(pages: Blueprint) -> None:
    """Register the pages of a document."""
    pages.add_url_rule("/dok/<document_id>", "document", document_page)
    pages.add_url_rule("/dok/<document_id>/side/<int:number>", "page", text_page)
    pages.add_url_rule("/dok/<document_id>/original", "original", original)
    pages.add_url_rule("/dok/<document_id>/referanse.ris", "ris", reference_ris)
    pages.add_url_rule("/dok/<document_id>/referanse.bib", "bibtex", reference_bibtex)


def document_page(document_id: str) -> str:
    """What is known of a document, its outline, findings, neighbours, and how to cite it."""
    document, trail = _document(document_id), _trail()
    base, voice, site = this_base(), this_voice(), this_site()
    findings = fold(Sourced(document, finding) for finding in base.findings_of.get(document.id, ()))
    last = max(1, -(-len(findings) // FINDINGS_PAGE))
    current = min(_number("funnside", last) or 1, last)
    shown = findings[(current - 1) * FINDINGS_PAGE : current * FINDINGS_PAGE]
    return render_template(
        "document.html",
        document=document,
        line=document_line(document, base, voice, site.today()),
        rows=known_rows(document, voice),
        outline=outline(document, voice, trail),
        notices=notices(document, voice, lambda key: key in site.wording.texts),
        findings=[finding_view(sourced, voice, (), trail) for sourced in shown],
        findings_all=len(findings),
        reviewed=sum(sourced.finding.reviewed for sourced in findings),
        findings_pager=pager(current, last),
        findings_page=current,
        neighbours=neighbours(document, base, voice),
        citation=_citation(document),
        first_page=page_link(document, 1, trail),
        original=original_link(document),
        kind=_kind(document),
        size=file_size(document.source.size, voice),
        extent=extent(document, voice),
        findings_address=lambda n: link("document", document_id=document.id, funnside=n, _anchor="funn"),
        summary_lang=foreign(document.metadata.language.value, voice),
        trail=steps(trail, document, base, site.engine),
    )


def text_page(document_id: str, number: int) -> str:
    """The text of one page, with the words of the search and one finding's quote lit."""
    document, trail = _document(document_id), _trail()
    records, voice = this_site().engine.records(), this_voice()
    page = records.page(document.id, number) if 1 <= number <= document.page_count else None
    if page is None:
        abort(404)
    findings = [f for f in this_base().findings_of.get(document.id, ()) if f.page == number]
    finding = next((f for f in findings if f.id == request.args.get("funn")), None)
    words = _words(trail)
    before = records.page(document.id, number - 1) if number > 1 else None
    return render_template(
        "page.html",
        document=document,
        page=page,
        name=page_name(document, number, voice),
        elements=page_elements(page, words, finding, _number("ved", len(page.text)), ends_in_table(before)),
        finding=finding,
        findings=[finding_view(Sourced(document, f), voice, words, trail) for f in findings],
        outline=outline(document, voice, trail, number),
        previous=page_link(document, number - 1, trail) if number > 1 else "",
        next=page_link(document, number + 1, trail) if number < document.page_count else "",
        original=original_link(document, number),
        about=about(document, voice),
        title_lang=foreign(document.metadata.language.value, voice),
        words=words,
        citation=_citation(document, number),
        number=number,
        kind=_kind(document),
        up=document_link(document, trail),
        page_lang=foreign(language_at(document, number, 0), voice),
        trail=steps(trail, document, this_base(), this_site().engine),
    )


def original(document_id: str) -> AnyResponse:
    """The file as it was put in the documents folder; 404 when some of its pages are held back."""
    document = _document(document_id)
    if any(notice.code == Reason.PERSONAL_DATA for notice in document.notices):
        abort(404)
    return send_original(document.source, this_site().config.documents.folder)


def reference_ris(document_id: str) -> Response:
    """The document as an RIS record."""
    document = _document(document_id)
    body = ris(document, document_link(document, outside=True))
    return _download(body, "application/x-research-info-systems", file_name(document, "ris"))


def reference_bibtex(document_id: str) -> Response:
    """The document as a BibTeX record."""
    document = _document(document_id)
    body = bibtex(document, document_link(document, outside=True))
    return _download(body, "application/x-bibtex", file_name(document, "bib"))


def _document(document_id: str) -> Document:
    document = this_base().documents.get(document_id)
    return document if document is not None else abort(404)


def _download(body: str, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(body, content_type=f"{media_type}; charset=utf-8", headers=headers)


def _citation(document: Document, page: int | None = None) -> str:
    voice, generation = this_voice(), this_base().generation.name
    place = page_name(document, page, voice) if page is not None else ""
    return sentence(document, voice, voice.day(this_site().today()), generation, place)


def _kind(document: Document) -> str:
    """The file's format as people call it: PDF, HTML, DOCX."""
    return document.source.path.rpartition(".")[2].upper()


def _number(name: str, largest: int) -> int | None:
    """A number from 0 to the largest in the address at hand; None when it is anything else."""
    value = request.args.get(name, "")
    good = value.isascii() and value.isdecimal() and len(value) <= len(str(largest)) and int(value) <= largest
    return int(value) if good else None


def _trail() -> Trail | None:
    """The search the reader came from, when the address tells."""
    rank = _number("treff", LARGEST_RANK)
    return trail_of(asked_here().request, rank) if rank else None


def _words(trail: Trail | None) -> tuple[WordReport, ...]:
    """What the words of the search matched, to light the same forms."""
    text = asked_here().request.text
    if not text:
        return ()
    question = trail.request if trail else SearchRequest(as_of=this_site().today(), text=text)
    return this_site().engine.search(replace(question, page=1, size=1)).words
