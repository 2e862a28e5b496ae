"""The command `hvavirker`: its parts, and what its exit code says."""

import importlib
import io
import os
import sys
from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from pathlib import Path

import click

from corpus import VERSION
from corpus.errors import (
    ConfigError,
    GenerationWaits,
    HvaVirkerError,
    IndexDamaged,
    NoIndex,
    NothingIndexed,
    OtherVersion,
    RunActive,
)
from indexer.cli.options import EVERYWHERE, with_options
from indexer.cli.terminal import tell, tell_error


class Exit(IntEnum):
    """What the exit code of `hvavirker` says."""

    OK = 0
    ERROR = 1
    USAGE = 2
    NOTHING = 3
    BUSY = 4
    WAITS = 5
    DAMAGED = 6
    OUTDATED = 7
    STOPPED = 130


CODES: tuple[tuple[type[HvaVirkerError], Exit], ...] = (
    (ConfigError, Exit.USAGE),
    (NoIndex, Exit.NOTHING),
    (NothingIndexed, Exit.NOTHING),
    (RunActive, Exit.BUSY),
    (GenerationWaits, Exit.WAITS),
    (OtherVersion, Exit.OUTDATED),
    (IndexDamaged, Exit.DAMAGED),
)


COMMANDS = (
    "index",
    "serve",
    "search",
    "inspect",
    "status",
    "why",
    "generations",
    "publish",
    "rollback",
    "verify",
    "watch",
    "backup",
    "restore",
    "export",
    "harvest",
    "review",
    "agreement",
    "admin-password",
)


class Commands(click.Group):
    """Each command lies in the module of its name, loaded when it is asked for: all of them take a second."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names, in the order a newcomer needs them."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(importlib.import_module(f"indexer.cli.{name}"), name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION)
@with_options(EVERYWHERE)
def hvavirker(config_file: Path | None, as_of: date | None) -> None:
    """What works, what doesn't, says who, on which page: a search service over evaluations and plans."""


def main() -> None:
    """Run the command line of this process, and end it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> Exit:
    """Run a command line; an error is one line on standard error."""
    try:
        hvavirker.main(list(arguments), prog_name="hvavirker", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return Exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        tell("hvavirker: stopped. What was read is kept; run the same command again to go on.")
        return Exit.STOPPED
    except HvaVirkerError as error:
        tell_error(error)
        return next((code for kind, code in CODES if isinstance(error, kind)), Exit.ERROR)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.ERROR
    except OSError as error:
        fault = ": ".join(str(part) for part in (error.strerror or error, error.filename) if part)
        tell(f"hvavirker: {fault}. Check the disk, and who may write there.")
        return Exit.ERROR
    return Exit.OK
