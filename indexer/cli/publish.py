"""`hvavirker publish`: a person makes a built index live."""

import click

from corpus.config import Config
from corpus.errors import IndexDamaged, NoIndex
from indexer.clearance import Clearances
from indexer.cli.differences import lines
from indexer.cli.options import INDEX, with_settings
from indexer.cli.terminal import say
from indexer.engines import open_engine, open_generations
from indexer.golden import read_golden
from indexer.verification import faults_in


@click.command()
@click.argument("name", required=False)
@click.option("--force", is_flag=True, help="Also when it does not answer as it should.")
@with_settings(INDEX)
def publish(config: Config, name: str | None, force: bool) -> None:
    """Verify the index that waits (or the one named) and make it live in one step. Pages go on answering meanwhile."""
    waiting = open_generations(config).waiting()
    if not (name or waiting):
        raise NoIndex("No generation waits to be made live.", "List them: hvavirker generations.")
    chosen, engine = name or waiting[-1], open_engine(config)
    found = faults_in(engine.opened(chosen), read_golden(config.publish.golden), config.search.today())
    if found and not force:
        raise IndexDamaged(f"Generation {chosen}: {' '.join(found)}", "Build it again, or publish it with --force.")
    clearance = Clearances(config.index.folder).read(chosen)
    for line in lines(clearance) if clearance else ():
        say(line)
    engine.publish(chosen)
    say(f"Generation {chosen} is live. Go back: hvavirker rollback.")
