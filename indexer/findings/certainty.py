"""How sure is the author of a good result? Hedges, caveats, tests that failed, opinions, weak studies."""

import re

from corpus.model import Verdict
from indexer.findings.claim import Claim
from indexer.findings.lexicon import Mark, Role
from indexer.findings.scene import Clause, Scene
from indexer.findings.support import Support
from indexer.findings.surroundings import Surroundings

_P_VALUE = re.compile(r"\bp\s*(?P<sign>[=>≥])\s*0?[.,](?P<decimals>\d+)", re.IGNORECASE)
_DECIMAL = r"[-−–]?\d+[.,]\d+"
_INTERVAL = re.compile(
    rf"\b(?:KI|CI|konfidensintervall\w*|confidence interval|usikkerhetsintervall\w*|interval\w*)\b[^.;()]{{0,25}}?"
    rf"\[?(?P<low>{_DECIMAL})\s*(?:til|to|–|-|og|and|,|;)\s*(?P<high>{_DECIMAL})"
)
_RATIO = re.compile(r"\b(?:OR|RR|HR|IRR|odds|ratio|hasardrate|oddsrate|rate)\b")
# "de som ikke fikk mentor", "uten mentor": who is meant, not what is denied.
_OF_GROUP = re.compile(r"\b(?:som|who|that|de|dei|dem|those)\s+(?:(?:did|had|has|were|was|have)\s*)?$", re.IGNORECASE)
_NOT_ONLY = re.compile(r"\b(?:ikke|ikkje|not) (?:bare|berre|only|minst|least)\b", re.IGNORECASE)
_TURNING_REACH = 3
_TEST_LIMIT = 0.05
_MAY = re.compile(r"\b(?:kan|may|might|could)\b", re.IGNORECASE)
_LIKELY = re.compile(r"(?:sannsynligvis|sannsynlegvis|trolig|truleg|probably|likely)\b", re.IGNORECASE)


def hedged(scene: Scene, claim: Claim, scope: Scene | Clause, told: list[Claim], around: Surroundings) -> Verdict:
    """A good result with a reservation is promising; one that fails its test is none. `scope` is where to look."""
    if claim.sign != 1:
        return claim.verdict
    if scope.has(Role.SIGNIFICANCE, "no"):
        return Verdict.INGEN_EFFEKT
    unsure = claim.verdict is Verdict.LOVENDE or _hedges(scene, scope, around) or _caveat(scene, told)
    opinion = scope.has(Role.TOLD) and scope.has(Role.INFORMANTS)
    tested = fails_test(scene.text) or _weakly_shown(scene, claim, around) or _before_and_after(claim)
    return Verdict.LOVENDE if unsure or opinion or tested else Verdict.VIRKER


def fails_test(text: str) -> bool:
    """Whether a p-value above 0.05 is told, or a confidence interval that holds no difference."""
    if any(float(f"0.{found['decimals']}") > _TEST_LIMIT for found in _P_VALUE.finditer(text)):
        return True
    neutral = 1.0 if _RATIO.search(text) else 0.0
    return any(_number(found["low"]) < neutral < _number(found["high"]) for found in _INTERVAL.finditer(text))


def _number(written: str) -> float:
    return float(re.sub("[−–]", "-", written).replace(",", "."))


def _hedges(scene: Scene, scope: Scene | Clause, around: Surroundings) -> bool:
    """In an overview "probably" is a grade of certainty, the second highest, and no doubt."""
    hedges = scope.of(Role.HEDGE)
    if around.overview and _MAY.search(scene.text):
        return True
    return any(not (around.overview and _LIKELY.match(scene.text, h.start)) for h in hedges)


def _weakly_shown(scene: Scene, claim: Claim, around: Surroundings) -> bool:
    """The document's own study cannot show cause, and the sentence has nothing better."""
    shown = claim.support & (Support.COMPARED | Support.CAUSED | Support.TESTED)
    return around.weak and not scene.has(Role.CITED) and not shown


def _before_and_after(claim: Claim) -> bool:
    """A change after the tiltak came, with nothing to compare it with: promising at best."""
    return claim.support & (Support.AFTER | Support.COMPARED | Support.CAUSED | Support.TESTED) == Support.AFTER


def unclear(scene: Scene, told: list[Claim]) -> bool:
    """Whether a denial stands in the sentence that no claim has used: nobody can tell what is denied."""
    claimed = {m for c in told for m in scene.clause_of(c.cue).of(Role.NEGATION) if c.sign == 0}
    turned = {m for m in scene.of(Role.NEGATION) for c in told if c.outcome and _turns(scene, m, c.outcome)}
    spent = claimed | turned
    loose = [m for m in scene.of(Role.NEGATION) if m not in spent and not _OF_GROUP.search(scene.text[: m.start])]
    return bool(loose) and not _NOT_ONLY.search(scene.text)


def _turns(scene: Scene, negation: Mark, outcome: Mark) -> bool:
    """ "uten nye dommer", "ikke falt tilbake": the outcome itself is denied."""
    return negation.end <= outcome.start and scene.words_between(negation, outcome) <= _TURNING_REACH


def _caveat(scene: Scene, told: list[Claim]) -> bool:
    """ "…, men hadde ingen kontrollgruppe": another clause sets something against the result, and claims nothing."""
    silent = [
        c for c in scene.clauses if c.link in ("but", "though") and not any(c.start <= t.start < c.end for t in told)
    ]
    return bool(silent)
