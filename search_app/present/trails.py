"""The way back to the hits, and to the hit before and after."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from corpus.engine import Answers
from corpus.model import Document
from corpus.search import SearchRequest
from search_app.base import Base
from search_app.links import Trail, document_link, search_link

NARROWEST, WIDEST = 3, 50


@dataclass(frozen=True, slots=True)
class Steps:
    """Where the reader came from. `rank` is 0 when the document is no longer at that place among the hits."""

    back: str
    text: str
    rank: int = 0
    total: int = 0
    previous: str = ""
    next: str = ""


def steps(trail: Trail | None, document: Document, base: Base, engine: Answers) -> Steps | None:
    """The hits around a document; None when the reader came by another way."""
    if trail is None:
        return None
    around = window(trail)
    result = engine.search(around)
    first = (around.page - 1) * around.size + 1
    ranked = {first + place: base.documents.get(hit.document_id) for place, hit in enumerate(result.hits)}
    if ranked.get(trail.rank) != document:
        return Steps(search_link(trail.request), trail.request.text)
    page = (trail.rank - 1) // trail.request.size + 1
    return Steps(
        back=search_link(replace(trail.request, page=page)),
        text=trail.request.text,
        rank=trail.rank,
        total=result.total,
        previous=_link(ranked, trail, trail.rank - 1),
        next=_link(ranked, trail, trail.rank + 1),
    )


def window(trail: Trail) -> SearchRequest:
    """The smallest page of hits that holds this one and both its neighbours: one search instead of three."""
    first = max(1, trail.rank - 1)
    size = next(s for s in range(NARROWEST, WIDEST) if (first - 1) // s == trail.rank // s)
    return replace(trail.request, page=(first - 1) // size + 1, size=size)


def _link(ranked: Mapping[int, Document | None], trail: Trail, rank: int) -> str:
    document = ranked.get(rank)
    return document_link(document, trail.at(rank)) if document else ""
