"""The whole pipeline on a folder: `python -m benchmarks.speed.pipeline FOLDER INDEX`, in a process of its own.

As a yardstick of the machine, pdfium alone draws the text out of the same PDFs. `cpu_outside` is the processor time
this process spent on anything but the run.
"""

import json
import sys
import time
from pathlib import Path

import pypdfium2

from corpus.config import Config, DocumentsConfig, IndexConfig
from indexer.engines import open_engine
from indexer.pipeline import run


def main() -> None:
    folder, index = Path(sys.argv[1]), Path(sys.argv[2])
    yardstick = _pdfium_alone(folder)
    before, wall = time.process_time(), time.perf_counter()
    report = run(Config(documents=DocumentsConfig(folder), index=IndexConfig(index)))
    wall, after = time.perf_counter() - wall, time.process_time()
    answer = {
        "wall": wall,
        "yardstick": yardstick,
        "pages": _pages(index),
        "files": report.counts.files,
        "indexed": report.counts.indexed,
        "set_aside": report.counts.set_aside,
        "passages": report.generation.passages,
        "findings": report.generation.findings,
    }
    print(json.dumps({**answer, "cpu_outside": before + time.process_time() - after}))


def _pages(index: Path) -> int:
    documents = open_engine(Config(index=IndexConfig(index))).records().documents()
    return sum(document.page_count for document in documents)


def _pdfium_alone(folder: Path) -> float:
    began = time.process_time()
    for path in sorted(folder.rglob("*.pdf")):
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError:
            continue
        for page in document:
            page.get_textpage().get_text_range()
    return time.process_time() - began


if __name__ == "__main__":
    main()
