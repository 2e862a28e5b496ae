"""About the site and its method, accessibility, search tips."""

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from search_app.links import link


def add_to(pages: Blueprint) -> None:
    """Register the pages of running text."""
    pages.add_url_rule("/om", "about", lambda: render_template("about.html"))
    pages.add_url_rule("/tilgjengelighet", "accessibility", lambda: render_template("accessibility.html"))
    pages.add_url_rule("/hjelp/sok", "tips", lambda: render_template("tips.html"))
    pages.add_url_rule("/hjelp/søk", "tips_spelt_out", tips_spelt_out)


def tips_spelt_out() -> Response:
    """The tips under the address as people write it."""
    return redirect(link("tips"), 301)
