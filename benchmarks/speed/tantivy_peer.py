"""tantivy: its parser (OR between words), its Norwegian stemmer, one writing thread; facets by a terms aggregation
each, in one call beside the search. Counts are of passages, all within the filter: it cannot lift a facet's own
choice in one call, nor tell a plan's status on a day, so the status is indexed."""

from collections.abc import Iterator
from pathlib import Path

import tantivy

from benchmarks.speed.base import BaseDocument, Query, read_base
from benchmarks.speed.engines import TOP, Answer, rows
from corpus.search import Facet

NAME = "tantivy"
MOST_CODES = 1_000
COUNTS = {facet.value: {"terms": {"field": facet.value, "size": MOST_CODES}} for facet in Facet}


class TantivySearcher:
    """One searcher, kept open."""

    def __init__(self, folder: Path) -> None:
        self._index = _index(folder)
        self._searcher = self._index.searcher()

    def ask(self, query: Query, narrowed: bool) -> Answer:
        """Ask tantivy."""
        asked = self._index.parse_query(query.text, ["text"])
        if not narrowed:
            found = self._searcher.search(asked, TOP)
            return Answer(found.count, self._shown(found), 0)
        facet, code = query.filter
        held = tantivy.Query.term_query(self._index.schema, facet.value, code)
        within = tantivy.Query.const_score_query(held, 0.0)
        asked = tantivy.Query.boolean_query([(tantivy.Occur.Must, asked), (tantivy.Occur.Must, within)])
        found = self._searcher.search(asked, TOP)
        counted = self._searcher.aggregate(asked, COUNTS)
        return Answer(found.count, self._shown(found), sum(len(each["buckets"]) for each in counted.values()))

    def _shown(self, found: tantivy.SearchResult) -> int:
        return len([self._searcher.doc(place).get_first("text") for _, place in found.hits])


def opened(folder: Path) -> TantivySearcher:
    """Open the index."""
    return TantivySearcher(folder)


def build(folder: Path, base: Path) -> None:
    """Index every passage as a row."""
    writer = _index(folder).writer(num_threads=1)
    for document, passage in prepared(base):
        codes = {facet.value: held for facet, held in document.codes.items() if held}
        writer.add_document(tantivy.Document(text=passage, **codes))
    writer.commit()
    writer.wait_merging_threads()


def prepared(base: Path) -> Iterator[tuple[BaseDocument, str]]:
    """What is handed to the engine."""
    return rows(read_base(base))


def _index(folder: Path) -> tantivy.Index:
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("text", stored=True, tokenizer_name="norsk")
    for facet in Facet:
        schema.add_text_field(facet.value, fast=True, tokenizer_name="raw", index_option="basic")
    made = tantivy.Index(schema.build(), str(folder))
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    made.register_tokenizer("norsk", words.filter(tantivy.Filter.stemmer("norwegian")).build())
    return made
