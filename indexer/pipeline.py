"""Pipeline: one run from the documents folder to the live generation."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import msgspec

import corpus
import indexer
from corpus.config import Config
from corpus.engine import Engine, Generation
from corpus.errors import IndexDamaged, NothingIndexed, Reason
from corpus.model import Extracted, Record
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.cache import Cache, Reading
from indexer.crew import Processes, Recruit, answers
from indexer.curation import Curation, read_curation
from indexer.engines import open_engine
from indexer.extract import EXTRACTOR_VERSION, media_type_of, read_file_measured
from indexer.ledger import Counts, Ledger, Outcome, Run
from indexer.lock import locked
from indexer.preparation import LoadVocabulary, MakeRecord, Preparer, ReadCuration, ReadFile
from indexer.progress import Progress, Stage, Step, silent
from indexer.sources import Found, Listing, list_sources
from indexer.stream import Bytes, Stream, bytes_of

LEDGER = "ledger.sqlite"
DIED = Reading(reason=Reason.CRASHED, detail="the process that made its record died")


def make_record(extracted: Extracted, curation: Curation | None, vocabulary: Vocabulary) -> Record:
    """As `indexer.records` has it, loaded when first needed: a run without news does not have its 0.3 s to spare."""
    from indexer.records import make_record as made  # noqa: PLC0415

    return made(extracted, curation, vocabulary)


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms a run passes through, each by its function."""

    media_type_of: Callable[[Path], str] = media_type_of
    read_file: ReadFile = read_file_measured
    extractor_version: int = EXTRACTOR_VERSION
    read_curation: ReadCuration = read_curation
    make_record: MakeRecord = make_record
    load_vocabulary: LoadVocabulary = load_vocabulary
    open_engine: Callable[[Config, Vocabulary], Engine] = open_engine
    recruit: Recruit = Processes


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. `read` counts files whose bytes were read; `changed` is false when nothing had to be done.

    `orphans` are curation files whose document is gone.
    """

    counts: Counts
    generation: Generation
    changed: bool
    read: int
    orphans: tuple[str, ...]
    seconds: float


def run(config: Config, progress: Progress = silent, rooms: Rooms = Rooms()) -> Report:
    """Index the documents folder and publish, unless nothing has changed since the last run.

    Raises RunActive when another run is at work, NothingIndexed when no file gave a document, ConfigError
    when there is no documents folder, OSError when the disk fails. In each case what was live is live still.
    """
    started = time.monotonic()
    with locked(config.index.folder):
        listing = list_sources(config.documents.folder, rooms.media_type_of, config.index.folder, progress)
        job = _Job(config, rooms, progress, listing, Ledger(config.index.folder / LEDGER), rooms.load_vocabulary())
        generation, changed, read = job.done()
        counts = job.ledger.counts()
    return Report(counts, generation, changed, read, listing.orphans, time.monotonic() - started)


@dataclass(frozen=True, slots=True)
class _Job:
    """What one run has at hand from the moment it knows the files."""

    config: Config
    rooms: Rooms
    progress: Progress
    listing: Listing
    ledger: Ledger
    vocabulary: Vocabulary

    def done(self) -> tuple[Generation, bool, int]:
        """The live generation, whether this job made it, and how many files were read for it."""
        digest = _digest(self.config, self.rooms, self.listing)
        engine = self.rooms.open_engine(self.config, self.vocabulary)
        last, live = self.ledger.last_run(), _live(engine)
        if last and live and (last.digest, last.generation) == (digest, live.name):
            self.ledger.touch(datetime.now(UTC))
            return live, False, 0
        preparer = self._preparer()
        readings, read = self._prepared(preparer)
        stream = Stream(self.listing.files, readings, preparer, self.progress)
        generation = self._published(engine, stream, digest)
        preparer.cache.prune(self.listing.files)
        return generation, True, read

    def _preparer(self) -> Preparer:
        version, settings = self.rooms.extractor_version, self.config.extract
        return Preparer(
            read_file=self.rooms.read_file,
            read_curation=self.rooms.read_curation,
            make_record=self.rooms.make_record,
            load_vocabulary=self.rooms.load_vocabulary,
            settings=settings,
            cache=Cache(self.config.index.folder / "cache", version, _program(), settings),
        )

    def _prepared(self, preparer: Preparer) -> tuple[Mapping[Bytes, Reading], int]:
        """How reading went for all bytes in the folder, each in the cache, and how many files were read for it now."""
        files = {bytes_of(found.source): found for found in reversed(self.listing.files)}
        known = {key: preparer.cache.reading(found.source) for key, found in files.items()}
        readings = {key: reading for key, reading in known.items() if reading}
        unread = len(files) - len(readings)
        ready = {key for key, reading in readings.items() if reading.reason or preparer.cache.has_made(files[key])}
        work = [found for key, found in files.items() if key not in ready]
        readings.update(self._worked(preparer, work))
        return readings, unread

    def _worked(self, preparer: Preparer, work: list[Found]) -> Iterator[tuple[Bytes, Reading]]:
        """Have files prepared, the largest first so that none is left alone at the end."""
        work.sort(key=lambda found: (-found.source.size, found.source.path))
        total, done = sum(_weight(found) for found in work), 0
        self.progress(Step(Stage.READING, 0, len(work)))
        prepared = answers(preparer.prepare, work, self.config.extract.workers, self.rooms.recruit)
        for number, (found, reading) in enumerate(prepared, 1):
            done += _weight(found)
            self.progress(Step(Stage.READING, number, len(work), found.source.path, done / total))
            yield bytes_of(found.source), reading or DIED

    def _published(self, engine: Engine, stream: Stream, digest: str) -> Generation:
        records = iter(stream)
        first = next(records, None)
        if first is None:
            self.ledger.save(self._outcomes(stream), datetime.now(UTC), None)
            raise NothingIndexed(
                f"No file in {self.config.documents.folder} gave a document.",
                "Put PDF, HTML, DOCX, ODT, Markdown or text files there; `hvavirker status` lists what was set aside.",
            )
        generation = engine.build(chain([first], records))
        self.progress(Step(Stage.PUBLISHING, 0, 1))
        engine.publish(generation.name)
        now = datetime.now(UTC)
        self.ledger.save(self._outcomes(stream), now, Run(digest, generation.name, now))
        self.progress(Step(Stage.PUBLISHING, 1, 1))
        return generation

    def _outcomes(self, stream: Stream) -> list[Outcome]:
        refused = [Outcome(path=name.path, reason=name.reason, detail=name.detail) for name in self.listing.refused]
        return [*stream.outcomes, *refused]


def _weight(found: Found) -> int:
    """What reading a file takes, in bytes: a small file takes as long to open as 64 kB to read (886 real files)."""
    return found.source.size + 2**16


def _live(engine: Engine) -> Generation | None:
    """The live generation if it can be used; a damaged one is built again."""
    try:
        return engine.live()
    except IndexDamaged:
        return None


def _digest(config: Config, rooms: Rooms, listing: Listing) -> str:
    """What an index is made of: the files, the curation, how they are read, and the program that reads them."""
    files = [(found.source, found.curation) for found in listing.files]
    settings = {name: value for name, value in asdict(config.extract).items() if name != "workers"}
    made_of = [files, listing.refused, settings, rooms.extractor_version, _program()]
    return hashlib.sha256(msgspec.json.encode(made_of)).hexdigest()


def _program() -> str:
    """The digest of the code and data that make records, so that no version number can be forgotten."""
    digest = hashlib.sha256()
    for package in (corpus, indexer):
        folder = Path(package.__path__[0])
        for path in sorted(path for kind in ("*.py", "*.toml") for path in folder.rglob(kind)):
            if "samples" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()
