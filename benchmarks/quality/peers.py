"""Other engines on the same judged sets, each as it comes: its own Norwegian where it has one, OR between words.

Nothing of ours goes in: no word lists, no rules, no stop words but those an engine has itself.
"""

import re
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

import bm25s
import numpy as np
import Stemmer
import tantivy
from whoosh import analysis, fields, qparser
from whoosh.filedb.filestore import RamStorage

Line = dict[str, Any]
Ask = Callable[[str, int], list[str]]

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return [word.lower() for word in _WORD.findall(text)]


def with_tantivy(corpus: Sequence[Line]) -> Ask:
    """tantivy with its Norwegian stemmer and stop words."""
    chain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    chain = chain.filter(tantivy.Filter.stopword("norwegian")).filter(tantivy.Filter.stemmer("norwegian")).build()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for field in ("title", "text"):
        builder.add_text_field(field, tokenizer_name="no")
    made = tantivy.Index(builder.build())
    made.register_tokenizer("no", chain)
    writer = made.writer()
    for line in corpus:
        writer.add_document(tantivy.Document(id=line["id"], title=line.get("title") or "", text=line["text"]))
    writer.commit()
    made.reload()
    searcher = made.searcher()

    def ask(text: str, depth: int) -> list[str]:
        query = made.parse_query(" ".join(words(text)) or "-", ["title", "text"])
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(query, depth).hits]

    return ask


def with_bm25s(corpus: Sequence[Line]) -> Ask:
    """bm25s with Snowball's Norwegian stemmer."""
    stemmer = Stemmer.Stemmer("norwegian")
    retriever = bm25s.BM25()
    retriever.index(
        [[stemmer.stemWord(word) for word in words(f"{line.get('title') or ''} {line['text']}")] for line in corpus],
        show_progress=False,
    )
    ids = np.array([line["id"] for line in corpus])

    def ask(text: str, depth: int) -> list[str]:
        asked = [[stemmer.stemWord(word) for word in words(text)]]
        found, scores = retriever.retrieve(asked, k=min(depth, len(ids)), show_progress=False)
        return [str(ids[number]) for number, score in zip(found[0], scores[0], strict=True) if score > 0]

    return ask


def with_fts5(corpus: Sequence[Line]) -> Ask:
    """SQLite FTS5 with its porter tokenizer."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE held USING fts5(id UNINDEXED, title, text, tokenize = 'porter unicode61')")
    rows = [(line["id"], line.get("title") or "", line["text"]) for line in corpus]
    base.executemany("INSERT INTO held VALUES (?, ?, ?)", rows)

    def ask(text: str, depth: int) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in words(text))
        query = "SELECT id FROM held WHERE held MATCH ? ORDER BY bm25(held) LIMIT ?"
        return [name for (name,) in base.execute(query, (asked, depth))] if asked else []

    return ask


def with_whoosh(corpus: Sequence[Line]) -> Ask:
    """Whoosh with its Norwegian analyzer."""
    chain = analysis.LanguageAnalyzer("no")
    schema = fields.Schema(id=fields.ID(stored=True), title=fields.TEXT(chain), text=fields.TEXT(chain))
    made = RamStorage().create_index(schema)
    writer = made.writer()
    for line in corpus:
        writer.add_document(id=line["id"], title=line.get("title") or "", text=line["text"])
    writer.commit()
    searcher = made.searcher()
    parser = qparser.MultifieldParser(["title", "text"], schema, group=qparser.OrGroup)

    def ask(text: str, depth: int) -> list[str]:
        hits = searcher.search(parser.parse(" ".join(words(text))), limit=depth)
        return [hit["id"] for hit in hits]

    return ask


PEERS = {"tantivy": with_tantivy, "bm25s": with_bm25s, "FTS5": with_fts5, "Whoosh": with_whoosh}
