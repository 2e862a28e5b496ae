"""`hvavirker verify`: are the indexes whole, and do they answer as they should?"""

import click

from corpus.config import Config
from corpus.errors import IndexDamaged, NoIndex, OtherVersion
from indexer.cli.options import INDEX, with_settings
from indexer.cli.terminal import say
from indexer.engines import open_engine, open_generations
from indexer.golden import read_golden
from indexer.verification import faults_in


@click.command()
@click.argument("name", required=False)
@click.option("--all", "every", is_flag=True, help="Every index that is kept, not only the live one.")
@with_settings(INDEX)
def verify(config: Config, name: str | None, every: bool) -> None:
    """Check the live index (or the one named): every byte, its counts, every facet, samples, the golden questions."""
    known = open_generations(config)
    standing = known.standing()
    names = known.names() if every else (name or standing.live,)
    if not names or names == (None,):
        raise NoIndex("Nothing is indexed yet.", "Make an index: hvavirker index.")
    wrong = [standing.fault] if standing.fault else []
    for each in filter(None, names):
        if each not in (standing.live, name) and known.outdated(each):
            say(f"{each}  of another version of this program")
            continue
        found = _faults(config, each)
        say(f"{each}  ", ("damaged", "red") if found else "well")
        for fault in found:
            say(f"  {fault}")
        wrong += found
    if wrong:
        raise IndexDamaged(f"{len(wrong)} faults found: {wrong[0]}", "Roll back, or build it again: hvavirker index.")


def _faults(config: Config, name: str) -> list[str]:
    try:
        golden = read_golden(config.publish.golden)
        return list(faults_in(open_engine(config).opened(name), golden, config.search.today()))
    except OtherVersion:
        raise
    except IndexDamaged as damage:
        return [str(damage)]
