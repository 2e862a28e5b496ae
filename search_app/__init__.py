"""The web app: how a person asks, and reads the answer."""

from search_app.app import create_app

__all__ = ["create_app"]
