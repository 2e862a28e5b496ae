"""`hvavirker search`: a question, and its answer in lines or JSON."""

from collections.abc import Sequence
from dataclasses import replace

import click

from corpus.config import Config
from corpus.model import Document, Language
from corpus.search import FacetCounts, Hit, MatchKind, PassageHit, SearchResult
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.answer import why_data, words_data
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
@click.option("--exact", is_flag=True, help="Search for no other names of a tiltak, theme or kommune.")
@click.option("--all-words", is_flag=True, help="Every word must be there; none is let go.")
@click.option("--json", "as_json", is_flag=True, help="For a program: one JSON object.")
@with_settings(INDEX)
def search(
    config: Config,
    text: tuple[str, ...],
    filters: tuple[str, ...],
    limit: int | None,
    *,
    exact: bool,
    all_words: bool,
    as_json: bool,
) -> None:
    """Search the live index: words, "a phrase", -not, OR, field:value, word*.

    Values of one facet widen the search, facets narrow it: --filter verdict=virker --filter year=2019-2024.
    """
    vocabulary = load_vocabulary()
    asked = request_of(config.search, vocabulary, " ".join(text), filters, limit)
    request = replace(asked, exact=exact, all_words=all_words)
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
        **words_data(result, vocabulary, language),
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
        **why_data(hit),
    }


def show(result: SearchResult, hits: FoundDocuments, vocabulary: Vocabulary, language: Language) -> None:
    """The answer in lines: what became of the words, then each document with why it matched and its best passages."""
    say(f"{result.total} documents")
    _show_words(result, vocabulary, language)
    for number, (hit, document) in enumerate(hits, 1):
        _show_hit(number, hit, document, vocabulary, language)


def _show_words(result: SearchResult, vocabulary: Vocabulary, language: Language) -> None:
    if result.did_you_mean:
        say(f"Did you mean: {result.did_you_mean}")
    for each in result.expansions:
        label = vocabulary.label(each.facet, each.code, language)
        also = f": {', '.join(each.forms)}" if each.forms else ""
        say(f"Searched also for {label}{also} (not with --exact)")
    for word in result.words:
        if word.relaxed:
            say(f"Let go: {word.text} ({word.alone} documents by itself)")
    if result.with_all is not None and any(word.relaxed for word in result.words):
        say(f"All the words: {result.with_all} documents (--all-words)")


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
    if why := why_line(hit):
        say(f"   {why}")
    for passage in hit.passages:
        say(f"   p. {passage.page}: " if document.paged else "   ", *_lit(passage))


def why_line(hit: Hit) -> str:
    """Why a hit matched, in one line: each word with where it stands and how; then the words that are missing."""
    said: dict[str, list[str]] = {}
    for match in hit.matches:
        forms = f" ({', '.join(match.forms)})" if match.kind not in {MatchKind.EXACT, MatchKind.PHRASE} else ""
        said.setdefault(match.text, []).append(f"{match.field} {match.kind}{forms if match.forms else ''}")
    parts = [f"{text}: {', '.join(places)}" for text, places in said.items()]
    return "; ".join([*parts, *(f"{word}: missing" for word in hit.missing)])


def _lit(passage: PassageHit) -> list[str | tuple[str, str]]:
    parts: list[str | tuple[str, str]] = []
    place = 0
    for mark in passage.marks:
        parts += [passage.text[place : mark.start], (passage.text[mark.start : mark.end], "bold yellow")]
        place = mark.end
    return [*parts, passage.text[place:]]
