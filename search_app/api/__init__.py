"""The API: the same answers as the pages, as JSON. `openapi.json` describes every route."""

from flask import Blueprint, Flask

from search_app.api import answers, listings
from search_app.api.openapi import openapi


def add_to(app: Flask) -> None:
    """Register every route under /api."""
    routes = Blueprint("api", __name__, url_prefix="/api")
    answers.add_to(routes)
    listings.add_to(routes)
    routes.add_url_rule("/openapi.json", "openapi", openapi)
    app.register_blueprint(routes)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
