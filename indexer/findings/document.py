"""Which sentences of a document are findings? Page by page, with what the text around them gives."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Block, BlockKind, Document, Finding, FindingType, Language, Page, Verdict
from corpus.vocabulary import Vocabulary
from indexer.findings.context import Map, Place, code_in, is_evaluating, is_plan, main_tiltak
from indexer.findings.model import Candidate, Reading
from indexer.findings.sentences import sentences
from indexer.findings.strength import strength
from indexer.findings.verdict import Surroundings, weigh
from indexer.language import detect_language
from indexer.mentions import Kind, Mention, TermFinder

_READ = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_SHORTEST = 4
_ENDS = ".!:;?…»”\")"


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with the place it stands in; `previous` is the one before it in its block, or empty."""

    page: int
    start: int
    end: int
    text: str
    previous: str
    language: Language
    place: Place
    before: tuple[Mention, ...]


class Reader:
    """Reads the findings of one document."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self._document = document
        self._vocabulary = vocabulary
        self._finder = _finder(_Same(vocabulary))
        self._map = Map(document.sections)
        self._plan = is_plan(document, vocabulary)
        self._evaluating = is_evaluating(document)

    def read(self, pages: tuple[Page, ...]) -> Iterator[Candidate]:
        """Every sentence with a cue, in page order."""
        for page in pages:
            for block in page.blocks:
                if block.kind in _READ:
                    for sentence in self._sentences(page, block):
                        yield from self._candidates(sentence)

    def _sentences(self, page: Page, block: Block) -> Iterator[_Sentence]:
        language = detect_language(page.text[block.start : block.end]) or self._document.metadata.language.value
        place = self._map.place(page.number, block.start)
        previous, before = "", ()
        for start, end in sentences(page.text, block.start, block.end):
            text = page.text[start:end]
            yield _Sentence(page.number, start, end, text, previous, language, place, before)
            previous, before = text, self._finder.find(text) or before

    def _candidates(self, sentence: _Sentence) -> Iterator[Candidate]:
        if sentence.place.outside or len(sentence.text.split()) < _SHORTEST:
            return
        results = self._evaluating and not sentence.place.intended
        around = Surroundings(sentence.previous, plan=self._plan or sentence.place.intended, results=results)
        readings, left = weigh(sentence.text, sentence.language, around)
        for reading in readings:
            yield self._candidate(sentence, reading.cue_start, reading.cue_end, reading.rule, self._finding(sentence, reading))
        for aside in left if not readings else ():
            yield self._candidate(sentence, aside.cue_start, aside.cue_end, aside.rule, None)

    def _candidate(self, sentence: _Sentence, start: int, end: int, rule: str, finding: Finding | None) -> Candidate:
        return Candidate(sentence.page, sentence.start, sentence.end, sentence.text, sentence.text[start:end], rule, finding)

    def _finding(self, sentence: _Sentence, reading: Reading) -> Finding:
        mentions = self._finder.find(sentence.text)
        design = self._design(sentence, reading, mentions)
        return Finding(
            id=self._id(sentence, reading),
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
            type=FindingType.KUNNSKAPSHULL if reading.verdict is Verdict.IKKE_EVALUERT else reading.type,
            headings=sentence.place.headings,
            cited=reading.cited,
        )

    def _tiltak(self, sentence: _Sentence, mentions: tuple[Mention, ...]) -> str | None:
        headings = [self._finder.find(heading) for heading in reversed(sentence.place.headings)]
        return code_in(Kind.TILTAK, mentions, *headings, sentence.before) or main_tiltak(self._document)

    def _design(self, sentence: _Sentence, reading: Reading, mentions: tuple[Mention, ...]) -> str | None:
        stated = code_in(Kind.DESIGN, mentions)
        own = self._document.metadata.study_design
        return stated or (own.value if own is not None and not reading.cited else None)

    def _id(self, sentence: _Sentence, reading: Reading) -> str:
        key = f"{self._document.id}\n{sentence.page}\n{sentence.start}\n{reading.verdict}\n{reading.cue_start}"
        return hashlib.sha256(key.encode()).hexdigest()[:16]


class _Same:
    """A vocabulary as a cache key: the same object, not an equal one."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def __hash__(self) -> int:
        return id(self.vocabulary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.vocabulary is self.vocabulary


@lru_cache(maxsize=2)
def _finder(key: _Same) -> TermFinder:
    """A finder takes 0.6 s to make."""
    return TermFinder(key.vocabulary)
