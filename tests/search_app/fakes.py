"""A small base held in memory: invented documents, and an engine of plain loops over them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from corpus.engine import Generation
from corpus.errors import NoIndex
from corpus.model import (
    Block,
    BlockKind,
    Document,
    Finding,
    Language,
    Metadata,
    Notice,
    Origin,
    Page,
    PageStatus,
    Read,
    Record,
    Section,
    SourceFile,
    Verdict,
)
from corpus.search import (
    Expansion,
    Facet,
    FacetCounts,
    FacetValue,
    Hit,
    Mark,
    MatchField,
    MatchKind,
    PassageHit,
    SearchRequest,
    SearchResult,
    Sort,
    Suggestion,
    SuggestionKind,
    WordMatch,
    WordReport,
)
from corpus.vocabulary import Vocabulary
from indexer.planstatus import plan_status

BUILT = datetime(2026, 11, 21, 5, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
NAMED = {
    "mentor": Expansion("mentor", Facet.TILTAK, "mentor", ("mentor", "mentorordning", "Mentoring")),
    "Rygge": Expansion("Rygge", Facet.KOMMUNE, "3103", ("Moss",)),
    "rus": Expansion("rus", Facet.THEME, "rus", tuple(f"rus{n}" for n in range(9))),
}


def read(value, page=1, quote="", origin=Origin.TEXT):
    return Read(value, origin, page, quote)


def text_page(number, *lines, status=PageStatus.TEXT):
    """A page of lines: "# heading", "- item", "a\\tb" a table row, "^ note" a footnote, else a paragraph."""
    kinds = {"#": BlockKind.HEADING, "-": BlockKind.LIST_ITEM, "^": BlockKind.FOOTNOTE}
    text, blocks = "", []
    for line in lines:
        marker, _, rest = line.partition(" ")
        kind = BlockKind.TABLE_ROW if "\t" in line else kinds.get(marker.rstrip("#") or marker[:1], BlockKind.PARAGRAPH)
        body = rest if kind not in (BlockKind.PARAGRAPH, BlockKind.TABLE_ROW) else line
        text += "\n" if text else ""
        level = marker.count("#") if kind is BlockKind.HEADING else 0
        blocks.append(Block(kind, len(text), len(text) + len(body), level))
        text += body
    return Page(number, text, tuple(blocks), text, (), status, "pdfium", str(number + 2))


@dataclass
class Entry:
    """One invented document while it is written."""

    path: str
    title: str
    pages: tuple[Page, ...]
    doc_type: str = "evaluering"
    language: Language = Language.NB
    publisher: str | None = "Institutt for oppdiktet forskning"
    authors: tuple[str, ...] = ()
    year: int | None = 2023
    plan: tuple[str, str] | None = None
    kommuner: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    tiltak: tuple[str, ...] = ()
    design: str | None = None
    sections: tuple[tuple[tuple[str, ...], int], ...] = ()
    findings: list[tuple[int, str, str, Verdict, dict]] = field(default_factory=list)
    notices: tuple[Notice, ...] = ()
    media_type: str = "application/pdf"
    paged: bool = True
    summary: str = ""

    def record(self) -> Record:
        document_id = re.sub(r"[^a-z0-9]+", "-", self.path.rpartition(".")[0].lower())
        return Record(self._document(document_id), self.pages, (), tuple(self._findings(document_id)))

    def _document(self, document_id: str) -> Document:
        return Document(
            id=document_id,
            source=SourceFile(self.path, "0" * 64, 431_000, self.media_type),
            paged=self.paged,
            page_count=len(self.pages),
            metadata=self._metadata(),
            sections=tuple(self._sections()),
            summary=self.summary,
            notices=self.notices,
        )

    def _metadata(self) -> Metadata:
        start, end = self.plan or (None, None)
        return Metadata(
            title=read(self.title),
            language=Read(self.language, Origin.DERIVED),
            doc_type=read(self.doc_type),
            publisher=read(self.publisher) if self.publisher else None,
            authors=tuple(read(name) for name in self.authors),
            year=read(self.year, 1, f"Publisert {self.year}") if self.year else None,
            plan_from=read(start) if start else None,
            plan_to=read(end) if end else None,
            kommuner=tuple(read(code) for code in self.kommuner),
            themes=tuple(Read(code, Origin.CURATION) for code in self.themes),
            target_groups=tuple(read(code) for code in self.groups),
            tiltak=tuple(read(code) for code in self.tiltak),
            study_design=read(self.design) if self.design else None,
        )

    def _sections(self) -> Iterable[Section]:
        last = len(self.pages) + 1
        starts = [page for _, page in self.sections] + [last]
        for (path, page), end in zip(self.sections, starts[1:], strict=True):
            yield Section(path, page, 0, end, 0, self.language)

    def _findings(self, document_id: str) -> Iterable[Finding]:
        for place, (number, quote, cue, verdict, more) in enumerate(self.findings):
            start = self.pages[number - 1].text.index(quote)
            at = quote.index(cue)
            yield Finding(
                id=f"{document_id}-{place}",
                page=number,
                start=start,
                end=start + len(quote),
                quote=quote,
                verdict=verdict,
                cue=cue,
                cue_start=at,
                cue_end=at + len(cue),
                rule="test",
                **more,
            )


class FakeRecords:
    """The record store of a FakeEngine."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.by_id = {record.document.id: record for record in records}

    def document(self, document_id):
        record = self.by_id.get(document_id)
        return record.document if record else None

    def documents(self):
        return tuple(record.document for _, record in sorted(self.by_id.items()))

    def page(self, document_id, number):
        return next((page for page in self.pages(document_id) if page.number == number), None)

    def pages(self, document_id):
        record = self.by_id.get(document_id)
        return record.pages if record else ()

    def findings(self, document_id=None, tiltak=None):
        return tuple(
            (key, finding)
            for key, record in sorted(self.by_id.items())
            for finding in record.findings
            if document_id in (None, key) and tiltak in (None, finding.tiltak)
        )

    def statements(self, document_id=None, tiltak=None):
        return tuple(
            (key, statement)
            for key, record in sorted(self.by_id.items())
            for statement in record.statements
            if document_id in (None, key) and tiltak in (None, statement.tiltak)
        )


class FakeEngine:
    """Words match where a word of the text starts with them; a word found nowhere is let go."""

    def __init__(self, records: Iterable[Record], vocabulary: Vocabulary, name: str = "20261121T051200Z") -> None:
        self.kept = FakeRecords(records)
        self.vocabulary = vocabulary
        self.generation = Generation(name, BUILT, len(self.kept.by_id), 0, len(self.kept.findings()))
        self.published = True

    def live(self):
        return self.generation if self.published else None

    def steady(self):
        return self

    def records(self):
        if not self.published:
            raise NoIndex("Nothing is indexed yet.", "Run: hvavirker index")
        return self.kept

    def suggest(self, text, language, limit=8):
        found = [t for t in self.vocabulary.tiltak.values() if t.labels[language].lower().startswith(text.lower())]
        return tuple(Suggestion(SuggestionKind.TILTAK, t.id, t.labels[language]) for t in found[:limit] if text)

    def search(self, request: SearchRequest) -> SearchResult:
        if not self.published:
            raise NoIndex("Nothing is indexed yet.", "Run: hvavirker index")
        words = [self._report(word) for word in re.findall(r"\w+", request.text)]
        needed = [word for word in words if not word.relaxed or request.all_words]
        matching = [r for r in self.kept.by_id.values() if all(self._forms(r, word.text) for word in needed)]
        if words and not needed:
            matching = []
        found = [record for record in matching if self._passes(record, request)]
        found.sort(key=lambda record: self._order(record, request))
        shown = found[(request.page - 1) * request.size : request.page * request.size]
        return SearchResult(
            total=len(found),
            hits=tuple(self._hit(record, words) for record in shown),
            facets=tuple(self._facet(facet, matching, request) for facet in Facet),
            words=tuple(words),
            did_you_mean="mentor" if request.text == "mentro" else None,
            generation=self.generation.name,
            took_ms=1.5,
            expansions=() if request.exact else tuple(NAMED[word.text] for word in words if word.text in NAMED),
            with_all=0 if len(needed) < len(words) else len(found) if len(words) > 1 else None,
        )

    def _report(self, word: str) -> WordReport:
        forms = [self._forms(record, word) for record in self.kept.by_id.values()]
        union = tuple(sorted(set().union(*forms)))
        kinds = tuple(MatchKind.EXACT if form == word.lower() else MatchKind.FORM for form in union)
        count = sum(map(bool, forms))
        return WordReport(word, union, count, not union, kinds, alone=count)

    def _forms(self, record: Record, word: str) -> set[str]:
        text = record.document.metadata.title.value + " " + " ".join(page.text for page in record.pages)
        return {form for form in re.findall(r"\w+", text.lower()) if form.startswith(word.lower())}

    def _values(self, record: Record, facet: Facet, day: date) -> set[str]:
        known = record.document.metadata
        status = plan_status(known, self.vocabulary, day)
        kommuner = {r.value for r in known.kommuner}
        return {
            Facet.DOC_TYPE: {known.doc_type.value} if known.doc_type else set(),
            Facet.VERDICT: {str(f.verdict) for f in record.findings},
            Facet.STRENGTH: {str(f.strength) for f in record.findings},
            Facet.OUTCOME: {f.outcome for f in record.findings if f.outcome},
            Facet.FINDING_TYPE: {str(f.type) for f in record.findings},
            Facet.THEME: {r.value for r in known.themes},
            Facet.TILTAK: {r.value for r in known.tiltak},
            Facet.TARGET_GROUP: {r.value for r in known.target_groups},
            Facet.FYLKE: {self.vocabulary.kommuner[number].fylke for number in kommuner},
            Facet.KOMMUNE: kommuner,
            Facet.YEAR: {str(known.year.value)} if known.year else set(),
            Facet.STATUS: {str(status)} if status else set(),
            Facet.LANGUAGE: {str(known.language.value)},
            Facet.DESIGN: {known.study_design.value} if known.study_design else set(),
            Facet.PUBLISHER: {known.publisher.value} if known.publisher else set(),
        }[facet]

    def _passes(self, record: Record, request: SearchRequest, lifted: Facet | None = None) -> bool:
        bounded = (request.year_from, request.year_to) != (None, None) and lifted is not Facet.YEAR
        year = record.document.metadata.year
        if bounded and (not year or not (request.year_from or 0) <= year.value <= (request.year_to or 9999)):
            return False
        return all(
            facet is lifted or set(codes) & self._values(record, facet, request.as_of)
            for facet, codes in request.filters.items()
        )

    def _facet(self, facet: Facet, matching: list[Record], request: SearchRequest) -> FacetCounts:
        passing = [record for record in matching if self._passes(record, request, facet)]
        counts = Counter(code for record in passing for code in self._values(record, facet, request.as_of))
        chosen = request.filters.get(facet, ())
        for code in chosen:
            counts.setdefault(code, 0)
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return FacetCounts(facet, tuple(FacetValue(code, n, code in chosen) for code, n in ordered))

    def _order(self, record: Record, request: SearchRequest):
        known = record.document.metadata
        if request.sort is Sort.NEWEST:
            return (-(known.year.value if known.year else 0), record.document.id)
        return (known.title.value if request.sort is Sort.TITLE else record.document.id,)

    def _hit(self, record: Record, words: list[WordReport]) -> Hit:
        passages = []
        for page in record.pages:
            for block in page.blocks:
                body = page.text[block.start : block.end]
                marks = tuple(
                    Mark(match.start(), match.end())
                    for match in re.finditer(r"\w+", body)
                    if any(match[0].lower() in word.forms for word in words)
                )
                if marks and block.kind is BlockKind.PARAGRAPH:
                    passages.append(PassageHit(page.number, block.start, body, ("Resultater",), 1.0, marks))
        missing = tuple(word.text for word in words if not self._forms(record, word.text))
        return Hit(record.document.id, 1.0, tuple(passages[:3]), record.findings, self._matches(record, words), missing)

    def _matches(self, record: Record, words: list[WordReport]) -> tuple[WordMatch, ...]:
        forms = ((word.text, sorted(self._forms(record, word.text))) for word in words)
        return tuple(
            WordMatch(text, MatchField.TEXT, MatchKind.EXACT if held == [text] else MatchKind.FORM, tuple(held[:3]))
            for text, held in forms
            if held
        )
