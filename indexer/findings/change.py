"""Did an outcome move, and for better or worse? Direction of change times where the outcome should go."""

from dataclasses import dataclass

from indexer.findings.lexicon import Mark, Role
from indexer.findings.scene import Clause, Scene

_NEAR = 3
_REACH = 14
_NEGATION_REACH = 6
_DIRECTIONS = {"down": -1, "less": -1, "up": 1, "more": 1}
_WISHES = {"down": -1, "up": 1}
_VERBS_BOTH_WAYS = ("svekk", "styrk", "weaken", "strengthen", "undermin")


@dataclass(frozen=True, slots=True)
class Shift:
    """One change: `sign` 1 as wished, -1 against, 0 none; the cue that tells; the outcome where one was found."""

    sign: int
    cue: Mark
    outcome: Mark | None = None


def shifts(scene: Scene, clause: Clause, carried: Mark | None = None) -> tuple[Shift, ...]:
    """The changes a clause tells of. `carried` is the outcome spoken of before, for clauses that name none."""
    found = [_shift(scene, clause, mark, carried) for mark in clause.of(Role.CHANGE) if mark.value != "same"]
    return tuple(s for s in found if s is not None) + _standstills(clause, carried)


def _standstills(clause: Clause, carried: Mark | None) -> tuple[Shift, ...]:
    outcomes = clause.of(Role.OUTCOME)
    outcome = outcomes[0] if outcomes else carried
    return tuple(Shift(0, m, outcome) for m in clause.of(Role.CHANGE, "same"))


def _shift(scene: Scene, clause: Clause, mark: Mark, carried: Mark | None) -> Shift | None:
    outcome = _outcome(scene, clause, mark)
    if outcome is None and mark.value in ("down", "up"):
        outcome = carried
    sign = _sign(scene, clause, mark, outcome)
    if sign is None:
        return None
    if _negated(scene, clause, mark):
        return Shift(0, mark, outcome) if sign > 0 else None
    return Shift(sign, mark, outcome)


def _sign(scene: Scene, clause: Clause, mark: Mark, outcome: Mark | None) -> int | None:
    if mark.value in ("good", "bad"):
        sign = 1 if mark.value == "good" else -1
        bent = scene.text[mark.start : mark.end].lower().startswith(_VERBS_BOTH_WAYS)
        return -sign if bent and outcome is not None and outcome.value == "down" else sign
    if outcome is None:
        return None
    flipped = -1 if _outcome_negated(scene, clause, outcome, mark) else 1
    return _DIRECTIONS[mark.value] * _WISHES[outcome.value] * flipped


def _outcome(scene: Scene, clause: Clause, mark: Mark) -> Mark | None:
    """The outcome a change is about: the nearest, what follows before what stands in front."""
    reach = _NEAR if mark.value in ("less", "more") else _REACH
    ranked = sorted(clause.of(Role.OUTCOME), key=lambda o: scene.words_between(mark, o) + (0.5 if o.start < mark.start else 0))
    near = [o for o in ranked if scene.words_between(mark, o) <= reach]
    return near[0] if near else None


def _negated(scene: Scene, clause: Clause, mark: Mark) -> bool:
    """"førte ikke til færre", "økte ikke", "ingen nedgang"."""
    for negation in clause.of(Role.NEGATION):
        distance = scene.words_between(negation, mark)
        if negation.start < mark.start and distance <= _NEGATION_REACH and not _relative_between(scene, negation, mark):
            return True
        if negation.start >= mark.end and distance <= 1:
            return True
    return False


def _relative_between(scene: Scene, negation: Mark, mark: Mark) -> bool:
    between = scene.text[negation.end : mark.start]
    return "," in between or " som " in between


def _outcome_negated(scene: Scene, clause: Clause, outcome: Mark, mark: Mark) -> bool:
    """"andelen som ikke falt tilbake, økte": the outcome itself is denied, not the change."""
    return any(
        n.end <= outcome.start and scene.words_between(n, outcome) <= _NEAR and not n.end <= mark.start <= outcome.start
        and (" som " in scene.text[max(0, n.start - 6) : n.start + 1] or scene.text[n.start : n.end].lower() in ("uten", "utan", "without"))
        for n in clause.of(Role.NEGATION)
    )
