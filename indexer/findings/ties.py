"""Is a claim tied to a tiltak, or is it a statistic, a hope, a phrase that hangs in the air?"""

import re

from corpus.model import Verdict
from indexer.findings.claim import Claim
from indexer.findings.scene import Scene
from indexer.findings.support import Support
from indexer.findings.surroundings import Surroundings

_TIED = Support.COMPARED | Support.CAUSED | Support.AFTER | Support.TREATED
_FIRM = Support.COMPARED | Support.CAUSED | Support.AFTER
_DENIED = Support.NAMED | Support.TESTED | Support.ADDED | Support.FOUND
_OF_EFFECT = re.compile(
    r"effe[kc]t|virkning|verknad|forskjell|skilnad|gevinst|vinst|gap|difference|gain|advantage|tilfeldig", re.IGNORECASE
)
_ADJECTIVAL = ("better", "worse", "good", "bad")


def firm(claim: Claim) -> bool:
    """Whether groups are compared or a tiltak is the doer; "effekten av tiltaket" names no doer."""
    caused = Support.CAUSED in claim.support and claim.rule.startswith("change")
    return caused or Support.COMPARED in claim.support


def untied(scene: Scene, claim: Claim, around: Surroundings) -> str | None:
    """Why a claim is nobody's result, or None: a change with nothing that ties it to a tiltak is statistics."""
    if claim.rule.startswith("stated"):
        return None if _grounded(scene, claim, around) else "untied"
    if claim.cue.value == "same" and claim.outcome is None:
        return "no_outcome"
    if claim.sign == -1 and claim.rule.startswith("change") and not _harm_is_shown(claim):
        return "untied"
    tied = bool(claim.support & (_FIRM if claim.sign == -1 else _TIED))
    if around.plan:
        return None if _holds_in_plan(claim, around, tied) else "untied_in_plan"
    if tied:
        return _without_outcome(claim)
    return None if _stands_alone(claim) or (around.results and _told(claim, around)) else "untied"


def _harm_is_shown(claim: Claim) -> bool:
    """Harm is told of an outcome that is named here, against others or as what the tiltak did."""
    own = claim.outcome is None or not claim.carried
    return own and bool(claim.support & (Support.COMPARED | Support.CAUSED))


def _grounded(scene: Scene, claim: Claim, around: Surroundings) -> bool:
    """ "mislyktes", "gjorde vondt verre": who or what must be told, unless the phrase itself speaks of effects."""
    if claim.outcome is not None or around.running or around.results:
        return True
    if claim.support & (_TIED | Support.NAMED | Support.FOUND) or claim.verdict in (Verdict.BLANDET, Verdict.LOVENDE):
        return True
    return bool(_OF_EFFECT.search(scene.text[claim.start : claim.end]))


def _holds_in_plan(claim: Claim, around: Surroundings, tied: bool) -> bool:
    """A plan mostly says what is hoped for: someone must have found it, or it denies an effect."""
    own = claim.outcome is not None and not claim.carried
    if claim.sign == 0 and own and claim.support & (Support.NAMED | Support.TREATED):
        return True
    compared = Support.COMPARED in claim.support and claim.support & (Support.NAMED | Support.TREATED)
    told = bool(claim.support & Support.FOUND or compared) or around.running
    return told and (tied or (claim.outcome is not None and claim.sign != -1))


def _stands_alone(claim: Claim) -> bool:
    """Words of effect, of tests and of no difference need less: an outcome, or a tiltak that is named."""
    named = bool(claim.support & Support.NAMED)
    if claim.rule.startswith("effect"):
        return named or (claim.outcome is not None and not claim.carried)
    if claim.rule.startswith("tested"):
        return claim.outcome is not None
    return claim.sign == 0 and claim.outcome is not None and bool(claim.support & _DENIED)


def _told(claim: Claim, around: Surroundings) -> bool:
    """In a report of results: an outcome of its own, and someone who found it. Harm needs a firmer tie."""
    if claim.sign == 0 and (claim.support & (Support.NAMED | Support.TREATED) or around.running):
        return True
    if (claim.outcome is None and not claim.itself) or claim.carried or claim.sign == -1:
        return False
    found = claim.support & (Support.FOUND | Support.TESTED | Support.NAMED)
    return claim.sign == 0 or bool(found) or around.running


def _without_outcome(claim: Claim) -> str | None:
    """ "bedre" of who knows what: only a comparison or a cause makes it a finding."""
    if claim.outcome is not None or claim.support & (Support.COMPARED | Support.CAUSED) or claim.itself:
        return None
    return "no_outcome" if claim.cue.value in _ADJECTIVAL else None
