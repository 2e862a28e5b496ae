"""`hvavirker search`: a question, and its answer in lines or JSON."""

from collections.abc import Sequence

import click

from corpus.config import Config
from corpus.model import Document, Language
from corpus.search import FacetCounts, Hit, PassageHit, SearchResult
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.cli.options import INDEX, with_settings
from indexer.cli.question import request_of, value_label
from indexer.cli.terminal import say, say_json
from indexer.engines import open_engine

LARGEST_LIMIT = 1000
FoundDocuments = Sequence[tuple[Hit, Document]]


@click.command()
@click.argument("text", nargs=-1)
@click.option("--filter", "filters", multiple=True, metavar="FACET=VALUE", help="Narrow the search; may be repeated.")
@click.option("--limit", type=click.IntRange(1, LARGEST_LIMIT), help="How many documents to show.")
@click.option("--json", "as_json", is_flag=True, help="For a program: one JSON object.")
@with_settings(INDEX)
def search(config: Config, text: tuple[str, ...], filters: tuple[str, ...], limit: int | None, as_json: bool) -> None:
    """Search the live index: words, "a phrase", -not, OR, field:value, word*.

    Values of one facet widen the search, facets narrow it: --filter verdict=virker --filter year=2019-2024.
    """
    vocabulary = load_vocabulary()
    request = request_of(config.search, vocabulary, " ".join(text), filters, limit)
    engine = open_engine(config, vocabulary)
    result, records = engine.search(request), engine.records()
    hits = [(hit, document) for hit in result.hits if (document := records.document(hit.document_id))]
    if as_json:
        say_json(as_data(result, hits, vocabulary, config.web.language))
    else:
        show(result, hits, vocabulary, config.web.language)


def as_data(
    result: SearchResult, hits: FoundDocuments, vocabulary: Vocabulary, language: Language
) -> dict[str, object]:
    """The answer as `search --json` gives it; the names are a public contract (docs/cli.md)."""
    return {
        "total": result.total,
        "facets": {counts.facet.value: _facet_data(counts, vocabulary, language) for counts in result.facets},
        "hits": [_hit_data(hit, document) for hit, document in hits],
    }


def _facet_data(counts: FacetCounts, vocabulary: Vocabulary, language: Language) -> list[dict[str, object]]:
    return [
        {
            "code": value.code,
            "label": value_label(counts.facet, value.code, vocabulary, language),
            "count": value.count,
            "selected": value.selected,
        }
        for value in counts.values
    ]


def _hit_data(hit: Hit, document: Document) -> dict[str, object]:
    passages = [{"page": passage.page if document.paged else None, "text": passage.text} for passage in hit.passages]
    about = document.metadata
    return {
        "file": document.source.path,
        "page": passages[0]["page"] if passages else None,
        "title": about.title.value,
        "doc_type": about.doc_type.value if about.doc_type else None,
        "score": hit.score,
        "passages": passages,
    }


def show(result: SearchResult, hits: FoundDocuments, vocabulary: Vocabulary, language: Language) -> None:
    """The answer in lines: each document with its best passages and their pages."""
    say(f"{result.total} documents")
    if result.did_you_mean:
        say(f"Did you mean: {result.did_you_mean}")
    for word in result.words:
        if word.relaxed:
            say(f"Let go: {word.text} ({word.documents} documents have it)")
    for number, (hit, document) in enumerate(hits, 1):
        _show_hit(number, hit, document, vocabulary, language)


def _show_hit(number: int, hit: Hit, document: Document, vocabulary: Vocabulary, language: Language) -> None:
    about = document.metadata
    known = (
        vocabulary.doc_types[about.doc_type.value].labels[language] if about.doc_type else "",
        str(about.year.value) if about.year else "",
        document.source.path,
    )
    say("")
    say(f"{number}. ", (about.title.value, "bold"))
    say("   " + ", ".join(part for part in known if part))
    for passage in hit.passages:
        say(f"   p. {passage.page}: " if document.paged else "   ", *_lit(passage))


def _lit(passage: PassageHit) -> list[str | tuple[str, str]]:
    parts: list[str | tuple[str, str]] = []
    place = 0
    for mark in passage.marks:
        parts += [passage.text[place : mark.start], (passage.text[mark.start : mark.end], "bold yellow")]
        place = mark.end
    return [*parts, passage.text[place:]]
