"""Lock: is another run writing to this index folder?"""

import fcntl
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import RunActive

# struct flock: where the kind of lock and the owner's process stand among its members
_LAYOUT, _KIND, _OWNER = ("hhqqi", 0, 4) if sys.platform == "linux" else ("qqihh", 3, 2)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the system frees it when its owner dies. Raises RunActive when it is held.

    The lock belongs to this process alone: a child that outlives a killed run does not keep it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+", encoding="ascii") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:
            file.seek(0)
            raise RunActive(
                f"Another run is writing to {folder} (process {file.read().strip() or 'unknown'}).",
                "Wait until it is done, or stop it.",
            ) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def holder(folder: Path) -> int | None:
    """The process that holds the folder's lock, 0 when it cannot be named, None when nobody does.

    Takes no lock. Not for the process that holds it: the system frees a lock when its owner closes the file anywhere.
    """
    try:
        with (folder / "lock").open("rb") as file:
            return _holder(file.fileno())
    except FileNotFoundError:
        return None


def _holder(descriptor: int) -> int | None:
    asked: list[int] = [0] * len(_LAYOUT)
    asked[_KIND] = fcntl.F_WRLCK
    told = struct.unpack(_LAYOUT, fcntl.fcntl(descriptor, fcntl.F_GETLK, struct.pack(_LAYOUT, *asked)))
    if told[_KIND] == fcntl.F_UNLCK:
        return None
    return max(int(told[_OWNER]), 0)
