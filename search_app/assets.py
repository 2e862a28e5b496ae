"""The site's own files: style, type, icon. Their address holds a digest of them all, so they never grow stale."""

import hashlib
from pathlib import Path

from flask import Flask, Response, abort, send_from_directory, url_for

FOLDER = Path(__file__).parent / "static"
ONE_YEAR = 365 * 24 * 3600


def add_to(app: Flask) -> None:
    """Serve the files, and give templates `asset(name)`."""
    digest = digest_of(FOLDER)

    def serve(given: str, name: str) -> Response:
        if given != digest:
            abort(404)
        response = send_from_directory(FOLDER, name, max_age=ONE_YEAR)
        response.cache_control.immutable = True
        response.cache_control.public = True
        return response

    app.add_url_rule("/static/<given>/<path:name>", "asset", serve)
    app.jinja_env.globals["asset"] = lambda name: url_for("asset", given=digest, name=name)


def digest_of(folder: Path) -> str:
    """Twelve hex digits that change when any file does."""
    whole = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()[:12]
