"""What was made of one sentence: readings taken, and candidates left with why."""

from dataclasses import dataclass

from corpus.model import Finding, FindingType, Verdict


@dataclass(frozen=True, slots=True)
class Reading:
    """A verdict read in a sentence. `text[cue_start:cue_end]` is what decided it; ids are the vocabulary's."""

    verdict: Verdict
    cue_start: int
    cue_end: int
    rule: str
    outcome: str | None = None
    type: FindingType = FindingType.EFFEKT
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A cue that gave no verdict: `text[cue_start:cue_end]`, and the rule that put it aside."""

    cue_start: int
    cue_end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with at least one cue, `page.text[start:end] == sentence`, and what became of it.

    `finding` is what was taken, or None; then `left` holds why.
    """

    page: int
    start: int
    end: int
    sentence: str
    cue: str
    rule: str
    finding: Finding | None
