"""Which documents have which code, and how many of an answer?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from corpus.model import Document, Finding, Metadata, Read
from corpus.search import Facet, FacetCounts, FacetValue, SearchRequest
from corpus.vocabulary import Vocabulary
from indexer.engines.lexicon import Ids
from indexer.order import title_key
from indexer.planstatus import PlanPeriod, plan_period

Mask = npt.NDArray[np.bool_]
FACETS = "facets.msgpack"


@dataclass(frozen=True, slots=True)
class Card:
    """What the facets and the sort orders need to know of one document. `period` is None when it is no plan."""

    id: str
    path: str
    title: str
    year: int | None
    codes: Mapping[Facet, tuple[str, ...]]
    period: PlanPeriod | None


def card(document: Document, findings: Iterable[Finding], vocabulary: Vocabulary) -> Card:
    """The card of a document: its own codes, and those of its findings for verdict, tiltak and design."""
    data, found = document.metadata, tuple(findings)
    year = data.year.value if data.year else None
    codes = {
        Facet.DOC_TYPE: _one(data.doc_type),
        Facet.VERDICT: tuple(finding.verdict.value for finding in found),
        Facet.THEME: _values(data.themes),
        Facet.TILTAK: (*_values(data.tiltak), *(finding.tiltak for finding in found if finding.tiltak)),
        Facet.TARGET_GROUP: _values(data.target_groups),
        Facet.FYLKE: (*_values(data.fylke), *_fylker(data, vocabulary)),
        Facet.KOMMUNE: _values(data.kommuner),
        Facet.YEAR: (str(year),) if year is not None else (),
        Facet.LANGUAGE: (data.language.value.value,),
        Facet.DESIGN: (*_one(data.study_design), *(finding.design for finding in found if finding.design)),
        Facet.PUBLISHER: _one(data.publisher),
    }
    distinct = {facet: tuple(dict.fromkeys(values)) for facet, values in codes.items()}
    return Card(document.id, document.source.path, data.title.value, year, distinct, plan_period(data, vocabulary))


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


class FacetTable:
    """The facets of a generation's documents, by number. Masks are over all documents."""

    def __init__(self, cards: tuple[Card, ...]) -> None:
        self.cards = cards
        self._columns = {facet: _column(card.codes.get(facet, ()) for card in cards) for facet in Facet}
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

    def chosen(self, request: SearchRequest) -> dict[Facet, Mask]:
        """For each facet a request narrows, the documents that pass it."""
        masks = {facet: self.having(facet, codes, request.as_of) for facet, codes in request.filters.items() if codes}
        if request.year_from is not None or request.year_to is not None:
            between = (self._years >= (request.year_from or 0)) & (self._years <= (request.year_to or 9999))
            masks[Facet.YEAR] = masks.get(Facet.YEAR, True) & between
        return masks

    def count(self, matching: Mask, chosen: Mapping[Facet, Mask], request: SearchRequest) -> tuple[FacetCounts, ...]:
        """Every facet's codes with the documents that would match with each, its own facet's choice lifted."""
        return tuple(self._counted(facet, passing(matching, chosen, facet), request) for facet in Facet)

    def _counted(self, facet: Facet, mask: Mask, request: SearchRequest) -> FacetCounts:
        counts = self._column(facet, request.as_of).counts(mask)
        selected = request.filters.get(facet, ())
        counts |= {code: 0 for code in selected if code not in counts}
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return FacetCounts(facet, tuple(FacetValue(code, count, code in selected) for code, count in ordered))

    def _column(self, facet: Facet, as_of: date) -> _Column:
        if facet is not Facet.STATUS:
            return self._columns[facet]
        held = self._statuses
        if held is None or held[0] != as_of:
            held = as_of, _column(_status(card, as_of) for card in self.cards)
            self._statuses = held
        return held[1]


def passing(matching: Mask, chosen: Mapping[Facet, Mask], lifted: Facet | None = None) -> Mask:
    """The matching documents that pass every choice but the lifted facet's."""
    for facet, mask in chosen.items():
        if facet is not lifted:
            matching = matching & mask
    return matching


def write_cards(folder: Path, cards: Iterable[Card]) -> None:
    """Write the cards to `folder`, in the order of the documents' numbers."""
    (folder / FACETS).write_bytes(msgspec.msgpack.encode(tuple(cards)))


def read_cards(folder: Path) -> tuple[Card, ...]:
    """Read the cards back from `folder`."""
    return msgspec.msgpack.decode((folder / FACETS).read_bytes(), type=tuple[Card, ...])


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
