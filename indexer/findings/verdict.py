"""What does a sentence say of a tiltak? Its claims, less what is no finding, put together."""

import re
from dataclasses import dataclass

from corpus.model import FindingType, Language, Verdict
from indexer.findings.again import again, points_back
from indexer.findings.agreement import added, doubted
from indexer.findings.certainty import hedged, unclear
from indexer.findings.claim import Claim
from indexer.findings.claims import claims
from indexer.findings.exclusions import why_left, why_unknown_left
from indexer.findings.lexicon import Mark, Role
from indexer.findings.model import Left, Reading
from indexer.findings.scene import Clause, Scene, set_scene
from indexer.findings.surroundings import Surroundings
from indexer.findings.ties import firm, untied
from indexer.findings.words import words

_FOR_WHOM = re.compile(
    r"\b(?:størst|sterkest|tydeligst|tydelegast|best|minst|svakest|largest|strongest|greatest|weakest)\s+(?:\w+\s+){0,2}"
    r"(?:for|blant|hos|der|når|among|where|when)\b",
    re.IGNORECASE,
)
_LOOSE = ("untied", "no_outcome", "untied_in_plan")
_ALL_CRIME = ("kriminalitet", "anmeldt_kriminalitet")


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
    readings = _together(scene, kept, around)
    repeated = None if readings else again(scene, around)
    return Weighed((repeated,) if repeated else readings, left, outcomes[-1] if outcomes else None)


def weigh_twice(text: str, language: Language, around: Surroundings) -> Weighed:
    """What the rules and the second opinion come to together; text that does not report results has the rules alone."""
    by_rules = weigh(text, language, around)
    if around.plan or not around.results:
        return by_rules
    scene = set_scene(text, language, around.named)
    if points_back(scene):
        return by_rules
    kept, unlikely = doubted(scene, by_rules.readings)
    return Weighed(kept or added(scene, around.weak), (*by_rules.left, *unlikely), by_rules.outcome)


def _reason(scene: Scene, claim: Claim, around: Surroundings) -> str | None:
    if claim.verdict is Verdict.IKKE_EVALUERT:
        return why_unknown_left(scene, claim.cue)
    reason = why_left(scene, claim.cue, firm(claim))
    if reason == "potential" and _may_be_told(scene, claim, around):
        return None
    return reason or untied(scene, claim, around)


def _may_be_told(scene: Scene, claim: Claim, around: Surroundings) -> bool:
    """ "kan gjøre vondt verre", "funn kan være lovende", in an overview "kan redusere": a low grade of certainty."""
    graded = around.overview and claim.sign == 1 and scene.has(Role.AGENT)
    return graded or claim.rule == "stated.skadelig" or (claim.rule == "stated.lovende" and scene.has(Role.FINDING))


def _together(scene: Scene, kept: list[Claim], around: Surroundings) -> tuple[Reading, ...]:
    """One reading of a sentence, or one an outcome; what is good but not known is promising."""
    told = [c for c in kept if c.verdict is not Verdict.IKKE_EVALUERT]
    own = [c for c in told if not c.compares] or told
    if len(own) < len(told):
        own = _against_others(scene, own, [c for c in told if c.compares])
    unknown = [c for c in kept if c.verdict is Verdict.IKKE_EVALUERT]
    if unknown and not any(c.rule == "stated.blandet" for c in own):
        return (_reading(scene, *_doubted(scene, own, unknown[0])),)
    if not own:
        return ()
    return _apart(scene, own, around) or (_reading(scene, *_of_one(scene, own, own, scene, around)),)


def _of_one(
    scene: Scene, mine: list[Claim], told: list[Claim], scope: Scene | Clause, around: Surroundings
) -> tuple[Claim, Verdict]:
    """The verdict of claims about one outcome: those that differ are mixed. Hedges count within `scope`."""
    mixed = [c for c in mine if c.verdict is Verdict.BLANDET]
    if mixed or len({c.sign for c in mine}) > 1:
        return (*mixed, mine[0])[0], Verdict.BLANDET
    verdict = hedged(scene, mine[0], scope, told, around)
    return mine[0], Verdict.LOVENDE if verdict is Verdict.VIRKER and unclear(scene, told) else verdict


def _apart(scene: Scene, own: list[Claim], around: Surroundings) -> tuple[Reading, ...]:
    """ "reduserte mobbing, men ikke vold": outcomes that went different ways are findings of their own."""
    parts = _by_outcome(scene, own)
    if any(code in parts for code in _ALL_CRIME):
        return ()
    verdicts = [_of_one(scene, mine, own, scene.clause_of(mine[0].cue), around) for mine in parts.values()]
    differ = len({verdict for _, verdict in verdicts}) > 1
    return tuple(_reading(scene, claim, verdict) for claim, verdict in verdicts) if differ else ()


def _by_outcome(scene: Scene, own: list[Claim]) -> dict[str, list[Claim]]:
    """Claims by the code of their outcome; one without a code belongs with the claim before."""
    parts: dict[str, list[Claim]] = {}
    code = ""
    for claim in own:
        named = claim.outcome.code if claim.outcome and not claim.carried else ""
        code = named or code
        parts.setdefault(f"{code} {_agent(scene, claim) or ''}".strip(), []).append(claim)
    return parts


def _agent(scene: Scene, claim: Claim) -> str | None:
    """The tiltak that the claim's clause names, where the sentence names several."""
    codes = {m.code for m in scene.of(Role.AGENT) if m.code}
    several = len(codes) > 1
    return next((m.code for m in scene.clause_of(claim.cue).of(Role.AGENT) if m.code and several), None)


def _against_others(scene: Scene, own: list[Claim], others: list[Claim]) -> list[Claim]:
    """The others went the same way, as much: nothing is the tiltak's."""
    equal = [c for c in others if c.sign == 0 and scene.text[c.start : c.end].lower().startswith(words("equal"))]
    return equal if equal and own and own[0].sign else own


def _doubted(scene: Scene, own: list[Claim], unknown: Claim) -> tuple[Claim, Verdict]:
    """A good result said in another clause than the doubt is promising; else nobody knows."""
    clause = scene.clause_of(unknown.cue)
    good = [c for c in own if c.sign == 1 and scene.clause_of(c.cue) is not clause]
    return (good[0], Verdict.LOVENDE) if good else (unknown, Verdict.IKKE_EVALUERT)


def _reading(scene: Scene, claim: Claim, verdict: Verdict) -> Reading:
    outcome = claim.outcome.code if claim.outcome and claim.outcome.code else None
    return Reading(verdict, claim.start, claim.end, claim.rule, outcome, _type(scene, verdict), _agent(scene, claim))


def _type(scene: Scene, verdict: Verdict) -> FindingType:
    if verdict is Verdict.IKKE_EVALUERT:
        return FindingType.KUNNSKAPSHULL
    return FindingType.MODERATOR if _FOR_WHOM.search(scene.text) else FindingType.EFFEKT
