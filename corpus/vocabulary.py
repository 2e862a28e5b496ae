"""The vocabulary: codes with labels and aliases in three languages, and the kommuner through time."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, TypeVar

from corpus.errors import VocabularyError
from corpus.model import Language
from corpus.search import Facet

Table = dict[str, Any]
T = TypeVar("T", bound="Term")


@dataclass(frozen=True, slots=True)
class Term:
    """One code. `labels` has all three languages; `aliases` the other forms people write, in any case.

    `exact` forms count only in that case (MOT). When `ambiguous`, an exact form counts only in a
    paragraph that also holds one of `context`; aliases always count.
    """

    id: str
    labels: Mapping[Language, str]
    aliases: Mapping[Language, tuple[str, ...]]
    exact: tuple[str, ...] = ()
    ambiguous: bool = False
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentType(Term):
    """`plan` is true for types that have a period and a status."""

    plan: bool = False


@dataclass(frozen=True, slots=True)
class Tiltak(Term):
    """A named measure; `family` groups those that work the same way; `level` is universell, selektiv, indikert.

    `themes` and `target_groups` are what it is mostly used against and whom it is mostly for. A `quoted`
    one is a source that documents quote figures from more often than they use it (Ungdata).
    """

    family: str = ""
    level: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Outcome(Term):
    """`direction` is where it should go: `down` (vold), `up` (trivsel) or `info`."""

    direction: str = "down"


@dataclass(frozen=True, slots=True)
class StudyDesign(Term):
    """`sms` is the Maryland scale 1-5 (None where the design has no level); `causal` whether it can show effect."""

    sms: int | None = None
    causal: bool | None = None


@dataclass(frozen=True, slots=True)
class FormerKommune:
    """A kommune number that was in force before: years inclusive, None where unknown."""

    number: str
    name: str
    first_year: int | None
    last_year: int


@dataclass(frozen=True, slots=True)
class Kommune:
    """A kommune in force today with those it came from. `name` tells two of one name apart: Våler (Østfold).

    An `ambiguous` name is an ordinary word too: it counts only beside "kommune".
    """

    number: str
    name: str
    other_names: tuple[str, ...]
    fylke: str
    former: tuple[FormerKommune, ...] = ()
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class FormerFylke:
    """A fylke that is no more, the last year it was in force, and the fylker that cover its area today."""

    number: str
    name: str
    last_year: int
    today: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Someone who publishes: the name we show, and the other names and short forms it goes by."""

    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Every code the product knows, by id."""

    doc_types: Mapping[str, DocumentType]
    themes: Mapping[str, Term]
    target_groups: Mapping[str, Term]
    tiltak: Mapping[str, Tiltak]
    outcomes: Mapping[str, Outcome]
    designs: Mapping[str, StudyDesign]
    verdicts: Mapping[str, Term]
    strengths: Mapping[str, Term]
    finding_types: Mapping[str, Term]
    plan_statuses: Mapping[str, Term]
    languages: Mapping[str, Term]
    kommuner: Mapping[str, Kommune]
    fylker: Mapping[str, Term]
    settings: Mapping[str, Term] = field(default_factory=dict)
    former_fylker: tuple[FormerFylke, ...] = ()
    publishers: tuple[Publisher, ...] = ()
    ambiguous_names: frozenset[str] = field(default_factory=frozenset)

    def label(self, kind: str, code: str, language: Language) -> str:
        """What to show for a code of a facet (`Facet.THEME`) or a field of document or finding ("themes").

        A code without a label of its own (a year, a publisher, a code we no longer have) is its own label.
        """
        if kind in ("kommune", "kommuner"):
            kommune = self.kommuner.get(code)
            return kommune.name if kommune else code
        term = self._terms(kind).get(code)
        return term.labels[language] if term else code

    def _terms(self, kind: str) -> Mapping[str, Term]:
        return {
            Facet.DOC_TYPE: self.doc_types,
            Facet.VERDICT: self.verdicts,
            Facet.THEME: self.themes,
            "themes": self.themes,
            Facet.TILTAK: self.tiltak,
            Facet.TARGET_GROUP: self.target_groups,
            "target_groups": self.target_groups,
            Facet.FYLKE: self.fylker,
            Facet.STATUS: self.plan_statuses,
            "plan_state": self.plan_statuses,
            Facet.LANGUAGE: self.languages,
            Facet.DESIGN: self.designs,
            "study_design": self.designs,
            Facet.OUTCOME: self.outcomes,
            Facet.STRENGTH: self.strengths,
            Facet.FINDING_TYPE: self.finding_types,
            "type": self.finding_types,
            "setting": self.settings,
            "population": self.target_groups,
        }.get(kind, {})


def load_vocabulary() -> Vocabulary:
    """Read the vocabulary files that come with the product. Raises VocabularyError."""
    places = _read("kommuner")
    ambiguous = frozenset(places["ambiguous"])
    return Vocabulary(
        doc_types=_table("doc_types", lambda t: DocumentType(**_term(t), plan=t.get("plan", False))),
        themes=_table("themes", lambda t: Term(**_term(t))),
        target_groups=_table("target_groups", lambda t: Term(**_term(t))),
        tiltak=_table("tiltak", _tiltak),
        outcomes=_table("outcomes", lambda t: Outcome(**_term(t), direction=t["direction"])),
        designs=_table("designs", lambda t: StudyDesign(**_term(t), sms=t.get("sms"), causal=t.get("causal"))),
        verdicts=_table("verdicts", lambda t: Term(**_term(t))),
        strengths=_table("strengths", lambda t: Term(**_term(t))),
        finding_types=_table("finding_types", lambda t: Term(**_term(t))),
        plan_statuses=_table("plan_statuses", lambda t: Term(**_term(t))),
        languages=_table("languages", lambda t: Term(**_term(t))),
        kommuner={number: _kommune(number, t, ambiguous) for number, t in places["kommuner"].items()},
        fylker=_table("fylker", lambda t: Term(**_term(t))),
        settings=_table("settings", lambda t: Term(**_term(t))),
        former_fylker=tuple(_former_fylke(t) for t in _read("former_fylker")["fylker"]),
        publishers=tuple(Publisher(name, tuple(aliases)) for name, aliases in _read("publishers").items()),
        ambiguous_names=ambiguous,
    )


def _read(name: str) -> Table:
    try:
        return tomllib.loads((files("corpus") / "vocab" / f"{name}.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"Cannot read vocab/{name}.toml: {error}", "Install the product again.") from error


def _table(name: str, make: Callable[[Table], T]) -> dict[str, T]:
    table = {}
    for code, entry in _read(name).items():
        try:
            table[code] = make({"id": code, **entry})
        except (KeyError, TypeError) as error:
            raise VocabularyError(f"[{code}] in vocab/{name}.toml: {error!r}", "Mend the entry.") from error
    return table


def _term(table: Table) -> Table:
    return {
        "id": table["id"],
        "labels": {language: table[language] for language in Language},
        "aliases": {language: tuple(table.get("aliases", {}).get(language, ())) for language in Language},
        "exact": tuple(table.get("exact", ())),
        "ambiguous": table.get("ambiguous", False),
        "context": tuple(table.get("context", ())),
    }


def _tiltak(table: Table) -> Tiltak:
    return Tiltak(
        **_term(table),
        family=table["family"],
        level=tuple(table["level"]),
        themes=tuple(table.get("themes", ())),
        target_groups=tuple(table.get("target_groups", ())),
        quoted=table.get("quoted", False),
    )


def _kommune(number: str, table: Table, ambiguous: frozenset[str]) -> Kommune:
    name, *others = table["names"]
    former = tuple(_former(line) for line in table.get("former", ()))
    return Kommune(number, name, tuple(others), table["fylke"], former, plain_name(name) in ambiguous)


def plain_name(name: str) -> str:
    """The name as people write it: "Våler" of "Våler (Østfold)"."""
    return name.partition(" (")[0]


def _former(line: str) -> FormerKommune:
    """Read "0136 Rygge -2019": number, name, first year if known, last year."""
    number, _, rest = line.partition(" ")
    name, _, years = rest.rpartition(" ")
    first, _, last = years.partition("-")
    return FormerKommune(number, name, int(first) if first else None, int(last))


def _former_fylke(table: Table) -> FormerFylke:
    return FormerFylke(table["number"], table["name"], table["last_year"], tuple(table["today"]))
