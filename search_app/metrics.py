"""/metrics: how the site and its index are doing, as Prometheus reads it (text format 0.0.4)."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping

from flask import Flask, Response, current_app, g, request

from corpus.config import Config
from corpus.engine import Generation
from corpus.errors import HvaVirkerError, OtherVersion
from indexer.engines import open_generations
from indexer.journal import Ending, read_journal
from indexer.ledger import LEDGER, Ledger
from search_app.site import this_site

LOG = logging.getLogger(__name__)
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
TYPE = "text/plain; version=0.0.4; charset=utf-8"
Samples = Iterator[tuple[Mapping[str, str], float]]


class Requests:
    """How many answers this process gave, and how long they took; safe to call from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._codes: Counter[str] = Counter()
        self._within: Counter[float] = Counter()
        self._seconds = 0.0

    def count(self, code: int, seconds: float) -> None:
        """Take one answer."""
        with self._lock:
            self._codes[f"{code // 100}xx"] += 1
            self._seconds += seconds
            self._within.update(limit for limit in BUCKETS if seconds <= limit)

    def lines(self) -> Iterator[str]:
        """What is known, as Prometheus reads it."""
        with self._lock:
            codes, within, seconds = Counter(self._codes), Counter(self._within), self._seconds
        yield from _told(
            "hvavirker_http_answers_total", "counter", "Answers by kind of status.",
            (({"status": code}, count) for code, count in sorted(codes.items())),
        )  # fmt: skip
        name = "hvavirker_http_answer_seconds"
        yield f"# HELP {name} How long answers took."
        yield f"# TYPE {name} histogram"
        for limit in BUCKETS:
            yield f'{name}_bucket{{le="{limit:g}"}} {within[limit]}'
        yield f'{name}_bucket{{le="+Inf"}} {codes.total()}'
        yield f"{name}_sum {seconds:.6f}"
        yield f"{name}_count {codes.total()}"


def add_to(app: Flask) -> None:
    """Register /metrics, and count every answer from now on."""
    requests = app.extensions["hvavirker_requests"] = Requests()
    app.add_url_rule("/metrics", "metrics", metrics)

    def begin() -> None:
        g.began = time.perf_counter()

    def end(response: Response) -> Response:
        if "began" in g:
            seconds = time.perf_counter() - g.began
            requests.count(response.status_code, seconds)
            if this_site().config.log.requests:
                _log(response.status_code, seconds)
        return response

    app.before_request(begin)
    app.after_request(end)


def _log(code: int, seconds: float) -> None:
    """One answer, without its question: what people ask is theirs."""
    took = round(seconds * 1000, 1)
    more = {"method": request.method, "path": request.path, "status": code, "took_ms": took}
    LOG.info("%s %s %d %.1f ms", request.method, request.path, code, took, extra=more)


def metrics() -> Response:
    """All that is known now."""
    site = this_site()
    requests: Requests = current_app.extensions["hvavirker_requests"]
    lines = [*_index(*_live()), *_files(site.config), *requests.lines()]
    return Response("\n".join(lines) + "\n", content_type=TYPE)


def _live() -> tuple[Generation | None, bool]:
    """The generation that answers, and whether the one that should is damaged."""
    try:
        live = this_site().engine.live()
    except OtherVersion:
        return None, False
    except HvaVirkerError:
        return None, True
    return live, bool(live and live.fault)


def _index(live: Generation | None, damaged: bool) -> Iterator[str]:
    yield from _gauge("hvavirker_up", "1 when an index answers.", live is not None)
    yield from _gauge("hvavirker_damaged", "1 when the index that should answer is damaged.", damaged)
    if live is None:
        return
    info: Samples = iter([({"name": live.name}, 1)])
    yield from _told("hvavirker_generation", "gauge", "The index that answers, in its label.", info)
    yield from _gauge("hvavirker_built_seconds", "When it was built, since 1970.", live.built.timestamp())
    for name in ("documents", "passages", "findings"):
        yield from _gauge(f"hvavirker_{name}", f"How many {name} it holds.", getattr(live, name))


def _files(config: Config) -> Iterator[str]:
    """What the last run made of the folder; nothing of what cannot be read now."""
    try:
        ledger = Ledger(config.index.folder / LEDGER)
        counts, last, waiting = ledger.counts(), ledger.last_run(), open_generations(config).waiting()
    except HvaVirkerError:
        return
    reasons: Samples = (({"reason": reason}, count) for reason, count in sorted(counts.reasons.items()))
    yield from _gauge("hvavirker_files_indexed", "Files of the last run that are indexed.", counts.indexed)
    yield from _told(
        "hvavirker_files_set_aside", "gauge", "Files of the last run that were set aside, and why.", reasons
    )
    yield from _gauge("hvavirker_waits", "Indexes that are built and wait for a person.", len(waiting))
    told = read_journal(config.index.folder)
    ended = [last.finished] if last else []
    if told and told.ending in (Ending.DONE, Ending.WAITS):
        ended.append(told.at)
    if ended:
        when = max(ended).timestamp()
        yield from _gauge("hvavirker_last_run_seconds", "When the last run that ended well did so, since 1970.", when)


def _gauge(name: str, help_text: str, value: float) -> Iterator[str]:
    return _told(name, "gauge", help_text, iter([({}, float(value))]))


def _told(name: str, kind: str, help_text: str, samples: Samples) -> Iterator[str]:
    yield f"# HELP {name} {help_text}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        said = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        yield f"{name}{{{said}}} {value:g}" if said else f"{name} {value:.15g}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
