"""`hvavirker harvest`: fetch documents from the addresses in sources.toml into the documents folder."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import click

from corpus.config import Config
from corpus.errors import HvaVirkerError
from indexer.cli.options import DOCUMENTS, with_settings
from indexer.cli.terminal import say, say_json
from indexer.harvest import Harvest, Result, read_sources
from indexer.harvest import harvest as fetched

_STYLE = {Result.NEW: "green", Result.CHANGED: "green", Result.REFUSED: "yellow", Result.UNAVAILABLE: "yellow"}


@click.command()
@click.option(
    "--sources",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The addresses, instead of those in the settings.",
)
@click.option("--json", "as_json", is_flag=True, help="For a program: one JSON object.")
@with_settings(DOCUMENTS)
def harvest(config: Config, sources: Path | None, as_json: bool) -> None:
    """Fetch what is new from the addresses in sources.toml into the documents folder.

    Polite (robots.txt, a pause between questions, only what has changed) and careful (size, type, no private
    networks). A file that is gone from its address stays. Run `hvavirker index` afterwards.
    """
    settings = replace(config.harvest, sources=sources or config.harvest.sources)
    wanted = read_sources(settings.sources)
    results = fetched(wanted, config.documents.folder, settings, told=_quiet if as_json else _say)
    counts = Counter(each.result for each in results)
    if as_json:
        say_json({"counts": {result: counts[result] for result in Result}, "files": [_data(each) for each in results]})
    else:
        say(", ".join(f"{counts[result]} {result}" for result in Result) + ".")
    if results and not any(counts[good] for good in (Result.NEW, Result.CHANGED, Result.SAME)):
        raise HvaVirkerError("Not one address gave a document.", "See why above; what was fetched before is kept.")


def _quiet(each: Harvest) -> None:
    """A program reads the whole at the end."""


def _say(each: Harvest) -> None:
    if each.result is not Result.SAME:
        say((f"{each.result:>11}  ", _STYLE.get(each.result, "")), each.file or each.url, (f"  {each.detail}", "dim"))


def _data(each: Harvest) -> dict[str, str]:
    return {
        "source": each.source,
        "url": each.url,
        "result": str(each.result),
        "file": each.file,
        "detail": each.detail,
    }
