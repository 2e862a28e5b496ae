"""What does a sentence say of a tiltak? Its claims, less what is no finding, put together."""

from dataclasses import dataclass

from corpus.model import Language, Verdict
from indexer.findings.claims import Claim, claims
from indexer.findings.exclusions import asks, why_left
from indexer.findings.lexicon import Mark, Role
from indexer.findings.model import Left, Reading
from indexer.findings.scene import Scene, set_scene
from indexer.findings.support import Support

_TIED = Support.COMPARED | Support.CAUSED | Support.AFTER | Support.TREATED


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the text around a sentence gives it. `results`: it stands where an author tells results."""

    previous: str = ""
    plan: bool = False
    results: bool = False


def weigh(text: str, language: Language, around: Surroundings) -> tuple[tuple[Reading, ...], tuple[Left, ...]]:
    """The readings of a sentence, and the cues that gave none with the rule that left them."""
    scene = set_scene(text, language)
    before = set_scene(around.previous, language) if around.previous else None
    kept: list[Claim] = []
    left: list[Left] = []
    for claim in claims(scene, _carried(before)):
        reason = _reason(scene, claim, before, around)
        if reason is None:
            kept.append(claim)
        else:
            left.append(Left(claim.start, claim.end, reason))
    return _together(scene, kept), tuple(left)


def _carried(before: Scene | None) -> Mark | None:
    outcomes = before.of(Role.OUTCOME) if before else ()
    return outcomes[-1] if outcomes else None


def _reason(scene: Scene, claim: Claim, before: Scene | None, around: Surroundings) -> str | None:
    if claim.verdict is Verdict.IKKE_EVALUERT:
        return "question" if asks(scene.text) else None
    reason = why_left(scene, claim.cue, Support.COMPARED in claim.support)
    return reason or _untied(scene, claim, before, around)


def _untied(scene: Scene, claim: Claim, before: Scene | None, around: Surroundings) -> str | None:
    """A change with nothing that ties it to a tiltak is statistics."""
    held = claim.support
    if claim.rule.startswith("stated"):
        return None
    if around.plan:
        return None if held & Support.COMPARED or (held & _TIED and held & Support.FOUND) else "untied_in_plan"
    if held & _TIED:
        return None
    if claim.rule.startswith("effect"):
        return None if held & Support.NAMED or claim.outcome is not None else "untied"
    if claim.sign == 0 and held & (Support.NAMED | Support.TESTED):
        return None
    if around.results and held & (Support.FOUND | Support.TESTED | Support.NAMED):
        return None
    return "untied"


def _together(scene: Scene, kept: list[Claim]) -> tuple[Reading, ...]:
    """One reading, or one for each outcome when a sentence tells of two that went different ways."""
    if not kept:
        return ()
    for verdict in (Verdict.IKKE_EVALUERT, Verdict.BLANDET):
        if found := [c for c in kept if c.verdict is verdict]:
            return (_reading(scene, found[0], verdict),)
    own = [c for c in kept if not c.compares] or kept
    signs = {c.sign for c in own}
    if len(signs) == 1:
        return (_reading(scene, own[0], _hedged(scene, own[0])),)
    return _apart(scene, own)


def _apart(scene: Scene, own: list[Claim]) -> tuple[Reading, ...]:
    return (_reading(scene, own[0], Verdict.BLANDET),)


def _hedged(scene: Scene, claim: Claim) -> Verdict:
    if claim.sign == 1:
        if scene.has(Role.SIGNIFICANCE, "no"):
            return Verdict.INGEN_EFFEKT
        if claim.verdict is Verdict.LOVENDE or scene.has(Role.HEDGE) or (scene.has(Role.TOLD) and scene.has(Role.INFORMANTS)):
            return Verdict.LOVENDE
    return claim.verdict


def _reading(scene: Scene, claim: Claim, verdict: Verdict) -> Reading:
    outcome = claim.outcome.code if claim.outcome and claim.outcome.code else None
    return Reading(verdict, claim.start, claim.end, claim.rule, outcome, cited=scene.has(Role.CITED))
