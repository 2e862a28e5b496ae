import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.findings.reports.make import FOLDER, main, make
from benchmarks.findings.reports.source import read_report
from corpus.model import FindingType, Language, Verdict
from corpus.vocabulary import load_vocabulary
from tools.samples.find import page_texts, squeezed
from tools.samples.notice import NOTICES
from tools.samples.source import Format

DOCUMENTS: list[dict[str, Any]] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["documents"]
by_document = pytest.mark.parametrize("entry", DOCUMENTS, ids=lambda entry: entry["file"])
VOCABULARY = load_vocabulary()
SOURCE = """+++
language = "nb"
format = "{format}"
publisher = "Ingen"
year = 2024
+++
# Lys

## Resultat

[[Lyset *ga* færre
tyverier.]]{{{labels}}} Mer er ikke målt.
"""


def written(tmp_path: Path, made: str = "html", labels: str = "virker belysning vinning") -> Path:
    path = tmp_path / "sources" / "lys.md"
    path.parent.mkdir()
    path.write_text(SOURCE.format(format=made, labels=labels), encoding="utf-8")
    return path


def pages(entry: dict[str, Any]) -> list[str]:
    data = (FOLDER / "documents" / entry["file"]).read_bytes()
    return [squeezed(text) for text in page_texts(data, Format(Path(entry["file"]).suffix[1:]))]


def test_the_manifest_has_exactly_the_sources_and_the_files() -> None:
    files = sorted(entry["file"] for entry in DOCUMENTS)
    assert files == sorted(path.name for path in (FOLDER / "documents").iterdir())
    assert [Path(file).stem for file in files] == sorted(path.stem for path in (FOLDER / "sources").iterdir())


@by_document
def test_the_first_page_says_that_the_document_is_made_and_the_file_is_small(entry: dict[str, Any]) -> None:
    assert squeezed(NOTICES[Language(entry["language"])]) in pages(entry)[0]
    assert (FOLDER / "documents" / entry["file"]).stat().st_size < 300_000


@by_document
def test_every_quote_stands_on_its_page(entry: dict[str, Any]) -> None:
    texts = pages(entry)
    assert entry["pages"] in (None, len(texts))
    for finding in entry["findings"]:
        assert squeezed(finding["quote"]) in texts[(finding["page"] or 1) - 1]
    for quote in entry["unsure"]:
        assert any(squeezed(quote) in text for text in texts)


@by_document
def test_every_code_is_known_to_the_vocabulary(entry: dict[str, Any]) -> None:
    for finding in entry["findings"]:
        assert Verdict(finding["verdict"])
        assert FindingType(finding["type"])
        assert finding["tiltak"] is None or finding["tiltak"] in VOCABULARY.tiltak
        assert finding["outcome"] is None or finding["outcome"] in VOCABULARY.outcomes


@by_document
def test_the_manifest_is_what_the_source_says(entry: dict[str, Any]) -> None:
    report = read_report(FOLDER / "sources" / f"{Path(entry['file']).stem}.md")
    assert report.held is entry["held"]
    assert [finding["quote"] for finding in entry["findings"]] == [m.quote for m in report.marked for _ in m.labels]
    assert entry["unsure"] == [marked.quote for marked in report.marked if not marked.labels]


# What the maker does


def test_a_marked_sentence_becomes_a_finding_for_each_label(tmp_path: Path) -> None:
    labels = "virker belysning vinning; ikke_evaluert - - cited; lovende belysning - moderator"
    _, entry = make(read_report(written(tmp_path, labels=labels)))
    quote = {"quote": "Lyset ga færre tyverier.", "page": None}
    assert entry["findings"] == [
        quote | {"verdict": "virker", "tiltak": "belysning", "outcome": "vinning", "cited": False, "type": "effekt"},
        quote | {"verdict": "ikke_evaluert", "tiltak": None, "outcome": None, "cited": True, "type": "kunnskapshull"},
        quote | {"verdict": "lovende", "tiltak": "belysning", "outcome": None, "cited": False, "type": "moderator"},
    ]
    assert entry["unsure"] == []


def test_an_unsure_sentence_is_no_finding(tmp_path: Path) -> None:
    _, entry = make(read_report(written(tmp_path, labels="?")))
    assert (entry["findings"], entry["unsure"]) == ([], ["Lyset ga færre tyverier."])


def test_the_command_makes_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path)
    assert main([str(tmp_path)]) == 0
    assert (tmp_path / "documents" / "lys.html").exists()
    assert "1 findings" in capsys.readouterr().out


def test_a_sentence_that_stands_twice_but_is_marked_once_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + "\nLyset ga færre tyverier.\n", encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    assert "Lyset ga færre tyverier." in capsys.readouterr().err
