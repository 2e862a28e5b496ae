"""/helse: does an index answer?"""

from flask import Flask, Response, jsonify

from corpus.errors import HvaVirkerError, OtherVersion
from indexer.engines import open_generations
from search_app.site import this_site


def add_to(app: Flask) -> None:
    """Register /helse."""
    app.add_url_rule("/helse", "health", health)


def health() -> tuple[Response, int]:
    """200 with the generation that answers, 503 when none does. It is degraded when it stands in for another."""
    try:
        live = this_site().engine.live()
    except OtherVersion as error:
        command = open_generations(this_site().config).way_out()
        return jsonify(status="outdated", message=str(error), command=command), 503
    except HvaVirkerError as error:
        return jsonify(status="damaged", message=str(error)), 503
    if live is None:
        return jsonify(status="no_index"), 503
    about = {"generation": live.name, "built": live.built.isoformat(), "documents": live.documents}
    if live.fault:
        return jsonify(status="degraded", message=live.fault, **about), 200
    return jsonify(status="ok", **about), 200
