"""Agreement: how often does a person let what a rule read stand?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.curation.decisions import Act, Decision

FLOOR = 0.8
ENOUGH = 20
COUNTS = ("confirmed", "other_verdict", "otherwise_changed", "rejected")


@dataclass(frozen=True, slots=True)
class RuleAgreement:
    """One rule's findings that people reviewed: left as read, with another verdict, otherwise changed, rejected."""

    rule: str
    confirmed: int = 0
    other_verdict: int = 0
    otherwise_changed: int = 0
    rejected: int = 0

    @property
    def reviewed(self) -> int:
        """How many findings of the rule people have decided on."""
        return self.confirmed + self.other_verdict + self.otherwise_changed + self.rejected

    @property
    def precision(self) -> float:
        """The share whose verdict stands: what else a finding says is not the rule's to tell."""
        return (self.confirmed + self.otherwise_changed) / self.reviewed if self.reviewed else 0.0

    @property
    def below(self) -> bool:
        """Whether an editor should look at the rule."""
        return self.reviewed >= ENOUGH and self.precision < FLOOR


@dataclass(frozen=True, slots=True)
class Agreement:
    """Machine against person: by rule, those an editor should look at first; and findings the machine missed."""

    rules: tuple[RuleAgreement, ...]
    added: int

    @property
    def total(self) -> RuleAgreement:
        """All rules together."""
        sums = (sum(getattr(rule, name) for rule in self.rules) for name in COUNTS)
        return RuleAgreement("", *sums)


def agreement(decisions: Iterable[Decision]) -> Agreement:
    """Count decisions against what the machine had read; those that do not tell what it read are left out."""
    counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    added = 0
    for decision in decisions:
        if decision.decision is Act.ADD:
            added += 1
        elif decision.read is not None:
            counts[decision.read.rule][_outcome(decision)] += 1
    rules = [RuleAgreement(rule, **outcomes) for rule, outcomes in counts.items()]
    rules.sort(key=lambda rule: (not rule.below, rule.precision, -rule.reviewed, rule.rule))
    return Agreement(tuple(rules), added)


def _outcome(decision: Decision) -> str:
    if decision.decision is Act.REJECT:
        return "rejected"
    read = decision.read
    changed = {name for name, value in decision.says if value != getattr(read, name)}
    if "verdict" in changed:
        return "other_verdict"
    return "otherwise_changed" if changed else "confirmed"
