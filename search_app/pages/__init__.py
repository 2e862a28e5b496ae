"""The pages: one blueprint, registered once for each language."""

from flask import Blueprint

from search_app import admin
from search_app.pages import about, documents, home, kart, kommuner, reporting, search, tiltak


def make_pages() -> Blueprint:
    """A blueprint with every page of the site."""
    pages = Blueprint("pages", __name__)
    for room in (home, search, documents, tiltak, kart, kommuner, about, reporting, admin):
        room.add_to(pages)
    return pages
