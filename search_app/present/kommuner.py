"""A kommune with its plans through time, and the list of all kommuner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.model import Document
from corpus.search import Facet
from corpus.vocabulary import FormerKommune, Kommune, Vocabulary
from search_app.base import IN_FORCE, Base, Plan, by_status, plans_among
from search_app.links import link
from search_app.present.common import DocumentLine, Tag, document_line, period, status_tag
from search_app.voice import Voice

LETTERS = str.maketrans("áčđŋšŧžæøå", "acdnstz{|}")
LINE_WIDTH, ROW_HEIGHT = 960, 60


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan in a table."""

    line: DocumentLine
    themes: str
    period: str
    tiltak: int


@dataclass(frozen=True, slots=True)
class Span:
    """A plan's bar on the time line, in the units of its picture; its title begins with it, or ends (`to_left`)."""

    title: str
    status: Tag
    period: str
    x: float
    y: int
    width: float
    to_left: bool


@dataclass(frozen=True, slots=True)
class TimeLine:
    """Plans with a period, from the first year to the last; `today` is where the day stands."""

    spans: tuple[Span, ...]
    years: tuple[tuple[int, float], ...]
    today: float
    height: int


@dataclass(frozen=True, slots=True)
class KommuneView:
    """One kommune: its plans by status, other documents about it, and what it was before."""

    number: str
    name: str
    other_names: str
    fylke: str
    fylke_url: str
    former: str
    plans: tuple[PlanRow, ...]
    in_force: int
    line: TimeLine | None
    others: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True)
class KommuneRow:
    """One kommune in the list; `statuses` empty when the base has no plan."""

    name: str
    url: str
    former: str
    statuses: tuple[Tag, ...]
    plans: int


def kommune_view(kommune: Kommune, base: Base, voice: Voice, day: date) -> KommuneView:
    """Everything the base holds on a kommune on a given day."""
    documents = base.documents_in.get(kommune.number, ())
    plans = by_status(plans_among(documents, voice.vocabulary, day))
    planned = {plan.document.id for plan in plans}
    others = [document for document in documents if document.id not in planned]
    return KommuneView(
        number=kommune.number,
        name=kommune.name,
        other_names=voice.listing(kommune.other_names),
        fylke=voice.label(Facet.FYLKE, kommune.fylke),
        fylke_url=link("kommuner", fylke=kommune.fylke),
        former=voice.listing(_former_name(former, voice) for former in kommune.former),
        plans=tuple(_plan_row(plan, base, voice, day) for plan in plans),
        in_force=sum(plan.status in IN_FORCE for plan in plans),
        line=time_line(plans, voice, day),
        others=tuple(document_line(document, base, voice, day) for document in _newest(others)),
    )


def kommune_rows(kommuner: Iterable[Kommune], base: Base, voice: Voice, day: date) -> tuple[KommuneRow, ...]:
    """One row a kommune, in the order given."""
    return tuple(_row(kommune, base, voice, day) for kommune in kommuner)


def find_kommuner(vocabulary: Vocabulary, words: str, fylke: str | None) -> tuple[Kommune, ...]:
    """Kommuner of a fylke (of all when None) whose name or number, today's or a former one, starts with the words."""
    wanted = words.casefold()
    found = [
        kommune
        for kommune in vocabulary.kommuner.values()
        if fylke in (None, kommune.fylke) and any(name.startswith(wanted) for name in _all_names(kommune))
    ]
    return tuple(sorted(found, key=lambda kommune: norwegian_order(kommune.name)))


def successors(vocabulary: Vocabulary, number: str) -> tuple[Kommune, ...]:
    """The kommuner of today that hold the area of a number no longer in force."""
    return tuple(k for k in vocabulary.kommuner.values() if any(former.number == number for former in k.former))


def norwegian_order(name: str) -> tuple[str, ...]:
    """A sort key with æ, ø and å last, and á as a."""
    return tuple(name.casefold().translate(LETTERS))


def time_line(plans: Sequence[Plan], voice: Voice, day: date) -> TimeLine | None:
    """The plans that tell both ends of their period, as bars; None when there is none."""
    dated = [(plan, *ends) for plan in plans if (ends := _ends(plan.document)) is not None]
    if not dated:
        return None
    first = min(start for _, start, _ in dated)
    last = max(*(end for _, _, end in dated), day.year + 1)
    scale = LINE_WIDTH / (int(last) + 1 - int(first))
    spans = tuple(
        _span(plan, (start - int(first)) * scale, (end - start) * scale, row, voice)
        for row, (plan, start, end) in enumerate(dated)
    )
    years = tuple((year, round((year - int(first)) * scale, 1)) for year in range(int(first), int(last) + 1))
    today = (day.year + (day.timetuple().tm_yday - 1) / 366 - int(first)) * scale
    return TimeLine(spans, years, round(today, 1), ROW_HEIGHT * len(spans))


def _span(plan: Plan, x: float, width: float, row: int, voice: Voice) -> Span:
    return Span(
        title=plan.document.metadata.title.value,
        status=status_tag(plan, voice),
        period=period(plan.document, voice),
        x=round(x, 1),
        y=row * ROW_HEIGHT,
        width=round(width, 1),
        to_left=x > LINE_WIDTH / 2,
    )


def _ends(document: Document) -> tuple[float, float] | None:
    """The period as years with a fraction: from the first day of it to the day after the last."""
    known = document.metadata
    if known.plan_from is None or known.plan_to is None:
        return None
    start, end = _year(known.plan_from.value, 0), _year(known.plan_to.value, 1)
    return (start, end) if start < end else None


def _year(iso: str, whole: int) -> float:
    year, *rest = iso.split("-")
    return int(year) + ((int(rest[0]) - 1 + whole) / 12 if rest else whole)


def _newest(documents: Iterable[Document]) -> Sequence[Document]:
    def age(document: Document) -> int:
        return -document.metadata.year.value if document.metadata.year else 0

    return sorted(documents, key=age)


def _plan_row(plan: Plan, base: Base, voice: Voice, day: date) -> PlanRow:
    document = plan.document
    themes = voice.listing(voice.label(Facet.THEME, read.value) for read in document.metadata.themes)
    line = document_line(document, base, voice, day)
    return PlanRow(line, themes, period(document, voice), len(document.metadata.tiltak))


def _row(kommune: Kommune, base: Base, voice: Voice, day: date) -> KommuneRow:
    plans = by_status(plans_among(base.documents_in.get(kommune.number, ()), voice.vocabulary, day))
    return KommuneRow(
        name=kommune.name,
        url=link("kommune", number=kommune.number),
        former=voice.listing(dict.fromkeys(f.name for f in kommune.former if f.name != kommune.name)),
        statuses=tuple(dict.fromkeys(status_tag(plan, voice) for plan in plans)),
        plans=len(plans),
    )


def _former_name(former: FormerKommune, voice: Voice) -> str:
    return voice.t("kommune.former_name", name=former.name, number=former.number, year=former.last_year)


def _all_names(kommune: Kommune) -> Mapping[str, None]:
    former = (part for old in kommune.former for part in (old.name, old.number))
    return dict.fromkeys(name.casefold() for name in (kommune.name, kommune.number, *kommune.other_names, *former))
