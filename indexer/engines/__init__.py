"""Search engines behind the one port `corpus.engine.Engine`."""

from corpus.config import Config
from corpus.engine import Engine
from corpus.vocabulary import Vocabulary


def open_engine(config: Config, vocabulary: Vocabulary | None = None) -> Engine:
    """The engine on `config.index.folder`; the folder is made when it is missing.

    With a vocabulary, a query also understands its labels, names and acronyms; without, words are words.
    """
    raise NotImplementedError
