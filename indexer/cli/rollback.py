"""`hvavirker rollback`: a person takes back the last switch."""

import click

from corpus.config import Config
from indexer.cli.options import INDEX, with_settings
from indexer.cli.terminal import say
from indexer.engines import open_generations


@click.command()
@click.argument("name", required=False)
@with_settings(INDEX)
def rollback(config: Config, name: str | None) -> None:
    """Make the index that answered before (or the one named) live again, in one step.

    Until a person publishes another one, new indexes wait.
    """
    known = open_generations(config)
    taken = known.standing().live
    generation = known.roll_back(name)
    say(f"Generation {generation.name} is live again; {taken} was taken back.")
    say("New indexes wait for a person from now on: hvavirker publish.")
