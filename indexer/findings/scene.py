"""What stands in one sentence: its cues, and the clauses they belong to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.model import Language
from indexer.findings.groups import around_tiltak
from indexer.findings.lexicon import Mark, Role, lexicon

_JOINTS = re.compile(
    r";\s|:\s(?=\S+\s\S+\s\S+)|,\s(?=(?:og|and|samt|så)\s)|\s[–—-]\s|\s(?=and\s(?:did|was|were|had|remained|stayed|not)\b)",
    re.IGNORECASE,
)
_OPENERS = re.compile(
    r"(?:mens|medan|selv om|sjølv om|while|whereas|although|though|when|når|da|etter at|after)\b", re.IGNORECASE
)
_ANY = re.compile(r"\s*(?:noen|noe|nokon|noko|noka|any)\b", re.IGNORECASE)
_COMMA = re.compile(r",\s(?:\w+\s){0,2}$")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence with its own cues.

    `link` is what joins it to the one before: but, while, though, and, or empty.
    """

    start: int
    end: int
    link: str
    marks: tuple[Mark, ...]

    def of(self, role: Role, *values: str) -> tuple[Mark, ...]:
        """The cues of a role, with one of the values when any are given."""
        return tuple(m for m in self.marks if m.role is role and (not values or m.value in values))

    def has(self, role: Role, *values: str) -> bool:
        """Whether there is such a cue."""
        return bool(self.of(role, *values))

    def first(self, role: Role) -> Mark | None:
        """The first cue of a role."""
        return next(iter(self.of(role)), None)

    def last(self, role: Role) -> Mark | None:
        """The last cue of a role."""
        return next(reversed(self.of(role)), None)

    @property
    def compares(self) -> bool:
        """Whether the clause only tells how it went for those who did not get the tiltak."""
        others = self.has(Role.CONTROL) and not self.has(Role.TREATED) and not self.has(Role.THAN)
        return others and bool(self.link) and self.start > 0


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence read for cues; all offsets count in `text`."""

    text: str
    language: Language
    marks: tuple[Mark, ...]
    clauses: tuple[Clause, ...]

    def of(self, role: Role, *values: str) -> tuple[Mark, ...]:
        """The cues of a role in the whole sentence."""
        return tuple(m for m in self.marks if m.role is role and (not values or m.value in values))

    def has(self, role: Role, *values: str) -> bool:
        """Whether there is such a cue anywhere."""
        return bool(self.of(role, *values))

    def words_between(self, left: Mark, right: Mark) -> int:
        """How many words stand between two cues; 0 when they touch or overlap."""
        first, second = (left, right) if left.start <= right.start else (right, left)
        return len(self.text[first.end : max(first.end, second.start)].split())

    def clause_of(self, mark: Mark) -> Clause:
        """The clause in which a cue begins."""
        return self.clause_at(mark.start)

    def clause_at(self, place: int) -> Clause:
        """The clause in which a place of the text lies."""
        return next(c for c in reversed(self.clauses) if c.start <= place or c is self.clauses[0])

    def denies_first_word(self, clause: Clause) -> bool:
        """ "Noen gevinst er det ikke mulig å se": what stands first is what the denial behind it denies."""
        denied = any(clause.has(role) for role in (Role.NEGATION, Role.DENY, Role.UNKNOWN))
        return denied and bool(_ANY.match(self.text, clause.start))

    def words_of(self, clause: Clause) -> list[str]:
        """The words of a clause in small letters, signs and all."""
        return self.text[clause.start : clause.end].lower().split()


def set_scene(text: str, language: Language, named: tuple[Mark, ...] = ()) -> Scene:
    """Find the cues of a sentence and part it into clauses. `named` are tiltak and outcomes the vocabulary knows."""
    found = _with_named(lexicon(language).find(text), named)
    marks = tuple(sorted([*found, *around_tiltak(text, found)], key=lambda m: (m.start, -m.end)))
    cuts = _cuts(text, marks)
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    clauses = tuple(_clause(start, end, link, marks) for (start, link), end in zip(cuts, ends, strict=True))
    return Scene(text, language, marks, clauses)


def _with_named(marks: tuple[Mark, ...], named: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The vocabulary's code goes to an outcome the cues found too; what they did not find is added."""
    coded = {m: next((replace(m, code=n.code) for n in named if _same_outcome(m, n)), m) for m in marks}
    added = [n for n in named if not any(_same_outcome(m, n) for m in marks)]
    return tuple(sorted([*coded.values(), *added], key=lambda m: (m.start, -m.end)))


def _same_outcome(mark: Mark, name: Mark) -> bool:
    return mark.role is name.role is Role.OUTCOME and mark.start < name.end and name.start < mark.end


def _clause(start: int, end: int, link: str, marks: tuple[Mark, ...]) -> Clause:
    return Clause(start, end, link, tuple(m for m in marks if start <= m.start < end))


def _cuts(text: str, marks: tuple[Mark, ...]) -> list[tuple[int, str]]:
    """Where clauses begin, and how each is joined to the one before."""
    found = {0: ""}
    for joint in _JOINTS.finditer(text):
        found[joint.end()] = "and"
    for mark in marks:
        if (
            mark.role is Role.CONTRAST
            and mark.start
            and _joins(text, mark)
            and not _between_adjectives(text, mark, marks)
        ):
            found[mark.start] = mark.value
    for start in _other_tiltak(text, marks):
        found.setdefault(start, "and")
    if (opening := _OPENERS.match(text)) and (comma := text.find(",", opening.end())) > 0:
        found.setdefault(comma + 1, "while" if opening[0].lower() in ("mens", "medan", "while", "whereas") else "")
    return _long_enough(sorted(found.items()), text)


def _other_tiltak(text: str, marks: tuple[Mark, ...]) -> Iterator[int]:
    """ "A reduserer vold, B gjør ingen forskjell": a comma before another tiltak than the one before."""
    named = [m for m in marks if m.role is Role.AGENT and m.code]
    for before, agent in pairwise(named):
        if agent.code != before.code and (comma := _COMMA.search(text[before.end : agent.start])):
            yield before.end + comma.start() + 2


def _joins(text: str, mark: Mark) -> bool:
    """Adverbs such as "derimot" contrast the clause they stand in; only conjunctions begin a new one."""
    return text[mark.start : mark.end].lower() not in ("derimot", "imidlertid", "likevel", "dog", "however", "samtidig")


def _between_adjectives(text: str, mark: Mark, marks: tuple[Mark, ...]) -> bool:
    """ "en beskjeden, men sikker nedgang" is one clause."""
    told = [m for m in marks if m.role is Role.CHANGE]
    ahead = [m for m in told if m.start >= mark.end and len(text[mark.end : m.start].split()) == 1]
    return mark.value == "but" and bool(ahead) and not any(m.end <= mark.start for m in told)


def _long_enough(cuts: list[tuple[int, str]], text: str) -> list[tuple[int, str]]:
    kept = [cuts[0]]
    for start, link in cuts[1:]:
        if len(text[kept[-1][0] : start].split()) >= _SHORTEST and len(text[start:].split()) >= _SHORTEST:
            kept.append((start, link))
        elif link and not kept[-1][1] and kept[-1][0]:
            kept[-1] = (kept[-1][0], link)
    return kept
