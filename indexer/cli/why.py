"""`hvavirker why`: why is this report not found, or how did it come to be?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import click

from corpus.config import Config
from corpus.errors import IndexDamaged, NoIndex, Reason
from corpus.model import Document
from indexer.cli.options import DOCUMENTS, INDEX, with_settings
from indexer.cli.terminal import say, say_json
from indexer.engines import open_engine, open_generations
from indexer.ledger import LEDGER, Entry, FileState, Ledger
from indexer.personal import held_pages
from indexer.records import document_id
from indexer.sources import shown
from indexer.standing import State

WORDS = {
    Reason.PASSWORD: "it asks for a password: save it without one",
    Reason.CORRUPT: "it is damaged: get it again",
    Reason.EMPTY: "there is nothing in it: get it again",
    Reason.TOO_LARGE: "it is larger than its kind may be: raise the limit in [extract]",
    Reason.TOO_MANY_PAGES: "it has more pages than are read: raise pdf_pages in [extract], or split it",
    Reason.LEGACY_DOC: "it is in Word's old format: save it as DOCX or PDF",
    Reason.UNSUPPORTED: "its kind is not read: save it as PDF",
    Reason.NO_TEXT: "not one page has text: recognise the text (OCR)",
    Reason.DUPLICATE: "another file has the same content and is found in its place",
    Reason.TIMEOUT: "it took longer than it may: raise wall_seconds or cpu_seconds in [extract]",
    Reason.MEMORY: "it took more memory than it may: raise memory_mb in [extract]",
    Reason.CRASHED: "the process that read it broke down, and so did the other engine: save it anew",
    Reason.OUTPUT_LIMIT: "it holds more text than is taken: raise output_mb in [extract], or split it",
    Reason.UNREADABLE: "it cannot be read: check its permissions, or save it anew",
    Reason.CURATION: "its curation file is wrong: mend it",
    Reason.FAULT: "a fault in this program: report it",
}


@click.command()
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="For a program: one JSON object.")
@with_settings(DOCUMENTS, INDEX)
def why(config: Config, file: str, as_json: bool) -> None:
    """Say on one line what became of FILE: its path, its name, or a part of either."""
    everything = Ledger(config.index.folder / LEDGER).entries()
    entries = tuple(_matching(everything, shown(file), config.documents.folder))
    if not entries:
        raise NoIndex(*_unknown(file, config.documents.folder))
    indexes = _Indexes(config)
    found = tuple((entry, _standing(entry, indexes) + _now(entry, everything)) for entry in entries)
    if as_json:
        say_json({"files": [_data(entry, standing) for entry, standing in found]})
        return
    for entry, standing in found:
        say((entry.path, "bold"), f": {standing} ({_cost(entry)})")


def _matching(entries: tuple[Entry, ...], file: str, folder: Path) -> Iterator[Entry]:
    """The file of that path; else those of that name; else those whose path holds it."""
    path, root = Path(file).expanduser(), folder.resolve()
    absolute = (path if path.is_absolute() else Path.cwd() / path).resolve()
    paths = {file, absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else file}
    ways: tuple[Callable[[Entry], bool], ...] = (
        lambda entry: entry.path in paths,
        lambda entry: Path(entry.path).name == path.name,
        lambda entry: file.casefold() in entry.path.casefold(),
    )
    for wanted in ways:
        matching = [entry for entry in entries if wanted(entry)]
        if matching:
            return iter(matching)
    return iter(())


def _unknown(file: str, folder: Path) -> tuple[str, str]:
    if any(part.startswith(".") for part in Path(file).parts if part not in (".", "..")):
        return f"{file} was never looked at: hidden files are left out.", "Give it a name that begins with no dot."
    if (folder / file).exists() or Path(file).exists():
        return f"{file} was not there at the last run.", "Put it in the documents folder, and run: hvavirker index."
    return f"No run has ever seen a file {file}.", "Check the name; `hvavirker status` tells how many files there are."


class _Indexes:
    """The indexes that are kept, as far as they say where a file is."""

    def __init__(self, config: Config) -> None:
        self._known = open_generations(config)
        self._engine = open_engine(config).steady()

    def finding(self, path: str) -> str:
        """The live generation, and what is held back in it, when it holds the document of this path; or ""."""
        try:
            live = self._engine.live()
            document = self._engine.records().document(document_id(path)) if live else None
        except IndexDamaged:
            return ""
        return f"{live.name}, which is live{_held(document)}" if live and document else ""

    def about(self, name: str | None) -> str:
        """How it stands with a generation that is not live."""
        if name in self._known.waiting():
            return "waits for a person: hvavirker publish"
        if name and self._known.standing().state(name) is State.WITHDRAWN:
            return "a person rolled back"
        return "does not answer; `hvavirker verify` tells what does"


def _standing(entry: Entry, indexes: _Indexes) -> str:
    live = indexes.finding(entry.path)
    still = f"; still found in generation {live}" if live else ""
    if entry.state is FileState.GONE:
        return f"it was removed from the folder, and last seen {entry.last_seen:%Y-%m-%d %H:%M} UTC{still}"
    if entry.reason:
        detail = f" [{entry.detail}]" if entry.detail else ""
        return f"set aside, {entry.reason}: {WORDS.get(entry.reason, 'see the detail')}{detail}{still}"
    if live:
        return f"indexed, and found in generation {live}"
    return f"indexed in generation {entry.generation}, which {indexes.about(entry.generation)}"


def _now(entry: Entry, entries: Iterable[Entry]) -> str:
    """Where the content of a file that is gone stands now, when it was moved or renamed."""
    if entry.state is not FileState.GONE or not entry.sha256:
        return ""
    there = [each.path for each in entries if each.sha256 == entry.sha256 and each.state is not FileState.GONE]
    return f"; its content is now {', '.join(there)}" if there else ""


def _held(document: Document) -> str:
    pages = sorted(held_pages(document.notices))
    if not pages:
        return ""
    which = "all its pages are" if len(pages) == document.page_count else f"page {', '.join(map(str, pages))} is"
    return f"; {which} held back for personal data until a person releases it"


def _cost(entry: Entry) -> str:
    by = f"read by {entry.engine}, " if entry.engine else ""
    took = f"{entry.pages} pages, {entry.seconds:.1f} s, {entry.memory_mb:.0f} MB"
    return f"{by}{took}, first seen {entry.first_seen:%Y-%m-%d}"


def _data(entry: Entry, standing: str) -> dict[str, object]:
    times = {"first_seen": entry.first_seen.isoformat(), "last_seen": entry.last_seen.isoformat()}
    return asdict(entry) | times | {"why": standing}
