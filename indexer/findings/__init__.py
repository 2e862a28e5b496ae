"""Which sentences of a document say whether a tiltak works?"""

from corpus.model import Document, Finding, Language, Page
from corpus.vocabulary import Vocabulary
from indexer.findings.document import Reader
from indexer.findings.model import Candidate, Left, Reading
from indexer.findings.naming import named
from indexer.findings.surroundings import Surroundings
from indexer.findings.verdict import weigh
from indexer.mentions import term_finder

FINDINGS_VERSION = 3

__all__ = ["FINDINGS_VERSION", "Candidate", "Left", "Reading", "candidates", "find_findings", "read_sentence"]


def find_findings(document: Document, pages: tuple[Page, ...], vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """The findings of a document, in the order of its pages; `page.text[start:end] == quote` for each."""
    return tuple(c.finding for c in candidates(document, pages, vocabulary) if c.finding)


def candidates(document: Document, pages: tuple[Page, ...], vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    """Every sentence with a cue, in page order, with the finding it became or the rule that left it."""
    return tuple(Reader(document, vocabulary).read(pages))


def read_sentence(text: str, previous: str, language: Language, vocabulary: Vocabulary) -> tuple[Reading, ...]:
    """What one sentence says of a tiltak; `previous` is the sentence before it, or empty."""
    finder = term_finder(vocabulary)
    before = weigh(previous, language, Surroundings(named=named(finder.find(previous), vocabulary)))
    around = Surroundings(before.outcome, bool(before.readings), named=named(finder.find(text), vocabulary))
    return weigh(text, language, around).readings
