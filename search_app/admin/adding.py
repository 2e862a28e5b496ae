"""Adding a finding that the machine missed: choose a document, a page, the words, and what they say."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from corpus.errors import CurationConflict, CurationError, HvaVirkerError
from corpus.model import Block, BlockKind, Document, Page
from indexer.curation.decisions import SAYABLE, Act, sayings
from indexer.review.desk import Word
from search_app.admin.review import STATUS
from search_app.admin.shell import Shell, form_text, page_of, this_desk, this_person
from search_app.links import link
from search_app.present.cases import fields
from search_app.present.common import document_line, foreign, language_at, page_name, pager
from search_app.site import this_base, this_site, this_voice
from search_app.urls import clean

SHOWN = 30
LONGEST_QUOTE = 4000
PASSED_OVER = frozenset({BlockKind.HEADING, BlockKind.TOC, BlockKind.REFERENCE})
TOLD = frozenset({"no_quote", "no_reason", "no_verdict"})
_ENDS = re.compile(r"(?<=[.!?…])[»”\"')\]]*\s+(?=[A-ZÆØÅ«“\"(])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of a page that may be chosen: `value` says where it is."""

    value: str
    text: str


def add_to(shell: Shell) -> None:
    """Register the documents and the page where a finding is added."""
    shell.page("/dokumenter", "admin_documents", documents)
    shell.page("/dok/<document_id>/side/<int:number>/funn", "admin_add", add_page)
    shell.page("/dok/<document_id>/side/<int:number>/funn", "admin_add_sent", add_sent, methods=["POST"])


def documents() -> str:
    """Every document, with the way to its pages."""
    base, voice, site = this_base(), this_voice(), this_site()
    wanted = clean(request.args.get("finn", ""))[:100]
    found = [
        document
        for document in base.documents.values()
        if wanted.casefold() in f"{document.metadata.title.value}\n{document.source.path}".casefold()
    ]
    current, last = page_of(len(found), SHOWN)
    shown = found[(current - 1) * SHOWN : current * SHOWN]
    return render_template(
        "admin_documents.html",
        lines=[(document, document_line(document, base, voice, site.today())) for document in shown],
        findings={document.id: base.findings_of.get(document.id, ()) for document in shown},
        wanted=wanted,
        total=len(found),
        pager=pager(current, last),
        current=current,
        last=last,
        address=lambda n: link("admin_documents", finn=wanted or None, s=n),
    )


def add_page(document_id: str, number: int) -> str:
    """The sentences of a page to choose among, and the form."""
    return _shown(*_page(document_id, number), {})


def add_sent(document_id: str, number: int) -> Response | tuple[str, int]:
    """A finding that a person added."""
    document, page = _page(document_id, number)
    try:
        _write(document, page)
    except (HvaVirkerError, OSError) as error:
        code = next(status for kind, status in STATUS.items() if isinstance(error, kind))
        return _shown(document, page, request.form.to_dict(), _named(error)), code
    return redirect(link("admin_queue", vis="pending", lagret=Act.ADD), 303)


def _page(document_id: str, number: int) -> tuple[Document, Page]:
    document = this_base().documents.get(document_id) or abort(404)
    page = this_site().engine.records().page(document.id, number) if 1 <= number <= document.page_count else None
    return document, page or abort(404)


def _write(document: Document, page: Page) -> None:
    """Write the finding. Raises CurationError for what cannot be understood, and as the desk does."""
    quote = form_text("quote", LONGEST_QUOTE) or _chosen(page, request.form.get("sentence", ""))
    reason = form_text("reason")
    if not quote or not reason:
        raise CurationError("no_quote" if not quote else "no_reason")
    given = {name: request.form.get(name, "") for name in SAYABLE}
    if not given["verdict"]:
        raise CurationError("no_verdict")
    word = Word(Act.ADD, this_person(), reason, sayings(given, this_site().vocabulary, "form"))
    expected = request.form.get("expected", "")
    this_desk().add(document.source.path, page, (quote, form_text("cue")), word, expected)


def _chosen(page: Page, value: str) -> str:
    return next((sentence.text for sentence in _sentences(page) if sentence.value == value), "")


def _sentences(page: Page) -> Iterator[Sentence]:
    for block in page.blocks or (Block(BlockKind.PARAGRAPH, 0, len(page.text)),):
        if block.kind in PASSED_OVER:
            continue
        start = block.start
        ends = [match.end() for match in _ENDS.finditer(page.text, block.start, block.end)]
        for end in [*ends, block.end]:
            text = page.text[start:end].strip()
            if text:
                yield Sentence(f"{start}-{end}", text)
            start = end


def _named(error: Exception) -> str:
    if isinstance(error, CurationConflict):
        return "conflict"
    if isinstance(error, OSError):
        return "disk"
    told = {
        "The quote does not stand on the page.": "not_there",
        "The words that decide do not stand in the quote.": "cue",
    }
    return str(error) if str(error) in TOLD else told.get(str(error), "file")


def _shown(document: Document, page: Page, given: Mapping[str, str], fault: str = "") -> str:
    voice = this_voice()
    return render_template(
        "admin_add.html",
        document=document,
        name=page_name(document, page.number, voice),
        sentences=list(_sentences(page)),
        page_lang=foreign(language_at(document, page.number, 0), voice),
        title_lang=foreign(document.metadata.language.value, voice),
        fields=fields({"strength": "ukjent", "type": "effekt", **given}, voice),
        given=given,
        fault=fault,
        expected=this_desk().shelf.digest(document.source.path),
        previous=_add_link(document, page.number - 1),
        next=_add_link(document, page.number + 1),
    )


def _add_link(document: Document, number: int) -> str:
    if not 1 <= number <= document.page_count:
        return ""
    return link("admin_add", document_id=document.id, number=number)
