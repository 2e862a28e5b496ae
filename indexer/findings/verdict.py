"""What does a sentence say of a tiltak? Its claims, less what is no finding, put together."""

import re
from dataclasses import dataclass

from corpus.model import FindingType, Language, Verdict
from indexer.findings.claims import Claim, claims
from indexer.findings.exclusions import asks, why_left
from indexer.findings.lexicon import Mark, Role
from indexer.findings.model import Left, Reading
from indexer.findings.scene import Scene, set_scene
from indexer.findings.support import Support
from indexer.findings.ties import Surroundings, firm, untied
from indexer.findings.words import words

_FOR_WHOM = re.compile(
    r"\b(?:størst|sterkest|tydeligst|tydelegast|best|minst|svakest|largest|strongest|greatest|weakest)\s+(?:\w+\s+){0,2}"
    r"(?:for|blant|hos|der|når|among|where|when)\b",
    re.IGNORECASE,
)
_PAIR = 2
_SHORT_DENIAL = 5
_LOOSE = ("untied", "no_outcome", "untied_in_plan")


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
    reason = why_left(scene, claim.cue, firm(claim))
    if reason == "potential" and (
        claim.rule == "stated.skadelig" or (claim.rule == "stated.lovende" and scene.has(Role.FINDING))
    ):
        return None
    return reason or untied(scene, claim, around)


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
        return (_reading(scene, own[0], _hedged(scene, own[0], around, own)),)
    return _apart(scene, own, around) or (_reading(scene, own[0], Verdict.BLANDET),)


def _apart(scene: Scene, own: list[Claim], around: Surroundings) -> tuple[Reading, ...]:
    """ "reduserte mobbing, men ikke vold": two outcomes, each with its own verdict."""
    first, last = own[0], own[-1]
    codes = {c.outcome.code for c in (first, last) if c.outcome and c.outcome.code}
    if len(own) != _PAIR or len(codes) != _PAIR or last.rule != "change.none.ellipsis":
        return ()
    clause = scene.clause_of(last.cue)
    if len(scene.text[clause.start : clause.end].split()) > _SHORT_DENIAL:
        return ()
    return _reading(scene, first, _hedged(scene, first, around, own)), _reading(scene, last, last.verdict)


def _against_others(scene: Scene, own: list[Claim], others: list[Claim]) -> list[Claim]:
    """The others went the same way, as much: nothing is the tiltak's."""
    equal = [c for c in others if c.sign == 0 and scene.text[c.start : c.end].lower().startswith(words("equal"))]
    return equal if equal and own and own[0].sign else own


def _doubted(scene: Scene, own: list[Claim], unknown: Claim) -> tuple[Claim, Verdict]:
    """A good result said in another clause than the doubt is promising; else nobody knows."""
    clause = scene.clause_of(unknown.cue)
    good = [c for c in own if c.sign == 1 and scene.clause_of(c.cue) is not clause]
    return (good[0], Verdict.LOVENDE) if good else (unknown, Verdict.IKKE_EVALUERT)


def _hedged(scene: Scene, claim: Claim, around: Surroundings, told: list[Claim]) -> Verdict:
    """A good result with a reservation is promising; one that fails its test is none."""
    if claim.sign != 1:
        return claim.verdict
    if scene.has(Role.SIGNIFICANCE, "no"):
        return Verdict.INGEN_EFFEKT
    unsure = claim.verdict is Verdict.LOVENDE or scene.has(Role.HEDGE) or _caveat(scene, told)
    opinion = scene.has(Role.TOLD) and scene.has(Role.INFORMANTS)
    return Verdict.LOVENDE if unsure or opinion or _weakly_shown(scene, claim, around) else Verdict.VIRKER


def _weakly_shown(scene: Scene, claim: Claim, around: Surroundings) -> bool:
    """The document's own study cannot show cause, and the sentence has nothing better."""
    shown = claim.support & (Support.COMPARED | Support.CAUSED | Support.TESTED)
    return around.weak and not scene.has(Role.CITED) and not shown


def _caveat(scene: Scene, told: list[Claim]) -> bool:
    """ "…, men hadde ingen kontrollgruppe": a reservation in a later clause that claims nothing itself."""
    silent = [c for c in scene.clauses if c.link == "but" and not any(c.start <= t.start < c.end for t in told)]
    return any(c.has(Role.NEGATION) or c.has(Role.KNOW) or c.has(Role.UNKNOWN) for c in silent)


def _reading(scene: Scene, claim: Claim, verdict: Verdict) -> Reading:
    outcome = claim.outcome.code if claim.outcome and claim.outcome.code else None
    return Reading(verdict, claim.start, claim.end, claim.rule, outcome, _type(scene, verdict), scene.has(Role.CITED))


def _type(scene: Scene, verdict: Verdict) -> FindingType:
    if verdict is Verdict.IKKE_EVALUERT:
        return FindingType.KUNNSKAPSHULL
    return FindingType.MODERATOR if _FOR_WHOM.search(scene.text) else FindingType.EFFEKT
