"""Pipeline: one run from the documents folder to the live generation."""

import contextlib
import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import msgspec

import corpus
import indexer
from corpus.config import Config
from corpus.engine import Answers, Engine, Generation
from corpus.errors import GenerationInUse, IndexDamaged, NoIndex, NothingIndexed, Reason
from corpus.model import Extracted, Record
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.account import Account, Accounts, account_of
from indexer.cache import Cache, Reading
from indexer.clearance import Clearance, Clearances, concerns
from indexer.crew import Processes, Recruit
from indexer.curation import Curation, read_curation
from indexer.difference import compare
from indexer.engines import open_engine
from indexer.extract import EXTRACTOR_VERSION, equipped, media_type_of, read_on, read_piece
from indexer.golden import Golden, read_golden
from indexer.ledger import LEDGER, Counts, FileState, Ledger, Outcome, Run
from indexer.lock import locked
from indexer.preparation import LoadVocabulary, MakeRecord, Preparer, ReadCuration, ReadFile, ReadPiece
from indexer.progress import Progress, Stage, Step, silent
from indexer.sources import Found, Listing, list_sources
from indexer.stream import Bytes, Stream, bytes_of
from indexer.verification import faults_in
from indexer.workload import prepared


def make_record(extracted: Extracted, curation: Curation | None, vocabulary: Vocabulary) -> Record:
    """As `indexer.records` has it, loaded when first needed: a run without news does not have its 0.3 s to spare."""
    from indexer.records import make_record as made  # noqa: PLC0415

    return made(extracted, curation, vocabulary)


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms a run passes through, each by its function."""

    media_type_of: Callable[[Path], str] = media_type_of
    read_file: ReadFile = read_on
    read_piece: ReadPiece = read_piece
    extractor_version: int = EXTRACTOR_VERSION
    read_curation: ReadCuration = read_curation
    make_record: MakeRecord = make_record
    load_vocabulary: LoadVocabulary = load_vocabulary
    open_engine: Callable[[Config, Vocabulary], Engine] = open_engine
    recruit: Recruit = Processes


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. `read` counts files whose bytes were read; `changed` is false when nothing had to be done.

    `orphans` are curation files whose document is gone. `clearance` tells why `generation` waits for a person.
    """

    counts: Counts
    generation: Generation
    changed: bool
    read: int
    orphans: tuple[str, ...]
    seconds: float
    clearance: Clearance

    @property
    def waits(self) -> bool:
        """Whether the generation was built and is not live: a person decides."""
        return bool(self.clearance.concerns)


def run(config: Config, progress: Progress = silent, rooms: Rooms = Rooms()) -> Report:
    """Index the documents folder, and publish what is within the limits, unless nothing has changed since last time.

    Raises RunActive when another run is at work, NothingIndexed when no file gave a document, ConfigError when there
    is no documents folder or OCR is on and not installed, OSError when the disk fails. In each case what was live is
    live still.
    """
    started = time.monotonic()
    config = replace(config, extract=equipped(config.extract))
    with locked(config.index.folder):
        listing = list_sources(config.documents.folder, rooms.media_type_of, config.index.folder, progress)
        job = _Job(
            config=config,
            rooms=rooms,
            progress=progress,
            listing=listing,
            ledger=Ledger(config.index.folder / LEDGER),
            vocabulary=rooms.load_vocabulary(),
            golden=read_golden(config.publish.golden),
        )
        done = job.done()
    seconds = time.monotonic() - started
    return Report(done.counts, done.generation, done.changed, done.read, listing.orphans, seconds, done.clearance)


@dataclass(frozen=True, slots=True)
class _Done:
    """The generation of a job, whether it was built now, how many files were read for it, and its clearance.

    All is known before the switch: nothing that comes after it may fail.
    """

    counts: Counts
    generation: Generation
    changed: bool
    read: int
    clearance: Clearance


@dataclass(frozen=True, slots=True)
class _Job:
    """What one run has at hand from the moment it knows the files."""

    config: Config
    rooms: Rooms
    progress: Progress
    listing: Listing
    ledger: Ledger
    vocabulary: Vocabulary
    golden: tuple[Golden, ...]

    def done(self) -> _Done:
        """Find out what there is to do, and do it."""
        digest = _digest(self.config, self.rooms, self.listing)
        engine = self.rooms.open_engine(self.config, self.vocabulary)
        last, live, preparer = self.ledger.last_run(), _live(engine), self._preparer()
        if last and last.digest == digest and not (live and live.fault) and not self._passed(preparer):
            if live and last.generation == live.name:
                self.ledger.touch(datetime.now(UTC))
                return _Done(self.ledger.counts(), live, False, 0, Clearance(live.name))
            with contextlib.suppress(NoIndex, IndexDamaged):
                return self._settled(engine, live, last.generation, 0)
        readings, read = self._prepared(preparer)
        stream = Stream(self.listing.files, readings, preparer, self.progress)
        generation = self._new(engine, stream, digest)
        done = self._settled(engine, live, generation.name, read)
        if done.clearance.concerns and last:
            with contextlib.suppress(NoIndex, GenerationInUse):
                self._supersede(engine, last.generation)
        with contextlib.suppress(OSError):
            preparer.cache.prune(self.listing.files)
        return replace(done, changed=True)

    def _passed(self, preparer: Preparer) -> bool:
        """Whether a fault that kept a file out has passed: such a fault is not in the cache, and is tried again."""
        aside = {path for path, reason in self.ledger.aside().items() if reason is not Reason.DUPLICATE}
        tried = [found for found in self.listing.files if found.source.path in aside and not preparer.known(found)]
        if tried:
            self._work(preparer, tried)
        return any(preparer.known(found) for found in tried)

    def _work(self, preparer: Preparer, files: Sequence[Found]) -> dict[Bytes, Reading]:
        workers, recruit = self.config.extract.workers, self.rooms.recruit
        worked = prepared(files, preparer, workers, recruit, self.progress)
        return {bytes_of(found.source): reading for found, reading in worked}

    def _supersede(self, engine: Engine, waited: str) -> None:
        """Remove what waited before for the person that now has another to look at."""
        if waited != engine.withdrawn():
            engine.discard(waited)

    def _preparer(self) -> Preparer:
        version, settings = self.rooms.extractor_version, self.config.extract
        return Preparer(
            read_file=self.rooms.read_file,
            read_piece=self.rooms.read_piece,
            read_curation=self.rooms.read_curation,
            make_record=self.rooms.make_record,
            load_vocabulary=self.rooms.load_vocabulary,
            settings=settings,
            cache=Cache(self.config.index.folder / "cache", version, _program(), settings),
        )

    def _prepared(self, preparer: Preparer) -> tuple[Mapping[Bytes, Reading], int]:
        """How reading went for all bytes in the folder, each in the cache, and how many files were read for it now."""
        files = {bytes_of(found.source): found for found in reversed(self.listing.files)}
        known = {key: preparer.known(found) for key, found in files.items()}
        unread = sum(preparer.cache.reading(files[key].source) is None for key, reading in known.items() if not reading)
        worked = self._work(preparer, [files[key] for key, reading in known.items() if not reading])
        return {key: reading for key, reading in known.items() if reading} | worked, unread

    def _new(self, engine: Engine, stream: Stream, digest: str) -> Generation:
        records = iter(stream)
        first = next(records, None)
        if first is None:
            self.ledger.save(self._outcomes(stream), datetime.now(UTC), None)
            raise NothingIndexed(
                f"No file in {self.config.documents.folder} gave a document.",
                "Put PDF, HTML, DOCX, ODT, Markdown or text files there; `hvavirker status` lists what was set aside.",
            )
        generation = engine.build(chain([first], records))
        now = datetime.now(UTC)
        self.ledger.save(self._outcomes(stream), now, Run(digest, generation.name, now))
        return generation

    def _settled(self, engine: Engine, live: Generation | None, name: str, read: int) -> _Done:
        """Make a built generation live, if it may be without a person. Raises NoIndex, IndexDamaged."""
        self.progress(Step(Stage.CHECKING, 0, 1))
        answers = engine.opened(name)
        generation = answers.live()
        if generation is None:
            raise NoIndex(f"There is no generation {name}.")
        clearance = self._clearance(engine, live, answers, name)
        Clearances(self.config.index.folder).save(clearance)
        done = _Done(self.ledger.counts(), generation, False, read, clearance)
        self.progress(Step(Stage.CHECKING, 1, 1))
        if not clearance.concerns:
            self.progress(Step(Stage.PUBLISHING, 0, 1))
            engine.publish(name)
            self.progress(Step(Stage.PUBLISHING, 1, 1))
        return done

    def _clearance(self, engine: Engine, live: Generation | None, after: Answers, name: str) -> Clearance:
        day, accounts = self.config.search.today(), Accounts(self.config.index.folder)
        account = account_of(after, self.golden, day)
        accounts.save(name, account)
        before, known = self._before(engine, live, accounts)
        entries = self.ledger.entries()
        present = {entry.path: entry.reason or "" for entry in entries if entry.state is not FileState.GONE}
        difference = compare(known, account, present) if known else None
        wrong = faults_in(after, (), day)
        waits = concerns(difference, self.config.publish, engine.withdrawn())
        return Clearance(name, before, difference, (*wrong, *waits))

    def _before(self, engine: Engine, live: Generation | None, accounts: Accounts) -> tuple[str, Account | None]:
        """The last generation made live of which anything is known: asked if it answers, else by its account."""
        published = engine.published()
        for name in published:
            if live and live.name == name:
                return name, account_of(engine.steady(), self.golden, self.config.search.today())
            if account := accounts.read(name):
                return name, account
        return (published[0] if published else ""), None

    def _outcomes(self, stream: Stream) -> list[Outcome]:
        refused = [Outcome(path=name.path, reason=name.reason, detail=name.detail) for name in self.listing.refused]
        return [*stream.outcomes, *refused]


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
        for path in sorted(path for kind in ("*.py", "*.toml", "*.npz") for path in folder.rglob(kind)):
            if "samples" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()
