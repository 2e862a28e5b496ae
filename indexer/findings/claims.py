"""What does each clause claim? One claim per cue that says better, worse, no difference or unknown."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Verdict
from indexer.findings.change import Shift, shifts
from indexer.findings.exclusions import indirect
from indexer.findings.lexicon import Mark, Role
from indexer.findings.numbers import group_contrast, time_contrast
from indexer.findings.scene import Clause, Scene
from indexer.findings.support import Support, support

_SIGNS = {Verdict.VIRKER: 1, Verdict.LOVENDE: 1, Verdict.INGEN_EFFEKT: 0, Verdict.SKADELIG: -1}
_OF_SIGN = {1: Verdict.VIRKER, 0: Verdict.INGEN_EFFEKT, -1: Verdict.SKADELIG}
_WISHES = {"down": -1, "up": 1}
_NEGATION_REACH = 6
_QUALITY_REACH = 4


@dataclass(frozen=True, slots=True)
class Claim:
    """A verdict one clause leads to: the words that decided it, the rule, the outcome, what ties it to a tiltak."""

    verdict: Verdict
    start: int
    end: int
    rule: str
    cue: Mark
    outcome: Mark | None = None
    support: Support = Support.NONE
    compares: bool = False

    @property
    def sign(self) -> int | None:
        """1 as wished, 0 no difference, -1 against; None for mixed and unknown."""
        return _SIGNS.get(self.verdict)


def claims(scene: Scene, carried: Mark | None) -> tuple[Claim, ...]:
    """Every claim of a sentence, in order. `carried` is the outcome the text spoke of before."""
    unknown = tuple(_unknowns(scene))
    if unknown:
        return unknown
    found: list[Claim] = []
    for clause in scene.clauses:
        outcomes = clause.of(Role.OUTCOME)
        found += [*_stated(scene, clause), *_effects(scene, clause, carried), *_changes(scene, clause, carried)]
        carried = outcomes[-1] if outcomes else carried
    return tuple(sorted([*found, *_numbers(scene, carried)], key=lambda c: c.start))


def _unknowns(scene: Scene) -> Iterator[Claim]:
    for mark in scene.of(Role.UNKNOWN):
        if mark.value == "whole" or _about_effect(scene, mark):
            yield Claim(Verdict.IKKE_EVALUERT, mark.start, mark.end, f"unknown.{mark.value}", mark)


def _about_effect(scene: Scene, mark: Mark) -> bool:
    """Whether what is not known is if, how or why something works."""
    topics = [t for t in scene.of(Role.TOPIC) + scene.of(Role.EFFECT) if not mark.holds(t)]
    asked = [c for c in scene.of(Role.CHANGE) if indirect(scene, c)]
    return bool(topics or asked)


def _stated(scene: Scene, clause: Clause) -> Iterator[Claim]:
    """Whole phrases: "mot sin hensikt", "blandede resultater", "uten virkning"."""
    for mark in clause.of(Role.VERDICT):
        verdict = Verdict(mark.value)
        if verdict in (Verdict.BLANDET, Verdict.LOVENDE) and not scene.has(Role.RESULT):
            continue
        if not indirect(scene, mark):
            yield Claim(verdict, mark.start, mark.end, f"stated.{mark.value}", mark, _first_outcome(clause), support(scene, clause, mark))


def _first_outcome(clause: Clause) -> Mark | None:
    outcomes = clause.of(Role.OUTCOME)
    return outcomes[0] if outcomes else None


def _effects(scene: Scene, clause: Clause, carried: Mark | None) -> Iterator[Claim]:
    """"har god effekt", "ingen virkning", "virker"."""
    for mark in clause.of(Role.EFFECT):
        if clause.has(Role.VERDICT) or indirect(scene, mark):
            continue
        sign = _effect_sign(scene, clause, mark)
        if sign is not None:
            outcome = _first_outcome(clause) or carried
            yield Claim(_OF_SIGN[sign], mark.start, mark.end, f"effect.{'none' if not sign else 'good' if sign > 0 else 'bad'}", mark, outcome, support(scene, clause, mark))


def _effect_sign(scene: Scene, clause: Clause, mark: Mark) -> int | None:
    negated = any(_reaches(scene, n, mark, _NEGATION_REACH, 2) for n in clause.of(Role.NEGATION))
    if mark.value == "works":
        return _works_sign(scene, clause, mark, negated)
    qualities = {q.value for q in clause.of(Role.QUALITY) if _reaches(scene, q, mark, _QUALITY_REACH, _QUALITY_REACH)}
    if "bad" in qualities:
        return None if negated else -1
    if negated or any(_reaches(scene, s, mark, 1, 2) for s in clause.of(Role.SMALL)):
        return 0
    return 1 if "good" in qualities else None


def _works_sign(scene: Scene, clause: Clause, mark: Mark, negated: bool) -> int | None:
    agents = [a for a in clause.of(Role.AGENT) + clause.of(Role.TREATED) if a.end <= mark.start]
    if not agents or not _predicate(scene, mark):
        return None
    return 0 if negated else 1


_COPULAS = frozenset("er var blir ble viste viser vist seg være vere vore vært is are was were been proved being to have å mer meir more mest most svært very særlig ikke ikkje not også også also både both".split())
_VERBS = ("virker", "virket", "verkar", "verka", "hjelper", "nytter", "nyttar", "works", "worked", "succeeded", "pays", "paid", "lønner", "løner", "har virket", "har verka", "is working")
_TAILS = frozenset("best godt bra bedre etter mot for på og som slik dempende dempande forebyggende førebyggjande positivt og in at when with by , . ; : ) !".split())


def _predicate(scene: Scene, mark: Mark) -> bool:
    """Adjectives after a copula; verbs at the end of what they say, or with a word of manner."""
    word = scene.text[mark.start : mark.end].lower()
    if word.startswith(_VERBS):
        after = scene.text[mark.end :].lstrip().lower().split()
        return not after or scene.text[mark.end] in ",.;:)!" or after[0].strip(",.;:") in _TAILS
    before = scene.text[: mark.start].lower().split()[-2:]
    return any(w in _COPULAS for w in before)


def _reaches(scene: Scene, mark: Mark, target: Mark, before: int, after: int) -> bool:
    distance = scene.words_between(mark, target)
    return distance <= before if mark.start < target.start else distance <= after


def _changes(scene: Scene, clause: Clause, carried: Mark | None) -> Iterator[Claim]:
    compares = _comparator(scene, clause)
    for shift in shifts(scene, clause, carried):
        held = support(scene, clause, shift.cue)
        if shift.sign == 0 and shift.outcome is None and not held & (Support.COMPARED | Support.NAMED | Support.TREATED):
            continue
        if not indirect(scene, shift.cue):
            yield _changed(shift, held, compares)


def _changed(shift: Shift, held: Support, compares: bool) -> Claim:
    how = "compared" if Support.COMPARED in held else "caused" if Support.CAUSED in held else "after" if Support.AFTER in held else "told"
    way = {1: "good", 0: "none", -1: "bad"}[shift.sign]
    return Claim(_OF_SIGN[shift.sign], shift.cue.start, shift.cue.end, f"change.{way}.{how}", shift.cue, shift.outcome, held, compares)


def _comparator(scene: Scene, clause: Clause) -> bool:
    """Whether the clause only tells how it went for those who did not get the tiltak."""
    return bool(clause.link) and clause.has(Role.CONTROL) and not clause.has(Role.TREATED) and not clause.has(Role.THAN) and clause is not scene.clauses[0]


def _numbers(scene: Scene, carried: Mark | None) -> Iterator[Claim]:
    contrast = group_contrast(scene)
    outcomes = scene.of(Role.OUTCOME)
    outcome = outcomes[0] if outcomes else carried
    if contrast is None:
        contrast = time_contrast(scene) if scene.has(Role.AFTER) else None
    if contrast is None or outcome is None or scene.has(Role.CHANGE):
        return
    cue = Mark(Role.CHANGE, "number", "", contrast.start, contrast.end)
    sign = contrast.direction * _WISHES[outcome.value]
    held = support(scene, scene.clause_of(cue), cue)
    yield Claim(_OF_SIGN[sign], cue.start, cue.end, "numbers", cue, outcome, held)
