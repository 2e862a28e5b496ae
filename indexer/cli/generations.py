"""`hvavirker generations`: which indexes are there, which one answers, and what is another one's difference?"""

import click

from corpus.config import Config
from corpus.engine import Generation
from corpus.errors import NoIndex
from indexer.clearance import Clearance, Clearances
from indexer.cli.differences import lines
from indexer.cli.options import INDEX, with_settings
from indexer.cli.terminal import say, say_json
from indexer.engines import open_generations
from indexer.generation import Generations
from indexer.standing import State


@click.command()
@click.option("--differences", "name", metavar="NAME", help="What the run that built it found to differ.")
@click.option("--json", "as_json", is_flag=True, help="For a program: one JSON object.")
@with_settings(INDEX)
def generations(config: Config, name: str | None, as_json: bool) -> None:
    """List the indexes that are kept, the newest first: which one is live, which wait for a person, and why."""
    known, clearances = open_generations(config), Clearances(config.index.folder)
    if name:
        _tell(clearances.read(name), name, as_json)
        return
    found = [(each, _state(each.name, known)) for each in reversed(known.list())]
    if as_json:
        say_json({"generations": [_data(each, state, clearances) for each, state in found]})
        return
    _require(known)
    for each, state in found:
        say(f"{each.name}  ", (f"{state:<12}", "bold" if state == "live" else ""), _holds(each))
        for concern in _concerns(each.name, state, clearances):
            say(f"  {concern}")
        if known.outdated(each.name):
            say("  Another version of this program made it, and only that one can read it.")


def _tell(clearance: Clearance | None, name: str, as_json: bool) -> None:
    if clearance is None:
        raise NoIndex(f"There is nothing kept about a generation {name}.", "List them: hvavirker generations.")
    if as_json:
        say_json(clearance.data())
        return
    for line in lines(clearance):
        say(line)


def _require(known: Generations) -> None:
    if not known.names():
        raise NoIndex("Nothing is indexed yet.", "Make an index: hvavirker index.")


def _state(name: str, known: Generations) -> str:
    state = known.standing().state(name)
    if state is State.WITHDRAWN:
        return "rolled back"
    return "outdated" if state is not State.LIVE and known.outdated(name) else str(state)


def _concerns(name: str, state: str, clearances: Clearances) -> tuple[str, ...]:
    clearance = clearances.read(name) if state == "waits" else None
    return clearance.concerns if clearance else ()


def _holds(generation: Generation) -> str:
    return (
        f"built {generation.built:%Y-%m-%d %H:%M} UTC: {generation.documents} documents, "
        f"{generation.passages} passages, {generation.findings} findings"
    )


def _data(generation: Generation, state: str, clearances: Clearances) -> dict[str, object]:
    return {
        "name": generation.name,
        "state": state,
        "built": generation.built.isoformat(),
        "documents": generation.documents,
        "passages": generation.passages,
        "findings": generation.findings,
        "concerns": list(_concerns(generation.name, state, clearances)),
    }
