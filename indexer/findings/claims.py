"""What does each clause claim? One claim per cue that says better, worse, no difference or unknown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.model import Verdict
from indexer.findings.change import Shift, shifts
from indexer.findings.exclusions import indirect
from indexer.findings.lexicon import Mark, Role
from indexer.findings.numbers import group_contrast, time_contrast
from indexer.findings.scene import Clause, Scene
from indexer.findings.support import Support, support
from indexer.findings.unknowns import unknowns
from indexer.findings.words import words

_SIGNS = {Verdict.VIRKER: 1, Verdict.LOVENDE: 1, Verdict.INGEN_EFFEKT: 0, Verdict.SKADELIG: -1}
_OF_SIGN = {1: Verdict.VIRKER, 0: Verdict.INGEN_EFFEKT, -1: Verdict.SKADELIG}
_WAYS = {1: "good", 0: "none", -1: "bad"}
_WISHES = {"down": -1, "up": 1}
_NEGATION_REACH = 6
_QUALITY_REACH = 4
_LARGEST = re.compile(
    r"\b(?:størst|sterkest|tydeligst|largest|strongest|greatest)\s+(?:når|der|hvis|dersom|i de|when|where|if)\b",
    re.IGNORECASE,
)
_ELLIPSIS_WORDS = 14


@dataclass(frozen=True, slots=True)
class Claim:
    """A verdict one clause leads to: the words that decided it, the rule, the outcome, what ties it to a tiltak.

    `compares` is true for a clause about those who did not get the tiltak; `carried` when the outcome
    was named before, not here.
    """

    verdict: Verdict
    start: int
    end: int
    rule: str
    cue: Mark
    outcome: Mark | None = None
    support: Support = Support.NONE
    compares: bool = False
    carried: bool = False
    itself: bool = False

    @property
    def sign(self) -> int | None:
        """1 as wished, 0 no difference, -1 against; None for mixed and unknown."""
        return _SIGNS.get(self.verdict)


def claims(scene: Scene, carried: Mark | None) -> tuple[Claim, ...]:
    """Every claim of a sentence, in order. `carried` is the outcome the text spoke of before."""
    found = [Claim(Verdict.IKKE_EVALUERT, m.start, m.end, f"unknown.{m.value}", m) for m in unknowns(scene)]
    spoken = carried
    for clause in scene.clauses:
        outcomes = clause.of(Role.OUTCOME)
        here = [*_stated(scene, clause), *_effects(scene, clause, spoken), *_changes(scene, clause, spoken)]
        found += here or _ellipsis(scene, clause, found)
        spoken = outcomes[-1] if outcomes else spoken
    numbers = tuple(_numbers(scene, spoken))
    if numbers:
        found = [c for c in found if not c.rule.startswith("change") or c.cue.value == "same"]
    return tuple(sorted([*found, *numbers, *_untested(scene, found, carried)], key=lambda c: c.start))


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
                _first_outcome(clause),
                support(scene, clause, mark),
            )


def _first_outcome(clause: Clause) -> Mark | None:
    outcomes = clause.of(Role.OUTCOME)
    return outcomes[0] if outcomes else None


def _effects(scene: Scene, clause: Clause, carried: Mark | None) -> Iterator[Claim]:
    """ "har god effekt", "ingen virkning", "virker"."""
    for mark in clause.of(Role.EFFECT):
        if clause.has(Role.VERDICT) or indirect(scene, mark):
            continue
        sign = _effect_sign(scene, clause, mark)
        if sign is not None:
            own = _first_outcome(clause)
            yield Claim(
                _OF_SIGN[sign],
                mark.start,
                mark.end,
                f"effect.{_WAYS[sign]}",
                mark,
                own or carried,
                support(scene, clause, mark),
                carried=own is None,
            )


def _effect_sign(scene: Scene, clause: Clause, mark: Mark) -> int | None:
    negated = any(_reaches(scene, n, mark, _NEGATION_REACH, 2) for n in clause.of(Role.NEGATION))
    negated = negated or _denied_whole(scene, clause) or any(d.start <= mark.start for d in clause.of(Role.DENY))
    if mark.value == "works":
        return _works_sign(scene, clause, mark, negated)
    if _moderates(scene, mark):
        return None
    qualities = {q.value for q in clause.of(Role.QUALITY) if _reaches(scene, q, mark, _QUALITY_REACH, _QUALITY_REACH)}
    if "bad" in qualities:
        return None if negated else -1
    if negated or any(_reaches(scene, s, mark, 1, 2) for s in clause.of(Role.SMALL)):
        return 0
    return 1 if "good" in qualities else None


def _denied_whole(scene: Scene, clause: Clause) -> bool:
    """ "Verken for gutter eller jenter …": the denial reaches the whole clause."""
    return any(scene.text[n.start : n.end].lower() in words("whole") for n in clause.of(Role.NEGATION))


def _moderates(scene: Scene, mark: Mark) -> bool:
    """ "utslaget er størst når …": for whom or when, not whether."""
    return bool(_LARGEST.search(scene.text, mark.start))


def _works_sign(scene: Scene, clause: Clause, mark: Mark, negated: bool) -> int | None:
    agents = [a for a in clause.of(Role.AGENT) + clause.of(Role.TREATED) if a.end <= mark.start]
    if not agents or not _predicate(scene, mark):
        return None
    return 0 if negated else 1


def _predicate(scene: Scene, mark: Mark) -> bool:
    """Adjectives after a copula; verbs at the end of what they say, or with a word of manner."""
    word = scene.text[mark.start : mark.end].lower()
    if word.startswith(words("verbs")):
        after = scene.text[mark.end :].lstrip().lower().split()
        return not after or scene.text[mark.end] in ",.;:)!" or after[0].strip(",.;:") in words("tails")
    before = scene.text[: mark.start].lower().split()[-2:]
    return any(w in words("copulas_before_adjectives") for w in before)


def _reaches(scene: Scene, mark: Mark, target: Mark, before: int, after: int) -> bool:
    distance = scene.words_between(mark, target)
    return distance <= before if mark.start < target.start else distance <= after


def _changes(scene: Scene, clause: Clause, carried: Mark | None) -> Iterator[Claim]:
    compares = _comparator(scene, clause)
    for shift in shifts(scene, clause, carried):
        if not indirect(scene, shift.cue):
            named = scene.text[shift.cue.start : shift.cue.end].lower().startswith(words("themselves"))
            yield replace(_changed(shift, support(scene, clause, shift.cue), compares), itself=named)


def _changed(shift: Shift, held: Support, compares: bool) -> Claim:
    how = next(
        (s.name.lower() for s in (Support.COMPARED, Support.CAUSED, Support.AFTER) if s in held and s.name), "told"
    )
    rule = f"change.{_WAYS[shift.sign]}.{how}"
    return Claim(
        _OF_SIGN[shift.sign],
        shift.cue.start,
        shift.cue.end,
        rule,
        shift.cue,
        shift.outcome,
        held,
        compares,
        shift.carried,
    )


def _comparator(scene: Scene, clause: Clause) -> bool:
    """Whether the clause only tells how it went for those who did not get the tiltak."""
    return (
        bool(clause.link)
        and clause is not scene.clauses[0]
        and clause.has(Role.CONTROL)
        and not clause.has(Role.TREATED)
        and not clause.has(Role.THAN)
    )


def _ellipsis(scene: Scene, clause: Clause, found: list[Claim]) -> list[Claim]:
    """ "…, men ikke vold", "…, but violence did not": what was said before is denied here."""
    negations = clause.of(Role.NEGATION)
    told = [c for c in found if c.sign]
    if small := _only_small(clause, told):
        return [
            Claim(
                Verdict.INGEN_EFFEKT,
                small.start,
                small.end,
                "change.none.small",
                small,
                _first_outcome(clause),
                told[-1].support,
            )
        ]
    if (
        not negations
        or not told
        or clause.link not in ("but", "while", "and")
        or clause.has(Role.UNKNOWN)
        or clause.has(Role.HEDGE)
        or clause.has(Role.KNOW)
    ):
        return []
    if len(scene.text[clause.start : clause.end].split()) > _ELLIPSIS_WORDS or clause.has(Role.EXCLUDE):
        return []
    first = negations[0]
    compares = _comparator(scene, clause)
    if (
        not compares
        and not clause.has(Role.OUTCOME)
        and not re.search(r"\b(?:det|det til|not|ikke|ikkje)\W*$", scene.text[clause.start : clause.end].strip(" ."))
    ):
        return []
    return [
        Claim(
            Verdict.INGEN_EFFEKT,
            first.start,
            first.end,
            "change.none.ellipsis",
            first,
            _first_outcome(clause),
            told[-1].support,
            compares,
        )
    ]


def _only_small(clause: Clause, told: list[Claim]) -> Mark | None:
    """ "…, but only marginal for aggression"."""
    small = clause.of(Role.SMALL)
    return (
        small[0]
        if small and told and clause.link == "but" and clause.has(Role.OUTCOME) and not clause.has(Role.EXCLUDE)
        else None
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
    held |= support(scene, scene.clause_of(cue), cue)
    yield Claim(_OF_SIGN[sign], cue.start, cue.end, f"numbers.{_WAYS[sign]}", cue, outcome, held, carried=not near)


def _wish(scene: Scene, outcome: Mark) -> int:
    """Where the counted should go: "ikke siktet på nytt", "holdt seg unna kriminalitet" should be many."""
    if scene.has(Role.CHANGE, "good"):
        return 1
    denied = any(
        n.end <= outcome.start and scene.words_between(n, outcome) <= _QUALITY_REACH for n in scene.of(Role.NEGATION)
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
