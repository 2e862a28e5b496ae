"""What does a sentence say of a tiltak that is no verdict? What it takes, what it costs, how it works, advice."""

import re
from dataclasses import dataclass

from corpus.model import Factor, FindingType, Language
from indexer.findings.exclusions import asks
from indexer.findings.lexicon import Mark, Role
from indexer.findings.scene import Scene, set_scene

_DENIED = re.compile(r"\b(?:ikke|ikkje|ingen|inga|verken|not|no|neither|hardly)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
# What is asked or meant to be found out is not said.
_ASKED = re.compile(
    r"\b(?:undersøk\w*|kartlegg\w*|kartla|spurte|spurt|spør|belys\w*|drøft\w*|vurder\w*|identifiser\w*|formål\w*|hensikt\w*"
    r"|problemstilling\w*|hvilke\w*|kva for|korleis|hvordan|dersom|hvis|viss|examin\w*|explor\w*|asked|assess\w*"
    r"|identif\w*|which|whether|what|how|if)\b[^.]*$",
    re.IGNORECASE,
)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Said:
    """A statement read in a sentence: `text[cue_start:cue_end]` is what decided it."""

    type: FindingType
    factor: Factor | None
    cue_start: int
    cue_end: int

    @property
    def rule(self) -> str:
        """The rule's name in the trace."""
        return f"said.{self.factor or self.type}"


def said(text: str, language: Language, named: tuple[Mark, ...] = ()) -> Said | None:
    """The first thing a sentence states of a tiltak, or None."""
    scene = set_scene(text, language, named)
    if asks(text) or len(text.split()) > _LONGEST:
        return None
    return next((_said(mark) for mark in scene.of(Role.STATEMENT) if _stands(scene, mark)), None)


def _said(mark: Mark) -> Said:
    kind, _, factor = mark.value.partition(".")
    return Said(FindingType(kind), Factor(factor) if factor else None, mark.start, mark.end)


def _stands(scene: Scene, mark: Mark) -> bool:
    before = scene.text[: mark.start]
    if _DENIED.search(before) or _ASKED.search(before):
        return False
    clause = scene.clause_of(mark)
    planned = any(m.start < mark.start for m in clause.of(Role.EXCLUDE, "aim", "plan", "expect"))
    return not planned or mark.value == FindingType.ANBEFALING
