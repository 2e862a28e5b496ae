"""Verification: does a generation answer as what it holds says it must?"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from corpus.engine import Answers, Generation
from corpus.model import BlockKind, Document, Page
from corpus.search import Facet, FacetCounts, SearchRequest
from indexer.golden import Golden

SAMPLES = 20
VALUES = 3
TRIES = 3
HITS = 100
_PHRASE = re.compile(r"(?<![\w-])[a-zæøå]{4,}(?: [a-zæøå]{3,}){2}(?![\w-])")


def faults_in(answers: Answers, questions: Sequence[Golden], day: date) -> tuple[str, ...]:
    """What is wrong with a generation whose files are whole, in sentences; none when all is well.

    It is asked for what its own documents say: how many there are, every facet's counts, phrases that stand in
    documents spread over the whole, and the golden questions. Raises IndexDamaged, NoIndex.
    """
    generation = answers.live()
    if generation is None:
        return ("It holds nothing that can be asked.",)
    documents = answers.records().documents()
    return (
        *_miscounts(answers, generation, documents),
        *_wrong_facets(answers, documents, day),
        *_unfound(answers, documents, day),
        *_golden(answers, questions, day),
    )


def _miscounts(answers: Answers, generation: Generation, documents: Sequence[Document]) -> Iterator[str]:
    held = {"documents": len(documents), "findings": len(answers.records().findings())}
    for name, count in held.items():
        if count != getattr(generation, name):
            yield f"It holds {count} {name}, its manifest says {getattr(generation, name)}."


def _wrong_facets(answers: Answers, documents: Sequence[Document], day: date) -> Iterator[str]:
    result = answers.search(SearchRequest(as_of=day, size=1))
    if result.total != len(documents):
        yield f"A search for everything finds {result.total} of {len(documents)} documents."
    for facet in Facet:
        counts = next((each for each in result.facets if each.facet is facet), None)
        if counts is None:
            yield f"The facet {facet} is missing."
        else:
            yield from _wrong_counts(answers, counts, day)
            yield from _recounted(counts, documents)


def _wrong_counts(answers: Answers, counts: FacetCounts, day: date) -> Iterator[str]:
    for value in (*counts.values[:VALUES], *counts.values[VALUES:][-1:]):
        total = answers.search(SearchRequest(as_of=day, filters={counts.facet: (value.code,)}, size=1)).total
        if total != value.count:
            yield f"{counts.facet}={value.code} is said to have {value.count} documents and finds {total}."


def _recounted(counts: FacetCounts, documents: Sequence[Document]) -> Iterator[str]:
    if counts.facet is Facet.LANGUAGE:
        held = Counter(str(document.metadata.language.value) for document in documents)
    elif counts.facet is Facet.DOC_TYPE:
        held = Counter(document.metadata.doc_type.value for document in documents if document.metadata.doc_type)
    else:
        return
    if held != {value.code: value.count for value in counts.values}:
        yield f"The counts of {counts.facet} are not those of the documents."


def _unfound(answers: Answers, documents: Sequence[Document], day: date) -> Iterator[str]:
    for document in documents[:: max(len(documents) // SAMPLES, 1)][:SAMPLES]:
        phrases = _phrases(answers.records().pages(document.id))
        asked = [SearchRequest(as_of=day, text=f'"{phrase}"', size=HITS, exact=True) for phrase in phrases]
        if asked and not any(_finds(answers, request, document) for request in asked):
            yield f"{document.source.path} is not found by words that stand in it."


def _finds(answers: Answers, request: SearchRequest, document: Document) -> bool:
    result = answers.search(request)
    last = -(-result.total // HITS)
    pages = (result, *(answers.search(replace(request, page=number)) for number in range(2, last + 1)))
    return any(hit.document_id == document.id for page in pages for hit in page.hits)


def _phrases(pages: Sequence[Page]) -> list[str]:
    """A few runs of three plain words, each from another paragraph."""
    found: list[str] = []
    for page in pages:
        for block in page.blocks:
            match = _PHRASE.search(page.text, block.start, block.end) if block.kind is BlockKind.PARAGRAPH else None
            if match:
                found.append(match[0])
            if len(found) == TRIES:
                return found
    return found


def _golden(answers: Answers, questions: Sequence[Golden], day: date) -> Iterator[str]:
    for question in questions:
        for file in set(question.finds) - question.found(answers, day):
            yield f"The golden question “{question.text}” does not find {file} among its first {question.within}."
