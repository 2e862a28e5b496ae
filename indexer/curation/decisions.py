"""What did a person decide on a finding? One `[[findings]]` of a curation file.

A decision is kept by what it is about: the quote, the page and the words before it, so that it survives a new reading
of the file. `read` is what the machine had read when the person decided.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.errors import CurationError
from corpus.model import Finding, FindingType, Strength, Verdict
from corpus.vocabulary import Vocabulary
from indexer.curation import checks
from indexer.curation.checks import Check, checked

FINDINGS = "findings"
SAYABLE = ("verdict", "tiltak", "outcome", "strength", "type")
ID_CHARACTERS = 16


class Act(StrEnum):
    """What a person does with a finding."""

    CONFIRM = "confirm"
    CHANGE = "change"
    REJECT = "reject"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the machine had read, and by which rule."""

    rule: str
    verdict: Verdict
    tiltak: str | None = None
    outcome: str | None = None
    strength: Strength = Strength.UKJENT
    type: FindingType = FindingType.EFFEKT


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on one finding.

    `page` counts from 1; `occurrence` tells equal quotes of a page apart, from 1; `before` is what stood before the
    quote; `cue` the words that decided the verdict. `says` holds what the finding says by the person's word: names
    of `SAYABLE` with their values; a name that is not there stays as read. `at` is in UTC.
    """

    decision: Act
    quote: str
    page: int
    occurrence: int = 1
    before: str = ""
    cue: str = ""
    says: tuple[tuple[str, Any], ...] = ()
    reason: str = ""
    by: str = ""
    at: datetime | None = None
    read: Reading | None = None

    @property
    def id(self) -> str:
        """The same for every decision on the same words and cue."""
        key = f"{self.page}\n{self.occurrence}\n{self.quote}\n{self.cue}"
        return hashlib.sha256(key.encode()).hexdigest()[:ID_CHARACTERS]

    @property
    def verdict(self) -> Verdict | None:
        """The verdict by the person's word, None where it is as read."""
        return dict(self.says).get("verdict")


def reading_of(finding: Finding) -> Reading:
    """What a finding says and the rule that took it."""
    return Reading(finding.rule, finding.verdict, finding.tiltak, finding.outcome, finding.strength, finding.type)


def said_of(finding: Finding) -> tuple[tuple[str, Any], ...]:
    """All a finding says, as a decision holds it."""
    return tuple((name, getattr(finding, name)) for name in SAYABLE)


def read_decisions(path: Path, vocabulary: Vocabulary) -> tuple[Decision, ...]:
    """The decisions of a curation file, none when there is no such file. Raises CurationError."""
    if not path.exists():
        return ()
    return decisions_of(checks.toml_of(path).get(FINDINGS, []), vocabulary, path.name)


def decisions_of(tables: object, vocabulary: Vocabulary, file: str) -> tuple[Decision, ...]:
    """The decisions in the `[[findings]]` of a file. Raises CurationError."""
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CurationError(f"{file}: {FINDINGS} must be tables [[{FINDINGS}]]", "Mend the key.")
    known = _checks(vocabulary)
    decisions = tuple(_decision(table, known, f"{file}, finding {n}") for n, table in enumerate(tables, 1))
    if len({decision.id for decision in decisions}) < len(decisions):
        raise CurationError(f"{file} holds two decisions on the same words and cue.", "Keep one of them.")
    return decisions


def sayings(given: Mapping[str, str], vocabulary: Vocabulary, where: str) -> dict[str, Any]:
    """What a person says a finding should say, as the model holds it. Raises CurationError for a wrong name or code."""
    known = _sayable(vocabulary)
    return {name: checked(known, name, value, where) for name, value in given.items()}


def table_of(decision: Decision) -> dict[str, Any]:
    """A decision as it stands in the file; what is as usual is left out."""
    table: dict[str, Any] = {"decision": str(decision.decision), "quote": decision.quote, "page": decision.page}
    table |= {"occurrence": decision.occurrence} if decision.occurrence > 1 else {}
    table |= {name: value for name in ("before", "cue") if (value := getattr(decision, name))}
    table |= {name: _written(value) for name, value in decision.says}
    table |= {name: value for name in ("reason", "by") if (value := getattr(decision, name))}
    table |= {"at": decision.at.astimezone(UTC).replace(microsecond=0)} if decision.at else {}
    return table | ({"read": reading_table(decision.read)} if decision.read else {})


def reading_table(reading: Reading) -> dict[str, str]:
    """What the machine had read, as it stands in the file."""
    return {"rule": reading.rule, **{name: _written(getattr(reading, name)) for name in SAYABLE}}


def _written(value: object) -> str:
    return "" if value is None else str(value)


def _sayable(vocabulary: Vocabulary) -> dict[str, Check]:
    return {
        "verdict": lambda value: Verdict(checks.code(list(Verdict), value)),
        "tiltak": checks.maybe(vocabulary.tiltak),
        "outcome": checks.maybe(vocabulary.outcomes),
        "strength": lambda value: Strength(checks.code(list(Strength), value)),
        "type": lambda value: FindingType(checks.code(list(FindingType), value)),
    }


def _checks(vocabulary: Vocabulary) -> Mapping[str, Check]:
    return {
        "decision": lambda value: Act(checks.code(list(Act), value)),
        "quote": checks.needed_text,
        "page": checks.count,
        "occurrence": checks.count,
        "before": _any_text,
        "cue": _any_text,
        "reason": _any_text,
        "by": _any_text,
        "at": checks.moment,
        "read": _read,
        **_sayable(vocabulary),
    }


def _any_text(value: object) -> object:
    return checks.text(value) or ""


def _read(value: object) -> object:
    """What the machine had read: kept also when a code in it is no longer in the vocabulary."""
    if not isinstance(value, dict) or not all(isinstance(part, str) for part in value.values()):
        raise ValueError("a table of texts is needed")
    try:
        return Reading(
            rule=value["rule"],
            verdict=Verdict(value["verdict"]),
            tiltak=value.get("tiltak") or None,
            outcome=value.get("outcome") or None,
            strength=Strength(value.get("strength") or Strength.UKJENT),
            type=FindingType(value.get("type") or FindingType.EFFEKT),
        )
    except KeyError as error:
        raise ValueError(f"{error.args[0]} is missing") from None


def _decision(table: dict[str, object], known: Mapping[str, Check], where: str) -> Decision:
    given = {name: checked(known, name, value, where) for name, value in table.items()}
    for name in ("decision", "quote", "page"):
        if name not in given:
            raise CurationError(f"{where}: {name} is missing", "Write it, or remove the table.")
    says = tuple((name, given.pop(name)) for name in SAYABLE if name in given)
    decision = Decision(**given, says=says)  # type: ignore[arg-type]
    if decision.decision is Act.ADD and decision.verdict is None:
        raise CurationError(f"{where}: verdict is missing", "An added finding needs one.")
    return decision
