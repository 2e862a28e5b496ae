"""The web app: one Flask application over one search engine."""

from pathlib import Path
from urllib.parse import quote

from flask import Flask, request, url_for
from jinja2 import StrictUndefined

import corpus
from corpus.config import Config
from corpus.engine import Engine
from corpus.errors import HvaVirkerError
from corpus.factors import load_subjects
from corpus.model import Language
from corpus.ratings import load_ratings
from corpus.vocabulary import load_vocabulary
from indexer.engines import open_engine
from search_app import admin, api, assets, errors, health, metrics, security
from search_app.base import Shelf
from search_app.links import link
from search_app.pages import make_pages
from search_app.site import Site, this_base, this_site, this_voice
from search_app.wording import load_wording

SAMPLES = Path(corpus.__file__).parent / "samples" / "documents"


def create_app(config: Config, engine: Engine | None = None) -> Flask:
    """The site and its API; `/helse` tells whether an index answers.

    Without an engine, the one the settings name is opened. Raises VocabularyError.
    """
    vocabulary = load_vocabulary()
    engine = engine or open_engine(config, vocabulary)
    samples = config.documents.folder.resolve() == SAMPLES.resolve()
    ratings, subjects = load_ratings(vocabulary.tiltak), load_subjects()
    site = Site(config, engine, vocabulary, load_wording(), Shelf(), samples, ratings, subjects)
    app = Flask("search_app", static_folder=None)
    app.extensions["hvavirker"] = site
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_shared)
    admin.prepare(app)
    for language in Language:
        app.register_blueprint(make_pages(), name=language, url_prefix=site.prefix(language))
    for room in (api, assets, health, metrics, errors, security):
        room.add_to(app)
    return app


def _shared() -> dict[str, object]:
    """What every template may use."""
    site, voice = this_site(), this_voice()
    return {
        "t": voice.t,
        "tn": voice.tn,
        "num": voice.number,
        "voice": voice,
        "link": link,
        "is_at": lambda endpoint: request.endpoint == f"{voice.language}.{endpoint}",
        "link_openapi": url_for("api.openapi"),
        "link_api_suggest": url_for("api.suggest", lang=voice.language),
        "alternates": _alternates(),
        "generation": _generation(),
        "samples": site.samples,
        "today": site.today(),
        "query_characters": site.config.search.query_characters,
    }


def _alternates() -> list[dict[str, str]]:
    """This page in each language; the front page where this address leads nowhere."""
    site, voice = this_site(), this_voice()
    own = request.path.removeprefix(site.prefix(voice.language)) if request.blueprint in list(Language) else "/"
    query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    return [
        {
            "language": language,
            "name": voice.t(f"tongue.{language}"),
            "url": quote(f"{site.prefix(language)}{own}") + query,
        }
        for language in Language
    ]


def _generation() -> object:
    """The generation in the footer; nothing when no index answers, so that errors can be told."""
    try:
        return this_base().generation
    except HvaVirkerError:
        return None
