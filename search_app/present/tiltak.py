"""The tiltakskort: what the base holds on one tiltak, computed from the generation that answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model import FindingType, Language, Strength, Verdict
from corpus.ratings import Rating, Ratings
from corpus.search import Facet
from corpus.vocabulary import Tiltak
from search_app.balance import AGAINST, SUPPORTING
from search_app.base import IN_FORCE, Base, Plan, Sourced, by_status, plans_among, tally
from search_app.links import document_link, link
from search_app.present.common import Count, Tag, foreign, period, status_tag, verdict_tag
from search_app.present.findings import FindingView, finding_view
from search_app.present.matrix import Matrix, Short, in_short, matrix
from search_app.present.scene import Scene, scenes
from search_app.present.stated import FactorView, TypeView, factor_views, type_view
from search_app.present.tiltak_list import TiltakRow, tiltak_row
from search_app.site import Site
from search_app.voice import Voice

GROUP_SHOWN = 4
GROUP_FOLDED = 12
PLANS_SHOWN = 30
KOMMUNER_SHOWN = 6
STATED_SHOWN = 8
RELATED_SHOWN = 8
FURTHER = (FindingType.MEKANISME, FindingType.MODERATOR, FindingType.ANBEFALING, FindingType.KUNNSKAPSHULL)


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one verdict: the strongest, those folded away under them, and where the rest are."""

    verdict: Count
    findings: tuple[FindingView, ...]
    folded: tuple[FindingView, ...]
    more_url: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan that uses the tiltak, and whose it is; `more` kommuner are left out."""

    title: str
    url: str
    lang: Language | None
    period: str
    status: Tag
    kommuner: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Use:
    """Plans that name the tiltak: those in force first. `kommuner` have one in force."""

    plans: tuple[PlanLine, ...]
    all: int
    in_force: int
    kommuner: int


@dataclass(frozen=True, slots=True)
class TiltakView:
    """One tiltak. `supporting` and `against` are groups that stand side by side; `rest` follow."""

    code: str
    name: str
    also: str
    level: str
    counts: tuple[Count, ...]
    findings: int
    places: int
    documents: int
    reviewed: int
    evaluated: bool
    short: tuple[Short, ...]
    matrix: Matrix
    supporting: tuple[Group, ...]
    against: tuple[Group, ...]
    rest: tuple[Group, ...]
    scenes: tuple[Scene, ...]
    factors: tuple[FactorView, ...]
    costs: TypeView | None
    further: tuple[TypeView, ...]
    use: Use
    ratings: tuple[Rating, ...]
    unrated: str
    related: tuple[TiltakRow, ...]


def tiltak_view(tiltak: Tiltak, site: Site, base: Base, voice: Voice) -> TiltakView:
    """Everything the base holds on a tiltak today."""
    findings, stated = base.findings_for.get(tiltak.id, ()), base.statements_for.get(tiltak.id, ())
    counts = tally(sourced.finding for sourced in findings)
    groups = {verdict: _group(tiltak.id, verdict, findings, voice) for verdict, n in counts.items() if n}
    return TiltakView(
        code=tiltak.id,
        name=tiltak.labels[voice.language],
        also=voice.listing(_other_names(tiltak, voice)),
        level=voice.listing(voice.t(f"card.level_{level}") for level in tiltak.level),
        counts=tuple(group.verdict for group in groups.values()),
        findings=len(findings),
        places=sum(1 + len(sourced.also) for sourced in findings),
        documents=len({sourced.document.id for sourced in findings}),
        reviewed=sum(sourced.finding.reviewed for sourced in findings),
        evaluated=any(n for verdict, n in counts.items() if verdict is not Verdict.IKKE_EVALUERT),
        short=in_short(findings, voice),
        matrix=matrix(tiltak.id, findings, voice),
        supporting=tuple(groups[verdict] for verdict in SUPPORTING if verdict in groups),
        against=tuple(groups[verdict] for verdict in AGAINST if verdict in groups),
        rest=tuple(group for verdict, group in groups.items() if verdict not in (*SUPPORTING, *AGAINST)),
        scenes=scenes(findings, voice),
        factors=factor_views(stated, site.subjects, voice),
        costs=type_view(FindingType.OKONOMI, stated, voice, STATED_SHOWN),
        further=tuple(view for kind in FURTHER if (view := type_view(kind, stated, voice, STATED_SHOWN))),
        use=_use(plans_among(base.documents_on.get(tiltak.id, ()), voice.vocabulary, site.today()), voice),
        ratings=site.ratings.of.get(tiltak.id, ()),
        unrated=_unrated(tiltak, site.ratings, voice),
        related=tuple(tiltak_row(other, base, voice, site.today()) for other in _related(tiltak, base, voice)),
    )


def strongest(findings: Iterable[Sourced]) -> Sequence[Sourced]:
    """Strength first (its enum runs from high to unknown), then the newest, then by place."""
    order = list(Strength)
    return sorted(findings, key=lambda sourced: (order.index(sourced.finding.strength), -_year(sourced)))


def _group(code: str, verdict: Verdict, findings: Iterable[Sourced], voice: Voice) -> Group:
    mine = [sourced for sourced in findings if sourced.finding.verdict is verdict]
    more = link("search", **{Facet.TILTAK: code, Facet.VERDICT: verdict}) if len(mine) > GROUP_FOLDED else ""
    views = tuple(finding_view(sourced, voice) for sourced in strongest(mine)[:GROUP_FOLDED])
    tag = verdict_tag(verdict, voice)
    count = Count(tag.code, tag.label, len(mine), link("tiltak", code=code, _anchor=f"v-{verdict}"))
    return Group(count, views[:GROUP_SHOWN], views[GROUP_SHOWN:], more)


def _year(sourced: Sourced) -> int:
    year = sourced.document.metadata.year
    return year.value if year else 0


def _use(plans: Sequence[Plan], voice: Voice) -> Use:
    current = [plan for plan in plans if plan.status in IN_FORCE]
    return Use(
        plans=tuple(_plan(plan, voice) for plan in by_status(plans)[:PLANS_SHOWN]),
        all=len(plans),
        in_force=len(current),
        kommuner=len({read.value for plan in current for read in plan.document.metadata.kommuner}),
    )


def _plan(plan: Plan, voice: Voice) -> PlanLine:
    document, known = plan.document, plan.document.metadata
    numbers = [read.value for read in known.kommuner]
    named = [(voice.label(Facet.KOMMUNE, n), link("kommune", number=n)) for n in numbers[:KOMMUNER_SHOWN]]
    return PlanLine(
        known.title.value,
        document_link(document),
        foreign(known.language.value, voice),
        period(document, voice),
        status_tag(plan, voice),
        tuple(named),
        len(numbers) - len(named),
    )


def _unrated(tiltak: Tiltak, ratings: Ratings, voice: Voice) -> str:
    """The raters whose rating of the tiltak we do not have; empty when there is none."""
    given = {rating.rater.id for rating in ratings.of.get(tiltak.id, ())}
    names = [rater.name for rater in ratings.raters if rater.id not in given]
    return voice.listing(names) if names else ""


def _related(tiltak: Tiltak, base: Base, voice: Voice) -> Sequence[Tiltak]:
    """Other tiltak of the same family, then those against the same themes; most findings and documents first."""

    def nearness(other: Tiltak) -> tuple[object, ...]:
        held = len(base.findings_for.get(other.id, ())), len(base.documents_on.get(other.id, ()))
        return other.family != tiltak.family, -_shared(other), -held[0], -held[1], other.id

    def _shared(other: Tiltak) -> int:
        return len(set(other.themes) & set(tiltak.themes))

    near = [
        other
        for other in voice.vocabulary.tiltak.values()
        if other is not tiltak and (other.family == tiltak.family or _shared(other) > 1)
    ]
    return sorted(near, key=nearness)[:RELATED_SHOWN]


def _other_names(tiltak: Tiltak, voice: Voice) -> list[str]:
    name = tiltak.labels[voice.language].casefold()
    names = dict.fromkeys((*tiltak.exact, *tiltak.aliases.get(voice.language, ())))
    return [other for other in names if other.casefold() not in name]
