"""What a sentence says by pointing at the one before: "Det samme gjaldt fraværet", "Det samme kan ikke sies om …"."""

import re

from corpus.model import Verdict
from indexer.findings.lexicon import Mark, Role
from indexer.findings.model import Reading
from indexer.findings.scene import Scene
from indexer.findings.surroundings import Surroundings

_AGAIN = re.compile(
    r"(?:og\s+|men\s+|and\s+|but\s+)?(?:det (?:samme|same)(?: (?:bildet|biletet|mønsteret))?|slik (?:er"
    r"|var) det|the same(?: (?:picture|pattern))?)\b"
    r"[^,.;]{0,30}?\b(?:gjelder|gjaldt|gjeld|galdt|ser vi|så vi|såg vi|finner vi|fant vi|finn vi|fann vi"
    r"|teiknar seg|tegner seg|er tilfelle\w*"
    r"|var tilfelle\w*|sies om|seiast om|også|òg|applie[sd]|holds|held|goes|is true|was true|was found"
    r"|can be said|emerges|emerged)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:ikke|ikkje|not)\b|n't\b", re.IGNORECASE)
_DENIAL_REACH = 12  # characters
_GOOD = (Verdict.VIRKER, Verdict.LOVENDE)


def again(scene: Scene, around: Surroundings) -> Reading | None:
    """The verdict of the sentence before, said again of another outcome or group; denied, a good one becomes none."""
    found = _AGAIN.match(scene.text)
    if found is None or around.said is None or not around.results or scene.has(Role.CHANGE):
        return None
    outcome = scene.of(Role.OUTCOME)[0] if scene.has(Role.OUTCOME) else None
    if outcome is None and not scene.has(Role.AGENT) and not scene.has(Role.TREATED):
        return None
    verdict = _turned(around.said) if _DENIED.search(scene.text, 0, found.end() + _DENIAL_REACH) else around.said
    return _reading(verdict, found, outcome) if verdict else None


def points_back(scene: Scene) -> bool:
    """Whether a sentence only says that the same holds: what it says then, the sentence before decides."""
    return bool(_AGAIN.match(scene.text))


def _turned(said: Verdict) -> Verdict | None:
    return Verdict.INGEN_EFFEKT if said in _GOOD else None


def _reading(verdict: Verdict, found: re.Match[str], outcome: Mark | None) -> Reading:
    code = outcome.code if outcome and outcome.code else None
    return Reading(verdict, found.start(), found.end(), f"again.{verdict}", code)
