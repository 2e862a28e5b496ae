"""Does the sentence say that nobody knows, or that nobody has looked?"""

import re
from collections.abc import Iterator

from indexer.findings.exclusions import indirect
from indexer.findings.lexicon import Mark, Role
from indexer.findings.scene import Clause, Scene
from indexer.findings.words import words

_REACHES = {Role.KNOW: 5, Role.STUDIED: 9}
_WORD = re.compile(r"\w+")
# "Hva alarmen betyr for barna, er ikke undersøkt": the question itself stands first.
_ASKS_FIRST = re.compile(r"(?:hva|kva|om|hvorvidt|korvidt|whether|what)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:it|they|this|these|det|den|dette|denne|disse|desse|dei|de)\b", re.IGNORECASE)


def unknowns(scene: Scene) -> Iterator[Mark]:
    """What says that an effect is not known, by place; none when it is not about an effect."""
    stated = scene.of(Role.UNKNOWN)
    for mark in stated or tuple(_denials(scene)):
        if _about_effect(scene, mark):
            yield mark


def _denials(scene: Scene) -> Iterator[Mark]:
    """A denial near a word of knowing or looking: "kan derfor ikke svare", "er det ingen som har undersøkt"."""
    for clause in scene.clauses:
        for negation in clause.of(Role.NEGATION):
            if " som " in scene.text[max(0, negation.start - 6) : negation.start] and not scene.text[
                : negation.start
            ].endswith("ingen som "):
                continue
            yield from _denied(scene, clause, negation, Role.KNOW, "denied")
            yield from _denied(scene, clause, negation, Role.STUDIED, "unstudied")


def _denied(scene: Scene, clause: Clause, negation: Mark, role: Role, name: str) -> Iterator[Mark]:
    for mark in clause.of(role):
        after = mark.start >= negation.end and scene.words_between(negation, mark) <= _REACHES[role]
        if after or _knows_not(scene, negation, mark):
            if role is Role.KNOW and not _able(scene, clause):
                continue
            yield Mark(Role.UNKNOWN, name, "", min(negation.start, mark.start), max(mark.end, negation.end))
            return


def _knows_not(scene: Scene, negation: Mark, mark: Mark) -> bool:
    """ "vet vi derfor ikke"."""
    word = scene.text[mark.start : mark.end].lower()
    return (
        word in words("knowing")
        and negation.start >= mark.end
        and scene.words_between(mark, negation) <= _REACHES[mark.role]
    )


def _able(scene: Scene, clause: Clause) -> bool:
    said = _WORD.findall(scene.text[clause.start : clause.end].lower())
    return any(word in words("able") for word in said)


def _about_effect(scene: Scene, mark: Mark) -> bool:
    """Whether what is not known is if, how or why something works."""
    if any(not mark.holds(t) for t in scene.of(Role.TOPIC) + scene.of(Role.EFFECT)):
        return True
    if any(indirect(scene, c) for c in scene.of(Role.CHANGE)) or _ASKS_FIRST.match(scene.text):
        return True
    named = scene.of(Role.AGENT) or scene.of(Role.OUTCOME) or scene.of(Role.TREATED) or _PRONOUN.match(scene.text)
    return mark.value == "whole" and bool(named)
