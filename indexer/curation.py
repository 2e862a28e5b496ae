"""What did a person say of this document?"""

from dataclasses import dataclass
from pathlib import Path

from corpus.model import Metadata
from corpus.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Curation:
    """The values of one curation file, by name of the metadata field; they replace what was read."""

    values: tuple[tuple[str, object], ...] = ()

    def apply(self, metadata: Metadata) -> Metadata:
        """The metadata with every curated value in place, each with Origin.CURATION."""
        raise NotImplementedError


def read_curation(path: Path, vocabulary: Vocabulary) -> Curation:
    """Read a curation file. Raises CurationError naming what is wrong and the nearest right name."""
    raise NotImplementedError
