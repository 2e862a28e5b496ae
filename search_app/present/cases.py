"""A finding under review as those who review it see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.model import FindingType, Language, Strength, Verdict
from indexer.curation.decisions import SAYABLE, Decision, Reading, said_of
from indexer.review import Case
from search_app.base import Sourced
from search_app.links import PLACE, link
from search_app.present.common import Tag, foreign, page_name, verdict_tag
from search_app.present.findings import FindingView, finding_view
from search_app.present.kommuner import norwegian_order
from search_app.voice import Voice


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be chosen."""

    code: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a finding says, with what it may say; `optional` when it may say nothing."""

    name: str
    choices: tuple[Choice, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case in a list. `shown` is the finding as readers see it, None when the index has none."""

    id: str
    url: str
    shown: FindingView | None
    verdict: Tag | None
    quote: str
    lang: Language | None
    title: str
    title_lang: Language | None
    place: str
    standing: str
    decision: str
    reports: int
    views: int


@dataclass(frozen=True, slots=True)
class Said:
    """One thing by its name, in words."""

    name: str
    value: str


def case_view(case: Case, voice: Voice) -> CaseView:
    """A case as a line in a list."""
    document, verdict = case.document, _verdict(case)
    language = document.metadata.language.value if document else voice.language
    shown = finding_view(Sourced(document, case.finding), voice) if document and case.finding else None
    return CaseView(
        id=case.id,
        url=link("admin_case", case_id=case.id, _anchor=PLACE if shown else None),
        shown=shown,
        verdict=verdict_tag(verdict, voice) if verdict else None,
        quote=case.quote,
        lang=shown.lang if shown else foreign(language, voice),
        title=document.metadata.title.value if document else case.file,
        title_lang=foreign(language, voice),
        place=page_name(document, case.page, voice) if document else voice.t("common.page", n=voice.number(case.page)),
        standing=case.standing,
        decision=case.decision.decision if case.decision else "",
        reports=len(case.reports),
        views=case.views,
    )


def _verdict(case: Case) -> Verdict | None:
    if case.finding:
        return case.finding.verdict
    if case.decision and case.decision.verdict:
        return case.decision.verdict
    return case.decision.read.verdict if case.decision and case.decision.read else None


def fields(said: Mapping[str, Any], voice: Voice) -> tuple[Field, ...]:
    """What a finding may say, with what it says now, or what was chosen, by name."""
    vocabulary = voice.vocabulary
    codes: dict[str, tuple[Iterable[str], bool]] = {
        "verdict": (Verdict, False),
        "tiltak": (vocabulary.tiltak, True),
        "outcome": (vocabulary.outcomes, True),
        "strength": (Strength, False),
        "type": (FindingType, False),
    }
    return tuple(_field(name, *codes[name], said.get(name), voice) for name in SAYABLE)


def _field(name: str, codes: Iterable[str], optional: bool, said: object, voice: Voice) -> Field:
    choices = [Choice(str(code), said_label(name, code, voice), code == said) for code in codes]
    if optional:
        choices.sort(key=lambda choice: norwegian_order(choice.label))
    return Field(name, tuple(choices), optional)


def said_label(name: str, code: str, voice: Voice) -> str:
    """What a finding says, in words."""
    return str(voice.t(f"{name}.{code}")) if name in {"verdict", "strength"} else voice.label(name, code)


def all_said(case: Case, voice: Voice) -> tuple[Said, ...]:
    """All that a finding says, in words."""
    return _said(dict(said_of(case.finding)), voice) if case.finding else ()


def decision_said(decision: Decision, voice: Voice) -> tuple[Said, ...]:
    """What a finding says by a person's word."""
    return _said(dict(decision.says), voice)


def reading_said(reading: Reading, voice: Voice) -> tuple[Said, ...]:
    """What the machine had read."""
    return _said({name: getattr(reading, name) for name in SAYABLE}, voice)


def _said(said: Mapping[str, Any], voice: Voice) -> tuple[Said, ...]:
    return tuple(Said(name, said_label(name, value, voice)) for name, value in said.items() if value)
