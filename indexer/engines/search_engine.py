"""The engine: builds generations, makes one live, and answers from it (corpus.engine.Engine).

A running process sees a newly published generation by one `stat` a search; answers under way finish on the old one.
"""

import threading
from collections.abc import Iterable

from corpus.config import Config
from corpus.engine import Generation, Records
from corpus.errors import IndexDamaged, NoIndex
from corpus.model import Language, Record
from corpus.search import SearchRequest, SearchResult, Suggestion
from corpus.vocabulary import Vocabulary
from indexer.analysis import ANALYSIS_VERSION
from indexer.engines.building import Builder
from indexer.engines.snapshot import Snapshot
from indexer.engines.whoosh_engine import WhooshPostings, WhooshWriter
from indexer.generation import REBUILD, Generations
from indexer.schema import SCHEMA_VERSION
from indexer.store import STORE_VERSION

VERSIONS = {"schema": SCHEMA_VERSION, "analysis": ANALYSIS_VERSION, "store": STORE_VERSION}


class WhooshEngine:
    """The port on Whoosh and arrays."""

    def __init__(self, config: Config, vocabulary: Vocabulary) -> None:
        self._generations = Generations(config.index.folder, config.index.keep_generations, VERSIONS)
        self._vocabulary = vocabulary
        self._cache_mb = config.search.posting_cache_mb
        self._lock = threading.Lock()
        self._held: tuple[object, Snapshot] | None = None

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a question from the live generation. Raises NoIndex, IndexDamaged."""
        return self._snapshot().search(request)

    def suggest(self, text: str, language: Language, limit: int = 8) -> tuple[Suggestion, ...]:
        """Completions of what has been typed so far. Raises NoIndex, IndexDamaged."""
        return self._snapshot().suggest(text, language, limit)

    def live(self) -> Generation | None:
        """The generation that answers now, or None. Raises IndexDamaged."""
        return self._snapshot().generation if self._generations.live_name() else None

    def records(self) -> Records:
        """The live generation's documents. Raises NoIndex, IndexDamaged."""
        return self._snapshot().records

    def build(self, records: Iterable[Record]) -> Generation:
        """Build a new generation beside the live one, and open it once to see that it answers."""
        folder = self._generations.begin()
        try:
            counts = Builder(folder, WhooshWriter(folder), self._vocabulary).build(records)
            generation = self._generations.seal(folder, counts)
        except BaseException:
            self._generations.abandon(folder)
            raise
        self._open(generation.name)
        return generation

    def publish(self, name: str) -> None:
        """Make a built generation live in one atomic step; the one before is kept for roll-back."""
        self._generations.publish(name)

    def discard(self, name: str) -> None:
        """Remove a generation that is not live. Raises GenerationInUse for the live one, NoIndex for none."""
        self._generations.discard(name)

    def _snapshot(self) -> Snapshot:
        stamp = self._generations.live_stamp()
        held = self._held
        if held is not None and held[0] == stamp:
            return held[1]
        with self._lock:
            if self._held is None or self._held[0] != stamp:
                name = self._generations.live_name()
                if name is None:
                    raise NoIndex("Nothing is indexed yet.", REBUILD)
                self._held = stamp, self._open(name)
            return self._held[1]

    def _open(self, name: str) -> Snapshot:
        generation = self._generations.verify(name)
        folder = self._generations.folder(name)
        reader = WhooshPostings(folder)
        if reader.rows != generation.documents + generation.passages:
            raise IndexDamaged(f"Generation {name} holds {reader.rows} rows.", REBUILD)
        return Snapshot(generation, folder, reader, vocabulary=self._vocabulary, cache_mb=self._cache_mb)
