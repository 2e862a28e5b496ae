"""Watching: is there something new in the documents folder, and has it come to rest?"""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from corpus.errors import HvaVirkerError, RunActive
from indexer.sources import Stamp

LOG = logging.getLogger(__name__)
Seen = frozenset[tuple[str, Stamp]]


def seen_in(folder: Path) -> Seen:
    """Every file that is not hidden, with its stamp; what cannot be looked at is left to the run to tell."""
    found = set()
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(root, name)
            try:
                status = path.lstat()
            except OSError:
                continue
            if not name.startswith("."):
                found.add((str(path), Stamp(status.st_size, status.st_mtime_ns)))
    return frozenset(found)


def watch(folder: Path, index: Callable[[], object], pause: Callable[[], object]) -> None:
    """Index at once, and again whenever the folder has changed and then stayed the same for one pause. Never returns.

    A run that fails is logged, and tried again after the next change or, when the disk or another run was in the
    way, after the next pause.
    """
    indexed: Seen | None = None
    before = seen_in(folder)
    while True:
        now = seen_in(folder)
        if now == before and now != indexed:
            indexed = now if _indexed(index) else None
        before = now
        pause()


def _indexed(index: Callable[[], object]) -> bool:
    """Whether the run needs no other before something changes."""
    try:
        index()
    except HvaVirkerError as error:
        LOG.log(logging.ERROR, "%s %s", error, error.remedy)
        return not isinstance(error, RunActive)
    except OSError as error:
        LOG.log(logging.ERROR, "%s. Check the disk, and who may write there.", error)
        return False
    return True
