"""What is not a finding, however it sounds? Each reason is the rule's name in the trace."""

import re

from indexer.findings.lexicon import Mark, Role
from indexer.findings.scene import Clause, Scene

_POTENTIAL = re.compile(r"\b(?:kan|can|may|could|might)\b(?!\s+(?:ha|have|sees|se)\b)", re.IGNORECASE)
_INFINITIVE = re.compile(r"(?:\bå|\bto)\s+(?:\w+\s+)?$", re.IGNORECASE)
_INDIRECT = re.compile(
    r"\b(?:om(?! lag| enn| trent)|hvorvidt|whether|hvilke[nt]?|hva slags|hva|kva|korleis|hvordan|how|what)\b",
    re.IGNORECASE,
)
_BEFORE = ("aim", "plan", "expect")
_ANYWHERE = ("condition", "belief", "advice")
_SAME_CLAUSE = ("praise", "resources")


def why_left(scene: Scene, cue: Mark, compared: bool) -> str | None:
    """The reason a cue is no finding, or None. `compared`: two groups or times are set against each other."""
    clause = scene.clause_of(cue)
    return (
        _whole(scene)
        or _ahead(scene, clause, cue)
        or _infinitive(scene, clause, cue)
        or _potential(scene, clause, cue)
        or _beside(scene, clause, cue, compared)
    )


def asks(text: str) -> bool:
    """Whether the sentence is a question."""
    return text.rstrip(" \"'»”)").endswith("?")


def indirect(scene: Scene, cue: Mark) -> bool:
    """Whether the cue stands in an indirect question: "om tiltaket har effekt"."""
    clause = scene.clause_of(cue)
    return bool(_INDIRECT.search(scene.text, clause.start, cue.start))


def _whole(scene: Scene) -> str | None:
    if asks(scene.text):
        return "question"
    return next((m.value for m in scene.of(Role.EXCLUDE, *_ANYWHERE)), None)


def _ahead(scene: Scene, clause: Clause, cue: Mark) -> str | None:
    """Aims, plans and expectations reach what follows them in their clause."""
    for mark in clause.of(Role.EXCLUDE, *_BEFORE):
        if mark.start <= cue.start and not _licensed(clause, cue, mark.end):
            return mark.value
    return None


def _infinitive(scene: Scene, clause: Clause, cue: Mark) -> str | None:
    if _INFINITIVE.search(scene.text, clause.start, cue.start) and not _licensed(clause, cue, clause.start):
        return "infinitive"
    return None


def _potential(scene: Scene, clause: Clause, cue: Mark) -> str | None:
    found = _POTENTIAL.search(scene.text, clause.start, clause.end)
    taken = found and any(m.start <= found.start() < m.end for m in clause.of(Role.HEDGE) + clause.of(Role.UNKNOWN))
    return "potential" if found and not taken and not scene.has(Role.CITED) else None


def _beside(scene: Scene, clause: Clause, cue: Mark, compared: bool) -> str | None:
    if compared:
        return None
    if scene.has(Role.EXCLUDE, "method"):
        return "method"
    return next((m.value for m in clause.of(Role.EXCLUDE, *_SAME_CLAUSE)), None)


def _licensed(clause: Clause, cue: Mark, after: int) -> bool:
    """Whether "bidro til å" and the like stand between, so that the infinitive happened."""
    return any(after <= m.start <= cue.start and cue.start - m.end <= 40 for m in clause.of(Role.LICENCE))
