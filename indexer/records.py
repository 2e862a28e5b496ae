"""How does what was read from a file become what an index holds of it?"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from corpus.errors import Reason
from corpus.model import Block, BlockKind, Document, Extracted, Notice, Page, Record, Section
from corpus.vocabulary import Vocabulary
from indexer.curation import Curation, Decision
from indexer.findings import read_told
from indexer.mentions import term_finder
from indexer.metadata import read_metadata
from indexer.metadata.evidence import SUMMARY_INSIDE, is_summary
from indexer.structure import passages, sections

SLUG_CHARACTERS = 60
DIGEST_CHARACTERS = 8
SUMMARY_CHARACTERS = 400
SHORTEST_SUMMARY = 80
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "þ": "th", "ß": "ss", "đ": "d", "ŧ": "t", "ŋ": "n"})
_SENTENCE_END = re.compile(r"[.!?…][»”\"')\]]*(?=\s|$)")


def make_record(extracted: Extracted, curation: Curation | None, vocabulary: Vocabulary) -> Record:
    """Extracted and curated values → Record. The same input gives the same record."""
    metadata = read_metadata(extracted, vocabulary, term_finder(vocabulary))
    if curation:
        metadata = curation.apply(metadata, vocabulary)
    parts = sections(extracted.pages, metadata.language.value)
    document = Document(
        id=document_id(extracted.source.path),
        source=extracted.source,
        paged=extracted.paged,
        page_count=len(extracted.pages),
        metadata=metadata,
        sections=parts,
        summary=summary(extracted.pages, parts),
        notices=extracted.notices,
    )
    told = read_told(document, extracted.pages, vocabulary)
    findings = told.findings
    if curation:
        decided = curation.decide(document, extracted.pages, findings)
        document, findings = replace(document, notices=(*document.notices, *_notices(decided.lost))), decided.findings
    return Record(document, extracted.pages, passages(extracted.pages, parts), findings, told.statements)


def _notices(lost: Iterable[Decision]) -> Iterator[Notice]:
    """Decisions that no longer match the text, told with the document; a page is told when it has one."""
    return (Notice(Reason.DECISION_LOST, decision.quote, decision.page) for decision in lost)


def document_id(path: str) -> str:
    """The id of the document at a path: its file name in ASCII, and a digest of the whole path."""
    stem = unicodedata.normalize("NFKD", PurePosixPath(path).stem.lower().translate(_LETTERS))
    slug = re.sub(r"[^a-z0-9]+", "-", stem.encode("ascii", "ignore").decode())[:SLUG_CHARACTERS].strip("-")
    digest = hashlib.sha256(path.encode()).hexdigest()[:DIGEST_CHARACTERS]
    return f"{slug}-{digest}" if slug else digest


def summary(pages: Sequence[Page], parts: Sequence[Section]) -> str:
    """The first sentences of the document's own summary, else of its first real paragraph, verbatim."""
    paragraphs = list(_paragraphs(pages))
    own = next((part for part in parts if part.path and is_summary(part.path[-1])), None)
    if own:
        after = [text for page, block, text in paragraphs if (page.number, block.start) >= (own.page, own.start)]
        if after:
            return _shortened(after[0])
    return next((_shortened(text) for _, _, text in paragraphs), "")


def _paragraphs(pages: Sequence[Page]) -> Iterator[tuple[Page, Block, str]]:
    for page in pages:
        for block in page.blocks:
            inside = SUMMARY_INSIDE.search(page.text, block.start, block.end)
            text = page.text[inside.end() if inside else block.start : block.end]
            if block.kind is BlockKind.PARAGRAPH and len(text) >= SHORTEST_SUMMARY and _SENTENCE_END.search(text):
                yield page, block, text


def _shortened(text: str) -> str:
    if len(text) <= SUMMARY_CHARACTERS:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, SUMMARY_CHARACTERS)]
    return text[: ends[-1]] if ends else text[: text.rfind(" ", 0, SUMMARY_CHARACTERS)]
