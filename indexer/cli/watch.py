"""`hvavirker watch`: index whenever the documents folder has changed."""

import logging
import os
import signal
import time
from functools import partial
from types import FrameType
from typing import NoReturn

import click

from corpus.config import Config
from indexer.cli.index import BEHIND_SEARCHES, event, summary
from indexer.cli.logs import log_as
from indexer.cli.options import DOCUMENTS, INDEX, with_settings
from indexer.journal import journal
from indexer.pipeline import run
from indexer.watching import watch as keep_watch

LOG = logging.getLogger(__name__)


@click.command()
@click.option(
    "--every",
    type=click.FloatRange(0.1, 86_400),
    default=30.0,
    show_default=True,
    help="Seconds between looks at the folder; a change is indexed when it has been at rest for as long.",
)
@with_settings(DOCUMENTS, INDEX)
def watch(config: Config, every: float) -> None:
    """Index now, and again whenever the documents folder has changed, until stopped."""
    signal.signal(signal.SIGTERM, _stop)
    os.nice(BEHIND_SEARCHES)
    log_as(config.log.format, logging.INFO)
    LOG.info("watching %s every %g s", config.documents.folder, every)
    keep_watch(config.documents.folder, config.index.folder, partial(index_once, config), partial(time.sleep, every))


def index_once(config: Config) -> None:
    """One run, told as one event."""
    with journal(config.index.folder) as noted:
        report = run(config, noted)
    level = logging.WARNING if report.waits else logging.INFO
    LOG.log(level, "%s", " ".join(summary(report)[:2]), extra=event(report))


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # once is enough: a second one would fall into the tidying up
    raise KeyboardInterrupt
