"""A whole run over files whose reader sins: `python -m benchmarks.reliability.sinning DOCUMENTS INDEX`.

The reader does what the name of its file says (tests/indexer/extract/sins.py); all else is the product.
"""

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

from corpus.config import Config, ExtractConfig
from corpus.errors import Reason
from corpus.model import Extracted, SourceFile
from indexer.extract import Usage, read_file_measured
from indexer.extract.guard import Guard
from indexer.media import MediaType
from indexer.pipeline import Rooms, run
from indexer.preparation import Recall

HANG_SECONDS = 3
ENDS: dict[str, Reason | None] = {
    "hang": Reason.TIMEOUT,
    "segfault": Reason.CRASHED,
    "flood": Reason.OUTPUT_LIMIT,
    "fork_bomb": Reason.UNREADABLE,
    "rubbish": Reason.UNREADABLE,
    "memory": Reason.MEMORY,
    "well": None,
}


def as_text(path: Path) -> str:
    """Every file is text, whatever its name."""
    return MediaType.PLAIN


@cache
def sinner() -> Guard:
    """The guard of this process, over a reader that sins."""
    return Guard("tests.indexer.extract.sins:read")


def limits(name: str) -> ExtractConfig:
    """The product's own, but for what hangs."""
    return replace(ExtractConfig(), wall_seconds=HANG_SECONDS) if name == "hang" else ExtractConfig()


def read(path: Path, source: SourceFile, config: ExtractConfig, recall: Recall) -> tuple[Extracted, Usage]:
    """As the product reads, by the reader that sins."""
    return read_file_measured(path, source, limits(source.path), sinner())


def main(documents: Path, index: Path) -> None:
    """One run."""
    config = Config()
    config = replace(
        config,
        documents=replace(config.documents, folder=documents),
        index=replace(config.index, folder=index),
    )
    run(config, rooms=Rooms(media_type_of=as_text, read_file=read))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
