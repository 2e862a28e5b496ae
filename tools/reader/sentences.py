"""Sentences with the verdicts that people read in them: of the sample documents, of reports, and alone."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from corpus.config import ExtractConfig, Ocr
from corpus.model import BlockKind, Language, Page, SourceFile, Verdict
from corpus.vocabulary import Vocabulary
from indexer.extract import media_type_of, read_file
from indexer.findings.naming import named
from indexer.findings.scene import Scene, set_scene
from indexer.findings.sentences import sentences
from indexer.language import detect_language
from indexer.mentions import term_finder

ROOT = Path(__file__).parents[2]
MANIFESTS = (ROOT / "corpus/samples/manifest.json", ROOT / "benchmarks/findings/reports/manifest.json")
ALONE = Path(__file__).parent / "sentences"
LEARNT_FROM = Path(__file__).parent / "learnt_from"  # the digest of what the weights were made of
OVERLAP = 0.5
SHORTEST = 4
_READ = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as the rules see it, and the verdicts read in it; none for most."""

    scene: Scene
    verdicts: frozenset[Verdict]


def read_by_people(vocabulary: Vocabulary) -> Iterator[Read]:
    """Every sentence that may be learnt from. Documents that are held back are not among them."""
    for path in sorted(ALONE.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            yield _read(entry["text"], Language(entry["lang"]), frozenset(map(Verdict, entry["labels"])), vocabulary)
    for manifest in MANIFESTS:
        for entry in _documents(manifest):
            yield from _of_document(manifest.parent / "documents" / entry["file"], entry, vocabulary)


def digest() -> str:
    """What the sentences come from."""
    whole = hashlib.sha256()
    for path in (*sorted(ALONE.glob("*.jsonl")), *MANIFESTS):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _documents(manifest: Path) -> list[dict[str, Any]]:
    documents = json.loads(manifest.read_text(encoding="utf-8"))["documents"]
    return [entry for entry in documents if not entry.get("held")]


def _of_document(path: Path, entry: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Read]:
    gold: dict[str, set[Verdict]] = {}
    for finding in entry["findings"]:
        gold.setdefault(_letters(finding["quote"]), set()).add(Verdict(finding["verdict"]))
    unsure = [_letters(quote) for quote in entry.get("unsure", ())]
    for text, language in _sentences(path, Language(entry.get("language") or entry["metadata"]["language"])):
        letters = _letters(text)
        verdicts = next((verdicts for quote, verdicts in gold.items() if _same(letters, quote)), set())
        if verdicts or not any(_same(letters, quote) for quote in unsure):
            yield _read(text, language, frozenset(verdicts), vocabulary)


def _sentences(path: Path, usual: Language) -> Iterator[tuple[str, Language]]:
    content = path.read_bytes()
    source = SourceFile(path.name, hashlib.sha256(content).hexdigest(), len(content), media_type_of(path))
    for page in read_file(path, source, ExtractConfig(ocr=Ocr.OFF)).pages:
        yield from _of_page(page, usual)


def _of_page(page: Page, usual: Language) -> Iterator[tuple[str, Language]]:
    for block in (block for block in page.blocks if block.kind in _READ):
        language = detect_language(page.text[block.start : block.end]) or usual
        for start, end in sentences(page.text, block.start, block.end):
            if len(page.text[start:end].split()) >= SHORTEST:
                yield page.text[start:end], language


def _read(text: str, language: Language, verdicts: frozenset[Verdict], vocabulary: Vocabulary) -> Read:
    marks = named(term_finder(vocabulary).find(text), vocabulary)
    return Read(set_scene(text, language, marks), verdicts)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _same(one: str, other: str) -> bool:
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    if shorter < OVERLAP * longer:
        return False
    shared = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return shared.size >= OVERLAP * longer
