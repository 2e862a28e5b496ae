"""`hvavirker export`: documents, findings and statements for other programs."""

import sys

import click

from corpus.config import Config
from corpus.vocabulary import load_vocabulary
from indexer.cli.options import INDEX, with_settings
from indexer.engines import open_engine
from indexer.export import Table, rows, write_csv, write_jsonl

FORMATS = ("jsonl", "csv")


@click.command()
@click.argument("table", type=click.Choice([table.value for table in Table]))
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True)
@with_settings(INDEX)
def export(config: Config, table: str, form: str) -> None:
    """Write every document, finding or statement of the live index to standard output, a row each."""
    found = rows(Table(table), open_engine(config).records())
    if form == "jsonl":
        write_jsonl(found, sys.stdout)
    else:
        write_csv(Table(table), found, load_vocabulary(), config.web.language, sys.stdout)
