"""Errors in the site's own design, and as JSON under /api."""

from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from corpus.errors import IndexDamaged, NoIndex, OtherVersion
from indexer.engines import open_generations
from search_app.site import this_site

KEYS = {400: "bad_request", 403: "forbidden", 404: "not_found", 405: "not_allowed", 413: "too_large", 503: "no_index"}

Answer = tuple[str | Response, int]


def add_to(app: Flask) -> None:
    """Answer every error in the language of its address."""
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(NoIndex, no_index)
    app.register_error_handler(OtherVersion, outdated)
    app.register_error_handler(IndexDamaged, damaged)
    app.register_error_handler(Exception, fault)


def http_error(error: HTTPException) -> Response:
    """An error that HTTP has a number for."""
    response = error.get_response(request.environ)
    code = response.status_code
    key = KEYS.get(code, "fault" if code >= HTTPStatus.INTERNAL_SERVER_ERROR else "bad_request")
    answer = current_app.make_response(_answer(key, code))
    if "Allow" in response.headers:
        answer.headers["Allow"] = response.headers["Allow"]
    return answer


def no_index(_: NoIndex) -> Answer:
    """Nothing is published yet: 503, and what to run."""
    return _answer("no_index", 503, _way_out())


def outdated(_: OtherVersion) -> Answer:
    """The program was upgraded, and there is no index it can read: 503, and what to run."""
    return _answer("outdated", 503, _way_out())


def damaged(error: IndexDamaged) -> Answer:
    """The index cannot be read: 503, and what to run."""
    current_app.logger.error("The index is damaged: %s", error)
    return _answer("damaged", 503, _way_out())


def fault(error: Exception) -> Answer:
    """Something that should not happen: logged in full, told in short."""
    current_app.logger.error("Fault at %s", request.path, exc_info=error)
    return _answer("fault", 500)


def problem(code: int, message: str, **more: object) -> Answer:
    """An error of the API."""
    return jsonify(error={"code": code, "message": message, **more}), code


def _way_out() -> str:
    return open_generations(this_site().config).way_out()


def _answer(key: str, code: int, command: str = "") -> Answer:
    if request.path.startswith("/api/"):
        return problem(code, HTTPStatus(code).phrase, **({"command": command} if command else {}))
    return render_template("error.html", key=key, code=code, command=command), code
