"""Options: the settings that every command takes, from the file, the environment and its own line."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from corpus.config import Config, load_config

Command = Callable[..., None]

USUAL_FILE = Path("config.toml")
FOLDER = click.Path(file_okay=False, path_type=Path)


class Day(click.ParamType[date]):
    """A day as 2026-01-31."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error."""
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"{value!r} is not a day as 2026-01-31.", param, ctx)


EVERYWHERE = (
    click.option(
        "--config",
        "config_file",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Settings; without it ./config.toml if there is one.",
    ),
    click.option("--as-of", type=Day(), help="The day plan status is told for; without it today."),
)
DOCUMENTS = click.option("--documents", type=FOLDER, help="The documents folder, instead of the one in the settings.")
INDEX = click.option("--index", type=FOLDER, help="The index folder, instead of the one in the settings.")


def with_options(options: Sequence[Callable[[Command], Command]]) -> Callable[[Command], Command]:
    """Put several options on a command; help shows them in this order."""
    return lambda command: functools.reduce(lambda wrapped, option: option(wrapped), reversed(options), command)


def with_settings(*folders: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Give a command its `config`, and the options that change it: those of `folders`, --config and --as-of.

    What stands after the command's name wins over what stands before it.
    """

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def called(
            *,
            config_file: Path | None,
            as_of: date | None,
            documents: Path | None = None,
            index: Path | None = None,
            **rest: Any,
        ) -> None:
            config = _settings(config_file, as_of)
            command(config=_with_folders(config, documents, index), **rest)

        return with_options((*folders, *EVERYWHERE))(called)

    return decorate


def _settings(config_file: Path | None, as_of: date | None) -> Config:
    given = click.get_current_context().find_root().params
    usual = USUAL_FILE if USUAL_FILE.is_file() else None
    config = load_config(config_file or given["config_file"] or usual)
    day = as_of or given["as_of"] or config.search.as_of
    return replace(config, search=replace(config.search, as_of=day))


def _with_folders(config: Config, documents: Path | None, index: Path | None) -> Config:
    return replace(
        config,
        documents=replace(config.documents, folder=documents or config.documents.folder),
        index=replace(config.index, folder=index or config.index.folder),
    )
