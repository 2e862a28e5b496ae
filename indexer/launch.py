"""Launch: how is a run started and stopped by somebody who has no terminal?

The run is the ordinary command in a process of its own, with arguments that nobody can change; it goes on when the
site ends. Only a run that was started here is stopped here.
"""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

import indexer
from corpus.config import ENVIRONMENT_PREFIX, Config
from corpus.errors import HvaVirkerError, RunActive
from indexer.lock import holder

LAUNCH, LOCK, LOG = "launch.json", "launch.lock", "run.log"
COMMAND = (sys.executable, "-m", "indexer.cli", "index")
SECTIONS = ("documents", "index", "publish", "extract", "search", "log")
STARTING_SECONDS = 60  # from its start until a run holds the lock, on a slow machine
LOG_TAIL = 16_384  # bytes

Start = Callable[[Sequence[str], Mapping[str, str], Path], int]


class NotOurs(HvaVirkerError):
    """The run at work was not started here."""


@dataclass(frozen=True, slots=True)
class Launch:
    """A run that was started here: its process, by whom, when (UTC)."""

    pid: int
    by: str
    at: datetime


def detached(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> int:
    """Start a command in a session of its own, what it says in a file of the folder; the id of its process."""
    with (folder / LOG).open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 (the command is our own)
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    threading.Thread(target=process.wait, daemon=True).start()  # or it would stay in the process table when it ends
    return process.pid


@dataclass(frozen=True, slots=True)
class Launcher:
    """Starts and stops runs on one index folder; what was started is kept in `[admin] folder`."""

    config: Config
    start: Start = detached

    def launch(self, by: str) -> Launch:
        """Start a run, exactly one. Raises RunActive when one is at work or starting, OSError when it cannot."""
        folder = self.config.index.folder.resolve()
        folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if self.at_work() is not None:
                raise RunActive("A run is at work.", "Wait until it is done, or stop it.")
            pid = self.start(COMMAND, environment(self.config), folder)
            launch = Launch(pid, by, datetime.now(UTC))
            self._file().write_bytes(msgspec.json.encode(launch))
        return launch

    def stop(self) -> Launch:
        """Ask the run at work to end in order. Raises NotOurs for one that was not started here, HvaVirkerError."""
        with self._alone():
            pid, launch = self.at_work(), self.last()
            if pid is None:
                raise HvaVirkerError("No run is at work.")
            if launch is None or launch.pid != pid:
                raise NotOurs("The run was not started here.", "Stop it where it was started.")
            with contextlib.suppress(ProcessLookupError):  # it ended just now
                os.kill(pid, signal.SIGTERM)
        return launch

    def at_work(self) -> int | None:
        """The process that holds the lock, or that was started here and soon will; 0 one that cannot be named."""
        held = holder(self.config.index.folder)
        if held is not None:
            return held
        launch = self.last()
        if launch is None or (datetime.now(UTC) - launch.at).total_seconds() > STARTING_SECONDS:
            return None
        return launch.pid if _lives(launch.pid) else None

    def last(self) -> Launch | None:
        """The last run that was started here, or None."""
        try:
            return msgspec.json.decode(self._file().read_bytes(), type=Launch)
        except (OSError, msgspec.MsgspecError):
            return None

    def log(self) -> str:
        """The end of what the last run that was started here said."""
        try:
            said = (self.config.index.folder / LOG).read_bytes()[-LOG_TAIL:]
        except OSError:
            return ""
        return said.decode("utf-8", "replace").strip()

    def _file(self) -> Path:
        return self.config.admin.folder / LAUNCH

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Those who start and stop in turn, whatever process or thread they are."""
        self.config.admin.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.config.admin.folder / LOCK).open("a", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def environment(config: Config) -> dict[str, str]:
    """The environment in which the command has these settings, whatever file they came from, and no secret."""
    given = {name: value for name, value in os.environ.items() if not name.startswith(ENVIRONMENT_PREFIX)}
    given["PYTHONPATH"] = os.pathsep.join(filter(None, (_home(), os.environ.get("PYTHONPATH"))))
    for section in SECTIONS:
        for key, value in asdict(getattr(config, section)).items():
            given[f"{ENVIRONMENT_PREFIX}{section}_{key}".upper()] = _written(value)
    return given


def _home() -> str:
    """Where this program's packages are: the run is of the same program, installed or not."""
    return str(Path(indexer.__path__[0]).parent)


def _written(value: object) -> str:
    """A setting as an environment variable holds it."""
    if value is None:
        return ""
    return str(value.absolute()) if isinstance(value, Path) else str(value)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's: ours has ended and its number was given anew
        return False
    return True
