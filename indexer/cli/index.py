"""`hvavirker index`: from the documents folder to the live index."""

import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import click

from corpus.config import Config, LogFormat
from corpus.errors import GenerationWaits, HvaVirkerError
from indexer.cli.differences import lines as differences
from indexer.cli.logs import log_as
from indexer.cli.meter import duration, meter
from indexer.cli.options import DOCUMENTS, INDEX, with_settings
from indexer.cli.terminal import say
from indexer.journal import journal
from indexer.ledger import Counts
from indexer.pipeline import Report, run
from indexer.progress import Progress, both, silent

LOG = logging.getLogger(__name__)
BEHIND_SEARCHES = 5  # niceness: a search that runs on the same machine goes first


@click.command()
@with_settings(DOCUMENTS, INDEX)
def index(config: Config) -> None:
    """Read what is new or changed in the documents folder, build an index beside the live one, and publish it.

    A file that cannot be read is set aside with its reason; `hvavirker status` lists them.
    """
    signal.signal(signal.SIGTERM, _stop)
    for_a_program = config.log.format is LogFormat.JSON
    log_as(config.log.format, logging.INFO if for_a_program else logging.WARNING)
    os.nice(BEHIND_SEARCHES)
    with journal(config.index.folder) as noted:
        with _failing_as_an_event() if for_a_program else meter() as shown:
            report = run(config, both(shown, noted))
        LOG.info("indexed", extra=event(report))
        for line in summary(report):
            say(line)
        if report.waits:
            raise GenerationWaits(
                f"Generation {report.generation.name} waits for a person.",
                "Make it live: hvavirker publish. Or leave it, and put the documents right.",
            )


@contextmanager
def _failing_as_an_event() -> Iterator[Progress]:
    """Progress for nobody; what ends the run is an event too."""
    try:
        yield silent
    except (HvaVirkerError, OSError) as error:
        LOG.log(logging.ERROR, "failed", extra={"error": str(error), "remedy": getattr(error, "remedy", "")})
        raise


def event(report: Report) -> dict[str, object]:
    """What a run did, for a log that a program reads."""
    live = report.generation
    return {
        "files": report.counts.files,
        "indexed": report.counts.indexed,
        "set_aside": dict(report.counts.reasons),
        "read": report.read,
        "changed": report.changed,
        "generation": live.name,
        "documents": live.documents,
        "waits": list(report.clearance.concerns),
        "seconds": round(report.seconds, 1),
    }


def summary(report: Report) -> list[str]:
    """What a run did, in lines."""
    live = report.generation
    took = duration(report.seconds)
    lines = [f"{report.counts.files} files: {report.counts.indexed} indexed, {set_aside(report.counts)}."]
    lines += [f"Curation file without its document, kept: {orphan}" for orphan in report.orphans]
    if not (report.changed or report.clearance.before or report.waits):
        return [*lines, f"Nothing has changed since generation {live.name}, which is live ({took})."]
    built = f"{live.documents} documents, {live.passages} passages, {live.findings} findings"
    stands = "is built and not live" if report.waits else "is live"
    lines.append(f"Generation {live.name} {stands}: {built} ({report.read} files read, {took}).")
    return [*lines, *(differences(report.clearance) if report.clearance.before or report.waits else ())]


def set_aside(counts: Counts) -> str:
    """How many files were set aside, and why."""
    reasons = ", ".join(f"{reason} {count}" for reason, count in counts.reasons.items())
    return f"{counts.set_aside} set aside ({reasons})" if reasons else "none set aside"


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # once is enough: a second one would fall into the tidying up
    raise KeyboardInterrupt
