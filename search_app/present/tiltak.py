"""What the findings say of one tiltak, computed from the live base; and the list of all tiltak."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.model import Strength, Verdict
from corpus.search import Facet
from corpus.vocabulary import Tiltak
from search_app.base import IN_FORCE, Base, Sourced, by_status, plans_among, tally
from search_app.links import link
from search_app.present.common import Count, DocumentLine, document_line, verdict_tag
from search_app.present.findings import AGAINST, SUPPORTING, FindingView, finding_view
from search_app.voice import Voice

GROUP_SHOWN = 4
GROUP_FOLDED = 30
PLANS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one verdict: the strongest, those folded away under them, and where the rest are."""

    verdict: Count
    findings: tuple[FindingView, ...]
    folded: tuple[FindingView, ...]
    more_url: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """What the findings say of one outcome: a count for each verdict that occurs, and for whom it was counted."""

    outcome: str
    counts: tuple[Count, ...]
    disagree: bool


@dataclass(frozen=True, slots=True)
class TiltakView:
    """One tiltak. `supporting` and `against` are groups that stand side by side; `rest` follow."""

    code: str
    name: str
    also: str
    counts: tuple[Count, ...]
    findings: int
    documents: int
    reviewed: int
    evaluated: bool
    outcomes: tuple[OutcomeRow, ...]
    supporting: tuple[Group, ...]
    against: tuple[Group, ...]
    rest: tuple[Group, ...]
    plans: tuple[DocumentLine, ...]
    plans_all: int
    plans_in_force: int


@dataclass(frozen=True, slots=True)
class TiltakRow:
    """One line of the list of tiltak."""

    name: str
    url: str
    findings: int
    counts: tuple[Count, ...]
    plans: int


def tiltak_view(tiltak: Tiltak, base: Base, voice: Voice, day: date) -> TiltakView:
    """Everything the base holds on a tiltak on a given day."""
    findings = base.findings_for.get(tiltak.id, ())
    counts = tally(sourced.finding for sourced in findings)
    groups = {verdict: _group(tiltak.id, verdict, findings, voice) for verdict, n in counts.items() if n}
    plans = plans_among(base.documents_on.get(tiltak.id, ()), voice.vocabulary, day)
    plans = by_status(plans)
    return TiltakView(
        code=tiltak.id,
        name=tiltak.labels[voice.language],
        also=voice.listing(_other_names(tiltak, voice)),
        counts=_counts(tiltak.id, counts, voice),
        findings=len(findings),
        documents=len({sourced.document.id for sourced in findings}),
        reviewed=sum(sourced.finding.reviewed for sourced in findings),
        evaluated=any(n for verdict, n in counts.items() if verdict is not Verdict.IKKE_EVALUERT),
        outcomes=_outcomes(tiltak.id, findings, voice),
        supporting=tuple(groups[verdict] for verdict in SUPPORTING if verdict in groups),
        against=tuple(groups[verdict] for verdict in AGAINST if verdict in groups),
        rest=tuple(group for verdict, group in groups.items() if verdict not in (*SUPPORTING, *AGAINST)),
        plans=tuple(document_line(plan.document, base, voice, day) for plan in plans[:PLANS_SHOWN]),
        plans_all=len(plans),
        plans_in_force=sum(plan.status in IN_FORCE for plan in plans),
    )


def tiltak_rows(base: Base, voice: Voice, day: date) -> tuple[TiltakRow, ...]:
    """Every tiltak that the base says something of, by name."""
    rows = []
    for tiltak in voice.vocabulary.tiltak.values():
        findings = base.findings_for.get(tiltak.id, ())
        plans = plans_among(base.documents_on.get(tiltak.id, ()), voice.vocabulary, day)
        if findings or base.documents_on.get(tiltak.id):
            counts = tally(sourced.finding for sourced in findings)
            rows.append(
                TiltakRow(
                    name=tiltak.labels[voice.language],
                    url=link("tiltak", code=tiltak.id),
                    findings=len(findings),
                    counts=_counts(tiltak.id, counts, voice),
                    plans=sum(plan.status in IN_FORCE for plan in plans),
                )
            )
    return tuple(rows)


def _counts(code: str, counts: Mapping[Verdict, int], voice: Voice) -> tuple[Count, ...]:
    return tuple(_count(code, verdict, n, voice) for verdict, n in counts.items() if n)


def _count(code: str, verdict: Verdict, n: int, voice: Voice) -> Count:
    tag = verdict_tag(verdict, voice)
    return Count(tag.code, tag.label, n, link("tiltak", code=code, _anchor=f"v-{verdict}"))


def _group(code: str, verdict: Verdict, findings: Iterable[Sourced], voice: Voice) -> Group:
    mine = [sourced for sourced in findings if sourced.finding.verdict is verdict]
    more = link("search", **{Facet.TILTAK: code, Facet.VERDICT: verdict}) if len(mine) > GROUP_FOLDED else ""
    views = tuple(finding_view(sourced, voice) for sourced in _strongest(mine)[:GROUP_FOLDED])
    return Group(_count(code, verdict, len(mine), voice), views[:GROUP_SHOWN], views[GROUP_SHOWN:], more)


def _strongest(findings: Iterable[Sourced]) -> Sequence[Sourced]:
    """Strength first (its enum runs from high to unknown), then the newest, then by place."""
    order = list(Strength)
    return sorted(findings, key=lambda sourced: (order.index(sourced.finding.strength), -_year(sourced)))


def _year(sourced: Sourced) -> int:
    year = sourced.document.metadata.year
    return year.value if year else 0


def _outcomes(code: str, findings: Iterable[Sourced], voice: Voice) -> tuple[OutcomeRow, ...]:
    by_outcome: dict[str, list[Sourced]] = {}
    for sourced in findings:
        by_outcome.setdefault(sourced.finding.outcome or "", []).append(sourced)
    rows = [_outcome(code, outcome, group, voice) for outcome, group in by_outcome.items() if outcome]
    return tuple(sorted(rows, key=lambda row: (-sum(count.n for count in row.counts), row.outcome)))


def _outcome(code: str, outcome: str, group: Sequence[Sourced], voice: Voice) -> OutcomeRow:
    counts = tally(sourced.finding for sourced in group)
    disagree = any(counts[verdict] for verdict in SUPPORTING) and any(counts[verdict] for verdict in AGAINST)
    return OutcomeRow(voice.label("outcome", outcome), _counts(code, counts, voice), disagree)


def _other_names(tiltak: Tiltak, voice: Voice) -> list[str]:
    name = tiltak.labels[voice.language].casefold()
    names = dict.fromkeys((*tiltak.exact, *tiltak.aliases.get(voice.language, ())))
    return [other for other in names if other.casefold() not in name]
