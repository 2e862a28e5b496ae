"""The command that makes the reports and their manifest: python -m benchmarks.findings.reports.make [FOLDER]."""

import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.findings.reports.source import Report, read_report
from tools.samples.find import QuoteError, page_texts, squeezed
from tools.samples.make import PDF_PRODUCERS, RENDERERS
from tools.samples.source import Format

FOLDER = Path(__file__).parent


def main(arguments: list[str]) -> int:
    """Make every report of the folder; 1 when a marked sentence is not in its file as often as it is marked."""
    folder = Path(arguments[0]) if arguments else FOLDER
    entries, faults = [], 0
    (folder / "documents").mkdir(exist_ok=True)
    for path in sorted((folder / "sources").glob("*.md")):
        try:
            data, entry = make(read_report(path))
        except (QuoteError, ValueError, KeyError) as error:
            print(f"{path.name}: {error!r}", file=sys.stderr)
            faults += 1
            continue
        (folder / "documents" / entry["file"]).write_bytes(data)
        entries.append(entry)
        print(f"{entry['file']}: {len(data) // 1024} KB, {entry['pages']} pages, {len(entry['findings'])} findings")
    text = json.dumps({"documents": entries}, ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
    return 1 if faults else 0


def make(report: Report) -> tuple[bytes, dict[str, Any]]:
    """Render one report; its bytes and its entry. A paragraph with a marked sentence that a page cuts is kept together.

    Raises QuoteError when a marked sentence is not in the file as often as it is marked.
    """
    source = report.source
    if source.producer is None:
        data = RENDERERS[source.format](source)
        places(report, page_texts(data, source.format))
        return data, _entry(report, None, [None] * len(report.marked))
    keep: frozenset[str] = frozenset()
    while True:
        data = PDF_PRODUCERS[source.producer](source, keep)
        texts = page_texts(data, Format.PDF)
        try:
            return data, _entry(report, len(texts), places(report, texts))
        except QuoteError as error:
            if error.quotes <= keep:
                raise
            keep |= error.quotes


def places(report: Report, texts: list[str]) -> list[int]:
    """The page from 1 of each marked sentence. Raises QuoteError."""
    pages = [squeezed(text) for text in texts]
    quotes = [squeezed(marked.quote) for marked in report.marked]
    found = {quote: [at for at, page in enumerate(pages, 1) for _ in range(page.count(quote))] for quote in quotes}
    marks = Counter(quotes)
    wrong = [m.quote for m, quote in zip(report.marked, quotes, strict=True) if len(found[quote]) != marks[quote]]
    if wrong:
        raise QuoteError(wrong)
    return [found[quote].pop(0) for quote in quotes]


def _entry(report: Report, count: int | None, numbers: list[int] | list[None]) -> dict[str, Any]:
    marked = list(zip(report.marked, numbers, strict=True))
    return {
        "file": report.source.file,
        "language": str(report.source.language),
        "held": report.held,
        "pages": count,
        "findings": [
            {"quote": sentence.quote, "page": page} | asdict(label)
            for sentence, page in marked
            for label in sentence.labels
        ],
        "unsure": [sentence.quote for sentence, _ in marked if not sentence.labels],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
