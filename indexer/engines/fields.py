"""Which documents does `field:value` mean?"""

import re
from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np

from corpus.search import Facet, InField
from corpus.vocabulary import Kommune, Term, Vocabulary
from indexer.analysis import fold, surfaces
from indexer.engines.concepts import Concepts
from indexer.engines.facets import FacetTable, Mask
from indexer.engines.rows import Rows
from indexer.schema import Field

_YEARS = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})")


class FieldMasks:
    """`field:value` → the documents, for one generation."""

    def __init__(self, table: FacetTable, rows: Rows, concepts: Concepts, vocabulary: Vocabulary) -> None:
        self._table, self._rows, self._concepts = table, rows, concepts
        self._codes = known_codes(vocabulary)

    def mask(self, node: InField, as_of: date) -> Mask:
        """The documents that have the value; none when nobody knows it."""
        if node.field == "title":
            return self._in_title(node.value)
        if node.field == "file":
            wanted = node.value.lower()
            return np.array([wanted in card.path.lower() for card in self._table.cards], np.bool_)
        facet = Facet(node.field)
        return self._table.having(facet, self._meant(facet, node.value, as_of), as_of)

    def _in_title(self, value: str) -> Mask:
        """The documents whose title holds all the words."""
        titles = self._rows.fields[Field.TITLE]
        text, row = titles.gather(self._rows.lead[:-1])
        masks = [np.isin(text, self._concepts.of(surface).holds) for surface in surfaces(value)]
        found = [np.bincount(row[mask], minlength=len(self._table.cards)) > 0 for mask in masks]
        return np.all(found, axis=0) if found else np.zeros(len(self._table.cards), np.bool_)

    def _meant(self, facet: Facet, value: str, as_of: date) -> Iterable[str]:
        """The codes a value may mean: by code, label or alias, else by how it is written."""
        years = _YEARS.fullmatch(value)
        if facet is Facet.YEAR and years:
            return [str(year) for year in range(int(years[1]), int(years[2]) + 1)]
        form = _form(value)
        return self._codes.get((facet, form)) or [
            code for code in self._table.codes(facet, as_of) if _form(code) == form
        ]


def known_codes(vocabulary: Vocabulary) -> dict[tuple[Facet, str], list[str]]:
    """(facet, form people write) → the codes it may mean. A kommune is known by its former names and numbers too."""
    terms: dict[Facet, Mapping[str, Term]] = {
        Facet.DOC_TYPE: vocabulary.doc_types,
        Facet.VERDICT: vocabulary.verdicts,
        Facet.THEME: vocabulary.themes,
        Facet.TILTAK: vocabulary.tiltak,
        Facet.TARGET_GROUP: vocabulary.target_groups,
        Facet.FYLKE: vocabulary.fylker,
        Facet.STATUS: vocabulary.plan_statuses,
        Facet.LANGUAGE: vocabulary.languages,
        Facet.DESIGN: vocabulary.designs,
        Facet.STRENGTH: vocabulary.strengths,
        Facet.OUTCOME: vocabulary.outcomes,
        Facet.FINDING_TYPE: vocabulary.finding_types,
    }
    known: dict[tuple[Facet, str], list[str]] = {}
    for facet, table in terms.items():
        for term in table.values():
            for form in {_form(form) for form in _term_forms(term)}:
                known.setdefault((facet, form), []).append(term.id)
    for kommune in vocabulary.kommuner.values():
        for form in {_form(form) for form in _kommune_forms(kommune)}:
            known.setdefault((Facet.KOMMUNE, form), []).append(kommune.number)
    return known


def _term_forms(term: Term) -> Iterable[str]:
    aliases = (alias for held in term.aliases.values() for alias in held)
    return (term.id, *term.labels.values(), *aliases, *term.exact)


def _kommune_forms(kommune: Kommune) -> Iterable[str]:
    former = (form for each in kommune.former for form in (each.number, each.name))
    return (kommune.number, kommune.name, *kommune.other_names, *former)


def _form(text: str) -> str:
    return fold(text.lower().partition(" (")[0].replace("_", " "))
