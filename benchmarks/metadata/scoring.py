"""How much of the gold metadata was read: one score a field, one line a difference."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.model import Metadata

SINGLE = (
    "title",
    "doc_type",
    "language",
    "publisher",
    "year",
    "plan_from",
    "plan_to",
    "plan_state",
    "adopted",
    "study_design",
)
MANY = ("authors", "kommuner", "fylke", "themes", "target_groups", "tiltak")

Gold = Mapping[str, Any]


@dataclass
class Tally:
    """Values read rightly, read wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Of what was read, the share that is right; 1 when nothing was read."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what is there, the share that was read; 1 when nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True)
class Difference:
    """One value that is in gold or reading but not in both."""

    file: str
    field: str
    gold: str
    read: str


def score(pairs: Mapping[str, tuple[Gold, Metadata]]) -> tuple[dict[str, Tally], list[Difference]]:
    """Compare each file's (gold, reading), field by field."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    differences = []
    for file, (gold, metadata) in pairs.items():
        for name, wanted, got in _values(gold, metadata):
            tally = tallies[name]
            tally.right += len(wanted & got)
            tally.wrong += len(got - wanted)
            tally.missed += len(wanted - got)
            if wanted != got:
                difference = Difference(file, name, _listed(wanted - got), _listed(got - wanted))
                differences.append(difference)
    return dict(tallies), differences


def _values(gold: Gold, metadata: Metadata) -> Iterator[tuple[str, set[str], set[str]]]:
    for name in SINGLE:
        read = getattr(metadata, name)
        yield name, _set(name, gold.get(name)), _set(name, read.value if read else None)
    for name in MANY:
        yield name, {str(v) for v in gold.get(name, ())}, {str(read.value) for read in getattr(metadata, name)}


def _set(name: str, value: object) -> set[str]:
    """One value; the first and last day of a year are that year to a period."""
    if value is None:
        return set()
    text = " ".join(str(value).split())
    whole = {"plan_from": "-01-01", "plan_to": "-12-31"}.get(name, "")
    return {text.removesuffix(whole)}


def _listed(values: set[str]) -> str:
    return ", ".join(sorted(values)) or "–"
