"""What is read from sample documents, block by block, against a reading that a person has looked through.

After a change that is meant: `UPDATE_GOLDEN=1 pytest tests/golden/test_extraction.py`, then read what differs.
"""

import hashlib
import json
import os
from functools import cache
from pathlib import Path

import pytest

from corpus.config import ExtractConfig
from corpus.model import Extracted, SourceFile
from indexer.extract import media_type_of
from indexer.extract.message import Task
from indexer.extract.readers import read

HERE = Path(__file__).parent / "extraction"
SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
MANIFEST = json.loads((SAMPLES / "manifest.json").read_text(encoding="utf-8"))["documents"]
GOLDEN = (
    "moss-trygghet-og-forebygging-2025-2028.pdf",
    "cctv-and-street-lighting-systematic-review.pdf",
    "felles-plan-mot-vold-indre-ostfold-2023-2026.pdf",
    "bedre-tverrfaglig-innsats-prosessevaluering.pdf",
    "kinn-vald-i-naere-relasjonar-2027-2030.docx",
)
VERBATIM = 0.99


@cache
def extracted(name: str) -> Extracted:
    path = SAMPLES / "documents" / name
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    source = SourceFile(name, digest, path.stat().st_size, media_type_of(path))
    return read(Task(os.fsencode(path), source, ExtractConfig()), lambda engine: None)


def listing(name: str) -> str:
    lines = []
    for page in extracted(name).pages:
        lines.append(f"== {page.number} {page.label} {page.status}".replace("  ", " "))
        for block in page.blocks:
            text = page.text[block.start : block.end].replace("\t", " | ")
            lines.append(f"{block.kind}{block.level or ''}: {text}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", GOLDEN)
def test_the_reading_is_the_reviewed_one(name: str) -> None:
    golden = HERE / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(listing(name), encoding="utf-8")
    assert listing(name) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("document", MANIFEST, ids=lambda document: document["file"])
def test_every_quote_is_on_its_page(document: dict[str, object]) -> None:
    """But for hyphens at line ends, which no reader without a dictionary can always tell apart."""
    pages = extracted(str(document["file"])).pages
    paged = extracted(str(document["file"])).paged
    for finding in document["findings"]:  # type: ignore[attr-defined]
        texts = [page.text for page in pages if not paged or page.number == finding["page"]]
        assert any(bare(finding["quote"]) in bare(text) for text in texts), finding["quote"]


def bare(text: str) -> str:
    return text.replace("-", "")


def test_nearly_every_quote_is_verbatim() -> None:
    quotes = [(document["file"], finding["quote"]) for document in MANIFEST for finding in document["findings"]]
    found = sum(any(quote in page.text for page in extracted(name).pages) for name, quote in quotes)
    assert found >= VERBATIM * len(quotes)


@pytest.mark.parametrize("document", MANIFEST, ids=lambda document: document["file"])
def test_pages_and_the_way_back(document: dict[str, object]) -> None:
    result = extracted(str(document["file"]))
    if result.paged:
        assert len(result.pages) == document["pages"]
    for page in result.pages:
        for segment in page.segments:
            text = page.text[segment.start : segment.start + segment.length]
            source = page.source[segment.source_start : segment.source_start + segment.length]
            exact = "".join(" " if letter.isspace() else letter for letter in source) == text
            assert exact or segment.length == 1
