"""Our engine, through its port. An answer is documents, each with its best three passages, marks and findings,
and every facet is counted in every answer, each with its own choice lifted."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from benchmarks.speed.base import AS_OF, BaseDocument, BaseFinding, Query, read_base
from benchmarks.speed.engines import TOP, Answer
from corpus.config import Config, IndexConfig
from corpus.engine import Engine
from corpus.model import (
    Block,
    BlockKind,
    Document,
    Finding,
    Language,
    Metadata,
    Origin,
    Page,
    PageStatus,
    Passage,
    Read,
    Record,
    Section,
    Segment,
    SourceFile,
    Verdict,
)
from corpus.search import Facet, SearchRequest
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.engines import open_engine

NAME = "ours"
PASSAGES_A_PAGE = 3


class OurSearcher:
    """The engine on a published generation. With a `size` of 0 it shows no hits: what matching, ranking and
    facets cost without fetching and marking passages."""

    def __init__(self, engine: Engine, size: int = TOP) -> None:
        self.engine = engine
        self._size = size

    def ask(self, query: Query, narrowed: bool) -> Answer:
        """Ask the engine."""
        facet, code = query.filter
        request = SearchRequest(AS_OF, query.text, {facet: (code,)} if narrowed else {}, size=self._size)
        result = self.engine.search(request)
        shown = sum(len(hit.passages) for hit in result.hits)
        return Answer(result.total, shown, sum(len(counts.values) for counts in result.facets))


def opened(folder: Path) -> OurSearcher:
    """Open the live generation and read it in, as a server does when it starts."""
    engine = open_engine(Config(index=IndexConfig(folder=folder)), _vocabulary())
    engine.live()
    return OurSearcher(engine)


@cache
def _vocabulary() -> Vocabulary:
    return load_vocabulary()


def build(folder: Path, base: Path) -> None:
    """Build, verify and publish a generation."""
    engine = open_engine(Config(index=IndexConfig(folder=folder)))
    engine.publish(engine.build(prepared(base)).name)


def prepared(base: Path) -> Iterator[Record]:
    """What is handed to the engine."""
    return map(record, read_base(base))


def record(made: BaseDocument) -> Record:
    """A document of the base as the pipeline would hand it over."""
    language = Language(made.codes[Facet.LANGUAGE][0])
    groups = [made.passages[at : at + PASSAGES_A_PAGE] for at in range(0, len(made.passages), PASSAGES_A_PAGE)]
    pages = tuple(_page(number, texts) for number, texts in enumerate(groups, 1))
    passages = tuple(_passage(made, place, pages, language) for place in range(len(made.passages)))
    findings = tuple(_finding(made, number, each, passages) for number, each in enumerate(made.findings))
    sections = tuple(
        Section((heading,), passages[place].page, passages[place].start, pages[-1].number, 0, language)
        for place, heading in zip(range(0, len(passages), 5), made.headings, strict=True)
    )
    source = SourceFile(f"{made.id}.pdf", made.id, sum(map(len, made.passages)), "application/pdf")
    metadata = _metadata(made, language)
    return Record(
        Document(made.id, source, True, len(pages), metadata, sections, made.summary, ()), pages, passages, findings
    )


def _page(number: int, texts: list[str]) -> Page:
    blocks, start = [], 0
    for text in texts:
        blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(text)))
        start += len(text) + 1
    text = "\n".join(texts)
    segments = (Segment(0, 0, len(text)),)
    return Page(number, text, tuple(blocks), text, segments, PageStatus.TEXT, "pdfium", str(number))


def _passage(made: BaseDocument, place: int, pages: tuple[Page, ...], language: Language) -> Passage:
    page = pages[place // PASSAGES_A_PAGE]
    block = page.blocks[place % PASSAGES_A_PAGE]
    text = page.text[block.start : block.end]
    return Passage(page.number, block.start, block.end, text, (made.headings[place // 5],), language)


def _finding(made: BaseDocument, number: int, found: BaseFinding, passages: tuple[Passage, ...]) -> Finding:
    passage = passages[found.passage]
    quote = passage.text[found.start : found.end]
    return Finding(
        id=f"{made.id}-{number}",
        page=passage.page,
        start=passage.start + found.start,
        end=passage.start + found.end,
        quote=quote,
        verdict=Verdict(found.verdict),
        cue=quote.partition(" ")[0],
        cue_start=0,
        cue_end=len(quote.partition(" ")[0]),
        rule="generated",
        tiltak=found.tiltak,
        design=found.design,
        headings=passage.headings,
    )


def _metadata(made: BaseDocument, language: Language) -> Metadata:
    codes = {facet: tuple(_read(code) for code in held) for facet, held in made.codes.items()}
    start, end, state = made.plan or (None, None, None)
    return Metadata(
        title=_read(made.title),
        language=Read(language, Origin.TEXT, 1),
        doc_type=codes[Facet.DOC_TYPE][0],
        publisher=codes[Facet.PUBLISHER][0],
        year=Read(int(made.codes[Facet.YEAR][0]), Origin.TEXT, 1),
        plan_from=_read(start) if start else None,
        plan_to=_read(end) if end else None,
        plan_state=_read(state) if state else None,
        kommuner=codes[Facet.KOMMUNE],
        themes=codes[Facet.THEME],
        target_groups=codes[Facet.TARGET_GROUP],
        tiltak=codes[Facet.TILTAK],
    )


def _read(value: str) -> Read[str]:
    return Read(value, Origin.TEXT, 1, value)
