"""What is in this file? Pages, blocks and text from PDF, HTML, DOCX, ODT, plain text and Markdown."""

from indexer.extract.guard import Outcome
from indexer.extract.message import PAGES_A_PART, Failure, Task
from indexer.extract.pieces import packed, unpacked
from indexer.extract.reading import Pieces, read_file, read_file_measured, read_on, read_piece
from indexer.extract.scans import equipped
from indexer.extract.usage import ReadingFailed, Usage
from indexer.extract.version import EXTRACTOR_VERSION
from indexer.media import media_type_of

__all__ = [
    "EXTRACTOR_VERSION",
    "PAGES_A_PART",
    "Failure",
    "Outcome",
    "Pieces",
    "ReadingFailed",
    "Task",
    "Usage",
    "equipped",
    "media_type_of",
    "packed",
    "read_file",
    "read_file_measured",
    "read_on",
    "read_piece",
    "unpacked",
]
