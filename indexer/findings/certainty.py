"""How sure is the author of a good result? Hedges, caveats, tests that failed, opinions, weak studies."""

import re

from corpus.model import Verdict
from indexer.findings.claim import Claim
from indexer.findings.lexicon import Role
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
_TEST_LIMIT = 0.05
_LIKELY = re.compile(r"(?:sannsynligvis|sannsynlegvis|trolig|truleg|probably|likely)\b", re.IGNORECASE)


def hedged(scene: Scene, claim: Claim, scope: Scene | Clause, told: list[Claim], around: Surroundings) -> Verdict:
    """A good result with a reservation is promising; one that fails its test is none. `scope` is where to look."""
    if claim.sign != 1:
        return claim.verdict
    if scope.has(Role.SIGNIFICANCE, "no"):
        return Verdict.INGEN_EFFEKT
    unsure = claim.verdict is Verdict.LOVENDE or _hedges(scene, scope, around) or _caveat(scene, told)
    opinion = scope.has(Role.TOLD) and scope.has(Role.INFORMANTS)
    tested = fails_test(scene.text) or _weakly_shown(scene, claim, around)
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
    return any(not (around.overview and _LIKELY.match(scene.text, h.start)) for h in hedges)


def _weakly_shown(scene: Scene, claim: Claim, around: Surroundings) -> bool:
    """The document's own study cannot show cause, and the sentence has nothing better."""
    shown = claim.support & (Support.COMPARED | Support.CAUSED | Support.TESTED)
    return around.weak and not scene.has(Role.CITED) and not shown


def _caveat(scene: Scene, told: list[Claim]) -> bool:
    """ "…, men hadde ingen kontrollgruppe": a reservation in another clause that claims nothing itself."""
    silent = [
        c for c in scene.clauses if c.link in ("but", "though") and not any(c.start <= t.start < c.end for t in told)
    ]
    return any(c.has(r) for c in silent for r in (Role.NEGATION, Role.KNOW, Role.UNKNOWN, Role.SMALL, Role.HEDGE))
