"""How does what was read from a file become what an index holds of it?"""

from corpus.model import Extracted, Record
from corpus.vocabulary import Vocabulary
from indexer.curation import Curation


def make_record(extracted: Extracted, curation: Curation | None, vocabulary: Vocabulary) -> Record:
    """Extracted and curated values → Record. The same input gives the same record."""
    raise NotImplementedError
