"""How often is each document opened? Counted by document alone, once the admin room is open."""

import threading
import time
from contextlib import suppress

from flask import Flask, Response, current_app, request

from corpus.errors import HvaVirkerError
from search_app.admin.shell import is_open, this_desk

COUNTED = frozenset({"document", "page"})
KEPT_SECONDS = 30
MOST_KEPT = 500
VIEWS = "hvavirker.views"


class Counter:
    """Counts in memory, and puts the counts away now and then; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, int] = {}
        self._since = time.monotonic()

    def note(self, document_id: str) -> dict[str, int]:
        """Count one more; what should be put away now, mostly nothing."""
        with self._lock:
            self._counts[document_id] = self._counts.get(document_id, 0) + 1
            if time.monotonic() - self._since < KEPT_SECONDS and sum(self._counts.values()) < MOST_KEPT:
                return {}
            ripe, self._counts, self._since = self._counts, {}, time.monotonic()
            return ripe


def add_to(app: Flask) -> None:
    """Count the pages of documents."""
    app.extensions[VIEWS] = Counter()
    app.after_request(_counted)


def _counted(response: Response) -> Response:
    endpoint = (request.endpoint or "").rpartition(".")[2]
    if endpoint in COUNTED and request.method == "GET" and response.status_code == 200 and is_open():  # noqa: PLR2004
        counter: Counter = current_app.extensions[VIEWS]
        ripe = counter.note((request.view_args or {})["document_id"])
        if ripe:
            with suppress(HvaVirkerError):  # a count is not worth an answer
                this_desk().reports.count_views(ripe)
    return response
