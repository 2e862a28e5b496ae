"""Addresses of the site's own pages, in the language of the request at hand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from corpus.model import Document, Language
from corpus.search import Facet, SearchRequest
from search_app.site import these_rules, this_voice
from search_app.urls import write_query

PLACE = "her"


@dataclass(frozen=True, slots=True)
class Trail:
    """The search a reader came from, carried to the pages of a hit; `rank` counts hits from 1."""

    request: SearchRequest
    rank: int
    carried: Mapping[str, list[str]]

    def query(self) -> Mapping[str, list[str]]:
        """The parameters that carry it."""
        return {**self.carried, "treff": [str(self.rank)]}

    def at(self, rank: int) -> "Trail":
        """The same search, at another hit."""
        return replace(self, rank=rank)


def trail_of(request: SearchRequest, rank: int) -> Trail:
    """A trail from a hit of a question, whatever page of hits it stands on."""
    first = replace(request, page=1)
    return Trail(first, rank, write_query(first, these_rules()))


def link(endpoint: str, /, **values: Any) -> str:
    """The address of a page of the site in its language; lists become repeated parameters, None is left out."""
    return link_in(this_voice().language, endpoint, **values)


def link_in(spoken: Language, endpoint: str, /, **values: Any) -> str:
    """The address of a page in a given language."""
    given = {name: value for name, value in values.items() if value is not None}
    return url_for(f"{spoken}.{endpoint}", **given)


def search_link(request: SearchRequest, endpoint: str = "search", /, **values: Any) -> str:
    """The address of a question, or of another page about the same question."""
    return link(endpoint, **{**write_query(request, these_rules()), **values})


def api_search_link(request: SearchRequest) -> str:
    """The same question to the API."""
    return url_for("api.search", **write_query(request, these_rules()))  # type: ignore[arg-type]


def facet_link(facet: Facet, code: str) -> str:
    """The address of everything with one code."""
    return link("search", **{facet: code})


def with_filter(request: SearchRequest, facet: Facet, *codes: str) -> SearchRequest:
    """The question with these choices in a facet instead of its own, from its first page."""
    filters = {other: chosen for other, chosen in request.filters.items() if other is not facet}
    return replace(request, filters={**filters, facet: codes} if codes else filters, page=1)


def without(request: SearchRequest, facet: Facet, code: str) -> SearchRequest:
    """The question with one choice taken away, from its first page."""
    return with_filter(request, facet, *(chosen for chosen in request.filters.get(facet, ()) if chosen != code))


def document_link(document: Document, trail: Trail | None = None, outside: bool = False) -> str:
    """The address of a document's page; `outside` with the site's own name, for files people take with them."""
    return link("document", document_id=document.id, _external=outside or None, **(trail.query() if trail else {}))


def page_link(
    document: Document,
    page: int,
    trail: Trail | None = None,
    *,
    finding: str | None = None,
    start: int | None = None,
    outside: bool = False,
) -> str:
    """The address of one page's text, at a finding's quote or at a place on the page."""
    place = {"document_id": document.id, "number": page, "funn": finding, "ved": start}
    anchor = PLACE if finding is not None or start is not None else None
    return link("page", _anchor=anchor, _external=outside or None, **place, **(trail.query() if trail else {}))


def original_link(document: Document, page: int | None = None) -> str:
    """The address of the file itself, at a page where the format has pages."""
    anchor = f"page={page}" if page is not None and document.paged else None
    return link("original", document_id=document.id, _anchor=anchor)
