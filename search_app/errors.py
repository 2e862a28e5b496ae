"""Errors in the site's own design, and as JSON under /api."""

from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from corpus.errors import HvaVirkerError, IndexDamaged, NoIndex

KEYS = {400: "bad_request", 404: "not_found", 405: "not_allowed", 413: "too_large", 503: "no_index"}
INDEX_COMMAND = "hvavirker index"

Answer = tuple[str | Response, int]


def add_to(app: Flask) -> None:
    """Answer every error in the language of its address."""
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(HvaVirkerError, own_error)
    app.register_error_handler(Exception, fault)


def http_error(error: Exception) -> Answer | Response:
    """An error that HTTP has a number for; redirects pass as they are."""
    if not isinstance(error, HTTPException) or error.code is None:
        return fault(error)
    if error.code < HTTPStatus.BAD_REQUEST:
        return current_app.make_response(error.get_response(request.environ))
    response = error.get_response(request.environ)
    body, code = _answer(
        KEYS.get(error.code, "fault" if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR else "bad_request"), error.code
    )
    answer = current_app.make_response((body, code))
    if "Allow" in response.headers:
        answer.headers["Allow"] = response.headers["Allow"]
    return answer


def own_error(error: Exception) -> Answer:
    """No index yet, or a damaged one: 503 and what to run; anything else is a fault."""
    if isinstance(error, NoIndex):
        return _answer("no_index", 503, INDEX_COMMAND)
    if isinstance(error, IndexDamaged):
        current_app.logger.error("The index is damaged: %s", error)
        return _answer("damaged", 503, INDEX_COMMAND)
    return fault(error)


def fault(error: Exception) -> Answer:
    """Something that should not happen: logged in full, told in short."""
    current_app.logger.error("Fault at %s", request.path, exc_info=error)
    return _answer("fault", 500)


def problem(code: int, message: str, **more: object) -> Answer:
    """An error of the API."""
    return jsonify(error={"code": code, "message": message, **more}), code


def _answer(key: str, code: int, command: str = "") -> Answer:
    if request.path.startswith("/api/"):
        return problem(code, HTTPStatus(code).phrase, **({"command": command} if command else {}))
    return render_template("error.html", key=key, code=code, command=command), code
