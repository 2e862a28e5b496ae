"""Which sentences of a document are findings? Page by page, with what the text around them gives."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import BlockKind, Document, Finding, Language, Page, Statement
from corpus.vocabulary import Vocabulary
from indexer.findings.context import Map, Place, code_in, is_evaluating, is_plan, is_weak, main_tiltak
from indexer.findings.lexicon import Mark, Role
from indexer.findings.model import Candidate, Reading
from indexer.findings.naming import named
from indexer.findings.scene import set_scene
from indexer.findings.sentences import sentences
from indexer.findings.statements import said
from indexer.findings.strength import strength
from indexer.findings.surroundings import Surroundings
from indexer.findings.verdict import Weighed, weigh
from indexer.language import detect_language
from indexer.mentions import Kind, Mention, term_finder

_READ = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_SHORTEST = 4
_ENDS = '.!:;?…»”")'


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with the place it stands in; `mentions` are its own, `before` those of the last that had any."""

    page: int
    start: int
    end: int
    text: str
    language: Language
    place: Place
    mentions: tuple[Mention, ...]
    before: tuple[Mention, ...]

    def candidate(
        self, cue: str, rule: str, finding: Finding | None = None, statement: Statement | None = None
    ) -> Candidate:
        """The trace of a cue in it."""
        return Candidate(self.page, self.start, self.end, self.text, cue, rule, finding, statement)


class Reader:
    """Reads the findings of one document."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self._document = document
        self._vocabulary = vocabulary
        self._finder = term_finder(vocabulary)
        self._map = Map(document.sections)
        self._plan = is_plan(document, vocabulary)
        self._evaluating = is_evaluating(document)
        self._weak = is_weak(document, vocabulary)

    def read(self, pages: tuple[Page, ...]) -> Iterator[Candidate]:
        """Every sentence with a cue, in page order."""
        section: tuple[str, ...] = ()
        carried: Mark | None = None
        running = False
        for sentence in self._sentences(pages):
            if sentence.place.headings != section:
                section, carried, running = sentence.place.headings, self._headline(sentence), False
            weighed = self._weigh(sentence, carried, running)
            yield from self._candidates(sentence, weighed)
            carried, running = weighed.outcome or carried, bool(weighed.readings)

    def _sentences(self, pages: tuple[Page, ...]) -> Iterator[_Sentence]:
        before: tuple[Mention, ...] = ()
        for page in pages:
            for block in (b for b in page.blocks if b.kind in _READ):
                language = detect_language(page.text[block.start : block.end]) or self._document.metadata.language.value
                place = self._map.place(page.number, block.start)
                for start, end in sentences(page.text, block.start, block.end):
                    mentions = self._finder.find(page.text[start:end])
                    yield _Sentence(page.number, start, end, page.text[start:end], language, place, mentions, before)
                    before = mentions or before

    def _headline(self, sentence: _Sentence) -> Mark | None:
        """The outcome a section is about, by its innermost heading."""
        heading = sentence.place.headings[-1] if sentence.place.headings else ""
        outcomes = set_scene(heading, sentence.language, self._named(self._finder.find(heading))).of(Role.OUTCOME)
        return outcomes[0] if outcomes else None

    def _named(self, mentions: tuple[Mention, ...]) -> tuple[Mark, ...]:
        return named(mentions, self._vocabulary)

    def _weigh(self, sentence: _Sentence, carried: Mark | None, running: bool) -> Weighed:
        if sentence.place.outside or len(sentence.text.split()) < _SHORTEST:
            return Weighed((), (), None)
        intended = sentence.place.intended
        around = Surroundings(
            carried=carried,
            running=running,
            plan=self._plan or intended,
            results=self._evaluating and not intended,
            weak=self._weak,
            named=self._named(sentence.mentions),
        )
        return weigh(sentence.text, sentence.language, around)

    def _candidates(self, sentence: _Sentence, weighed: Weighed) -> Iterator[Candidate]:
        """What was taken of a sentence; where nothing was, why each cue was left."""
        for reading in weighed.readings:
            finding = self._finding(sentence, reading)
            yield sentence.candidate(finding.cue, finding.rule, finding)
        if weighed.readings:
            return
        if statement := self._statement(sentence):
            yield sentence.candidate(statement.cue, statement.rule, None, statement)
            return
        for aside in weighed.left:
            yield sentence.candidate(sentence.text[aside.cue_start : aside.cue_end], aside.rule)

    def _statement(self, sentence: _Sentence) -> Statement | None:
        """What is said of a tiltak that the sentence, its section or the document names."""
        if sentence.place.outside or self._plan:
            return None
        found = said(sentence.text, sentence.language)
        tiltak = self._tiltak(sentence, sentence.mentions) if found else None
        if found is None or tiltak is None:
            return None
        return Statement(
            id=self._key(sentence, found.rule, found.cue_start),
            page=sentence.page,
            start=sentence.start,
            end=sentence.end,
            quote=sentence.text,
            type=found.type,
            cue=sentence.text[found.cue_start : found.cue_end],
            cue_start=found.cue_start,
            cue_end=found.cue_end,
            rule=found.rule,
            factor=found.factor,
            tiltak=tiltak,
            setting=code_in(Kind.SETTING, sentence.mentions),
            headings=sentence.place.headings,
            cited=sentence.place.earlier or set_scene(sentence.text, sentence.language).has(Role.CITED),
        )

    def _finding(self, sentence: _Sentence, reading: Reading) -> Finding:
        mentions = sentence.mentions
        design = self._design(reading, mentions)
        return Finding(
            id=self._key(sentence, reading.verdict, reading.cue_start),
            page=sentence.page,
            start=sentence.start,
            end=sentence.end,
            quote=sentence.text,
            verdict=reading.verdict,
            cue=sentence.text[reading.cue_start : reading.cue_end],
            cue_start=reading.cue_start,
            cue_end=reading.cue_end,
            rule=reading.rule,
            tiltak=self._tiltak(sentence, mentions),
            outcome=code_in(Kind.OUTCOME, mentions) or reading.outcome,
            design=design,
            strength=strength(design, self._vocabulary),
            type=reading.type,
            headings=sentence.place.headings,
            cited=reading.cited,
        )

    def _tiltak(self, sentence: _Sentence, mentions: tuple[Mention, ...]) -> str | None:
        headings = [self._finder.find(heading) for heading in reversed(sentence.place.headings)]
        return code_in(Kind.TILTAK, mentions, *headings, sentence.before) or main_tiltak(self._document)

    def _design(self, reading: Reading, mentions: tuple[Mention, ...]) -> str | None:
        """The document's own design for its own results: "kontrollgruppe" in a sentence tells less than its method."""
        own = self._document.metadata.study_design
        return own.value if own is not None and not reading.cited else code_in(Kind.DESIGN, mentions)

    def _key(self, sentence: _Sentence, what: str, cue_start: int) -> str:
        key = f"{self._document.id}\n{sentence.page}\n{sentence.start}\n{what}\n{cue_start}"
        return hashlib.sha256(key.encode()).hexdigest()[:16]
