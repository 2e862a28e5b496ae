"""The web app: one Flask application over one search engine."""

from flask import Flask

from corpus.config import Config
from corpus.engine import Engine


def create_app(config: Config, engine: Engine | None = None) -> Flask:
    """The site and its API; `/helse` tells whether an index answers.

    Without an engine, the one the settings name is opened. Raises VocabularyError.
    """
    raise NotImplementedError
