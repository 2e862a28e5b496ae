"""What was claimed before is denied here, in few words: "…, men ikke vold", "…, but not among girls"."""

import re

from corpus.model import Verdict
from indexer.findings.claim import Claim
from indexer.findings.lexicon import Mark, Role
from indexer.findings.scene import Clause, Scene

_LONGEST = 14
_LINKS = ("but", "while", "and", "though")
_SPEAKS_ELSEWHERE = (Role.UNKNOWN, Role.HEDGE, Role.KNOW, Role.EXCLUDE)
_ENDING = re.compile(r"\b(?:det|det til|not|ikke|ikkje|no longer did|gjorde|gjer|did|does|was|were)\W*$", re.IGNORECASE)
# "men ikke for jentene", "but not in Norway", "men ikke der kameraene kom opp"
_ELSEWHERE = re.compile(
    r"\W*(?:men|but|mens|medan|while|and|og)?\s*(?:ikke|ikkje|not|ingen|inga|no)\s+"
    r"(?:i|på|for|hos|blant|ved|der|når|om|in|for|among|at|when|where|with|de|dei|the|hver|all|alle)\b"
    r"(?! grad| større| mindre| nok| alltid| å | at )",
    re.IGNORECASE,
)


def denials(scene: Scene, clause: Clause, found: list[Claim]) -> list[Claim]:
    """The claim that an elliptic clause makes of what was told before it; none when it says something else."""
    told = [c for c in found if c.sign]
    if not told:
        return []
    cue, rule = _denial(scene, clause)
    if cue is None:
        return []
    outcome = clause.first(Role.OUTCOME)
    return [Claim(Verdict.INGEN_EFFEKT, cue.start, cue.end, rule, cue, outcome, told[-1].support, clause.compares)]


def _denial(scene: Scene, clause: Clause) -> tuple[Mark | None, str]:
    if small := _only_small(clause):
        return small, "change.none.small"
    negation = clause.first(Role.NEGATION)
    if negation is None or clause.link not in _LINKS or len(scene.words_of(clause)) > _LONGEST:
        return None, ""
    text = scene.text[clause.start : clause.end]
    if _ELSEWHERE.match(text) and not any(clause.has(r) for r in (Role.UNKNOWN, Role.KNOW)):
        return negation, "change.none.ellipsis"
    if any(clause.has(role) for role in _SPEAKS_ELSEWHERE):
        return None, ""
    told = clause.compares or clause.has(Role.OUTCOME) or _ENDING.search(text.strip(" ."))
    return (negation, "change.none.ellipsis") if told else (None, "")


def _only_small(clause: Clause) -> Mark | None:
    """ "…, but only marginal for aggression"."""
    told = clause.link == "but" and clause.has(Role.OUTCOME) and not clause.has(Role.EXCLUDE)
    return clause.first(Role.SMALL) if told else None
