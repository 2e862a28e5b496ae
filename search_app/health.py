"""/helse: does an index answer?"""

from flask import Flask, Response, jsonify

from corpus.errors import HvaVirkerError
from search_app.site import this_site


def add_to(app: Flask) -> None:
    """Register /helse."""
    app.add_url_rule("/helse", "health", health)


def health() -> tuple[Response, int]:
    """200 with the live generation, 503 when there is none or it cannot be read."""
    try:
        live = this_site().engine.live()
    except HvaVirkerError as error:
        return jsonify(status="damaged", message=str(error)), 503
    if live is None:
        return jsonify(status="no_index"), 503
    return jsonify(status="ok", generation=live.name, built=live.built.isoformat(), documents=live.documents), 200
