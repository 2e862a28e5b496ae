"""Which sentences of a document are findings? Page by page, with what the text around them gives."""

from collections.abc import Iterator

from corpus.model import BlockKind, Document, Page, Verdict
from corpus.vocabulary import Vocabulary
from indexer.findings.context import Map, is_evaluating, is_overview, is_plan, is_weak
from indexer.findings.lexicon import Mark, Role
from indexer.findings.making import Maker, Sentence
from indexer.findings.model import Candidate
from indexer.findings.naming import named
from indexer.findings.scene import set_scene
from indexer.findings.sentences import sentences
from indexer.findings.surroundings import Surroundings
from indexer.findings.verdict import Weighed, weigh_twice
from indexer.language import detect_language
from indexer.mentions import Mention, term_finder

_READ = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_SHORTEST = 4


class Reader:
    """Reads the findings of one document."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self._document = document
        self._vocabulary = vocabulary
        self._finder = term_finder(vocabulary)
        self._map = Map(document.sections)
        self._plan = is_plan(document, vocabulary)
        self._evaluating = is_evaluating(document)
        self._overview = is_overview(document)
        self._weak = is_weak(document, vocabulary)
        self._maker = Maker(document, vocabulary, self._finder)

    def read(self, pages: tuple[Page, ...]) -> Iterator[Candidate]:
        """Every sentence with a cue, in page order."""
        section: tuple[str, ...] = ()
        carried: Mark | None = None
        running = cited = False
        verdict: Verdict | None = None
        for sentence in self._sentences(pages):
            if sentence.place.headings != section:
                section, carried, running = sentence.place.headings, self._headline(sentence), False
                verdict = None
            weighed = self._weigh(sentence, carried, running, verdict)
            found = tuple(self._candidates(sentence, weighed, cited))
            yield from found
            carried, running = weighed.outcome or carried, bool(weighed.readings)
            verdict = weighed.readings[0].verdict if weighed.readings else None
            cited = any(each.finding and each.finding.cited for each in found)

    def _sentences(self, pages: tuple[Page, ...]) -> Iterator[Sentence]:
        before: tuple[Mention, ...] = ()
        for page in pages:
            for block in (b for b in page.blocks if b.kind in _READ):
                language = detect_language(page.text[block.start : block.end]) or self._document.metadata.language.value
                place = self._map.place(page.number, block.start)
                for start, end in sentences(page.text, block.start, block.end):
                    mentions = self._finder.find(page.text[start:end])
                    yield Sentence(page.number, start, end, page.text[start:end], language, place, mentions, before)
                    before = mentions or before

    def _headline(self, sentence: Sentence) -> Mark | None:
        """The outcome a section is about, by its innermost heading."""
        heading = sentence.place.headings[-1] if sentence.place.headings else ""
        outcomes = set_scene(heading, sentence.language, self._named(self._finder.find(heading))).of(Role.OUTCOME)
        return outcomes[0] if outcomes else None

    def _named(self, mentions: tuple[Mention, ...]) -> tuple[Mark, ...]:
        return named(mentions, self._vocabulary)

    def _weigh(self, sentence: Sentence, carried: Mark | None, running: bool, verdict: Verdict | None) -> Weighed:
        if sentence.place.outside or len(sentence.text.split()) < _SHORTEST:
            return Weighed((), (), None)
        intended = sentence.place.intended
        around = Surroundings(
            carried=carried,
            running=running,
            plan=self._plan or intended or not self._evaluating,
            results=self._evaluating and not intended,
            overview=self._overview,
            weak=self._weak,
            named=self._named(sentence.mentions),
            said=verdict,
        )
        return weigh_twice(sentence.text, sentence.language, around)

    def _candidates(self, sentence: Sentence, weighed: Weighed, after_cited: bool) -> Iterator[Candidate]:
        """What was taken of a sentence; where nothing was, why each cue was left."""
        for reading in weighed.readings:
            finding = self._maker.finding(sentence, reading, after_cited)
            yield sentence.candidate(finding.cue, finding.rule, finding)
        if weighed.readings:
            return
        statement = None if sentence.place.outside or self._plan else self._maker.statement(sentence)
        if statement:
            yield sentence.candidate(statement.cue, statement.rule, None, statement)
            return
        for aside in weighed.left:
            yield sentence.candidate(sentence.text[aside.cue_start : aside.cue_end], aside.rule)
