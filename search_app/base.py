"""What the live generation holds, gathered once and kept until another goes live."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from corpus.engine import Answers, Generation
from corpus.errors import NoIndex
from corpus.model import Document, Finding, Statement, Verdict
from corpus.search import PlanStatus
from corpus.vocabulary import Vocabulary
from indexer.planstatus import plan_status

K = TypeVar("K")
V = TypeVar("V")

IN_FORCE = frozenset({PlanStatus.GJELDENDE, PlanStatus.UTLOPER_SNART, PlanStatus.UNDER_RULLERING})

SHOWN_FIRST = (
    PlanStatus.GJELDENDE,
    PlanStatus.UTLOPER_SNART,
    PlanStatus.UNDER_RULLERING,
    PlanStatus.HORING,
    PlanStatus.KOMMENDE,
    PlanStatus.UTLOPT,
    None,
)


@dataclass(frozen=True, slots=True)
class Sourced:
    """A finding and the document it stands in. `also` are the places where the document says the same again."""

    document: Document
    finding: Finding
    also: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement and the document it stands in."""

    document: Document
    statement: Statement


@dataclass(frozen=True, slots=True)
class Plan:
    """A document that is a plan, and where it stands on a given day; None when it tells no time."""

    document: Document
    status: PlanStatus | None


@dataclass(frozen=True, slots=True)
class Base:
    """Documents and findings of one generation, by what pages ask for. Orders are those of the record store.

    `findings` and `findings_of` have every place; `distinct` and `findings_for` count a finding once.
    """

    generation: Generation
    documents: Mapping[str, Document]
    findings: tuple[Sourced, ...]
    distinct: tuple[Sourced, ...]
    findings_of: Mapping[str, tuple[Finding, ...]]
    findings_for: Mapping[str, tuple[Sourced, ...]]
    statements_for: Mapping[str, tuple[Stated, ...]]
    documents_on: Mapping[str, tuple[Document, ...]]
    documents_in: Mapping[str, tuple[Document, ...]]

    @property
    def pages(self) -> int:
        """How many pages of documents there are to read."""
        return sum(document.page_count for document in self.documents.values())

    @property
    def reviewed(self) -> int:
        """How many findings a person has confirmed."""
        return sum(sourced.finding.reviewed for sourced in self.distinct)

    def placed(self, document: Document, finding: Finding) -> Sourced:
        """A finding with the other places where its document says it."""
        said = finding.same_as or finding.id
        every = self.findings_of.get(document.id, ())
        return Sourced(document, finding, tuple(f for f in every if f.id != finding.id and said in (f.id, f.same_as)))

    def plans(self, vocabulary: Vocabulary, day: date) -> tuple[Plan, ...]:
        """Every document that is a plan, with its status on that day."""
        return plans_among(self.documents.values(), vocabulary, day)


def plans_among(documents: Iterable[Document], vocabulary: Vocabulary, day: date) -> tuple[Plan, ...]:
    """Those of the documents that are plans, in the same order, with their status on that day."""
    return tuple(
        Plan(document, plan_status(document.metadata, vocabulary, day))
        for document in documents
        if is_plan(document, vocabulary)
    )


def by_status(plans: Iterable[Plan]) -> tuple[Plan, ...]:
    """In force first, expired and unknown last; within a status by title."""
    return tuple(sorted(plans, key=lambda plan: (SHOWN_FIRST.index(plan.status), plan.document.metadata.title.value)))


def is_plan(document: Document, vocabulary: Vocabulary) -> bool:
    """Whether documents of this type have a period and a status."""
    known = document.metadata.doc_type
    kind = vocabulary.doc_types.get(known.value) if known else None
    return kind is not None and kind.plan


def tally(findings: Iterable[Finding]) -> Mapping[Verdict, int]:
    """Findings by verdict, every verdict named, in the fixed order."""
    counts = dict.fromkeys(Verdict, 0)
    for finding in findings:
        counts[finding.verdict] += 1
    return counts


def fold(findings: Iterable[Sourced]) -> tuple[Sourced, ...]:
    """Every finding once, where it stands first among these, with the other places its document says it."""
    first: dict[tuple[str, str], Sourced] = {}
    for sourced in findings:
        key = sourced.document.id, sourced.finding.same_as or sourced.finding.id
        held = first.get(key)
        first[key] = replace(held, also=(*held.also, sourced.finding)) if held else sourced
    return tuple(first.values())


def gather(engine: Answers, generation: Generation) -> Base:
    """Read a generation's documents and findings once. Raises NoIndex."""
    records = engine.records()
    documents = {document.id: document for document in records.documents()}
    findings = tuple(Sourced(documents[key], finding) for key, finding in records.findings() if key in documents)
    stated = (Stated(documents[key], statement) for key, statement in records.statements() if key in documents)
    distinct = fold(findings)
    return Base(
        generation=generation,
        documents=documents,
        findings=findings,
        distinct=distinct,
        findings_of=_grouped((sourced.document.id, sourced.finding) for sourced in findings),
        findings_for=_grouped((sourced.finding.tiltak, sourced) for sourced in distinct if sourced.finding.tiltak),
        statements_for=_grouped((each.statement.tiltak, each) for each in stated if each.statement.tiltak),
        documents_on=_grouped((read.value, d) for d in documents.values() for read in d.metadata.tiltak),
        documents_in=_grouped((read.value, d) for d in documents.values() for read in d.metadata.kommuner),
    )


class Shelf:
    """Keeps the Base of the last two generations asked for, so that answers under way can finish on the older one.

    Safe to ask from many threads at once.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bases: dict[Generation, Base] = {}

    def base(self, engine: Answers) -> Base:
        """The Base of the generation that answers. Raises NoIndex."""
        live = engine.live()
        if live is None:
            raise NoIndex("Nothing is indexed yet.", "Run: hvavirker index")
        known = self._bases.get(live)
        return known or self._gathered(engine, live)

    def _gathered(self, engine: Answers, live: Generation) -> Base:
        with self._lock:
            if live not in self._bases:
                newest = list(self._bases.items())[-1:]
                self._bases = dict([*newest, (live, gather(engine, live))])
            return self._bases[live]


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    groups: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}
