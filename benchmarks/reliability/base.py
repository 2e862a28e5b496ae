"""A folder of small written documents and its index, and the command over them, each time as a process of its own."""

import os
import random
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from corpus.config import Config, load_config
from indexer.engines import open_generations
from indexer.journal import read_lines
from indexer.progress import Stage
from indexer.store import RecordStore

ROOT = Path(__file__).parents[2]
SENTENCES_EACH = 6
WORDS = (
    "ungdom",
    "skole",
    "mobbing",
    "vold",
    "politi",
    "kommune",
    "plan",
    "tiltak",
    "mentor",
    "natteravn",
    "foreldre",
    "klubb",
    "evaluering",
    "effekt",
    "resultat",
    "oppfølging",
    "samtale",
    "trygghet",
    "forebygging",
    "nabolag",
    "rapport",
    "undersøkelse",
    "deltakere",
    "gruppe",
    "endring",
)


def mark(number: int) -> str:
    """A word that stands in one document only."""
    return "merke" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:06d}")


class Base:
    """The documents are `0.txt`, `1.txt` and so on, in folders of 500."""

    def __init__(self, root: Path, seed: int) -> None:
        self.documents, self.index, self.seed = root / "documents", root / "index", seed
        self.documents.mkdir(parents=True)
        self.config: Config = replace(
            load_config(None, {}),
            documents=replace(Config().documents, folder=self.documents),
            index=replace(Config().index, folder=self.index),
        )

    def path(self, number: int) -> str:
        """A document's path in its folder."""
        return f"{number // 500}/{number}.txt"

    def write(self, numbers: Iterable[int], edition: int = 0) -> None:
        """Write documents, another text for each edition."""
        for number in numbers:
            path = self.documents / self.path(number)
            path.parent.mkdir(exist_ok=True)
            path.write_text(self._text(number, edition), encoding="utf-8")

    def remove(self, numbers: Iterable[int]) -> None:
        """Remove documents."""
        for number in numbers:
            (self.documents / self.path(number)).unlink(missing_ok=True)

    def _text(self, number: int, edition: int) -> str:
        chance = random.Random(f"{self.seed} {number} {edition}")
        lines = [f"Rapport {mark(number)}, utgave {edition}"]
        for _ in range(SENTENCES_EACH):
            words = chance.choices(WORDS, k=12)
            lines.append(f"{words[0].capitalize()} {' '.join(words[1:])}.")
        return "\n\n".join(lines) + "\n"

    def arguments(self, command: str, *more: str) -> list[str]:
        """The command line of a process."""
        folders = ["--documents", str(self.documents), "--index", str(self.index)]
        return [sys.executable, "-m", "indexer.cli", command, *more, *folders]

    def run(self, command: str, *more: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the command to its end."""
        return subprocess.run(
            self.arguments(command, *more), env=surroundings(environment), capture_output=True, text=True, check=False
        )

    def start(self, command: str, *more: str, **environment: str) -> subprocess.Popen[str]:
        """Start the command in a process group of its own."""
        return subprocess.Popen(
            self.arguments(command, *more),
            env=surroundings(environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def live_paths(self) -> list[str]:
        """The paths of the documents that a process which starts now answers with, as often as they are there."""
        known = open_generations(self.config)
        name = known.standing().published[0]
        known.verify(name)
        return sorted(document.source.path for document in RecordStore(known.folder(name)).documents())


def stage_seconds(index: Path) -> dict[Stage, float]:
    """How long each stage of the last run took."""
    lines = read_lines(index, 10**6)
    began = {told.stage: told.stage_at for told in reversed(lines)}
    starts = [(stage, began[stage]) for stage in Stage if stage in began]
    ends = [start for _, start in starts[1:]] + [told.at for told in lines[-1:]]
    return {stage: (end - start).total_seconds() for (stage, start), end in zip(starts, ends, strict=True)}


def surroundings(more: dict[str, str]) -> dict[str, str]:
    """The environment of a process: ours, the checkout first, waiting for no person."""
    return os.environ | {"PYTHONPATH": str(ROOT), "HVAVIRKER_PUBLISH_SWITCH": "always"} | more
