"""`hvavirker restore`: the documents, their curation files and what people typed, as they were backed up."""

from pathlib import Path

import click

from corpus.config import Config
from indexer.backup import restore as put_back
from indexer.cli.backup import folders
from indexer.cli.options import DOCUMENTS, with_settings
from indexer.cli.terminal import say


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_settings(DOCUMENTS)
def restore(config: Config, file: Path) -> None:
    """Put what is in FILE where the settings say, after checking all of it. Nothing is ever overwritten."""
    say(f"{put_back(file, folders(config))} files are in their place. Make the index: hvavirker index.")
