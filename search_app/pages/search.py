"""The search: its page, every value of one facet, and the answer as CSV."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from corpus.search import Facet, SearchRequest, SearchResult, Sort, Suggestion, SuggestionKind
from indexer.analysis import tokens
from search_app.export import search_csv
from search_app.links import api_search_link, link, search_link, trail_of, with_filter
from search_app.present.answer import answer_view
from search_app.present.common import DocumentLine, document_line, pager
from search_app.present.facets import all_choices, facet_views, year_view
from search_app.present.results import Answer, chips, hit_view
from search_app.present.ways import Way, ways_out
from search_app.present.words import words_view
from search_app.site import asked_here, these_rules, this_base, this_site, this_voice
from search_app.urls import Asked, Fault, clean, page_sizes, write_query

CSV_PAGE = 50
CSV_DOCUMENTS = 1000
PREVIEWED, NEAR = 3, 6
SHORTEST_NAMED, BEGINNING = 4, 0.7


def add_to(pages: Blueprint) -> None:
    """Register the search pages."""
    pages.add_url_rule("/sok", "search", search)
    pages.add_url_rule("/sok.csv", "search_csv", search_as_csv)
    pages.add_url_rule("/sok/valg/<facet>", "choices", choices)


def search() -> str | AnyResponse | tuple[str, int]:
    """Hits, facets and what became of each word; an empty question browses all, newest first."""
    asked = asked_here()
    if any(not value.strip() for value in request.args.values()):
        return redirect(search_link(asked.request))
    if any(problem.fault is Fault.TOO_LONG for problem in asked.problems):
        limit, length = this_site().config.search.query_characters, len(clean(request.args["q"]))
        return render_template("too_long.html", text=request.args["q"], limit=limit, length=length), 400
    return _results(asked)


def choices(facet: str) -> str:
    """Every value of one facet, to choose among."""
    if facet not in list(Facet):
        abort(404)
    asked, voice = asked_here(), this_voice()
    result = this_site().engine.search(replace(asked.request, page=1, size=1))
    counts = next(counts for counts in result.facets if counts.facet == facet)
    wanted = clean(request.args.get("finn", "")).casefold()
    found = [choice for choice in all_choices(counts, voice) if wanted in choice.label.casefold() or choice.selected]
    return render_template(
        "choices.html",
        facet=Facet(facet),
        choices=found,
        wanted=wanted,
        total=len(counts.values),
        back=search_link(asked.request),
        carried=_carried(asked.request, Facet(facet)),
    )


def search_as_csv() -> Response:
    """The whole answer as CSV, up to 1000 documents."""
    asked, site = asked_here(), this_site()
    if asked.problems:
        abort(400)
    hits = [hit for page in _pages(asked.request) for hit in page.hits]
    body = search_csv(hits[:CSV_DOCUMENTS], this_base(), this_voice())
    name = f"hva-virker-{site.today().isoformat()}.csv"
    return Response(body, mimetype="text/csv", headers={"Content-Disposition": f"attachment; filename={name}"})


def _results(asked: Asked) -> str:
    site, voice, base = this_site(), this_voice(), this_base()
    question = _browsing(asked.request)
    result = site.engine.search(question)
    answer = Answer(trail_of(asked.request, 1), result, base, voice)
    first = (question.page - 1) * question.size + 1
    ranked = [(first + place, hit) for place, hit in enumerate(result.hits) if hit.document_id in base.documents]
    ways = () if result.total else ways_out(asked.request, result, _total, voice)
    last_page = max(1, -(-result.total // question.size))
    return render_template(
        "search.html",
        asked=asked,
        question=asked.request,
        result=result,
        hits=[hit_view(hit, rank, answer) for rank, hit in ranked],
        words=words_view(result, asked.request, voice),
        answer=answer_view(asked.request, result, base, voice),
        chips=chips(asked.request, voice),
        facets=facet_views(result, asked.request, voice),
        years=year_view(result, asked.request),
        ways=ways,
        preview=_preview(ways[0]) if ways else (),
        near=() if result.total or ways else _near(asked.request),
        cleared=search_link(replace(asked.request, filters={}, year_from=None, year_to=None, page=1)),
        last_page=last_page,
        pager=pager(min(question.page, last_page), last_page),
        sorts=[(sort, search_link(replace(asked.request, sort=sort, page=1))) for sort in Sort],
        sizes=[(size, search_link(replace(asked.request, size=size, page=1))) for size in page_sizes(site.config)],
        suggested=_suggested(asked.request, result),
        receipt=_receipt(asked.request, result),
        then=_then(),
        page_size=site.config.search.page_size,
        page_address=lambda n: search_link(replace(asked.request, page=n)),
        csv_url=search_link(replace(asked.request, page=1), "search_csv"),
        api_url=api_search_link(asked.request),
    )


def _carried(question: SearchRequest, facet: Facet) -> list[tuple[str, str]]:
    """The rest of the question, for the hidden fields of a form that chooses in one facet."""
    query = write_query(with_filter(question, facet), these_rules())
    return [(name, value) for name, values in query.items() for value in values]


def _browsing(question: SearchRequest) -> SearchRequest:
    """Without words nothing is more relevant than anything else: show the newest first."""
    plain = not question.text and question.sort is Sort.RELEVANCE
    return replace(question, sort=Sort.NEWEST) if plain else question


def _total(question: SearchRequest) -> int:
    return this_site().engine.search(replace(question, page=1, size=1)).total


def _preview(way: Way) -> Sequence[DocumentLine]:
    """The first documents of a way on."""
    base, voice = this_base(), this_voice()
    result = this_site().engine.search(replace(way.request, size=PREVIEWED))
    documents = [base.documents[hit.document_id] for hit in result.hits if hit.document_id in base.documents]
    return [document_line(document, base, voice, way.request.as_of) for document in documents]


def _near(question: SearchRequest) -> Sequence[tuple[str, str]]:
    """Tiltak, themes, kommuner and documents with a name that begins as a word of the question, with their pages."""
    voice, engine = this_voice(), this_site().engine
    words = [token.surface for token in tokens(question.text)]
    long_enough = [word for word in words if len(word) >= SHORTEST_NAMED]
    beginnings = [question.text, *long_enough, *(word[: ceil(BEGINNING * len(word))] for word in long_enough)]
    found = {(s.kind, s.code): s for text in beginnings for s in engine.suggest(text, voice.language, NEAR)}
    return [(each.label, _suggestion_link(each)) for each in [*found.values()][:NEAR]]


def _suggestion_link(suggestion: Suggestion) -> str:
    match suggestion.kind:
        case SuggestionKind.TILTAK:
            return link("tiltak", code=suggestion.code)
        case SuggestionKind.KOMMUNE:
            return link("kommune", number=suggestion.code)
        case SuggestionKind.THEME:
            return link("search", theme=suggestion.code)
        case SuggestionKind.DOCUMENT:
            return link("document", document_id=suggestion.code)


def _suggested(question: SearchRequest, result: SearchResult) -> tuple[str, str] | None:
    if result.did_you_mean is None:
        return None
    return result.did_you_mean, search_link(replace(question, text=result.did_you_mean, page=1))


def _receipt(question: SearchRequest, result: SearchResult) -> str:
    """The address that asks again for the same day, and remembers which base answered and how much."""
    fixed = {"as_of": question.as_of.isoformat(), "generasjon": result.generation, "antall": str(result.total)}
    return search_link(replace(question, page=1), **fixed)


def _then() -> tuple[str, int] | None:
    """What a receipt remembers: the generation and the number of documents found then."""
    generation, found = request.args.get("generasjon", ""), request.args.get("antall", "")
    known = generation and found.isascii() and found.isdecimal() and len(found) < len("1000000000")
    return (clean(generation)[:100], int(found)) if known else None


def _pages(question: SearchRequest) -> Sequence[SearchResult]:
    """The answer in pages, as far as a CSV file goes."""
    engine = this_site().engine
    found = [engine.search(replace(_browsing(question), page=1, size=CSV_PAGE))]
    wanted = min(found[0].total, CSV_DOCUMENTS)
    for number in range(2, -(-wanted // CSV_PAGE) + 1):
        found.append(engine.search(replace(_browsing(question), page=number, size=CSV_PAGE)))
    return found
