"""Which cues stand in a sentence? The cues are data (`cues/*.toml`), written so that an editor can read them."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from corpus.model import Language
from indexer.findings.words import words

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_KEYS = {Language.NB: ("no", "nb"), Language.NN: ("no", "nn"), Language.EN: ("en",)}
_GAP = r"(?:[^\s,;:.]+\s+){0,4}?"
_FLOATING = ""
_FIRST = re.compile(r"[\w*#]+(?:['’]\w+)?|\S+")
_CHOICE = re.compile(r"\(([^()]*)\)")
_SPECIAL = re.compile(r"\W")
_MEANING = {"*": r"\w*", "#": r"\d+", "'": "['’]"}


class Role(StrEnum):
    """What a cue does in a sentence."""

    CHANGE = "change"
    OUTCOME = "outcome"
    CARRIER = "carrier"
    AGENT = "agent"
    TREATED = "treated"
    CONTROL = "control"
    THAN = "than"
    AFTER = "after"
    CAUSE = "cause"
    LICENCE = "licence"
    EFFECT = "effect"
    QUALITY = "quality"
    RESULT = "result"
    VERDICT = "verdict"
    HEDGE = "hedge"
    TOLD = "told"
    INFORMANTS = "informants"
    SIGNIFICANCE = "significance"
    SMALL = "small"
    UNKNOWN = "unknown"
    TOPIC = "topic"
    DOUBT = "doubt"
    NEGATION = "negation"
    CONTRAST = "contrast"
    BLOCK = "block"
    DENY = "deny"
    REVERSED = "reversed"
    KNOW = "know"
    STUDIED = "studied"
    EXCLUDE = "exclude"
    FINDING = "finding"
    CITED = "cited"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of a cue file. `value` is what it says within its role; `code` a vocabulary id or empty."""

    role: Role
    value: str
    code: str
    forms: Mapping[str, tuple[str, ...]]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue found at `text[start:end]`."""

    role: Role
    value: str
    code: str
    start: int
    end: int

    def holds(self, other: "Mark") -> bool:
        """Whether the other mark lies within this longer one."""
        return self.start <= other.start and other.end <= self.end and self.end - self.start > other.end - other.start


@dataclass(frozen=True, slots=True)
class _Pattern:
    first: re.Pattern[str]
    form: str
    cue: Cue


def load_cues() -> tuple[Cue, ...]:
    """Every cue of every cue file, by file name and place."""
    folder = files("indexer.findings") / "cues"
    paths = sorted((p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)
    return tuple(_cue(entry) for path in paths for entry in tomllib.loads(path.read_text("utf-8")).get("cue", ()))


def _cue(entry: Mapping[str, Any]) -> Cue:
    forms = {key: tuple(entry[key]) for key in ("no", "nb", "nn", "en") if key in entry}
    return Cue(Role(entry["role"]), entry.get("value", ""), entry.get("code", ""), forms, tuple(entry["examples"]))


class Lexicon:
    """Finds the cues of one language. Made once; safe from any thread."""

    def __init__(self, cues: Iterable[Cue], language: Language) -> None:
        buckets: dict[str, dict[re.Pattern[str], list[_Pattern]]] = defaultdict(lambda: defaultdict(list))
        for cue in cues:
            for form in (
                f for key in _KEYS[language] for written in cue.forms.get(key, ()) for f in spelt_out(written)
            ):
                pattern = _compiled(form, cue)
                buckets[_FLOATING if form[0] in "*#" else form[0]][pattern.first].append(pattern)
        self._buckets = {key: tuple(firsts.items()) for key, firsts in buckets.items()}
        self._starting = lru_cache(maxsize=50_000)(self._patterns_for)

    def find(self, text: str) -> tuple[Mark, ...]:
        """Every cue that counts, by start; what another cue has used up is left out."""
        lowered = text.lower() if len(text.lower()) == len(text) else text
        return _counting(sorted(set(self._all(lowered)), key=lambda m: (m.start, -m.end, m.role, m.value, m.code)))

    def _all(self, lowered: str) -> Iterator[Mark]:
        for word in _WORD.finditer(lowered):
            for pattern in self._starting(word[0]):
                cue = pattern.cue
                if cue.role is Role.OUTCOME and word[0].endswith(words("tiltak_heads")):
                    continue
                if found := _whole(pattern.form).match(lowered, word.start()):
                    yield Mark(cue.role, cue.value, cue.code, found.start(), found.end())

    def _patterns_for(self, word: str) -> tuple[_Pattern, ...]:
        near = self._buckets.get(word[0], ()) + self._buckets.get(_FLOATING, ())
        return tuple(pattern for first, patterns in near if first.fullmatch(word) for pattern in patterns)


@cache
def lexicon(language: Language) -> Lexicon:
    """The lexicon of the product's own cues."""
    return Lexicon(load_cues(), language)


def spelt_out(form: str) -> Iterator[str]:
    """A form for every choice of its alternatives: "(økt|auka) vald" is two."""
    if not (found := _CHOICE.search(form)):
        yield form
        return
    for choice in found[1].split("|"):
        yield from spelt_out(form[: found.start()] + choice + form[found.end() :])


def _compiled(form: str, cue: Cue) -> _Pattern:
    return _Pattern(_first(_FIRST.findall(form)[0]), form, cue)


@cache
def _first(word: str) -> re.Pattern[str]:
    return re.compile(_word(word))


@cache
def _whole(form: str) -> re.Pattern[str]:
    """`*` any letters, `...` up to four words, `#` a number. Made when first met."""
    parts = form.split()
    regex = ""
    for place, part in enumerate(parts):
        regex += _GAP if part == "..." else _word(part) + (r"\s+" if place < len(parts) - 1 else "")
    return re.compile(regex + (r"(?!\w)" if form[-1] != "." else ""))


def _word(part: str) -> str:
    return _SPECIAL.sub(lambda m: _MEANING.get(m[0]) or re.escape(m[0]), part)


def _counting(marks: list[Mark]) -> tuple[Mark, ...]:
    blocks = [m for m in marks if m.role is Role.BLOCK]
    return tuple(m for m in marks if m.role is not Role.BLOCK and not _used_up(m, marks, blocks))


_TAKES: Mapping[Role, frozenset[Role]] = {
    Role.CHANGE: frozenset(
        {Role.CHANGE, Role.OUTCOME, Role.CONTROL, Role.TREATED, Role.UNKNOWN, Role.VERDICT, Role.EXCLUDE}
    ),
    Role.OUTCOME: frozenset({Role.OUTCOME, Role.AGENT, Role.CONTROL, Role.TREATED, Role.VERDICT}),
    Role.AGENT: frozenset({Role.AGENT, Role.OUTCOME}),
    Role.TREATED: frozenset({Role.CONTROL, Role.TREATED}),
    Role.CONTROL: frozenset({Role.CONTROL, Role.HEDGE}),
    Role.EFFECT: frozenset({Role.UNKNOWN, Role.VERDICT, Role.EXCLUDE, Role.CHANGE}),
    Role.HEDGE: frozenset({Role.UNKNOWN}),
    Role.SIGNIFICANCE: frozenset({Role.SIGNIFICANCE, Role.VERDICT, Role.UNKNOWN}),
    Role.TOPIC: frozenset(),
    Role.EXCLUDE: frozenset({Role.EXCLUDE, Role.HEDGE, Role.UNKNOWN}),
    Role.NEGATION: frozenset({Role.CONTROL, Role.UNKNOWN, Role.VERDICT, Role.SIGNIFICANCE}),
    Role.CAUSE: frozenset({Role.UNKNOWN, Role.CHANGE}),
}


def _used_up(mark: Mark, marks: list[Mark], blocks: list[Mark]) -> bool:
    """Whether the mark stands in an expression that is no cue, or in a longer cue that has taken its words."""
    if mark.role is not Role.THAN and any(b.start <= mark.start and mark.end <= b.end for b in blocks):
        return True
    takers = _TAKES.get(mark.role, frozenset({mark.role}))
    return any(other.role in takers and other.holds(mark) for other in marks)
