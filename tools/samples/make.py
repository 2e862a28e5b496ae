"""How does a source become a document and an entry in the manifest?"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tools.samples.chromium_pdf import render_chromium
from tools.samples.docx_file import render_docx
from tools.samples.find import QuoteError, page_texts, pages_of
from tools.samples.html_file import render_html
from tools.samples.odt_file import render_odt
from tools.samples.reportlab_pdf import render_reportlab
from tools.samples.source import Format, Producer, Source, SourceError, read_source
from tools.samples.text_file import render_markdown, render_text
from tools.samples.typst_pdf import render_typst

PDF_PRODUCERS: dict[Producer, Callable[[Source, frozenset[str]], bytes]] = {
    Producer.TYPST: render_typst,
    Producer.REPORTLAB: render_reportlab,
    Producer.CHROMIUM: render_chromium,
}
RENDERERS: dict[Format, Callable[[Source], bytes]] = {
    Format.DOCX: render_docx,
    Format.HTML: render_html,
    Format.ODT: render_odt,
    Format.MD: render_markdown,
    Format.TXT: render_text,
}
Entry = dict[str, Any]


def make_all(folder: Path, slugs: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Make the named samples, or all, and write the manifest; a line for each, and whether it tells of a fault."""
    entries = _written(folder)
    paths = sorted((folder / "sources").glob("*.md"))
    for path in paths:
        if slugs and path.stem not in slugs:
            continue
        try:
            data, entry = make_one(read_source(path))
        except SourceError as error:
            yield str(error), True
            continue
        except QuoteError as error:
            yield f"{path.name}: {error}", True
            continue
        (folder / "documents" / entry["file"]).write_bytes(data)
        entries[path.stem] = entry
        size, pages, count = len(data) // 1024, entry["pages"] or "no", len(entry["findings"])
        yield f"{entry['file']}: {size} KB, {pages} pages, {count} findings", False
    known = {path.stem for path in paths}
    _write(folder, [entries[slug] for slug in sorted(entries) if slug in known])


def make_one(source: Source) -> tuple[bytes, Entry]:
    """Render one source; its bytes and its manifest entry. Raises QuoteError when a gold quote is not in it as listed.

    A quote that a page break cuts in two is missed at first: its paragraph is then kept together.
    """
    if source.producer is None:
        data = RENDERERS[source.format](source)
        return data, _entry(source, None, pages_of(source.findings, page_texts(data, source.format)))
    keep: frozenset[str] = frozenset()
    while True:
        data = PDF_PRODUCERS[source.producer](source, keep)
        texts = page_texts(data, Format.PDF)
        try:
            return data, _entry(source, len(texts), pages_of(source.findings, texts))
        except QuoteError as error:
            if error.quotes <= keep:
                raise
            keep |= error.quotes


def _entry(source: Source, pages: int | None, numbers: list[int]) -> Entry:
    findings = [
        {"page": number if pages else None}
        | {key: value for key, value in asdict(finding).items() if value is not None}
        for number, finding in zip(numbers, source.findings, strict=True)
    ]
    return {
        "file": source.file,
        "format": str(source.format),
        "producer": str(source.producer) if source.producer else None,
        "layout": str(source.layout),
        "pages": pages,
        "metadata": dict(source.metadata),
        "findings": findings,
    }


def _written(folder: Path) -> dict[str, Entry]:
    path = folder / "manifest.json"
    documents: list[Entry] = json.loads(path.read_text(encoding="utf-8"))["documents"] if path.exists() else []
    return {Path(entry["file"]).stem: entry for entry in documents}


def _write(folder: Path, entries: list[Entry]) -> None:
    text = json.dumps({"documents": entries}, ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
