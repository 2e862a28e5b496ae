"""Watching: is there something new in the documents folder, and has it come to rest?"""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from corpus.errors import ConfigError, GenerationWaits, HvaVirkerError, IndexDamaged, NothingIndexed
from indexer.sources import Stamp

LOG = logging.getLogger(__name__)
SETTLED = (NothingIndexed, ConfigError, GenerationWaits, IndexDamaged)  # the same run would say the same
Seen = frozenset[tuple[str, Stamp]]


def seen_in(folder: Path, leave_out: Path) -> Seen:
    """Every file that is not hidden, with its stamp; what cannot be looked at is left to the run to tell.

    `leave_out` is the index folder: a run writes there itself.
    """
    found, out = set(), str(leave_out.resolve())
    for root, folders, files in os.walk(folder.resolve()):
        folders[:] = [name for name in folders if not name.startswith(".") and str(Path(root, name)) != out]
        for name in files:
            path = Path(root, name)
            try:
                status = path.lstat()
            except OSError:
                continue
            if not name.startswith("."):
                found.add((str(path), Stamp(status.st_size, status.st_mtime_ns)))
    return frozenset(found)


def watch(folder: Path, leave_out: Path, index: Callable[[], object], pause: Callable[[], object]) -> None:
    """Index at once, and again whenever the folder has changed and then stayed the same for one pause. Never returns.

    A run that fails is logged, whatever the fault, and tried again after the next change or, when the disk or another
    run was in the way, after the next pause.
    """
    indexed: Seen | None = None
    before = seen_in(folder, leave_out)
    while True:
        now = seen_in(folder, leave_out)
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
        return isinstance(error, SETTLED)
    except OSError as error:
        LOG.log(logging.ERROR, "%s. Check the disk, and who may write there.", error)
        return False
    except Exception:  # a fault of ours must not end the watch
        LOG.exception("A fault in this program; report it.")
    return True
