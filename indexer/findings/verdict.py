"""What does a sentence say of a tiltak? Its claims, less what is no finding, put together."""

import re
from dataclasses import dataclass

from corpus.model import Language, Verdict
from indexer.findings.claims import Claim, claims
from indexer.findings.exclusions import asks, why_left
from indexer.findings.lexicon import Mark, Role
from indexer.findings.model import Left, Reading
from indexer.findings.scene import Scene, set_scene
from indexer.findings.support import Support

_TIED = Support.COMPARED | Support.CAUSED | Support.AFTER | Support.TREATED
_FIRM = Support.COMPARED | Support.CAUSED | Support.AFTER
_EQUAL = (
    "like ",
    "tilsvar",
    "samme",
    "same",
    "den samme",
    "den same",
    "just as",
    "equally",
    "as much",
    "lik ",
    "parallel",
)
_OF_EFFECT = re.compile(
    r"effe[kc]t|virkning|verknad|forskjell|skilnad|gevinst|vinst|gap|difference|gain|advantage|tilfeldig", re.IGNORECASE
)
_LOOSE = ("untied", "no_outcome", "untied_in_plan")
_ADJECTIVAL = ("better", "worse", "good", "bad")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the text around a sentence gives it.

    `carried` is the outcome spoken of last; `running` whether the sentence before was a finding;
    `plan` and `results` what kind of text it stands in; `weak` a study that cannot show cause; `named` the vocabulary's mentions.
    """

    carried: Mark | None = None
    running: bool = False
    plan: bool = False
    results: bool = False
    weak: bool = False
    named: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """What came of a sentence: readings taken, cues left, and the last outcome it names."""

    readings: tuple[Reading, ...]
    left: tuple[Left, ...]
    outcome: Mark | None


def weigh(text: str, language: Language, around: Surroundings) -> Weighed:
    """The readings of a sentence, and the cues that gave none with the rule that left them."""
    scene = set_scene(text, language, around.named)
    judged = [(claim, _reason(scene, claim, around)) for claim in claims(scene, around.carried)]
    tied = any(reason is None and claim.sign is not None for claim, reason in judged)
    kept = [claim for claim, reason in judged if reason is None or (tied and reason in _LOOSE)]
    left = tuple(Left(claim.start, claim.end, reason) for claim, reason in judged if reason and claim not in kept)
    outcomes = scene.of(Role.OUTCOME)
    return Weighed(_together(scene, kept, around), left, outcomes[-1] if outcomes else None)


def _reason(scene: Scene, claim: Claim, around: Surroundings) -> str | None:
    if claim.verdict is Verdict.IKKE_EVALUERT:
        return "question" if asks(scene.text) else "advice" if scene.has(Role.EXCLUDE, "advice") else None
    reason = why_left(scene, claim.cue, _firm(claim))
    if reason == "potential" and (
        claim.rule == "stated.skadelig" or (claim.rule == "stated.lovende" and scene.has(Role.FINDING))
    ):
        return None
    return reason or _untied(scene, claim, around)


def _firm(claim: Claim) -> bool:
    """Whether groups are compared or a tiltak is the doer; "effekten av tiltaket" names no doer."""
    caused = Support.CAUSED in claim.support and claim.rule.startswith("change")
    return caused or Support.COMPARED in claim.support


def _untied(scene: Scene, claim: Claim, around: Surroundings) -> str | None:
    """A change with nothing that ties it to a tiltak is statistics."""
    if claim.rule.startswith("stated"):
        return None if _grounded(scene, claim, around) else "untied"
    tied = bool(claim.support & (_FIRM if claim.sign == -1 else _TIED))
    told = bool(claim.support & (Support.FOUND | Support.COMPARED)) or around.running
    if around.plan:
        return None if _holds_in_plan(claim, told, tied) else "untied_in_plan"
    if tied:
        return _without_outcome(claim)
    if claim.rule.startswith("effect"):
        return None if claim.support & Support.NAMED or (claim.outcome is not None and not claim.carried) else "untied"
    if claim.rule.startswith("tested"):
        return None if claim.outcome is not None else "untied"
    if (
        claim.sign == 0
        and claim.support & (Support.NAMED | Support.TESTED | Support.ADDED)
        and claim.outcome is not None
    ):
        return None
    return None if around.results and _told(claim, around) else "untied"


def _grounded(scene: Scene, claim: Claim, around: Surroundings) -> bool:
    """ "mislyktes", "gjorde vondt verre": who or what must be told, unless the phrase itself speaks of effects."""
    if claim.outcome is not None or around.running or around.results:
        return True
    if claim.support & (_TIED | Support.NAMED | Support.FOUND):
        return True
    return claim.verdict in (Verdict.BLANDET, Verdict.LOVENDE) or bool(
        _OF_EFFECT.search(scene.text[claim.start : claim.end])
    )


def _holds_in_plan(claim: Claim, told: bool, tied: bool) -> bool:
    """A plan mostly says what is hoped for: someone must have found it, or it denies an effect."""
    if (
        claim.sign == 0
        and claim.outcome is not None
        and not claim.carried
        and claim.support & (Support.NAMED | Support.TREATED)
    ):
        return True
    return told and (tied or (claim.outcome is not None and claim.sign != -1))


def _told(claim: Claim, around: Surroundings) -> bool:
    """In a report of results: an outcome of its own, and someone who found it. Harm needs a firmer tie."""
    if claim.outcome is None or claim.carried or claim.sign == -1:
        return False
    grounds = (Support.FOUND, Support.TESTED, Support.NAMED)
    return claim.sign == 0 or sum(g in claim.support for g in grounds) + around.running > 0


def _without_outcome(claim: Claim) -> str | None:
    """ "bedre" of who knows what: only a comparison or a cause makes it a finding."""
    if claim.outcome is not None or claim.support & (Support.COMPARED | Support.CAUSED) or claim.itself:
        return None
    return "no_outcome" if claim.cue.value in _ADJECTIVAL else None


def _together(scene: Scene, kept: list[Claim], around: Surroundings) -> tuple[Reading, ...]:
    """One reading of a sentence; what went both ways is mixed, what is good but not known is promising."""
    told = [c for c in kept if c.verdict is not Verdict.IKKE_EVALUERT]
    own = [c for c in told if not c.compares] or told
    if len(own) < len(told):
        own = _against_others(scene, own, [c for c in told if c.compares])
    unknown = [c for c in kept if c.verdict is Verdict.IKKE_EVALUERT]
    if unknown and not any(c.rule == "stated.blandet" for c in own):
        return (_reading(scene, *_doubted(scene, own, unknown[0])),)
    if not own:
        return ()
    if mixed := [c for c in own if c.verdict is Verdict.BLANDET]:
        return (_reading(scene, mixed[0], Verdict.BLANDET),)
    if len({c.sign for c in own}) == 1:
        return (_reading(scene, own[0], _hedged(scene, own[0], around)),)
    return (_reading(scene, own[0], Verdict.BLANDET),)


def _against_others(scene: Scene, own: list[Claim], others: list[Claim]) -> list[Claim]:
    """The others went the same way, as much: nothing is the tiltak's."""
    equal = [c for c in others if c.sign == 0 and scene.text[c.start : c.end].lower().startswith(_EQUAL)]
    return equal if equal and own and own[0].sign else own


def _doubted(scene: Scene, own: list[Claim], unknown: Claim) -> tuple[Claim, Verdict]:
    """A good result said in another clause than the doubt is promising; else nobody knows."""
    clause = scene.clause_of(unknown.cue)
    good = [c for c in own if c.sign == 1 and scene.clause_of(c.cue) is not clause]
    return (good[0], Verdict.LOVENDE) if good else (unknown, Verdict.IKKE_EVALUERT)


def _hedged(scene: Scene, claim: Claim, around: Surroundings) -> Verdict:
    if claim.sign != 1:
        return claim.verdict
    if scene.has(Role.SIGNIFICANCE, "no"):
        return Verdict.INGEN_EFFEKT
    weak = around.weak and not scene.has(Role.CITED)
    alone = weak and not claim.support & (Support.COMPARED | Support.CAUSED | Support.TESTED)
    alone = alone or _caveat(scene, claim)
    opinion = scene.has(Role.TOLD) and scene.has(Role.INFORMANTS)
    return (
        Verdict.LOVENDE
        if claim.verdict is Verdict.LOVENDE or scene.has(Role.HEDGE) or alone or opinion
        else Verdict.VIRKER
    )


def _caveat(scene: Scene, claim: Claim) -> bool:
    """ "…, men hadde ingen kontrollgruppe": a reservation in a later clause that claims nothing itself."""
    return any(
        c.link == "but" and c.start > claim.start and (c.has(Role.NEGATION) or c.has(Role.KNOW) or c.has(Role.UNKNOWN))
        for c in scene.clauses
    )


def _reading(scene: Scene, claim: Claim, verdict: Verdict) -> Reading:
    outcome = claim.outcome.code if claim.outcome and claim.outcome.code else None
    return Reading(verdict, claim.start, claim.end, claim.rule, outcome, cited=scene.has(Role.CITED))
