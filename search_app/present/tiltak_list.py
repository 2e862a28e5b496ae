"""The list of all tiltak: for each the verdicts of its findings, the balance, and the plans in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from corpus.vocabulary import Tiltak
from search_app.balance import SUPPORTING, balance, votes
from search_app.base import IN_FORCE, Base, plans_among
from search_app.links import link
from search_app.present.common import Count, Tag, verdict_tag
from search_app.present.matrix import counts_of
from search_app.voice import Voice


@dataclass(frozen=True, slots=True)
class TiltakRow:
    """One line of the list. `support` is the share of votes for it, None where nothing is evaluated."""

    code: str
    name: str
    url: str
    findings: int
    documents: int
    reviewed: int
    counts: tuple[Count, ...]
    balance: Tag | None
    support: Fraction | None
    plans: int


def tiltak_rows(base: Base, voice: Voice, day: date) -> tuple[TiltakRow, ...]:
    """Every tiltak that the base says something of, in the order of the vocabulary."""
    return tuple(tiltak_row(tiltak, base, voice, day) for tiltak in held(base, voice))


def held(base: Base, voice: Voice) -> Iterable[Tiltak]:
    """The tiltak that some document names or has a finding on."""
    known = voice.vocabulary.tiltak.values()
    return (tiltak for tiltak in known if base.findings_for.get(tiltak.id) or base.documents_on.get(tiltak.id))


def tiltak_row(tiltak: Tiltak, base: Base, voice: Voice, day: date) -> TiltakRow:
    """One tiltak in a line."""
    findings = base.findings_for.get(tiltak.id, ())
    plans = plans_among(base.documents_on.get(tiltak.id, ()), voice.vocabulary, day)
    carried, shares = balance(findings), votes(findings)
    return TiltakRow(
        code=tiltak.id,
        name=tiltak.labels[voice.language],
        url=link("tiltak", code=tiltak.id),
        findings=len(findings),
        documents=len({sourced.document.id for sourced in findings}),
        reviewed=sum(sourced.finding.reviewed for sourced in findings),
        counts=counts_of(findings, voice, tiltak=tiltak.id),
        balance=verdict_tag(carried, voice) if carried else None,
        support=sum((shares.get(verdict, Fraction()) for verdict in SUPPORTING), Fraction()) if shares else None,
        plans=sum(plan.status in IN_FORCE for plan in plans),
    )
