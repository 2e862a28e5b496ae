"""What is this document? Every value with where it was read."""

from corpus.model import Extracted, Metadata
from corpus.vocabulary import Vocabulary
from indexer.mentions import TermFinder


def read_metadata(extracted: Extracted, vocabulary: Vocabulary, finder: TermFinder) -> Metadata:
    """Everything the document says of itself."""
    raise NotImplementedError
