"""The engine: builds generations, makes one live, and answers from it (corpus.engine.Engine).

A running process sees a newly published generation by one `stat` a search; answers under way finish on the old one.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace

from corpus.config import Config
from corpus.engine import Answers, Generation, Records
from corpus.errors import HvaVirkerError, IndexDamaged, NoIndex
from corpus.model import Language, Record
from corpus.search import SearchRequest, SearchResult, Suggestion
from corpus.vocabulary import Vocabulary
from indexer.analysis import ANALYSIS_VERSION
from indexer.engines.building import Builder
from indexer.engines.snapshot import Snapshot
from indexer.engines.whoosh_engine import WhooshPostings, WhooshWriter
from indexer.generation import REBUILD, Generations
from indexer.schema import SCHEMA_VERSION
from indexer.standing import Standing
from indexer.store import STORE_VERSION

DISK = "Free the disk if it is full, else check it. What was live is live still."
LOG = logging.getLogger(__name__)
VERSIONS = {"schema": SCHEMA_VERSION, "analysis": ANALYSIS_VERSION, "store": STORE_VERSION}


class WhooshEngine:
    """The port on Whoosh and arrays."""

    def __init__(self, config: Config, vocabulary: Vocabulary) -> None:
        self._generations = Generations(config.index.folder, config.index.keep_generations, VERSIONS)
        self._vocabulary = vocabulary
        self._cache_mb = config.search.posting_cache_mb
        self._lock = threading.Lock()
        self._held: tuple[object, Snapshot] | None = None
        self._built: Snapshot | None = None

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a question from the live generation. Raises NoIndex, IndexDamaged."""
        return self._snapshot().search(request)

    def suggest(self, text: str, language: Language, limit: int = 8) -> tuple[Suggestion, ...]:
        """Completions of what has been typed so far. Raises NoIndex, IndexDamaged."""
        return self._snapshot().suggest(text, language, limit)

    def live(self) -> Generation | None:
        """The generation that answers now, or None. Raises IndexDamaged."""
        return self._snapshot().generation if self._generations.live_stamp() else None

    def records(self) -> Records:
        """The live generation's documents. Raises NoIndex, IndexDamaged."""
        return self._snapshot().records

    def steady(self) -> Answers:
        """The same, but all from the generation that is live when first asked."""
        return Steady(self._snapshot)

    def opened(self, name: str) -> Answers:
        """What a built generation answers, live or not. Raises NoIndex, IndexDamaged."""
        built = self._built
        snapshot = built if built and built.generation.name == name else self._open(name)
        return Steady(lambda: snapshot)

    def published(self) -> tuple[str, ...]:
        """The generations that were made live, the last one first; none when that cannot be read."""
        return self._standing().published

    def withdrawn(self) -> str:
        """The generation a person rolled back, "" when none was since the last one was published."""
        return self._standing().withdrawn

    def build(self, records: Iterable[Record]) -> Generation:
        """Build a new generation beside the live one, and open it once to see that it answers."""
        folder = self._generations.begin()
        try:
            counts = Builder(folder, WhooshWriter(folder), self._vocabulary).build(records)
            generation = self._generations.seal(folder, counts)
        except BaseException as error:
            self._generations.abandon(folder)
            if isinstance(error, sqlite3.Error):
                raise HvaVirkerError(f"The new index cannot be written: {error}.", DISK) from error
            raise
        self._built = self._open(generation.name)
        return generation

    def publish(self, name: str) -> None:
        """Make a built generation live in one atomic step; the one before is kept for roll-back."""
        self._generations.publish(name)

    def discard(self, name: str) -> None:
        """Remove a generation that is not live. Raises GenerationInUse for the live one, NoIndex for none."""
        self._generations.discard(name)

    def _standing(self) -> Standing:
        try:
            return self._generations.standing()
        except IndexDamaged:
            return Standing()

    def _snapshot(self) -> Snapshot:
        """The live one, opened. While one thread opens another generation, the others go on with the one before."""
        stamp = self._generations.live_stamp()
        held = self._held
        if held is not None and held[0] == stamp:
            return held[1]
        if not self._lock.acquire(blocking=held is None):
            return held[1]  # type: ignore[index]  # held is something, or the lock would have been waited for
        try:
            return self._taken_up()
        finally:
            self._lock.release()

    def _taken_up(self) -> Snapshot:
        while True:
            stamp = self._generations.live_stamp()
            if self._held is not None and self._held[0] == stamp:
                return self._held[1]
            try:
                snapshot = self._first_whole()
            except (IndexDamaged, NoIndex):
                if stamp == self._generations.live_stamp():
                    raise
            else:
                if not snapshot.generation.fault or stamp == self._generations.live_stamp():
                    self._held = stamp, snapshot

    def _first_whole(self) -> Snapshot:
        """The live generation; when it is damaged the one that answered before it, which tells why."""
        standing = self._generations.standing()
        if standing.live is None:
            raise NoIndex("Nothing is indexed yet.", REBUILD)
        faults = [standing.fault] if standing.fault else []
        first: HvaVirkerError | None = None
        for name in standing.published:
            try:
                return _stood_in(self._open(name), faults)
            except (IndexDamaged, NoIndex) as damage:
                if first is None or isinstance(damage, IndexDamaged):
                    faults.append(str(damage))
                first = first or damage
        raise first if isinstance(first, IndexDamaged) else IndexDamaged(str(first), REBUILD)

    def _open(self, name: str) -> Snapshot:
        generation = self._generations.verify(name)
        folder = self._generations.folder(name)
        reader = WhooshPostings(folder)
        if reader.rows != generation.documents + generation.passages:
            raise IndexDamaged(f"Generation {name} holds {reader.rows} rows.", REBUILD)
        return Snapshot(generation, folder, reader, vocabulary=self._vocabulary, cache_mb=self._cache_mb)


class Steady:
    """Answers from one snapshot, taken when first asked."""

    def __init__(self, take: Callable[[], Snapshot]) -> None:
        self._take = take
        self._taken: Snapshot | None = None

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a question. Raises NoIndex, IndexDamaged."""
        return self._snapshot().search(request)

    def suggest(self, text: str, language: Language, limit: int = 8) -> tuple[Suggestion, ...]:
        """Completions of what has been typed so far. Raises NoIndex, IndexDamaged."""
        return self._snapshot().suggest(text, language, limit)

    def live(self) -> Generation | None:
        """The generation that answers, or None. Raises IndexDamaged."""
        try:
            return self._snapshot().generation
        except NoIndex:
            return None

    def records(self) -> Records:
        """Its documents. Raises NoIndex, IndexDamaged."""
        return self._snapshot().records

    def steady(self) -> Answers:
        """Itself."""
        return self

    def _snapshot(self) -> Snapshot:
        if self._taken is None:
            self._taken = self._take()
        return self._taken


def _stood_in(snapshot: Snapshot, faults: list[str]) -> Snapshot:
    if faults:
        fault = " ".join(faults)
        LOG.error("Generation %s answers in place of one that cannot be read: %s", snapshot.generation.name, fault)
        snapshot.generation = replace(snapshot.generation, fault=fault)
    return snapshot
