"""What one clause leads to: a verdict with the words that decided it."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.model import Verdict
from indexer.findings.lexicon import Mark
from indexer.findings.support import Support

_SIGNS = {Verdict.VIRKER: 1, Verdict.LOVENDE: 1, Verdict.INGEN_EFFEKT: 0, Verdict.SKADELIG: -1}
OF_SIGN: Mapping[int, Verdict] = {1: Verdict.VIRKER, 0: Verdict.INGEN_EFFEKT, -1: Verdict.SKADELIG}
WAYS: Mapping[int, str] = {1: "good", 0: "none", -1: "bad"}


@dataclass(frozen=True, slots=True)
class Claim:
    """A verdict one clause leads to: the words that decided it, the rule, the outcome, what ties it to a tiltak.

    `compares` is true for a clause about those who did not get the tiltak; `carried` when the outcome
    was named before, not here.
    """

    verdict: Verdict
    start: int
    end: int
    rule: str
    cue: Mark
    outcome: Mark | None = None
    support: Support = Support.NONE
    compares: bool = False
    carried: bool = False
    itself: bool = False

    @property
    def sign(self) -> int | None:
        """1 as wished, 0 no difference, -1 against; None for mixed and unknown."""
        return _SIGNS.get(self.verdict)
