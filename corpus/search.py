"""What a question and an answer are. Facets, sort orders and the query tree speak no engine's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from corpus.model import Finding

ENOUGH = 10


class Facet(StrEnum):
    """A way to narrow a search. The order is the order every page shows them in."""

    DOC_TYPE = "doc_type"
    VERDICT = "verdict"
    STRENGTH = "strength"
    THEME = "theme"
    TILTAK = "tiltak"
    OUTCOME = "outcome"
    TARGET_GROUP = "target_group"
    FYLKE = "fylke"
    KOMMUNE = "kommune"
    YEAR = "year"
    STATUS = "status"
    LANGUAGE = "language"
    DESIGN = "design"
    FINDING_TYPE = "finding_type"
    PUBLISHER = "publisher"


class PlanStatus(StrEnum):
    """Where a plan stands on a given day."""

    KOMMENDE = "kommende"
    HORING = "horing"
    GJELDENDE = "gjeldende"
    UTLOPER_SNART = "utloper_snart"
    UTLOPT = "utlopt"
    UNDER_RULLERING = "under_rullering"


class Sort(StrEnum):
    """The order of hits."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed; `prefix` when it ended in *."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand next to each other in this order; `text` as typed, without quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the alternatives."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class And:
    """The parts of a query side by side. Words may be relaxed; phrases, Not, Or and InField may not."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class InField:
    """`field:value`: a facet with a code or label, or title: / file: with words."""

    field: str
    value: str


Node = Word | Phrase | Not | Or | And | InField


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A whole question. `filters` holds codes: OR within a facet, AND across. `page` counts from 1.

    `year_from` and `year_to` are inclusive. `as_of` fixes the day plan status is told for. A query whose words leave
    fewer than `enough` documents is relaxed; it is apart from `size`, so that every page tells the same total. When
    `exact`, a tiltak, theme or kommune is not searched for by its other names. When `all_words`, nothing is relaxed.
    """

    as_of: date
    text: str = ""
    filters: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 10
    enough: int = ENOUGH
    exact: bool = False
    all_words: bool = False


class MatchKind(StrEnum):
    """How a word of a query stands in a document, the closest first.

    Side by side with others as asked, in the very form typed, in another form (also the other written form of
    Norwegian), inside a compound, spelt otherwise, by a word inside it (of a compound that no document has), or by
    another name of what is named.
    """

    PHRASE = "phrase"
    EXACT = "exact"
    FORM = "form"
    PART = "part"
    SPELLING = "spelling"
    PIECE = "piece"
    NAME = "name"


class MatchField(StrEnum):
    """Where in a document a word stands; `kommune` when the document is about the kommune that the word names."""

    TITLE = "title"
    KOMMUNE = "kommune"
    SUMMARY = "summary"
    HEADING = "heading"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class WordMatch:
    """Why a document matched: a word of the query (`text`, as typed), in which field, and the closest way it stands
    there. `forms`: at most three that stand there so, in small letters, the most frequent first.
    """

    text: str
    field: MatchField
    kind: MatchKind
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A run `text[start:end]` to light."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage that matched. `start` is its place on the page; `marks` count from the passage's start."""

    page: int
    start: int
    text: str
    headings: tuple[str, ...]
    score: float
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that matched, its best passages (at most three, best first) and matching findings.

    `matches` says why, word by word in the order of the query; `missing` are the words that the document has not.
    """

    document_id: str
    score: float
    passages: tuple[PassageHit, ...]
    findings: tuple[Finding, ...]
    matches: tuple[WordMatch, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A choice in a facet; `count` documents would match with it, its own facet's choice lifted."""

    code: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """All values of one facet that occur, and every chosen value even at 0; most documents first."""

    facet: Facet
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class WordReport:
    """What one word of the query did: the forms it matched, in how many documents, and if it was let go.

    `kinds[i]` is how `forms[i]` answers the word. `prefix`: it was typed with a * at its end. `alone`: how many
    documents a search for this word and nothing else would give, with the same filters.
    """

    text: str
    forms: tuple[str, ...]
    documents: int
    relaxed: bool = False
    kinds: tuple[MatchKind, ...] = ()
    prefix: bool = False
    alone: int = 0


@dataclass(frozen=True, slots=True)
class Expansion:
    """What words of the query name, and its other names that were searched for too."""

    text: str
    facet: Facet
    code: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a SearchRequest. `with_all`: how many documents would be left if every word had to be there, with
    the same filters; None when the query has fewer than two words.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: tuple[FacetCounts, ...]
    words: tuple[WordReport, ...]
    did_you_mean: str | None
    generation: str
    took_ms: float
    expansions: tuple[Expansion, ...] = ()
    with_all: int | None = None


class SuggestionKind(StrEnum):
    """What a suggestion leads to."""

    TILTAK = "tiltak"
    THEME = "theme"
    KOMMUNE = "kommune"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A typed completion: what it is, its code or document id, the label to show."""

    kind: SuggestionKind
    code: str
    label: str
