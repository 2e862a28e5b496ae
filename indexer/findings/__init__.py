"""Which sentences of a document say whether a tiltak works?"""

from corpus.model import Document, Finding, Language, Page
from corpus.vocabulary import Vocabulary
from indexer.findings.document import Reader
from indexer.findings.model import Candidate, Left, Reading, Told
from indexer.findings.naming import named
from indexer.findings.repeats import folded
from indexer.findings.surroundings import Surroundings
from indexer.findings.verdict import weigh
from indexer.mentions import term_finder

FINDINGS_VERSION = 9

__all__ = [
    "FINDINGS_VERSION",
    "Candidate",
    "Left",
    "Reading",
    "Told",
    "candidates",
    "find_findings",
    "read_sentence",
    "read_told",
]


def find_findings(document: Document, pages: tuple[Page, ...], vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """The findings of a document, in the order of its pages; `page.text[start:end] == quote` for each."""
    return read_told(document, pages, vocabulary).findings


def read_told(document: Document, pages: tuple[Page, ...], vocabulary: Vocabulary) -> Told:
    """The findings of a document and its statements, in one pass."""
    seen = candidates(document, pages, vocabulary)
    findings = folded(tuple(c.finding for c in seen if c.finding))
    statements = tuple(c.statement for c in seen if c.statement)
    return Told(findings, statements)


def candidates(document: Document, pages: tuple[Page, ...], vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    """Every sentence with a cue, in page order, with the finding it became or the rule that left it."""
    return tuple(Reader(document, vocabulary).read(pages))


def read_sentence(text: str, previous: str, language: Language, vocabulary: Vocabulary) -> tuple[Reading, ...]:
    """What one sentence says of a tiltak; `previous` is the sentence before it, or empty."""
    finder = term_finder(vocabulary)
    before = weigh(previous, language, Surroundings(named=named(finder.find(previous), vocabulary)))
    around = Surroundings(before.outcome, bool(before.readings), named=named(finder.find(text), vocabulary))
    return weigh(text, language, around).readings
