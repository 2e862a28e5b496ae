"""The files themselves: found only through the record store, never outside the documents folder."""

from pathlib import Path

from flask import abort, send_file
from werkzeug.wrappers import Response

from corpus.model import SourceFile

SHOWN_AS = {"application/pdf": "application/pdf", "text/plain": "text/plain", "text/markdown": "text/plain"}
DOWNLOADED_AS = "application/octet-stream"


def send_original(source: SourceFile, folder: Path) -> Response:
    """PDF and plain text in the browser, all else as a download: a file can never act as a page of ours.

    404 when the file is gone or lies outside the folder.
    """
    path = inside(folder, source.path)
    if path is None:
        abort(404)
    media_type = SHOWN_AS.get(source.media_type, DOWNLOADED_AS)
    return send_file(
        path,
        mimetype=media_type,
        as_attachment=media_type == DOWNLOADED_AS,
        download_name=path.name,
        conditional=True,
        max_age=0,
    )


def inside(folder: Path, relative: str) -> Path | None:
    """The file at a path relative to the folder; None unless it is there and, links followed, inside."""
    root = folder.resolve()
    try:
        path = (root / relative).resolve(strict=True)
    except (OSError, ValueError):
        return None
    return path if path.is_relative_to(root) and path.is_file() else None
