"""What does each clause claim? One claim per cue that says better, worse, no difference or unknown."""

from collections.abc import Iterator
from dataclasses import replace

from corpus.model import Verdict
from indexer.findings.change import Shift, shifts
from indexer.findings.claim import OF_SIGN, WAYS, Claim
from indexer.findings.denials import denials
from indexer.findings.effects import effects
from indexer.findings.exclusions import indirect
from indexer.findings.lexicon import Mark, Role
from indexer.findings.numbers import group_contrast, time_contrast
from indexer.findings.scene import Clause, Scene
from indexer.findings.support import Support, support
from indexer.findings.unknowns import unknowns
from indexer.findings.words import words

_WISHES = {"down": -1, "up": 1}
_DENIED_REACH = 4


def claims(scene: Scene, carried: Mark | None) -> tuple[Claim, ...]:
    """Every claim of a sentence, in order. `carried` is the outcome the text spoke of before."""
    found = [Claim(Verdict.IKKE_EVALUERT, m.start, m.end, f"unknown.{m.value}", m) for m in unknowns(scene)]
    spoken = carried
    for clause in scene.clauses:
        here = [*_stated(scene, clause), *effects(scene, clause, spoken), *_changes(scene, clause, spoken)]
        found += here or denials(scene, clause, found)
        spoken = clause.last(Role.OUTCOME) or spoken
    numbers = tuple(_numbers(scene, spoken))
    found = [c for c in found if not any(_said_in_numbers(scene, c, n) for n in numbers)]
    return tuple(sorted([*found, *numbers, *_untested(scene, found, carried)], key=lambda c: c.start))


def _said_in_numbers(scene: Scene, claim: Claim, number: Claim) -> bool:
    """A change in the clauses that numbers span is what the numbers say; a "same" is said of something else."""
    if not claim.rule.startswith("change") or claim.cue.value == "same":
        return False
    first, last = scene.clause_of(number.cue), scene.clause_at(number.end)
    return first.start <= claim.start < last.end


def _stated(scene: Scene, clause: Clause) -> Iterator[Claim]:
    """Whole phrases: "mot sin hensikt", "blandede resultater", "uten virkning"."""
    for mark in clause.of(Role.VERDICT):
        verdict = Verdict(mark.value)
        if verdict in (Verdict.BLANDET, Verdict.LOVENDE) and not scene.has(Role.RESULT):
            continue
        if not indirect(scene, mark):
            yield Claim(
                verdict,
                mark.start,
                mark.end,
                f"stated.{mark.value}",
                mark,
                clause.first(Role.OUTCOME),
                support(scene, clause, mark),
            )


def _changes(scene: Scene, clause: Clause, carried: Mark | None) -> Iterator[Claim]:
    compares = clause.compares
    for shift in shifts(scene, clause, carried):
        if not indirect(scene, shift.cue):
            named = scene.text[shift.cue.start : shift.cue.end].lower().startswith(words("themselves"))
            yield replace(_changed(shift, support(scene, clause, shift.cue), compares), itself=named)


def _changed(shift: Shift, held: Support, compares: bool) -> Claim:
    how = next(
        (s.name.lower() for s in (Support.COMPARED, Support.CAUSED, Support.AFTER) if s in held and s.name), "told"
    )
    rule = f"change.{WAYS[shift.sign]}.{how}"
    return Claim(
        OF_SIGN[shift.sign],
        shift.cue.start,
        shift.cue.end,
        rule,
        shift.cue,
        shift.outcome,
        held,
        compares,
        shift.carried,
    )


def _numbers(scene: Scene, carried: Mark | None) -> Iterator[Claim]:
    """ "31 prosent av deltakerne ble siktet på nytt, mot 44 prosent i kontrollgruppen"."""
    contrast, held = group_contrast(scene), Support.COMPARED
    if contrast is None and scene.has(Role.AFTER) and not scene.has(Role.CHANGE):
        contrast, held = time_contrast(scene), Support.AFTER
    if contrast is None:
        return
    cue = Mark(Role.CHANGE, "number", "", contrast.start, contrast.end)
    near = sorted(scene.of(Role.OUTCOME), key=lambda o: scene.words_between(o, cue))
    outcome = near[0] if near else carried
    if outcome is None or (contrast.direction and not near):
        return
    sign = contrast.direction * _wish(scene, outcome)
    if sign == -1 and not (scene.has(Role.TREATED) and scene.has(Role.CONTROL)):
        return
    held |= support(scene, scene.clause_of(cue), cue)
    yield Claim(OF_SIGN[sign], cue.start, cue.end, f"numbers.{WAYS[sign]}", cue, outcome, held, carried=not near)


def _wish(scene: Scene, outcome: Mark) -> int:
    """Where the counted should go: "ikke siktet på nytt", "holdt seg unna kriminalitet" should be many."""
    if scene.has(Role.CHANGE, "good"):
        return 1
    denied = any(
        n.end <= outcome.start and scene.words_between(n, outcome) <= _DENIED_REACH for n in scene.of(Role.NEGATION)
    )
    return -_WISHES[outcome.value] if denied else _WISHES[outcome.value]


def _untested(scene: Scene, found: list[Claim], carried: Mark | None) -> Iterator[Claim]:
    """ "Forskjellen er ikke statistisk sikker" is a finding of its own."""
    marks = scene.of(Role.SIGNIFICANCE, "no")
    if marks and not any(c.sign for c in found):
        outcomes = scene.of(Role.OUTCOME)
        yield Claim(
            Verdict.INGEN_EFFEKT,
            marks[0].start,
            marks[0].end,
            "tested.none",
            marks[0],
            outcomes[0] if outcomes else carried,
            Support.TESTED,
        )
