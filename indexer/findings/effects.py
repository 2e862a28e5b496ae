"""Words of effect themselves: "har god effekt", "ingen virkning", "virker"."""

import re
from collections.abc import Iterator

from indexer.findings.claim import OF_SIGN, WAYS, Claim
from indexer.findings.exclusions import indirect
from indexer.findings.lexicon import Mark, Role
from indexer.findings.scene import Clause, Scene
from indexer.findings.support import support
from indexer.findings.words import words

_NEGATION_REACH = 6
_QUALITY_REACH = 4
_LARGEST = re.compile(
    r"\b(?:størst|sterkest|tydeligst|largest|strongest|greatest)\s+(?:når|der|hvis|dersom|i de|when|where|if)\b",
    re.IGNORECASE,
)


def effects(scene: Scene, clause: Clause, carried: Mark | None) -> Iterator[Claim]:
    """ "har god effekt", "ingen virkning", "virker"."""
    for mark in clause.of(Role.EFFECT):
        if clause.has(Role.VERDICT) or indirect(scene, mark):
            continue
        sign = _effect_sign(scene, clause, mark)
        if sign is not None:
            own = clause.first(Role.OUTCOME)
            yield Claim(
                OF_SIGN[sign],
                mark.start,
                mark.end,
                f"effect.{WAYS[sign]}",
                mark,
                own or carried,
                support(scene, clause, mark),
                carried=own is None,
            )


def _effect_sign(scene: Scene, clause: Clause, mark: Mark) -> int | None:
    negated = any(_reaches(scene, n, mark, _NEGATION_REACH, 2) for n in clause.of(Role.NEGATION))
    negated = (
        negated
        or scene.denies_first_word(clause)
        or _denied_whole(scene, clause)
        or any(d.start <= mark.start for d in clause.of(Role.DENY))
    )
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
