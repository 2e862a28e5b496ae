"""Which documents have which code, and how many of an answer?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from corpus.model import Document, Finding, Metadata, Read, Statement
from corpus.search import Facet, FacetCounts, FacetValue, SearchRequest
from corpus.vocabulary import Vocabulary
from indexer.engines.lexicon import Ids
from indexer.order import title_key
from indexer.planstatus import PlanPeriod, plan_period

Mask = npt.NDArray[np.bool_]
FACETS = "facets.msgpack"
# What one finding or statement tells. Choices in these must be met by one and the same of them; a tiltak is among them
# only when something else told is chosen, else it is every document that names it.
TOLD = (Facet.VERDICT, Facet.STRENGTH, Facet.OUTCOME, Facet.FINDING_TYPE, Facet.TILTAK)
TELLING = frozenset(TOLD) - {Facet.TILTAK}


@dataclass(frozen=True, slots=True)
class Card:
    """What the facets and the sort orders need to know of one document. `period` is None when it is no plan.

    `told` has, for every different finding and statement, its code in each facet of TOLD; empty where it has none.
    """

    id: str
    path: str
    title: str
    year: int | None
    codes: Mapping[Facet, tuple[str, ...]]
    period: PlanPeriod | None
    told: tuple[tuple[str, ...], ...] = ()


def card(
    document: Document, findings: Iterable[Finding], vocabulary: Vocabulary, statements: Iterable[Statement] = ()
) -> Card:
    """The card of a document: its own codes, and those of what is found and stated in it."""
    data, found = document.metadata, tuple(findings)
    year = data.year.value if data.year else None
    told = tuple(dict.fromkeys((*map(_told, found), *map(_stated, statements))))
    codes = {
        Facet.DOC_TYPE: _one(data.doc_type),
        Facet.THEME: _values(data.themes),
        Facet.TILTAK: _values(data.tiltak),
        Facet.TARGET_GROUP: _values(data.target_groups),
        Facet.FYLKE: (*_values(data.fylke), *_fylker(data, vocabulary)),
        Facet.KOMMUNE: _values(data.kommuner),
        Facet.YEAR: (str(year),) if year is not None else (),
        Facet.LANGUAGE: (data.language.value.value,),
        Facet.DESIGN: (*_one(data.study_design), *(finding.design for finding in found if finding.design)),
        Facet.PUBLISHER: _one(data.publisher),
    }
    codes |= {facet: (*codes.get(facet, ()), *_heard(told, facet)) for facet in TOLD}
    distinct = {facet: tuple(dict.fromkeys(values)) for facet, values in codes.items()}
    period = plan_period(data, vocabulary)
    return Card(document.id, document.source.path, data.title.value, year, distinct, period, told)


@dataclass(frozen=True, slots=True)
class _Column:
    """One facet over all documents: `codes[codes_at[i]]` is a code of document `documents[i]`."""

    codes: tuple[str, ...]
    documents: Ids
    codes_at: Ids

    def having(self, wanted: Iterable[str], size: int) -> Mask:
        mask = np.zeros(size, np.bool_)
        numbers = [number for number, code in enumerate(self.codes) if code in set(wanted)]
        mask[self.documents[np.isin(self.codes_at, numbers)]] = True
        return mask

    def counts(self, mask: Mask) -> dict[str, int]:
        counts = np.bincount(self.codes_at[mask[self.documents]], minlength=len(self.codes))
        return {self.codes[number]: int(counts[number]) for number in np.flatnonzero(counts)}


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told in all documents: row i stands in `documents[i]` and has `codes[facet][codes_at[facet][i]]`."""

    documents: Ids
    codes: Mapping[Facet, tuple[str, ...]]
    codes_at: Mapping[Facet, Ids]

    def rows(self, filters: Mapping[Facet, Iterable[str]]) -> Mask:
        """The rows that have one of the codes in every facet asked for."""
        mask = np.ones(len(self.documents), np.bool_)
        for facet, wanted in filters.items():
            numbers = [number for number, code in enumerate(self.codes[facet]) if code in set(wanted)]
            mask &= np.isin(self.codes_at[facet], numbers)
        return mask

    def counts(self, facet: Facet, rows: Mask) -> dict[str, int]:
        """How many documents the rows have for each code."""
        width = len(self.codes[facet])
        pairs = np.unique(self.documents[rows].astype(np.int64) * width + self.codes_at[facet][rows])
        counts = np.bincount(pairs % max(width, 1), minlength=width)
        return {code: int(n) for code, n in zip(self.codes[facet], counts, strict=True) if n and code}


@dataclass(frozen=True, slots=True)
class Choices:
    """What a request narrows: by facet the documents that pass, and the codes that one thing told must have."""

    masks: Mapping[Facet, Mask]
    told: Mapping[Facet, tuple[str, ...]]

    def without(self, facet: Facet) -> "Choices":
        """The other choices."""
        return Choices(
            {other: mask for other, mask in self.masks.items() if other is not facet},
            {other: codes for other, codes in self.told.items() if other is not facet},
        )


class FacetTable:
    """The facets of a generation's documents, by number. Masks are over all documents."""

    def __init__(self, cards: tuple[Card, ...]) -> None:
        self.cards = cards
        self._columns = {facet: _column(card.codes.get(facet, ()) for card in cards) for facet in Facet}
        self._told = _told_table(cards)
        self._years = np.array([card.year if card.year is not None else -1 for card in cards], np.int32)
        self._statuses: tuple[date, _Column] | None = None
        self.by_id = _ranks([(card.id,) for card in cards])
        self.by_title = _ranks([(title_key(card.title), card.id) for card in cards])
        self.by_age = _ranks([(card.year is None, -(card.year or 0), title_key(card.title), card.id) for card in cards])

    def having(self, facet: Facet, codes: Iterable[str], as_of: date) -> Mask:
        """The documents that have one of the codes."""
        return self._column(facet, as_of).having(codes, len(self.cards))

    def codes(self, facet: Facet, as_of: date) -> tuple[str, ...]:
        """Every code of a facet that some document has."""
        return self._column(facet, as_of).codes

    def chosen(self, request: SearchRequest) -> Choices:
        """What a request narrows."""
        filters = {facet: codes for facet, codes in request.filters.items() if codes}
        told = {facet: codes for facet, codes in filters.items() if facet in TOLD}
        masks = {
            facet: self.having(facet, codes, request.as_of) for facet, codes in filters.items() if facet not in told
        }
        if request.year_from is not None or request.year_to is not None:
            between = (self._years >= (request.year_from or 0)) & (self._years <= (request.year_to or 9999))
            masks[Facet.YEAR] = masks.get(Facet.YEAR, True) & between
        return Choices(masks, told)

    def passing(self, matching: Mask, chosen: Choices) -> Mask:
        """The matching documents that pass every choice."""
        for mask in chosen.masks.values():
            matching = matching & mask
        if TELLING & set(chosen.told):
            return matching & self._holding(self._told.rows(chosen.told))
        named = chosen.told.get(Facet.TILTAK)
        return matching & self._columns[Facet.TILTAK].having(named, len(self.cards)) if named else matching

    def count(self, matching: Mask, chosen: Choices, request: SearchRequest) -> tuple[FacetCounts, ...]:
        """Every facet's codes with the documents that would match with each, its own facet's choice lifted."""
        return tuple(
            _in_order(facet, self._counts(facet, matching, chosen.without(facet), request.as_of), request)
            for facet in Facet
        )

    def _counts(self, facet: Facet, matching: Mask, others: Choices, as_of: date) -> dict[str, int]:
        if facet not in TOLD or not others.told:
            return self._column(facet, as_of).counts(self.passing(matching, others))
        passing = self.passing(matching, Choices(others.masks, {}))
        return self._told.counts(facet, self._told.rows(others.told) & passing[self._told.documents])

    def _holding(self, rows: Mask) -> Mask:
        mask = np.zeros(len(self.cards), np.bool_)
        mask[self._told.documents[rows]] = True
        return mask

    def _column(self, facet: Facet, as_of: date) -> _Column:
        if facet is not Facet.STATUS:
            return self._columns[facet]
        held = self._statuses
        if held is None or held[0] != as_of:
            held = as_of, _column(_status(card, as_of) for card in self.cards)
            self._statuses = held
        return held[1]


def write_cards(folder: Path, cards: Iterable[Card]) -> None:
    """Write the cards to `folder`, in the order of the documents' numbers."""
    (folder / FACETS).write_bytes(msgspec.msgpack.encode(tuple(cards)))


def read_cards(folder: Path) -> tuple[Card, ...]:
    """Read the cards back from `folder`."""
    return msgspec.msgpack.decode((folder / FACETS).read_bytes(), type=tuple[Card, ...])


def _in_order(facet: Facet, counts: dict[str, int], request: SearchRequest) -> FacetCounts:
    selected = request.filters.get(facet, ())
    counts |= {code: 0 for code in selected if code not in counts}
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return FacetCounts(facet, tuple(FacetValue(code, count, code in selected) for code, count in ordered))


def _told(finding: Finding) -> tuple[str, ...]:
    codes = finding.verdict, finding.strength, finding.outcome, finding.type, finding.tiltak
    return tuple(str(code or "") for code in codes)


def _stated(statement: Statement) -> tuple[str, ...]:
    return ("", "", "", str(statement.type), statement.tiltak or "")


def _heard(told: Iterable[tuple[str, ...]], facet: Facet) -> Iterable[str]:
    at = TOLD.index(facet)
    return (codes[at] for codes in told if codes[at])


def _told_table(cards: Iterable[Card]) -> _Told:
    pairs = [(number, codes) for number, card in enumerate(cards) for codes in card.told]
    documents = np.array([number for number, _ in pairs], np.int32)
    columns = {facet: _numbered(codes[at] for _, codes in pairs) for at, facet in enumerate(TOLD)}
    return _Told(
        documents,
        {facet: codes for facet, (codes, _) in columns.items()},
        {facet: numbers for facet, (_, numbers) in columns.items()},
    )


def _numbered(codes: Iterable[str]) -> tuple[tuple[str, ...], Ids]:
    numbers: dict[str, int] = {}
    at = np.array([numbers.setdefault(code, len(numbers)) for code in codes], np.int32)
    return tuple(numbers), at


def _status(found: Card, as_of: date) -> tuple[str, ...]:
    status = found.period.status(as_of) if found.period else None
    return (status.value,) if status else ()


def _column(codes: Iterable[Iterable[str]]) -> _Column:
    numbers: dict[str, int] = {}
    pairs = [(number, numbers.setdefault(code, len(numbers))) for number, held in enumerate(codes) for code in held]
    table = np.array(pairs, np.int32).reshape(-1, 2)
    return _Column(tuple(numbers), np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1]))


def _ranks(keys: list[tuple[object, ...]]) -> Ids:
    ranks = np.zeros(len(keys), np.int32)
    ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys), dtype=np.int32)
    return ranks


def _fylker(data: Metadata, vocabulary: Vocabulary) -> Iterable[str]:
    known = (vocabulary.kommuner.get(number) for number in _values(data.kommuner))
    return (kommune.fylke for kommune in known if kommune)


def _one(value: Read[str] | None) -> tuple[str, ...]:
    return (value.value,) if value else ()


def _values(values: Iterable[Read[str]]) -> tuple[str, ...]:
    return tuple(value.value for value in values)
