"""/api/openapi.json: the description of the API, written by hand and held against the routes by tests."""

from pathlib import Path

from flask import Response

DOCUMENT = Path(__file__).parent / "openapi.json"


def openapi() -> Response:
    """The description, OpenAPI 3.1."""
    return Response(DOCUMENT.read_bytes(), mimetype="application/json")
