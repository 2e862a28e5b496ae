"""How well were sentences labelled? Per class precision, recall and F1; what was gained and lost since a baseline."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.findings.labels import LABELS


@dataclass(frozen=True)
class ClassScore:
    """One class: precision and recall from what was taken rightly, taken wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of what was taken, the share that is right; 0 when nothing was taken."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Of what is there, the share that was taken; 0 when nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


Pairs = Mapping[str, tuple[str, str]]  # id → (gold label, label read)


def class_scores(pairs: Pairs) -> dict[str, ClassScore]:
    """One score a label."""
    counts = Counter(pairs.values())
    return {
        name: ClassScore(
            counts[name, name],
            sum(n for (gold, read), n in counts.items() if read == name != gold),
            sum(n for (gold, read), n in counts.items() if gold == name != read),
        )
        for name in LABELS
    }


def macro_f1(pairs: Pairs) -> float:
    """The mean F1 of the labels that occur in gold."""
    present = {gold for gold, _ in pairs.values()}
    scores = class_scores(pairs)
    return sum(scores[name].f1 for name in present) / len(present)


def table(title: str, pairs: Pairs) -> Iterator[str]:
    """Lines of the per-class table and of the confusion table (gold down, read across)."""
    scores = class_scores(pairs)
    yield f"{title}: {len(pairs)} sentences, macro-F1 {macro_f1(pairs):.3f}"
    yield f"  {'':10} {'P':>6} {'R':>6} {'F1':>6}   " + " ".join(f"{name:>9}" for name in LABELS)
    for name in LABELS:
        row = Counter(read for gold, read in pairs.values() if gold == name)
        score = scores[name]
        cells = " ".join(f"{row[other]:>9}" for other in LABELS)
        yield f"  {name:10} {score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f}   {cells}"


def differences(pairs: Pairs, before: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[str]:
    """Gains and losses sentence by sentence against the labels read before."""
    for key, (gold, read) in pairs.items():
        was = before.get(key)
        if was is not None and was != read and gold in (was, read):
            yield f"  {'gain' if read == gold else 'LOSS'} {key} {was} → {read} (gold {gold}): {texts[key]}"
