"""`hvavirker status`: what is indexed, what was set aside, and why."""

from dataclasses import dataclass

import click

from corpus.config import Config
from corpus.engine import Engine, Generation, Records
from corpus.errors import IndexDamaged, NoIndex, Reason
from indexer.cli.index import set_aside
from indexer.cli.options import INDEX, with_settings
from indexer.cli.terminal import say, say_json
from indexer.engines import open_engine, open_generations
from indexer.ledger import LEDGER, Counts, Entry, FileState, Ledger


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For a program: one JSON object.")
@with_settings(INDEX)
def status(config: Config, as_json: bool) -> None:
    """Say what the index holds, and list the files that were set aside with their reasons."""
    holding = _holding(config)
    if as_json:
        say_json(holding.data())
    else:
        holding.tell()
    if holding.damage:
        raise holding.damage


@dataclass(frozen=True, slots=True)
class _Holding:
    """What an index folder holds. `held` are pages held back: file, page, why; `damage` is why no index answers."""

    counts: Counts
    entries: tuple[Entry, ...]
    live: Generation | None
    damage: IndexDamaged | None
    waiting: tuple[str, ...]
    held: tuple[tuple[str, int, str], ...]

    @property
    def lost(self) -> tuple[Entry, ...]:
        """Indexed files with decisions that no longer match their text."""
        return tuple(entry for entry in self.entries if entry.state is FileState.INDEXED and entry.detail)

    def data(self) -> dict[str, object]:
        """What `status --json` gives; the names are a public contract (docs/cli.md)."""
        live = self.live
        return {
            "files": self.counts.files,
            "indexed": self.counts.indexed,
            "set_aside": self.counts.set_aside,
            "reasons": dict(self.counts.reasons),
            "documents": live.documents if live else 0,
            "passages": live.passages if live else 0,
            "findings": live.findings if live else 0,
            "generation": live.name if live else None,
            "fault": live.fault if live else str(self.damage or ""),
            "waits": list(self.waiting),
            "held_pages": [{"file": file, "page": page, "why": why} for file, page, why in self.held],
            "lost_decisions": [entry.path for entry in self.lost],
        }

    def tell(self) -> None:
        """Say it to a person."""
        say(f"{self.counts.files} files: {self.counts.indexed} indexed, {set_aside(self.counts)}.")
        if live := self.live:
            say(f"Generation {live.name}, built {live.built:%Y-%m-%d %H:%M} UTC, is live:")
            say(f"{live.documents} documents, {live.passages} passages, {live.findings} findings.")
            if live.fault:
                say(("It stands in for one that cannot be read: ", "red"), live.fault)
        for name in self.waiting:
            say(f"Generation {name} waits for a person: hvavirker generations --differences {name}")
        for file, page, why in self.held:
            say(("     held back  ", "yellow"), f"{file}, page {page}", (f"  {why}", "dim"))
        for entry in self.lost:
            say(("      decision  ", "yellow"), entry.path, (f"  {entry.detail}", "dim"))
        for entry in self.entries:
            if entry.state is FileState.SET_ASIDE:
                say((f"{entry.reason:>14}  ", "yellow"), entry.path, (f"  {entry.detail}", "dim"))


def _holding(config: Config) -> _Holding:
    ledger, engine = Ledger(config.index.folder / LEDGER), open_engine(config)
    counts, (live, damage) = ledger.counts(), _live(engine)
    if live is None and damage is None and counts.files == 0:
        raise NoIndex(f"There is no index in {config.index.folder}.", "Make one: hvavirker index.")
    held = _held(engine.records()) if live else ()
    return _Holding(counts, ledger.entries(), live, damage, _waiting(config), held)


def _live(engine: Engine) -> tuple[Generation | None, IndexDamaged | None]:
    try:
        return engine.live(), None
    except IndexDamaged as damage:
        return None, damage


def _waiting(config: Config) -> tuple[str, ...]:
    try:
        return open_generations(config).waiting()
    except IndexDamaged:  # told as the damage
        return ()


def _held(records: Records) -> tuple[tuple[str, int, str], ...]:
    return tuple(
        (document.source.path, notice.page, notice.detail)
        for document in records.documents()
        for notice in document.notices
        if notice.code == Reason.PERSONAL_DATA and notice.page
    )
