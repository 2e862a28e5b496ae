"""Sheets: which decisions and released pages stand in the curation files of the documents folder?"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import CurationError
from corpus.vocabulary import Vocabulary
from indexer.curation import Decision, read_decisions
from indexer.curation.values import released_in

SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The decisions in the curation file of one document, and the codes of pages it releases.

    `fault` says why they cannot be read.
    """

    file: str
    decisions: tuple[Decision, ...] = ()
    released: tuple[str, ...] = ()
    fault: str = ""


@dataclass(slots=True)
class Sheets:
    """Reads the curation files of a folder; a file is read again when it was written to."""

    folder: Path
    vocabulary: Vocabulary
    _known: dict[str, tuple[tuple[int, int, int], Sheet]] = field(default_factory=dict)

    def all(self) -> Mapping[str, Sheet]:
        """Every sheet that says something or cannot be read, by the path of its document."""
        stamps = dict(_curation_files(self.folder))
        self._known = {file: self._sheet(file, stamp) for file, stamp in stamps.items()}
        return {file: sheet for file, (_, sheet) in self._known.items() if sheet != Sheet(file)}

    def _sheet(self, file: str, stamp: tuple[int, int, int]) -> tuple[tuple[int, int, int], Sheet]:
        known = self._known.get(file)
        if known and known[0] == stamp:
            return known
        path = self.folder / f"{file}{SUFFIX}"
        try:
            return stamp, Sheet(file, read_decisions(path, self.vocabulary), released_in(path))
        except CurationError as error:
            return stamp, Sheet(file, fault=str(error))


def _curation_files(folder: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """The document of each curation file, and what changes when the file is written to."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(SUFFIX) and not name.startswith("."):
                path = Path(place, name)
                try:
                    status = path.stat()
                except OSError:
                    continue
                file = path.relative_to(folder).as_posix().removesuffix(SUFFIX)
                yield file, (status.st_ino, status.st_size, status.st_mtime_ns)
