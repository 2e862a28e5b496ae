"""What the findings on one tiltak say: outcome by strength, and for each outcome the balance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model import Strength, Verdict
from corpus.search import Facet
from search_app.balance import AGAINST, SUPPORTING, balance
from search_app.base import Sourced, tally
from search_app.links import link
from search_app.present.common import Count, Tag, verdict_tag
from search_app.present.findings import BARS
from search_app.voice import Voice, lowered


@dataclass(frozen=True, slots=True)
class Column:
    """A strength: its short name, its words and its bars."""

    name: str
    label: str
    bars: int


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome: a cell for each strength with its counts by verdict, the balance, and whether findings disagree."""

    code: str
    outcome: str
    url: str
    cells: tuple[tuple[Count, ...], ...]
    balance: Tag
    findings: int
    documents: int
    disagree: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """The columns that hold anything, and the rows: most findings first, those without a named outcome last."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Short:
    """The outcomes for which one verdict carries."""

    verdict: Tag
    outcomes: tuple[Tag, ...]


def matrix(tiltak: str, findings: Sequence[Sourced], voice: Voice) -> Matrix:
    """Outcome by strength for the findings on a tiltak."""
    strengths = [s for s in Strength if any(sourced.finding.strength is s for sourced in findings)]
    by_outcome: dict[str | None, list[Sourced]] = {}
    for sourced in findings:
        by_outcome.setdefault(sourced.finding.outcome, []).append(sourced)
    rows = [_row(tiltak, outcome, group, strengths, voice) for outcome, group in by_outcome.items()]
    rows.sort(key=lambda row: (not row.code, -row.findings, row.outcome))
    return Matrix(tuple(_column(strength, voice) for strength in strengths), tuple(rows))


def in_short(findings: Iterable[Sourced], voice: Voice) -> tuple[Short, ...]:
    """For every verdict that carries for some outcome, those outcomes, in the fixed order of verdicts."""
    by_outcome: dict[str, list[Sourced]] = {}
    for sourced in findings:
        if sourced.finding.outcome:
            by_outcome.setdefault(sourced.finding.outcome, []).append(sourced)
    carried: dict[Verdict, list[str]] = {verdict: [] for verdict in Verdict}
    for outcome, group in sorted(by_outcome.items(), key=lambda item: -len(item[1])):
        carried[balance(group) or Verdict.IKKE_EVALUERT].append(outcome)
    return tuple(
        Short(verdict_tag(verdict, voice), tuple(Tag(o, lowered(voice.label(Facet.OUTCOME, o))) for o in outcomes))
        for verdict, outcomes in carried.items()
        if outcomes
    )


def counts_of(findings: Iterable[Sourced], voice: Voice, **search: object) -> tuple[Count, ...]:
    """The verdicts that occur with how many, each with a link to a search for them; without `search`, no link."""
    counts = tally(sourced.finding for sourced in findings)
    return tuple(
        Count(
            verdict,
            verdict_tag(verdict, voice).label,
            n,
            link("search", **{**search, Facet.VERDICT: verdict}) if search else "",
        )
        for verdict, n in counts.items()
        if n
    )


def _row(
    tiltak: str, outcome: str | None, group: Sequence[Sourced], strengths: Iterable[Strength], voice: Voice
) -> Row:
    counts = tally(sourced.finding for sourced in group)
    asked = {Facet.TILTAK: tiltak, Facet.OUTCOME: outcome}
    return Row(
        code=outcome or "",
        outcome=voice.label(Facet.OUTCOME, outcome) if outcome else voice.t("card.no_outcome"),
        url=link("search", **asked) if outcome else "",
        cells=tuple(_cell(group, strength, voice, asked) for strength in strengths),
        balance=verdict_tag(balance(group) or Verdict.IKKE_EVALUERT, voice),
        findings=len(group),
        documents=len({sourced.document.id for sourced in group}),
        disagree=any(counts[v] for v in SUPPORTING) and any(counts[v] for v in AGAINST),
    )


def _cell(
    group: Iterable[Sourced], strength: Strength, voice: Voice, asked: dict[Facet, str | None]
) -> tuple[Count, ...]:
    mine = [sourced for sourced in group if sourced.finding.strength is strength]
    return counts_of(mine, voice, **{**asked, Facet.STRENGTH: strength})


def _column(strength: Strength, voice: Voice) -> Column:
    return Column(voice.t(f"card.strength_{strength}"), voice.t(f"strength.{strength}"), BARS[strength])
