"""A document as people read it: what is known and where it was read, outline, notices, neighbours."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.model import Document, Language, Metadata, Notice, Origin, Read, Section
from corpus.search import Facet
from search_app.base import Base
from search_app.links import Trail, facet_link, link, page_link
from search_app.present.common import about, foreign, page_name
from search_app.similar import Likeness, alike
from search_app.voice import Voice

LONGEST_OUTLINE = 120
LONGEST_QUOTE = 160
SIMILAR_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a metadata row: `url` searches for it; `where` says where it was read, `where_url` leads there."""

    text: str
    url: str
    where: str
    where_url: str
    quote: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of what is known of a document."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One heading of the outline; `depth` from 1; `here` when the page being read stands under it."""

    title: str
    lang: Language | None
    depth: int
    place: str
    page: int
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A document much like this one, and what the two share."""

    title: str
    url: str
    lang: Language | None
    about: str
    shared: str


def known_rows(document: Document, voice: Voice) -> tuple[Row, ...]:
    """Every known value of a document, in a fixed order, each with where it was read."""
    rows = _Rows(document, voice)
    return tuple(Row(voice.t(f"meta.{name}"), values) for name, values in rows.all() if values)


def outline(document: Document, voice: Voice, trail: Trail | None = None, page: int = 0) -> tuple[Entry, ...]:
    """The headings of a document, as deep as keeps the list short; the one that `page` stands under is marked."""
    shown = _short_enough([section for section in document.sections if section.path])
    before = [section for section in shown if section.page <= page]
    return tuple(
        Entry(
            title=section.path[-1],
            lang=foreign(section.language, voice),
            depth=len(section.path),
            place=page_name(document, section.page, voice),
            page=section.page,
            url=page_link(document, section.page, trail),
            here=bool(before) and section is before[-1],
        )
        for section in shown
    )


def _short_enough(sections: Sequence[Section]) -> Sequence[Section]:
    deepest = max((len(section.path) for section in sections), default=1)
    while deepest > 1 and sum(len(section.path) <= deepest for section in sections) > LONGEST_OUTLINE:
        deepest -= 1
    return [section for section in sections if len(section.path) <= deepest][: LONGEST_OUTLINE * 2]


def notices(document: Document, voice: Voice, known: Callable[[str], bool]) -> tuple[str, ...]:
    """What a reader should know of how a document was read, one sentence for each kind."""
    grouped: defaultdict[str, list[Notice]] = defaultdict(list)
    for notice in document.notices:
        grouped[notice.code].append(notice)
    return tuple(_notice(code, group, voice, known) for code, group in grouped.items())


def neighbours(document: Document, base: Base, voice: Voice) -> tuple[Neighbour, ...]:
    """The documents most like this one."""
    return tuple(_neighbour(likeness, voice) for likeness in alike(document, base, SIMILAR_SHOWN))


def _neighbour(likeness: Likeness, voice: Voice) -> Neighbour:
    document = likeness.document
    kinds = voice.listing(voice.t(f"similar.{kind}") for kind in likeness.shared)
    return Neighbour(
        title=document.metadata.title.value,
        url=link("document", document_id=document.id),
        lang=foreign(document.metadata.language.value, voice),
        about=about(document, voice),
        shared=voice.t("similar.shared", kinds=kinds),
    )


def _notice(code: str, group: Sequence[Notice], voice: Voice, known: Callable[[str], bool]) -> str:
    pages = sorted({notice.page for notice in group if notice.page is not None})
    key = f"notice.{code}" if known(f"notice.{code}") else "notice.other"
    text = voice.t(key, code=code)
    if not pages:
        return text
    return voice.tn("notice.on_pages", len(pages), text=text, pages=voice.listing(_ranges(pages)))


def _ranges(pages: Iterable[int]) -> list[str]:
    """[1, 2, 3, 7] → ["1–3", "7"]."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]


class _Rows:
    """Puts the metadata of one document into rows."""

    def __init__(self, document: Document, voice: Voice) -> None:
        self.document = document
        self.voice = voice

    def all(self) -> tuple[tuple[str, tuple[Value, ...]], ...]:
        known: Metadata = self.document.metadata
        return (
            ("doc_type", self.coded(Facet.DOC_TYPE, _one(known.doc_type))),
            ("publisher", self.coded(Facet.PUBLISHER, _one(known.publisher))),
            ("authors", self.plain(known.authors)),
            ("year", self.coded(Facet.YEAR, _one(known.year))),
            ("plan_from", self.dated(_one(known.plan_from))),
            ("plan_to", self.dated(_one(known.plan_to))),
            ("plan_state", self.plain(_one(known.plan_state), lambda code: self.voice.t(f"status.{code}"))),
            ("adopted", self.plain(_one(known.adopted), self.voice.day)),
            ("kommuner", self.coded(Facet.KOMMUNE, known.kommuner)),
            ("fylke", self.coded(Facet.FYLKE, known.fylke)),
            ("themes", self.coded(Facet.THEME, known.themes)),
            ("target_groups", self.coded(Facet.TARGET_GROUP, known.target_groups)),
            ("tiltak", self.coded(Facet.TILTAK, known.tiltak)),
            ("study_design", self.coded(Facet.DESIGN, _one(known.study_design))),
            ("language", self.coded(Facet.LANGUAGE, (known.language,))),
        )

    def coded(self, facet: Facet, reads: Sequence[Read[Any]]) -> tuple[Value, ...]:
        return tuple(
            self._value(read, self.voice.label(facet, str(read.value)), facet_link(facet, str(read.value)), len(reads))
            for read in reads
        )

    def dated(self, reads: Sequence[Read[str]]) -> tuple[Value, ...]:
        return self.plain(reads, self.voice.when)

    def plain(self, reads: Sequence[Read[Any]], say: Callable[[Any], str] = str) -> tuple[Value, ...]:
        return tuple(self._value(read, say(read.value), "", len(reads)) for read in reads)

    def _value(self, read: Read[Any], text: str, url: str, siblings: int) -> Value:
        where_url = page_link(self.document, read.page) if read.page is not None else ""
        quote = read.quote if siblings == 1 and read.quote.strip() != text and len(read.quote) <= LONGEST_QUOTE else ""
        return Value(text, url, self._where(read), where_url, quote)

    def _where(self, read: Read[Any]) -> str:
        if read.page is not None and read.origin is not Origin.CURATION:
            return page_name(self.document, read.page, self.voice)
        return self.voice.t(f"where.{read.origin}")


def _one(read: Read[Any] | None) -> tuple[Read[Any], ...]:
    return () if read is None else (read,)
