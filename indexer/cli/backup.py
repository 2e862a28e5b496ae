"""`hvavirker backup`: all that cannot be made again, in one file."""

from pathlib import Path

import click

from corpus.config import Config
from corpus.errors import ConfigError
from indexer.backup import back_up
from indexer.cli.options import DOCUMENTS, with_settings
from indexer.cli.terminal import say


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_settings(DOCUMENTS)
def backup(config: Config, file: Path) -> None:
    """Write the documents, their curation files and what people typed to FILE (.tar, or .tar.gz to have it packed)."""
    if not config.documents.folder.is_dir():
        raise ConfigError(f"There is no documents folder {config.documents.folder}.", "Name it with --documents.")
    say(f"{back_up(folders(config), file)} files are in {file}. Keep it where only admins can read it.")


def folders(config: Config) -> dict[str, Path]:
    """What is backed up, by its name in the backup."""
    return {"documents": config.documents.folder, "admin": config.admin.folder}
