"""SQLite FTS5: bm25(), facets by GROUP BY on a joined table of codes. It has no stemmer for Norwegian, so words are
stemmed before they are written and before they are asked. Counts are of passages, all within the filter: lifting a
facet's own choice would be one more query a facet; a plan's status on a day is indexed."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import Stemmer

from benchmarks.speed.base import BaseDocument, Query, read_base
from benchmarks.speed.engines import TOP, Answer, rows

NAME = "fts5"
_WORD = re.compile(r"\w+")
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE VIRTUAL TABLE words USING fts5(text, content = '', tokenize = 'unicode61 remove_diacritics 0');
CREATE TABLE passages (number INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE codes (passage INTEGER, facet TEXT, code TEXT, PRIMARY KEY (passage, facet, code)) WITHOUT ROWID;
"""
_TOP = """
SELECT text FROM (SELECT rowid AS number FROM words WHERE words MATCH :asked {within} ORDER BY bm25(words) LIMIT :top)
JOIN passages USING (number)
"""
_TOTAL = "SELECT count(*) FROM words WHERE words MATCH :asked"
# The + keeps SQLite from asking the words once for every row of the filter: 10,000 passages, p50 41 to 1.7 ms.
_WITHIN = "AND +rowid IN (SELECT passage FROM codes WHERE facet = :facet AND code = :code)"
_COUNTS = f"""
WITH found AS MATERIALIZED (SELECT rowid AS passage FROM words WHERE words MATCH :asked {_WITHIN})
SELECT facet, code, count(*) FROM found JOIN codes USING (passage) GROUP BY facet, code
UNION ALL SELECT 'total', '', count(*) FROM found
"""


class Fts5Searcher:
    """One connection, kept open."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "fts5.sqlite")
        self._stem = Stemmer.Stemmer("norwegian")

    def ask(self, query: Query, narrowed: bool) -> Answer:
        """Ask SQLite."""
        words = self._stem.stemWords(list(query.words))
        asked = f'"{" ".join(words)}"' if query.phrase else " OR ".join(f'"{word}"' for word in words)
        facet, code = query.filter
        values = {"asked": asked, "facet": facet.value, "code": code, "top": TOP}
        shown = len(self._rows(_TOP.format(within=_WITHIN if narrowed else ""), values))
        if not narrowed:
            return Answer(self._rows(_TOTAL, values)[0][0], shown, 0)
        counts = self._rows(_COUNTS, values)
        return Answer(counts[-1][2], shown, len(counts) - 1)

    def _rows(self, question: str, values: dict[str, object]) -> list[tuple]:
        return self._connection.execute(question, values).fetchall()


def opened(folder: Path) -> Fts5Searcher:
    """Open the index."""
    return Fts5Searcher(folder)


def build(folder: Path, base: Path) -> None:
    """Index every passage as a row."""
    stemmer = Stemmer.Stemmer("norwegian")
    connection = sqlite3.connect(folder / "fts5.sqlite")
    connection.executescript(_TABLES)
    for number, (document, passage) in enumerate(prepared(base)):
        stemmed = " ".join(stemmer.stemWords(_WORD.findall(passage.lower())))
        connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, stemmed))
        connection.execute("INSERT INTO passages VALUES (?, ?)", (number, passage))
        codes = ((number, facet.value, code) for facet, held in document.codes.items() for code in held)
        connection.executemany("INSERT INTO codes VALUES (?, ?, ?)", codes)
    connection.execute("CREATE INDEX by_code ON codes (facet, code, passage)")
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    connection.commit()
    connection.close()


def prepared(base: Path) -> Iterator[tuple[BaseDocument, str]]:
    """What is handed to the engine."""
    return rows(read_base(base))
