"""Plain Whoosh 2.7.4: its parser with OrGroup, its analyser for Norwegian without stop words, its searcher.

Facets with one value are columns; Whoosh has no column for several values, so those are read from term vectors,
the fastest way it offers. Counts are of passages, all within the filter: it cannot lift a facet's own choice, nor
tell a plan's status on a day, so the status is indexed.
"""

import warnings
from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed.base import BaseDocument, Query, read_base
from benchmarks.speed.engines import SEVERAL, SINGLE, TOP, Answer, rows
from corpus.search import Facet

with warnings.catch_warnings():  # its source is of 2016
    warnings.simplefilter("ignore")
    from whoosh import index
    from whoosh.analysis import LowercaseFilter, RegexTokenizer, StemFilter
    from whoosh.fields import ID, KEYWORD, TEXT, Schema
    from whoosh.formats import Existence
    from whoosh.qparser import OrGroup, QueryParser
    from whoosh.query import Term
    from whoosh.sorting import FieldFacet

NAME = "whoosh"
MEMORY_MB = 128
NONE = "-"  # its facets raise where a row has no vector


class WhooshSearcher:
    """One searcher, kept open."""

    def __init__(self, folder: Path) -> None:
        self._index = index.open_dir(str(folder))
        self._searcher = self._index.searcher()
        self._parser = QueryParser("text", self._index.schema, group=OrGroup)

    def ask(self, query: Query, narrowed: bool) -> Answer:
        """Ask Whoosh."""
        asked = self._parser.parse(query.text)
        if not narrowed:
            found = self._searcher.search(asked, limit=TOP)
            return Answer(len(found), len([hit["text"] for hit in found]), 0)
        facets = {facet.value: FieldFacet(facet.value, allow_overlap=facet in SEVERAL) for facet in Facet}
        facet, code = query.filter
        found = self._searcher.search(asked, limit=TOP, filter=Term(facet.value, code), groupedby=facets)
        counts = [{code: len(held) for code, held in found.groups(facet.value).items()} for facet in Facet]
        codes = sum(len(held) - (NONE in held) for held in counts)
        return Answer(len(found), len([hit["text"] for hit in found]), codes)


def opened(folder: Path) -> WhooshSearcher:
    """Open the index."""
    return WhooshSearcher(folder)


def build(folder: Path, base: Path) -> None:
    """Index every passage as a row."""
    text = RegexTokenizer() | LowercaseFilter() | StemFilter(lang="no")
    schema = Schema(
        text=TEXT(stored=True, analyzer=text),
        **{facet.value: ID(sortable=True) for facet in SINGLE},
        **{facet.value: KEYWORD(commas=True, vector=Existence()) for facet in SEVERAL},
    )
    writer = index.create_in(str(folder), schema).writer(limitmb=MEMORY_MB)
    for document, passage in prepared(base):
        codes = {facet.value: ",".join(held or [NONE]) for facet, held in document.codes.items()}
        writer.add_document(text=passage, **codes)
    writer.commit()


def prepared(base: Path) -> Iterator[tuple[BaseDocument, str]]:
    """What is handed to the engine."""
    return rows(read_base(base))
