"""Small things every page shows: a document in one line, a plan's status, the name of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.model import Document, Language, Verdict
from corpus.search import Facet
from search_app.base import Base, Plan, plans_among, tally
from search_app.links import Trail, document_link
from search_app.voice import Voice

NAMED_PLACES = 3
MEGABYTE = 1_000_000
SHORT_WORDS = frozenset({Facet.VERDICT, Facet.STRENGTH, Facet.STATUS})


@dataclass(frozen=True, slots=True)
class Tag:
    """A code with its label, shown with the icon of its code."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Count:
    """A tag and how many; `url` leads to what was counted."""

    code: str
    label: str
    n: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in a list: `lang` is set when its language is not the page's."""

    title: str
    url: str
    lang: Language | None
    about: str
    status: Tag | None
    verdicts: tuple[Tag, ...]


def facet_label(facet: Facet, code: str, voice: Voice) -> str:
    """A facet's value as shown: verdicts and statuses have short words of their own, the rest their label."""
    if facet in SHORT_WORDS:
        return voice.t(f"{facet}.{code}")
    return voice.label(facet, code)


def foreign(language: Language, voice: Voice) -> Language | None:
    """The language when it is not the page's own, for the `lang` attribute."""
    return None if language is voice.language else language


def language_at(document: Document, page: int, start: int) -> Language:
    """The language of a place in a document: its section's, else the document's."""
    for section in document.sections:
        if (section.page, section.start) <= (page, start) < (section.end_page, section.end):
            return section.language
    return document.metadata.language.value


def page_name(document: Document, page: int, voice: Voice) -> str:
    """ "side 41", or "del 3" where the format has no pages."""
    n = voice.number(page)
    return voice.t("common.page", n=n) if document.paged else voice.t("common.part", n=n)


def extent(document: Document, voice: Voice) -> str:
    """ "112 sider" or "4 deler"."""
    n = document.page_count
    return voice.tn("common.pages", n) if document.paged else voice.tn("common.parts", n)


def about(document: Document, voice: Voice) -> str:
    """Type, publisher and year; place; language and extent: one line."""
    metadata = document.metadata
    origin = [voice.label(Facet.DOC_TYPE, metadata.doc_type.value)] if metadata.doc_type else []
    origin += [read.value for read in (metadata.publisher,) if read]
    origin += [str(read.value) for read in (metadata.year,) if read]
    form = [voice.label(Facet.LANGUAGE, metadata.language.value), extent(document, voice)]
    return " · ".join(part for part in (", ".join(origin), places(document, voice), ", ".join(form)) if part)


def places(document: Document, voice: Voice) -> str:
    """The document's kommuner by name; a long list is cut and says so. Without kommuner, its fylker."""
    metadata = document.metadata
    names = [voice.label(Facet.KOMMUNE, read.value) for read in metadata.kommuner]
    if not names:
        names = [voice.label(Facet.FYLKE, read.value) for read in metadata.fylke]
    if len(names) > NAMED_PLACES:
        return voice.t("common.places_more", first=names[0], n=voice.number(len(names) - 1))
    return voice.listing(names) if names else ""


def status_tag(plan: Plan, voice: Voice) -> Tag:
    """A plan's status as a tag, also when it is not known."""
    return (
        Tag(plan.status, voice.t(f"status.{plan.status}")) if plan.status else Tag("ukjent", voice.t("status.ukjent"))
    )


def verdict_tag(verdict: Verdict, voice: Voice) -> Tag:
    """A verdict as a tag."""
    return Tag(verdict, voice.t(f"verdict.{verdict}"))


def document_line(document: Document, base: Base, voice: Voice, day: date, trail: Trail | None = None) -> DocumentLine:
    """A document as a line in a list: the status of a plan on that day, and the verdicts of its findings."""
    plan = next(iter(plans_among((document,), voice.vocabulary, day)), None)
    counts = tally(base.findings_of.get(document.id, ()))
    return DocumentLine(
        title=document.metadata.title.value,
        url=document_link(document, trail),
        lang=foreign(document.metadata.language.value, voice),
        about=about(document, voice),
        status=status_tag(plan, voice) if plan else None,
        verdicts=tuple(verdict_tag(verdict, voice) for verdict, n in counts.items() if n),
    )


def file_size(size: int, voice: Voice) -> str:
    """Bytes as people say them: 431 kB, 2,4 MB."""
    if size < MEGABYTE:
        return f"{voice.number(max(1, round(size / 1000)))} kB"
    return f"{voice.number(round(size / MEGABYTE, 1))} MB"


def period(document: Document, voice: Voice) -> str:
    """A plan's period: years when it runs over whole ones, else days; empty when it tells neither end."""
    known = document.metadata
    start = known.plan_from.value.removesuffix("-01-01") if known.plan_from else ""
    end = known.plan_to.value.removesuffix("-12-31") if known.plan_to else ""
    if not start and not end:
        return ""
    dash = "–" if len(start + end) <= len("20242027") else " – "
    return dash.join(voice.when(iso) if iso else "" for iso in (start, end)).strip()


def pager(current: int, last: int) -> Sequence[int | None]:
    """Page numbers to offer: the ends, and two on each side; None where some are left out."""
    near = {1, last, *range(current - 2, current + 3)}
    shown = sorted(number for number in near if 1 <= number <= last)
    offered: list[int | None] = []
    for number in shown:
        if offered and number - (offered[-1] or 0) > 1:
            offered.append(None)
        offered.append(number)
    return offered
