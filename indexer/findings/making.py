"""From what was read in a sentence to a finding or a statement: of which tiltak and outcome, how strong, for whom."""

import hashlib
from dataclasses import dataclass

from corpus.model import Document, Finding, FindingType, Language, Statement
from corpus.vocabulary import Vocabulary
from indexer.findings.context import Place, code_in, main_tiltak
from indexer.findings.details import country, sample_size
from indexer.findings.model import Candidate, Reading
from indexer.findings.origin import Origin
from indexer.findings.scene import set_scene
from indexer.findings.statements import said
from indexer.findings.strength import strength
from indexer.mentions import Kind, Mention, TermFinder


@dataclass(frozen=True, slots=True)
class Sentence:
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


class Maker:
    """Makes the findings and statements of one document."""

    def __init__(self, document: Document, vocabulary: Vocabulary, finder: TermFinder) -> None:
        self._document = document
        self._vocabulary = vocabulary
        self._finder = finder
        self._origin = Origin(document, vocabulary)
        self._main = main_tiltak(document, finder.find(document.metadata.title.value))

    def finding(self, sentence: Sentence, reading: Reading, after_cited: bool) -> Finding:
        """The finding of a reading. `after_cited`: the finding before it was another study's."""
        mentions = sentence.mentions
        cited = self._origin.cited(set_scene(sentence.text, sentence.language), sentence.place, after_cited)
        design = self._design(cited, mentions)
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
            tiltak=reading.tiltak or self._tiltak(sentence, mentions),
            outcome=reading.outcome or code_in(Kind.OUTCOME, mentions),
            design=design,
            strength=strength(design, self._vocabulary),
            type=self._type(sentence, reading),
            headings=sentence.place.headings,
            cited=cited,
            population=code_in(Kind.TARGET_GROUP, mentions),
            setting=code_in(Kind.SETTING, mentions),
            country=country(sentence.text),
            sample_size=sample_size(sentence.text),
        )

    def statement(self, sentence: Sentence) -> Statement | None:
        """What is said of a tiltak that the sentence, its section or the document names; None when nothing is."""
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
            cited=self._origin.cited(set_scene(sentence.text, sentence.language), sentence.place, False),
        )

    @staticmethod
    def _type(sentence: Sentence, reading: Reading) -> FindingType:
        return FindingType.OKONOMI if reading.outcome == "kostnad" else reading.type

    def _tiltak(self, sentence: Sentence, mentions: tuple[Mention, ...]) -> str | None:
        headings = [self._finder.find(heading) for heading in reversed(sentence.place.headings)]
        return code_in(Kind.TILTAK, mentions, *headings, sentence.before) or self._main

    def _design(self, cited: bool, mentions: tuple[Mention, ...]) -> str | None:
        """The document's own design for its own results: "kontrollgruppe" in a sentence tells less than its method."""
        own = self._document.metadata.study_design
        return own.value if own is not None and not cited else code_in(Kind.DESIGN, mentions)

    def _key(self, sentence: Sentence, what: str, cue_start: int) -> str:
        key = f"{self._document.id}\n{sentence.page}\n{sentence.start}\n{what}\n{cue_start}"
        return hashlib.sha256(key.encode()).hexdigest()[:16]
