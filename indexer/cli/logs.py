"""Logs: what does a program that keeps watch read? A line an event on standard error, as text or as JSON."""

import json
import logging
import sys
from datetime import UTC, datetime

from corpus.config import LogFormat
from indexer.cli.terminal import plain

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Json(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and what else the event holds."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        more = {key: value for key, value in vars(record).items() if key not in STANDARD}
        event = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            more["trace"] = self.formatException(record.exc_info)
        return json.dumps(event | more, ensure_ascii=False, default=str)


class Lines(logging.Formatter):
    """A line for a person."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the trace of a fault of ours below it."""
        line = f"{_time(record)} {record.levelname} {plain(record.getMessage())}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class ToStandardError(logging.Handler):
    """Writes to what is standard error at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        print(self.format(record), file=sys.stderr, flush=True)


def log_as(form: LogFormat, level: int) -> None:
    """Log our own events from this level to standard error."""
    handler = ToStandardError()
    handler.setFormatter(Json() if form is LogFormat.JSON else Lines())
    for name in ("corpus", "indexer", "search_app"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of every second request at once


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
