"""The vocabulary: codes with labels and aliases in three languages, and the kommuner through time."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.model import Language


@dataclass(frozen=True, slots=True)
class Term:
    """One code. `labels` has all three languages; `aliases` the other forms people write.

    `exact` forms count only in that case (MOT); when `ambiguous`, an exact or short form counts only
    in a paragraph that also holds one of `context`.
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
    """A named measure; `family` groups those that work the same way; `level` is universell, selektiv, indikert."""

    family: str = ""
    level: tuple[str, ...] = ()


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
    """A kommune in force today with those it came from."""

    number: str
    name: str
    other_names: tuple[str, ...]
    fylke: str
    former: tuple[FormerKommune, ...] = ()
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
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


def load_vocabulary() -> Vocabulary:
    """Read the vocabulary files that come with the product. Raises VocabularyError."""
    raise NotImplementedError
