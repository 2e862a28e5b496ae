"""The sample documents, read as the indexer reads them, beside their gold metadata."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from benchmarks.metadata.scoring import Gold
from corpus.config import ExtractConfig
from corpus.model import Extracted, Metadata, SourceFile
from corpus.vocabulary import load_vocabulary
from indexer.extract import media_type_of, read_file
from indexer.mentions import term_finder
from indexer.metadata import read_metadata

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


def read_samples(folder: Path = SAMPLES) -> dict[str, tuple[Gold, Metadata]]:
    """(gold, reading) of every document in `manifest.json` of a folder with `documents/`."""
    vocabulary = load_vocabulary()
    finder = term_finder(vocabulary)
    return {
        file: (gold, read_metadata(_extracted(folder / "documents", file), vocabulary, finder))
        for file, gold in _manifest(folder)
    }


def _manifest(folder: Path) -> Iterator[tuple[str, Gold]]:
    table = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for document in table["documents"]:
        yield document["file"], document["metadata"]


def _extracted(folder: Path, file: str) -> Extracted:
    path = folder / file
    data = path.read_bytes()
    source = SourceFile(file, sha256(data).hexdigest(), len(data), media_type_of(path))
    return read_file(path, source, ExtractConfig())
