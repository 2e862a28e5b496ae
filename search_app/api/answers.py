"""/api/search and /api/suggest: a question answered."""

from dataclasses import replace

from flask import Blueprint, Response, jsonify, request

from corpus.search import SearchRequest, Sort
from search_app.api.reading import SIZES, Unreadable, language, text
from search_app.api.shapes import search_data
from search_app.errors import problem
from search_app.site import this_base, this_site
from search_app.urls import Fault, read_query, rules_for

SUGGESTIONS = 8


def add_to(routes: Blueprint) -> None:
    """Register the routes and what is said of a value that cannot be read."""
    routes.add_url_rule("/search", "search", search)
    routes.add_url_rule("/suggest", "suggest", suggest)
    routes.register_error_handler(Unreadable, unreadable)


def search() -> Response:
    """The same question and answer as the search page and the command line."""
    site = this_site()
    for name, value in request.args.items(multi=True):
        if not value and name != "q":
            raise Unreadable(name, Fault.UNKNOWN)
    asked = read_query(request.args.items(multi=True), rules_for(site.config, site.vocabulary, site.today(), SIZES))
    for found in asked.problems:
        raise Unreadable(found.parameter, found.fault)
    voice = site.voice(language())
    return jsonify(search_data(site.engine.search(_newest_first(asked.request)), this_base(), voice))


def suggest() -> Response:
    """Completions of what has been typed so far."""
    found = this_site().engine.suggest(text("q"), language(), SUGGESTIONS)
    return jsonify(suggestions=[{"kind": s.kind, "code": s.code, "label": s.label} for s in found])


def unreadable(error: Unreadable) -> tuple[str | Response, int]:
    """400, with the parameter and what was wrong."""
    return problem(400, f"The parameter {error.parameter} cannot be used", parameter=error.parameter, fault=error.fault)


def _newest_first(question: SearchRequest) -> SearchRequest:
    plain = not question.text and question.sort is Sort.RELEVANCE
    return replace(question, sort=Sort.NEWEST) if plain else question
