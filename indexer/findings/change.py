"""Did an outcome move, and for better or worse? Direction of change times where the outcome should go."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.findings.lexicon import Mark, Role
from indexer.findings.scene import Clause, Scene
from indexer.findings.words import words

_REACH = 14
_FOLLOWING = 8
_ATTRIBUTIVE = 2
_SMALLER = 3
_NEGATION_REACH = 6
_NOUN_REACH = 4
_VERB_REACH = 4
_COPULA_REACH = 4
_DIRECTIONS = {"down": -1, "fewer": -1, "lower": -1, "up": 1, "more": 1, "higher": 1}
_JUDGED = {"good": 1, "better": 1, "bad": -1, "worse": -1}
_WISHES = {"down": -1, "up": 1}
_NEXT_WORD = re.compile(r"\s*([a-zæøåéA-ZÆØÅ-]+)")
_PARTED = re.compile(r"[,;:]|\b(?:som|men|og|der|mens|enn|fordi)\b")
_LESS = re.compile(
    r"\b(?:mindre|mildere|mildare|svakere|svakare|lavere|lågare|slakere|slakare|smaller|weaker|slower|milder)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_STOPS = re.compile(r"[,;]|\b(?:enn|than)\b")


@dataclass(frozen=True, slots=True)
class Shift:
    """One change: `sign` 1 as wished, -1 against, 0 none; the cue that tells; the outcome where one was found."""

    sign: int
    cue: Mark
    outcome: Mark | None = None
    carried: bool = False


def shifts(scene: Scene, clause: Clause, carried: Mark | None = None) -> tuple[Shift, ...]:
    """The changes a clause tells of. `carried` is the outcome spoken of before, for clauses that name none."""
    found = (_shift(scene, clause, mark, carried) for mark in _telling(scene, clause))
    return tuple(shift for shift in found if shift is not None)


def _telling(scene: Scene, clause: Clause) -> Iterator[Mark]:
    """The changes that are told: not those behind "enn", not a "mer" that only says how much."""
    marks = clause.of(Role.CHANGE)
    for place, mark in enumerate(marks):
        if place and _behind_than(clause, marks[0], mark):
            continue
        if _subject_of_same(scene, clause, mark) or _participle(scene, clause, mark):
            continue
        if mark.value in ("more", "fewer") and place and _degree(scene, clause, marks[place - 1], mark):
            continue
        if mark.value == "more" and not _more_than(scene, clause, mark):
            continue
        yield mark


def _subject_of_same(scene: Scene, clause: Clause, mark: Mark) -> bool:
    """ "økningen var den samme": the noun is what stood still."""
    return mark.value in ("down", "up") and any(
        mark.end <= s.start and scene.words_between(mark, s) <= _NEGATION_REACH and not _behind_than(clause, mark, s)
        for s in clause.of(Role.CHANGE, "same")
    )


def _behind_than(clause: Clause, mark: Mark, other: Mark) -> bool:
    return any(mark.end <= t.start < other.start for t in clause.of(Role.THAN))


def _participle(scene: Scene, clause: Clause, mark: Mark) -> bool:
    """ "økt bemanning", "improved lighting": said of a noun that is no outcome."""
    if _text(scene, mark) not in words("participles") or not _attributive(scene, clause, mark):
        return False
    before = scene.text[clause.start : mark.start].lower().split()[-2:]
    return not any(word in words("auxiliaries") for word in before)


def _degree(scene: Scene, clause: Clause, before: Mark, mark: Mark) -> bool:
    follows = any(mark.end <= o.start and scene.words_between(mark, o) <= 1 for o in clause.of(Role.OUTCOME))
    return not follows and scene.words_between(before, mark) <= _FOLLOWING


def _more_than(scene: Scene, clause: Clause, mark: Mark) -> bool:
    """ "flere" may be "several": more than something, much more, or caused."""
    near = any(mark.end <= o.start and not scene.words_between(mark, o) for o in clause.of(Role.OUTCOME))
    before = scene.text[clause.start : mark.start].lower().split()[-2:]
    led = any(c.end <= mark.start for c in clause.of(Role.CAUSE))
    return (
        near
        or led
        or clause.has(Role.THAN)
        or any(w in words("intensifiers") for w in before)
        or _just_before(scene, mark, clause.of(Role.OUTCOME)) is not None
    )


def _shift(scene: Scene, clause: Clause, mark: Mark, carried: Mark | None) -> Shift | None:
    if mark.value == "same":
        return _still(clause, mark, carried)
    if mark.value == "move":
        return _still(clause, mark, carried) if _denied(scene, clause, mark, _NOUN_REACH) else None
    outcome = _outcome(scene, clause, mark)
    lent = outcome is None and mark.value in ("down", "up", "lower", "higher", "good", "bad") and carried is not None
    sign = _sign(scene, clause, mark, carried if lent else outcome)
    if sign is None:
        return None
    if scene.has(Role.REVERSED) or _softened(scene, mark):
        sign = -sign
    if _denied(scene, clause, mark, _NEGATION_REACH):
        return Shift(0, mark, carried if lent else outcome, lent) if sign > 0 else None
    return Shift(sign, mark, carried if lent else outcome, lent)


def _softened(scene: Scene, mark: Mark) -> bool:
    """ "en mildere økning enn …": less of what went up is better, less of what went down is worse."""
    return mark.value in ("up", "down") and bool(_LESS.search(scene.text[: mark.start]))


def _still(clause: Clause, mark: Mark, carried: Mark | None) -> Shift:
    outcomes = clause.of(Role.OUTCOME)
    return Shift(0, mark, outcomes[0] if outcomes else carried, not outcomes)


def _sign(scene: Scene, clause: Clause, mark: Mark, outcome: Mark | None) -> int | None:
    if mark.value in _JUDGED:
        if mark.value in ("better", "worse") and _attributive(scene, clause, mark):
            return None
        sign = _JUDGED[mark.value]
        bent = _text(scene, mark).startswith(words("bent"))
        return -sign if bent and outcome is not None and outcome.value == "down" else sign
    if outcome is None:
        return None
    flipped = -1 if _outcome_denied(scene, clause, outcome, mark) else 1
    return _DIRECTIONS[mark.value] * _WISHES[outcome.value] * flipped


def _attributive(scene: Scene, clause: Clause, mark: Mark) -> bool:
    """ "et bedre inspeksjonssystem": the comparative belongs to a noun that is no outcome."""
    word = _NEXT_WORD.match(scene.text, mark.end)
    if word is None or word[1].lower() in words("function"):
        return False
    return not any(
        scene.words_between(mark, o) <= _ATTRIBUTIVE and o.start >= mark.end for o in clause.of(Role.OUTCOME)
    )


def _outcome(scene: Scene, clause: Clause, mark: Mark) -> Mark | None:
    """The outcome a change is about. How many (færre) looks ahead; a comparative ahead at once, else back."""
    outcomes = clause.of(Role.OUTCOME)
    if mark.value in ("fewer", "more") and not _predicative(scene, mark):
        reach = _SMALLER if _text(scene, mark) in ("mindre", "less") else _FOLLOWING
        return _ahead(scene, mark, outcomes, reach) or _just_before(scene, mark, outcomes)
    if mark.value in ("lower", "higher", "fewer", "more"):
        return (
            _ahead(scene, mark, outcomes, _ATTRIBUTIVE)
            or _nearest(scene, mark, [o for o in outcomes if o.end <= mark.start])
            or _ahead(scene, mark, outcomes, _FOLLOWING)
        )
    return _nearest(scene, mark, list(outcomes))


def _predicative(scene: Scene, mark: Mark) -> bool:
    """ "risikoen blir mindre": said of what stands in front."""
    before = scene.text[: mark.start].lower().split()[-_COPULA_REACH:]
    word = _NEXT_WORD.match(scene.text, mark.end)
    ends = word is None or word[1].lower() in words("function")
    return ends and any(b in words("copulas_before_comparatives") for b in before)


def _ahead(scene: Scene, mark: Mark, outcomes: tuple[Mark, ...], reach: int) -> Mark | None:
    stop = _STOPS.search(scene.text, mark.end)
    limit = stop.start() if stop else len(scene.text)
    return next((o for o in outcomes if mark.end <= o.start < limit and scene.words_between(mark, o) <= reach), None)


def _just_before(scene: Scene, mark: Mark, outcomes: tuple[Mark, ...]) -> Mark | None:
    """ "drakk mindre", "mobba meir"."""
    return next((o for o in reversed(outcomes) if o.end <= mark.start and scene.words_between(o, mark) <= 1), None)


def _nearest(scene: Scene, mark: Mark, outcomes: list[Mark]) -> Mark | None:
    ranked = sorted(outcomes, key=lambda o: scene.words_between(mark, o) + (0.5 if o.start < mark.start else 0))
    return ranked[0] if ranked and scene.words_between(mark, ranked[0]) <= _REACH else None


def _denied(scene: Scene, clause: Clause, mark: Mark, reach: int) -> bool:
    """ "førte ikke til færre", "økte ikke", "ingen nedgang", "fant ikke at volden sank"."""
    if any(d.start <= mark.start for d in clause.of(Role.DENY)) or scene.denies_first_word(clause):
        return True
    outcomes = clause.of(Role.OUTCOME)
    spent = {n for n in clause.of(Role.NEGATION) if any(_denies_outcome(scene, n, o, mark) for o in outcomes)}
    return any(_reaches(scene, n, mark, reach) for n in clause.of(Role.NEGATION) if n not in spent)


def _reaches(scene: Scene, negation: Mark, mark: Mark, reach: int) -> bool:
    if negation.start >= mark.end:
        return _behind_verb(scene, negation, mark)
    if _text(scene, negation) in words("whole_clause"):
        return True
    between = scene.text[negation.end : mark.start]
    return scene.words_between(negation, mark) <= reach and "," not in between and " som " not in between


def _behind_verb(scene: Scene, negation: Mark, mark: Mark) -> bool:
    """ "skilte ungdommene seg derimot ikke": a verb may be denied behind its subject, a noun only at once."""
    if _text(scene, negation) not in words("after_verb"):
        return False
    between = scene.text[mark.end : negation.start]
    if len(between.split()) <= 1:
        return True
    noun = _text(scene, mark).endswith(words("noun_endings"))
    return not noun and len(between.split()) <= _VERB_REACH and not _PARTED.search(between)


def _outcome_denied(scene: Scene, clause: Clause, outcome: Mark, mark: Mark) -> bool:
    """ "andelen som ikke falt tilbake", "uten nye dommer": the outcome itself is denied, not the change."""
    return any(_denies_outcome(scene, n, outcome, mark) for n in clause.of(Role.NEGATION))


def _denies_outcome(scene: Scene, negation: Mark, outcome: Mark, mark: Mark) -> bool:
    near = negation.end <= outcome.start and scene.words_between(negation, outcome) <= _NOUN_REACH
    if not near or negation.end <= mark.start <= outcome.start:
        return False
    before = scene.text[max(0, negation.start - 6) : negation.start]
    return " som " in before + " " or "who " in before or _text(scene, negation) in words("without")


def _text(scene: Scene, mark: Mark) -> str:
    return scene.text[mark.start : mark.end].lower()
