"""What is in this file? Pages, blocks and text from PDF, HTML, DOCX, ODT, plain text and Markdown."""

from indexer.extract.reading import read_file, read_file_measured
from indexer.extract.scans import equipped
from indexer.extract.usage import ReadingFailed, Usage
from indexer.extract.version import EXTRACTOR_VERSION
from indexer.media import media_type_of

__all__ = [
    "EXTRACTOR_VERSION",
    "ReadingFailed",
    "Usage",
    "equipped",
    "media_type_of",
    "read_file",
    "read_file_measured",
]
