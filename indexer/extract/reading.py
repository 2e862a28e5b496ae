"""What is in this file?"""

from pathlib import Path

from corpus.config import ExtractConfig
from corpus.model import Extracted, SourceFile
from indexer.extract.usage import Usage

EXTRACTOR_VERSION = 1


def read_file(path: Path, source: SourceFile, config: ExtractConfig) -> Extracted:
    """What `read_file_measured` gives, without what it cost."""
    return read_file_measured(path, source, config)[0]


def read_file_measured(path: Path, source: SourceFile, config: ExtractConfig) -> tuple[Extracted, Usage]:
    """Read one file in a limited child process; usable from several threads at once.

    Raises ReadingFailed, an ExtractionFailed with reason, detail and what trying cost.
    """
    raise NotImplementedError
