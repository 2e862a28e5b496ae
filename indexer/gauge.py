"""Gauge: how far has the reading of a run come, how fast, and which file takes long?"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from corpus.config import ExtractConfig
from indexer.media import refusal
from indexer.progress import Progress, Stage, Step
from indexer.sources import Found

OPENING_BYTES = 2**16  # a small file takes as long to open as so much to read (886 real files)


class Gauge:
    """Tells `progress` after each thing it is told itself."""

    def __init__(
        self,
        files: Sequence[Found],
        settings: ExtractConfig,
        progress: Progress,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._progress, self._clock = progress, clock
        self._weights = {found: _weight(found, settings) for found in files}
        self._total, self._weight = len(files), sum(self._weights.values())
        self._done, self._pages, self._read, self._file = 0, 0, 0.0, ""
        self._begun: defaultdict[Found, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
        self._since: dict[Found, float] = {}
        self._tell()

    def at_work(self, files: Iterable[Found]) -> None:
        """These files are being worked on now."""
        now = self._clock()
        self._since = {found: self._since.get(found, now) for found in files}
        self._tell()

    def piece_done(self, found: Found, share: float, pages: int) -> None:
        """So much more of a file is done: `share` of what was left of it, from 0 to 1, and so many pages of text."""
        weight, counted = self._begun[found]
        more = share * (self._weights[found] - weight)
        self._begun[found] = weight + more, counted + pages
        self._read, self._pages = self._read + more, self._pages + pages
        self._file = found.source.path
        self._tell()

    def file_done(self, found: Found, pages: int) -> None:
        """All of a file is done; it has so many pages."""
        weight, counted = self._begun.pop(found, (0.0, 0))
        self._read += self._weights[found] - weight
        self._pages += max(0, pages - counted)
        self._done += 1
        self._file = found.source.path
        self._tell()

    def _tell(self) -> None:
        longest, since = min(self._since.items(), key=lambda item: item[1], default=(None, 0.0))
        self._progress(
            Step(
                Stage.READING,
                self._done,
                self._total,
                self._file,
                self._read / self._weight if self._weight else 0.0,
                pages=self._pages,
                longest=longest.source.path if longest else "",
                longest_seconds=self._clock() - since if longest else 0.0,
            )
        )


def _weight(found: Found, settings: ExtractConfig) -> int:
    """What reading a file takes, in bytes; next to nothing when it is refused unopened."""
    return OPENING_BYTES + (0 if refusal(found.source, settings) else found.source.size)
