"""What did a person say of this document, and of its findings?

In a curation file (`report.pdf.toml`) a key is a metadata field; its value replaces what was read, and an empty one
(`publisher = ""`, `themes = []`) takes it away. Under `[add]` the codes of a list field are added to those read.
Each `[[findings]]` is a decision on one finding. `released` lists the codes of pages that were held back and may be
shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import CurationError
from corpus.model import Document, Finding, Language, Metadata, Origin, Page, Read
from corpus.search import PlanStatus
from corpus.vocabulary import Vocabulary
from indexer.curation import checks
from indexer.curation.applying import Applied, applied
from indexer.curation.checks import Check, checked
from indexer.curation.decisions import FINDINGS, Decision, decisions_of

ADD = "add"
RELEASED = "released"
STATES = (PlanStatus.HORING, PlanStatus.UNDER_RULLERING)


@dataclass(frozen=True, slots=True)
class Curation:
    """What one curation file says: values by name of the metadata field to replace, and to add; decisions.

    `released` are the codes of pages that may be shown.
    """

    values: tuple[tuple[str, object], ...] = ()
    added: tuple[tuple[str, tuple[object, ...]], ...] = ()
    decisions: tuple[Decision, ...] = ()
    released: tuple[str, ...] = ()

    def apply(self, metadata: Metadata, vocabulary: Vocabulary) -> Metadata:
        """The metadata with every curated value in place; fylke follows curated kommuner unless it is curated too."""
        changes: dict[str, Any] = {name: _curated(value) for name, value in self.values}
        for name, values in self.added:
            changes[name] = _with(changes.get(name, getattr(metadata, name)), values)
        if "kommuner" in changes and "fylke" not in changes:
            changes["fylke"] = _fylker(changes["kommuner"], vocabulary)
        return replace(metadata, **changes)

    def decide(self, document: Document, pages: tuple[Page, ...], findings: tuple[Finding, ...]) -> Applied:
        """The findings of a document as decided, and the decisions that no longer match its text."""
        return applied(self.decisions, document, pages, findings)


def read_curation(path: Path, vocabulary: Vocabulary) -> Curation:
    """Read a curation file. Raises CurationError naming what is wrong and the nearest right name."""
    table = checks.toml_of(path)
    decisions = decisions_of(table.pop(FINDINGS, []), vocabulary, path.name)
    released = _released(table.pop(RELEASED, []), path.name)
    add = table.pop(ADD, {})
    if not isinstance(add, dict):
        raise CurationError(f"{path.name}: {ADD} must be a section [{ADD}]", "Mend the key.")
    known = _checks(vocabulary)
    values = tuple((name, checked(known, name, value, path.name)) for name, value in table.items())
    lists = {name: check for name, check in known.items() if name in _LISTS}
    added = tuple((name, checked(lists, name, value, path.name)) for name, value in add.items())
    lists_added = tuple((name, value) for name, value in added if isinstance(value, tuple))
    return Curation(values, lists_added, decisions, released)


def released_in(path: Path) -> tuple[str, ...]:
    """The codes of pages that a curation file releases, none when there is no such file. Raises CurationError."""
    return _released(checks.toml_of(path).get(RELEASED, []), path.name) if path.exists() else ()


def _released(value: object, file: str) -> tuple[str, ...]:
    codes = checked({RELEASED: checks.each(checks.needed_text)}, RELEASED, value, file)
    return tuple(map(str, codes)) if isinstance(codes, tuple) else ()


_LISTS = ("authors", "kommuner", "kommuner_then", "fylke", "themes", "target_groups", "tiltak")


def _checks(vocabulary: Vocabulary) -> Mapping[str, Check]:
    """What each field takes."""
    return {
        "title": checks.needed_text,
        "language": lambda value: Language(checks.code(list(Language), value)),
        "doc_type": checks.maybe(vocabulary.doc_types),
        "publisher": checks.text,
        "authors": checks.each(checks.needed_text),
        "year": checks.year,
        "plan_from": checks.year_or_day,
        "plan_to": checks.year_or_day,
        "plan_state": checks.maybe(STATES),
        "adopted": checks.day,
        "kommuner": checks.each(lambda value: checks.code(vocabulary.kommuner, value)),
        "kommuner_then": checks.each(checks.needed_text),
        "fylke": checks.each(lambda value: checks.code(vocabulary.fylker, value)),
        "themes": checks.each(lambda value: checks.code(vocabulary.themes, value)),
        "target_groups": checks.each(lambda value: checks.code(vocabulary.target_groups, value)),
        "tiltak": checks.each(lambda value: checks.code(vocabulary.tiltak, value)),
        "study_design": checks.maybe(vocabulary.designs),
    }


def _curated(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(Read(item, Origin.CURATION) for item in value)
    return None if value is None else Read(value, Origin.CURATION)


def _with(present: tuple[Read[Any], ...], values: tuple[object, ...]) -> tuple[Read[Any], ...]:
    known = {read.value for read in present}
    return present + tuple(Read(value, Origin.CURATION) for value in values if value not in known)


def _fylker(kommuner: tuple[Read[str], ...], vocabulary: Vocabulary) -> tuple[Read[str], ...]:
    codes = dict.fromkeys(vocabulary.kommuner[read.value].fylke for read in kommuner)
    return tuple(Read(code, Origin.DERIVED) for code in codes)
