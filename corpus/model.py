"""What a file, a page, a document and a finding are."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Language(StrEnum):
    """A written language the product reads; the codes are ISO 639-1."""

    NB = "nb"
    NN = "nn"
    EN = "en"


class Verdict(StrEnum):
    """What a finding says of a tiltak. The order is the order every page shows them in."""

    VIRKER = "virker"
    LOVENDE = "lovende"
    BLANDET = "blandet"
    INGEN_EFFEKT = "ingen_effekt"
    SKADELIG = "skadelig"
    IKKE_EVALUERT = "ikke_evaluert"


class Strength(StrEnum):
    """How much a finding can be trusted, capped by its study design and apart from its verdict."""

    HOY = "hoy"
    MODERAT = "moderat"
    LAV = "lav"
    SVAERT_LAV = "svaert_lav"
    UKJENT = "ukjent"


class BlockKind(StrEnum):
    """What a run of page text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    TOC = "toc"
    REFERENCE = "reference"


class PageStatus(StrEnum):
    """Whether a page gave text, and if not, why."""

    TEXT = "text"
    SCANNED = "scanned"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    HELD = "held"


class Origin(StrEnum):
    """Where a metadata value was read."""

    TEXT = "text"
    OUTLINE = "outline"
    DOCINFO = "docinfo"
    FILENAME = "filename"
    DERIVED = "derived"
    CURATION = "curation"


class FindingType(StrEnum):
    """What kind of statement a finding is (the ids of the vocabulary's finding_types)."""

    EFFEKT = "effekt"
    MEKANISME = "mekanisme"
    MODERATOR = "moderator"
    IMPLEMENTERING = "implementering"
    OKONOMI = "okonomi"
    ANBEFALING = "anbefaling"
    KUNNSKAPSHULL = "kunnskapshull"
    OMFANG = "omfang"


class Factor(StrEnum):
    """What a statement about carrying out a tiltak names: what made it succeed, or what stood in its way."""

    SUKSESSFAKTOR = "suksessfaktor"
    BARRIERE = "barriere"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the documents folder. `path` is relative to that folder, with / between parts."""

    path: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Block:
    """A run `page.text[start:end]` of one kind; `level` from 1 for headings, 0 for all else.

    The cells of a table row stand between tab characters.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """`text[start : start + length]` was read from `source[source_start : source_start + length]`."""

    start: int
    source_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a file, cleaned for reading, with the way back to what the engine gave.

    `text` is NFC; lines of a paragraph are joined by one space, blocks by one newline. `source` is
    the engine's own text; characters of `text` outside every segment were added in cleaning.
    `number` counts the file's pages from 1, or the parts of a format that has none; `label` is the
    number printed on the page where the file tells.
    """

    number: int
    text: str
    blocks: tuple[Block, ...]
    source: str
    segments: tuple[Segment, ...]
    status: PageStatus
    engine: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth telling about one file: a code of `corpus.errors.Reason`, detail, page."""

    code: str
    detail: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class DocInfo:
    """What the file says of itself outside its text; every value may be empty."""

    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    created: date | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was read from one file. `paged` is false for formats whose pages are parts we made."""

    source: SourceFile
    engine: str
    version: int
    paged: bool
    pages: tuple[Page, ...]
    docinfo: DocInfo
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A metadata value and where it was read: origin, page from 1, and the words it was read from."""

    value: T
    origin: Origin
    page: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document. Codes are ids of the vocabulary.

    `plan_from`, `plan_to`: ISO 8601 year or day ("2023", "2023-08-01"). `plan_state`: `horing` or
    `under_rullering` when the document says so of itself. `kommuner`: numbers in force today.
    `fylke`: fylke numbers in force today. `kommuner_then`: numbers in force when it was written.
    """

    title: Read[str]
    language: Read[Language]
    doc_type: Read[str] | None = None
    publisher: Read[str] | None = None
    authors: tuple[Read[str], ...] = ()
    year: Read[int] | None = None
    plan_from: Read[str] | None = None
    plan_to: Read[str] | None = None
    plan_state: Read[str] | None = None
    adopted: Read[date] | None = None
    kommuner: tuple[Read[str], ...] = ()
    kommuner_then: tuple[Read[str], ...] = ()
    fylke: tuple[Read[str], ...] = ()
    themes: tuple[Read[str], ...] = ()
    target_groups: tuple[Read[str], ...] = ()
    tiltak: tuple[Read[str], ...] = ()
    study_design: Read[str] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A run of pages under one heading. `path` is the heading with those above it, outermost first."""

    path: tuple[str, ...]
    page: int
    start: int
    end_page: int
    end: int
    language: Language


@dataclass(frozen=True, slots=True)
class Document:
    """One document: a file that was read, its metadata and sections.

    `id` is made from the path and safe in a URL. `summary` is verbatim from the document.
    """

    id: str
    source: SourceFile
    paged: bool
    page_count: int
    metadata: Metadata
    sections: tuple[Section, ...]
    summary: str
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of one page, `page.text[start:end] == text`, short enough to show: the unit of search."""

    page: int
    start: int
    end: int
    text: str
    headings: tuple[str, ...]
    language: Language


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict that is a quote: `page.text[start:end] == quote`.

    `cue` is the words that decided the verdict, `quote[cue_start:cue_end] == cue`; `rule` names the
    rule that took it. `tiltak`, `outcome` and `design` are vocabulary ids or None where not stated.
    `cited` is true when the document passes on another study's result. `population` is a target group's id, `setting`
    an id of the vocabulary's settings, `country` ISO 3166-1 alpha-2, `sample_size` the persons or areas studied as
    stated, each None where not stated. `same_as` is the id of the finding of this document that this one repeats.
    """

    id: str
    page: int
    start: int
    end: int
    quote: str
    verdict: Verdict
    cue: str
    cue_start: int
    cue_end: int
    rule: str
    tiltak: str | None = None
    outcome: str | None = None
    design: str | None = None
    strength: Strength = Strength.UKJENT
    type: FindingType = FindingType.EFFEKT
    headings: tuple[str, ...] = ()
    cited: bool = False
    reviewed: bool = False
    population: str | None = None
    setting: str | None = None
    country: str | None = None
    sample_size: int | None = None
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Something worth knowing of a tiltak that is no verdict: what it takes, what it costs, how it works, advice.

    `page.text[start:end] == quote` and `quote[cue_start:cue_end] == cue`, as for a finding; `type` is never
    `effekt`, and `factor` is set where one is named. `tiltak` and `setting` are vocabulary ids, None where not stated.
    """

    id: str
    page: int
    start: int
    end: int
    quote: str
    type: FindingType
    cue: str
    cue_start: int
    cue_end: int
    rule: str
    factor: Factor | None = None
    tiltak: str | None = None
    setting: str | None = None
    headings: tuple[str, ...] = ()
    cited: bool = False
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """All an index holds of one document."""

    document: Document
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]
    statements: tuple[Statement, ...] = ()
