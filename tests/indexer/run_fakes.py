"""Rooms small enough to see through, for tests of a run: text files whose first line may ask for a fault."""

import hashlib
import os
import signal
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import cast

from corpus.config import Config, DocumentsConfig, ExtractConfig, IndexConfig
from corpus.engine import Answers, Generation
from corpus.errors import CurationError, GenerationInUse, HvaVirkerError, IndexDamaged, NoIndex, Reason
from corpus.model import (
    DocInfo,
    Document,
    Extracted,
    Finding,
    Language,
    Metadata,
    Origin,
    Page,
    PageStatus,
    Passage,
    Read,
    Record,
    SourceFile,
    Verdict,
)
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.curation import Curation
from indexer.extract import Failure, Outcome, Pieces, ReadingFailed, Task, Usage
from indexer.pipeline import Rooms
from indexer.preparation import Recall
from tests.oracle import Oracle


@cache
def known_vocabulary() -> Vocabulary:
    """The product's own; a function of this module, so that it reaches other processes."""
    return load_vocabulary()


def config_for(tmp_path: Path) -> Config:
    return Config(documents=DocumentsConfig(tmp_path / "documents"), index=IndexConfig(tmp_path / "index"))


def put(folder: Path, **files: str) -> None:
    """Files by name; `_` stands for the dot before the ending, `__` for a folder."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/").replace("_", ".") if "." not in name else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@dataclass
class Reading:
    """Reads pages between form feeds; `asked` are the paths it was asked for.

    A file that begins with "!long" is read a page at a time.
    """

    asked: list[str] = field(default_factory=list)

    def __call__(
        self, path: Path, source: SourceFile, config: ExtractConfig, recall: Recall
    ) -> tuple[Extracted, Usage] | Pieces:
        self.asked.append(source.path)
        text = path.read_text(encoding="utf-8")
        if text.startswith("!") and text[1:].strip() in list(Reason):
            raise ReadingFailed(Reason(text[1:].strip()), "as the file asks", Usage("fake", 0, 1.0, 10))
        if text.startswith("!bug"):
            raise RuntimeError("a fault of ours")
        if text.startswith("!long"):
            return in_pieces(Task(os.fsencode(path), source, config), text.count("\f") + 1, recall)
        if text.startswith("!changing"):
            path.write_text(text + "x", encoding="utf-8")
        pages = tuple(page(number, part) for number, part in enumerate(text.split("\f"), 1))
        return Extracted(source, "fake", 1, True, pages, DocInfo()), Usage("fake", len(pages), 0.5, 20)


def in_pieces(task: Task, pages: int, recall: Recall) -> tuple[Extracted, Usage] | Pieces:
    tasks = [replace(task, first=number, last=number) for number in range(1, pages + 1)]
    done = {each.piece: outcome for each in tasks if (outcome := recall(each.piece))}
    missing = tuple(each for each in tasks if each.piece not in done)
    if missing:
        return Pieces(missing, done)
    results = [done[each.piece].result for each in tasks]
    for result in results:
        if isinstance(result, Failure):
            raise ReadingFailed(result.reason, result.detail)
    whole = tuple(result.pages[0] for result in results if isinstance(result, Extracted))
    return Extracted(task.source, "fake", 1, True, whole, DocInfo()), Usage("fake", pages, 0.5 * pages, 20)


def piece(task: Task) -> Outcome:
    """One page of a file that begins with "!long"."""
    text = task.file.read_text(encoding="utf-8").split("\f")[task.first - 1]
    if text.startswith("!bug"):
        raise RuntimeError("a fault of ours")
    if text.startswith("!stuck"):
        raise HvaVirkerError("The process that reads files does not start.")
    if text.startswith("!die"):
        os.kill(os.getpid(), signal.SIGKILL)
    found = Extracted(task.source, "fake", 1, True, (page(task.first, text),), DocInfo())
    return Outcome(found, Usage("fake", 1, 0.5, 20))


def page(number: int, text: str) -> Page:
    return Page(number, text, (), text, (), PageStatus.TEXT, "fake")


def curation(path: Path, vocabulary: Vocabulary) -> Curation:
    title = path.read_text(encoding="utf-8").strip()
    if title == "wrong":
        raise CurationError(f"{path.name}: there is no field titel; did you mean title?")
    return Curation((("title", title),))


def record(extracted: Extracted, curated: Curation | None, vocabulary: Vocabulary) -> Record:
    first = extracted.pages[0].text
    if first.startswith("!unfit"):
        raise ValueError("no record can be made of this")
    title = str(curated.values[0][1]) if curated else first.splitlines()[0]
    passages = tuple(Passage(p.number, 0, len(p.text), p.text, (), Language.NB) for p in extracted.pages)
    return Record(document(extracted.source, title, len(extracted.pages)), extracted.pages, passages, findings(first))


def document(source: SourceFile, title: str, pages: int) -> Document:
    metadata = Metadata(title=Read(title, Origin.TEXT, 1), language=Read(Language.NB, Origin.DERIVED))
    name = hashlib.sha256(source.path.encode()).hexdigest()[:8]
    return Document(name, source, True, pages, metadata, (), "", ())


def findings(text: str) -> tuple[Finding, ...]:
    start = text.find("virker")
    if start < 0:
        return ()
    shift = 1 if text.startswith("!misplaced") else 0
    return (Finding("f1", 1, start + shift, start + 6 + shift, "virker", Verdict.VIRKER, "virker", 0, 6, "fake"),)


@dataclass
class Shelf:
    """An engine of plain lists, kept between runs. `fails` is raised while building."""

    built: dict[str, list[Record]] = field(default_factory=dict)
    live_name: str | None = None
    made: int = 0
    damaged: bool = False
    fault: str = ""
    rolled_back: str = ""
    fails: BaseException | None = None

    def open(self, config: Config, vocabulary: Vocabulary) -> "Shelf":
        return self

    def live(self) -> Generation | None:
        if self.damaged:
            raise IndexDamaged("not as it was built")
        return self.generation(self.live_name) if self.live_name else None

    def generation(self, name: str) -> Generation:
        records = self.built[name]
        findings = sum(len(each.findings) for each in records)
        return Generation(name, datetime(2026, 1, 1, tzinfo=UTC), len(records), 0, findings, self.fault)

    def steady(self) -> Answers:
        return self.opened(self.live_name or "")

    def opened(self, name: str) -> Answers:
        if name not in self.built:
            raise NoIndex(f"There is no generation {name}.")
        if self.damaged and name == self.live_name:
            raise IndexDamaged("not as it was built")
        oracle = Oracle(known_vocabulary())
        oracle._built[name], oracle._live = tuple(self.built[name]), name
        return cast(Answers, oracle)

    def published(self) -> tuple[str, ...]:
        return (self.live_name,) if self.live_name else ()

    def withdrawn(self) -> str:
        return self.rolled_back

    def discard(self, name: str) -> None:
        if name == self.live_name:
            raise GenerationInUse(f"Generation {name} is live.")
        if self.built.pop(name, None) is None:
            raise NoIndex(f"There is no generation {name}.")

    def build(self, records: Iterable[Record]) -> Generation:
        taken = []
        for each in records:
            taken.append(each)
            if self.fails:
                raise self.fails
        self.made += 1
        name = f"g{self.made}"
        self.built[name] = taken
        return self.generation(name)

    def publish(self, name: str) -> None:
        self.live_name, self.damaged, self.fault, self.rolled_back = name, False, "", ""

    def titles(self) -> list[str]:
        return [each.document.metadata.title.value for each in self.built[self.live_name or ""]]


def rooms_for(shelf: Shelf, reading: Reading | None = None, version: int = 1) -> Rooms:
    return Rooms(
        media_type_of=lambda path: "text/plain",
        read_file=reading or Reading(),
        read_piece=piece,
        extractor_version=version,
        read_curation=curation,
        make_record=record,
        load_vocabulary=known_vocabulary,
        recruit=ThreadPoolExecutor,
        open_engine=shelf.open,  # type: ignore[arg-type]  # the part of the port that a run uses
    )


def pathed(each: Record, path: str, name: str) -> Record:
    """A record under another path and id."""
    return replace(each, document=replace(each.document, id=name, source=replace(each.document.source, path=path)))
