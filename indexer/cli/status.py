"""`hvavirker status`: what is indexed, what was set aside, and why."""

import click

from corpus.config import Config
from corpus.engine import Records
from corpus.errors import NoIndex, Reason
from indexer.cli.index import set_aside
from indexer.cli.options import INDEX, with_settings
from indexer.cli.terminal import say, say_json
from indexer.engines import open_engine, open_generations
from indexer.ledger import LEDGER, FileState, Ledger


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For a program: one JSON object.")
@with_settings(INDEX)
def status(config: Config, as_json: bool) -> None:
    """Say what the index holds, and list the files that were set aside with their reasons."""
    ledger = Ledger(config.index.folder / LEDGER)
    entries = ledger.entries()
    lost = [entry for entry in entries if entry.state is FileState.INDEXED and entry.detail]
    engine = open_engine(config)
    counts, live = ledger.counts(), engine.live()
    waiting = open_generations(config).waiting()
    if live is None and counts.files == 0:
        raise NoIndex(f"There is no index in {config.index.folder}.", "Make one: hvavirker index.")
    held = _held(engine.records()) if live else []
    if as_json:
        say_json(
            {
                "files": counts.files,
                "indexed": counts.indexed,
                "set_aside": counts.set_aside,
                "reasons": dict(counts.reasons),
                "documents": live.documents if live else 0,
                "passages": live.passages if live else 0,
                "findings": live.findings if live else 0,
                "generation": live.name if live else None,
                "fault": live.fault if live else "",
                "waits": list(waiting),
                "held_pages": [{"file": file, "page": page, "why": why} for file, page, why in held],
                "lost_decisions": [entry.path for entry in lost],
            }
        )
        return
    say(f"{counts.files} files: {counts.indexed} indexed, {set_aside(counts)}.")
    if live:
        say(f"Generation {live.name}, built {live.built:%Y-%m-%d %H:%M} UTC, is live:")
        say(f"{live.documents} documents, {live.passages} passages, {live.findings} findings.")
        if live.fault:
            say(("It stands in for a damaged one: ", "red"), live.fault)
    for name in waiting:
        say(f"Generation {name} waits for a person: hvavirker generations --differences {name}")
    for file, page, why in held:
        say(("     held back  ", "yellow"), f"{file}, page {page}", (f"  {why}", "dim"))
    for entry in lost:
        say(("      decision  ", "yellow"), entry.path, (f"  {entry.detail}", "dim"))
    for entry in entries:
        if entry.state is FileState.SET_ASIDE:
            say((f"{entry.reason:>14}  ", "yellow"), entry.path, (f"  {entry.detail}", "dim"))


def _held(records: Records) -> list[tuple[str, int, str]]:
    """The pages that are held back: file, page, why."""
    return [
        (document.source.path, notice.page, notice.detail)
        for document in records.documents()
        for notice in document.notices
        if notice.code == Reason.PERSONAL_DATA and notice.page
    ]
