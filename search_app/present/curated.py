"""The form for the metadata of a document: every field with what was read and where, and what a person says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.model import Document, Language, Origin, Read
from corpus.search import PlanStatus
from corpus.vocabulary import Vocabulary
from indexer.curation.editing import FIELDS, Mode, Said, modes_of
from indexer.order import title_key
from search_app.links import page_link
from search_app.present.cases import Choice
from search_app.present.common import page_name
from search_app.urls import clean
from search_app.voice import Voice

KINDS = {
    "title": "text",
    "language": "code",
    "doc_type": "code",
    "publisher": "text",
    "authors": "lines",
    "year": "year",
    "plan_from": "when",
    "plan_to": "when",
    "plan_state": "code",
    "adopted": "day",
    "kommuner": "kommuner",
    "kommuner_then": "lines",
    "fylke": "codes",
    "themes": "codes",
    "target_groups": "codes",
    "tiltak": "codes",
    "study_design": "code",
}
LONGEST_QUOTE = 200


@dataclass(frozen=True, slots=True)
class ReadView:
    """A value that the machine read, and where."""

    label: str
    where: str
    url: str
    quote: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of the form. `value` is what its input holds, `choices` what may be chosen; `wrong` as in the texts."""

    name: str
    kind: str
    mode: Mode
    modes: tuple[Mode, ...]
    value: str
    choices: tuple[Choice, ...]
    reads: tuple[ReadView, ...]
    wrong: str


def machine_value(document: Document | None, name: str) -> Any:
    """What the machine read for a field, as a curation file would hold it; None or () for nothing."""
    reads = _reads(document, name)
    values = tuple(str(read.value) if isinstance(read.value, Language) else read.value for read in reads)
    return values if KINDS[name] in ("lines", "codes", "kommuner") else next(iter(values), None)


def field_views(
    document: Document | None, said: Mapping[str, Said], wrong: Mapping[str, str], voice: Voice
) -> tuple[FieldView, ...]:
    """Every field, in the order of the model."""
    return tuple(_view(document, name, said[name], wrong.get(name, ""), voice) for name in FIELDS)


def codes_of(name: str, vocabulary: Vocabulary) -> Iterable[str]:
    """The codes that a field may hold."""
    known: Mapping[str, Iterable[str]] = {
        "language": tuple(Language),
        "doc_type": vocabulary.doc_types,
        "plan_state": (PlanStatus.HORING, PlanStatus.UNDER_RULLERING),
        "fylke": vocabulary.fylker,
        "themes": vocabulary.themes,
        "target_groups": vocabulary.target_groups,
        "tiltak": vocabulary.tiltak,
        "study_design": vocabulary.designs,
    }
    return known.get(name, ())


def _view(document: Document | None, name: str, said: Said, wrong: str, voice: Voice) -> FieldView:
    value = machine_value(document, name) if said.mode is Mode.READ else said.value
    return FieldView(
        name=name,
        kind=KINDS[name],
        mode=said.mode,
        modes=modes_of(name),
        value=_written(name, value, voice),
        choices=_choices(name, value, voice),
        reads=tuple(_read_view(document, name, read, voice) for read in _reads(document, name)) if document else (),
        wrong=wrong,
    )


def _reads(document: Document | None, name: str) -> tuple[Read[Any], ...]:
    known = getattr(document.metadata, name) if document else ()
    reads = known if isinstance(known, tuple) else (known,) if known else ()
    return tuple(read for read in reads if read.origin is not Origin.CURATION)


def _read_view(document: Document, name: str, read: Read[Any], voice: Voice) -> ReadView:
    where = page_name(document, read.page, voice) if read.page is not None else voice.t(f"where.{read.origin}")
    return ReadView(
        label=_label(name, read.value, voice),
        where=where,
        url=page_link(document, read.page) if read.page is not None else "",
        quote=read.quote if read.quote.strip() != str(read.value) and len(read.quote) <= LONGEST_QUOTE else "",
    )


def _label(name: str, value: object, voice: Voice) -> str:
    if name == "plan_state":
        return str(voice.t(f"status.{value}"))
    return voice.day(value) if isinstance(value, date) else voice.label(name, str(value))


def _written(name: str, value: object, voice: Voice) -> str:
    """What a text field or a list of lines holds."""
    if isinstance(value, tuple):
        return "\n".join(_line(name, str(each), voice) for each in value)
    return "" if value is None else clean(str(value))


def _line(name: str, value: str, voice: Voice) -> str:
    label = voice.label(name, value) if name == "kommuner" else value
    return f"{value} {label}" if label != value else clean(value)


def _choices(name: str, value: object, voice: Voice) -> tuple[Choice, ...]:
    chosen = set(map(str, value)) if isinstance(value, tuple) else {str(value)}
    codes = codes_of(name, voice.vocabulary)
    choices = (Choice(str(code), _label(name, code, voice), str(code) in chosen) for code in codes)
    return tuple(sorted(choices, key=lambda choice: title_key(choice.label)))
