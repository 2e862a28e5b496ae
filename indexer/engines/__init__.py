"""Search engines behind the one port `corpus.engine.Engine`."""

from corpus.config import Config
from corpus.engine import Engine
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.engines.search_engine import VERSIONS, WhooshEngine
from indexer.generation import Generations


def open_engine(config: Config, vocabulary: Vocabulary | None = None) -> Engine:
    """The engine on `config.index.folder`, with the product's own vocabulary when none is given."""
    return WhooshEngine(config, vocabulary or load_vocabulary())


def open_generations(config: Config) -> Generations:
    """The generations of `config.index.folder`, as that engine builds and reads them."""
    return Generations(config.index.folder, config.index.keep_generations, VERSIONS)
