"""Search a corpus file with a file of queries, on the product's own path, and write a run for scoring.

    run.py --corpus FILE --queries FILE [--queries FILE ...] --out RUN [--out RUN ...]
    run.py                    every judged set at hand, beside its floor (benchmarks/quality/all.py)

corpus: JSON lines {id, title, text}, each one document. queries: JSON lines {id, text}.
run: qid<TAB>docid<TAB>rank<TAB>score, 100 hits deep.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus.config import Config, IndexConfig
from corpus.engine import Engine
from corpus.model import (
    Block,
    BlockKind,
    Document,
    Language,
    Metadata,
    Origin,
    Page,
    PageStatus,
    Passage,
    Read,
    Record,
    SourceFile,
)
from corpus.search import SearchRequest
from indexer.engines import open_engine

DEPTH = 100


def main() -> int:
    if len(sys.argv) == 1:
        from benchmarks.quality import all as every_set  # noqa: PLC0415 (it imports this file)

        return every_set.main()
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        engine = indexed(options.corpus, Path(folder))
        print(f"indexed in {time.perf_counter() - began:.1f} s", file=sys.stderr)
        for queries, out in zip(options.queries, options.out, strict=True):
            began = time.perf_counter()
            lines = [line for query in read_lines(queries) for line in answers(engine, query)]
            out.write_text("".join(lines), encoding="utf-8")
            print(f"{queries.name} in {time.perf_counter() - began:.1f} s", file=sys.stderr)
    return 0


def indexed(corpus: Path, folder: Path) -> Engine:
    """The product's engine with the corpus file published in `folder`."""
    engine = open_engine(Config(index=IndexConfig(folder=folder)))
    engine.publish(engine.build(record(number, line) for number, line in enumerate(read_lines(corpus))).name)
    return engine


def answers(engine: Engine, query: dict[str, Any]) -> Iterator[str]:
    """The lines of a run for one query."""
    for rank, (document, score) in enumerate(ranked(engine, query["text"], DEPTH), 1):
        yield f"{query['id']}\t{document}\t{rank}\t{score:.5f}\n"


def ranked(engine: Engine, text: str, depth: int) -> list[tuple[str, float]]:
    """The best documents for a text with their scores."""
    result = engine.search(SearchRequest(as_of=date(2026, 1, 1), text=text, size=depth, enough=DEPTH))
    return [(hit.document_id, hit.score) for hit in result.hits]


def record(number: int, line: dict[str, Any]) -> Record:
    """One line of a corpus file as a document of one page and one passage."""
    text = line["text"]
    source = SourceFile(f"{number}.txt", "", len(text), "text/plain")
    language = Language(line["lang"]) if line.get("lang") in list(Language) else Language.NB
    metadata = Metadata(title=Read(line.get("title") or "", Origin.TEXT), language=Read(language, Origin.TEXT))
    document = Document(str(line["id"]), source, False, 1, metadata, (), "", ())
    page = Page(1, text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), text, (), PageStatus.TEXT, "plain")
    return Record(document, (page,), (Passage(1, 0, len(text), text, (), language),), ())


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--queries", type=Path, action="append", required=True)
    parser.add_argument("--out", type=Path, action="append", required=True)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
