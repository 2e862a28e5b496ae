"""What was made of one sentence: readings taken, and candidates left with why."""

from dataclasses import dataclass

from corpus.model import Finding, FindingType, Statement, Verdict


@dataclass(frozen=True, slots=True)
class Reading:
    """A verdict read in a sentence. `text[cue_start:cue_end]` is what decided it; ids are the vocabulary's."""

    verdict: Verdict
    cue_start: int
    cue_end: int
    rule: str
    outcome: str | None = None
    type: FindingType = FindingType.EFFEKT
    tiltak: str | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A cue that gave no verdict: `text[cue_start:cue_end]`, and the rule that put it aside."""

    cue_start: int
    cue_end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with at least one cue, `page.text[start:end] == sentence`, and what became of it.

    `finding` or `statement` is what was taken; when both are None, `rule` tells why it was left.
    """

    page: int
    start: int
    end: int
    sentence: str
    cue: str
    rule: str
    finding: Finding | None
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """All that a document says of tiltak, in the order of its pages."""

    findings: tuple[Finding, ...]
    statements: tuple[Statement, ...]
