"""The command over real rooms: a few sample documents, one broken file, a curation file."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from corpus.config import load_config
from indexer.cli.command import Exit, run
from indexer.engines import open_engine
from indexer.extract import EXTRACTOR_VERSION

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpus" / "samples" / "documents"
TAKEN = (
    "handlingsplan-slt-rygge-2015-2018.pdf",
    "mentor-for-ungdom-loddtrekning.html",
    "saksframlegg-ungdomslos-og-skolemiljoteam.txt",
    "veileder-foreldrestotte.odt",
)
PLAN = f"planer/{TAKEN[0]}"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A documents folder and its index, made by `hvavirker index`."""
    folder = tmp_path_factory.mktemp("base")
    (folder / "inn" / "planer").mkdir(parents=True)
    for name in TAKEN:
        shutil.copy(SAMPLES / name, folder / "inn" / ("planer" if name == TAKEN[0] else ""))
    (folder / "inn" / f"{PLAN}.toml").write_text('title = "=Planen, rettet"\n', encoding="utf-8")
    shutil.copy(SAMPLES / TAKEN[1], folder / "inn" / "kopi.html")
    (folder / "inn" / "tom.pdf").write_bytes(b"")
    (folder / "inn" / "ødelagt.pdf").write_bytes(b"%PDF-1.7\nikke en pdf likevel")
    assert run(["index", "--documents", str(folder / "inn"), "--index", str(folder / "ut")]) is Exit.OK
    return folder


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run(arguments) is Exit.OK
    return capsys.readouterr().out


def test_status_accounts_for_every_file(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = json.loads(said(capsys, "status", "--index", str(base / "ut"), "--json"))
    assert (status["files"], status["indexed"], status["set_aside"]) == (7, 4, 3)
    assert status["reasons"] == {"corrupt": 1, "duplicate": 1, "empty": 1}
    assert status["documents"] == 4
    assert status["passages"] > 4
    lines = said(capsys, "status", "--index", str(base / "ut"))
    assert "mentor-for-ungdom-loddtrekning.html  same content as kopi.html" in lines


def test_documents_are_exported_with_what_a_person_corrected(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [json.loads(line) for line in said(capsys, "export", "documents", "--index", str(base / "ut")).splitlines()]
    assert [row["file"] for row in rows] == ["kopi.html", PLAN, TAKEN[2], TAKEN[3]]
    plan = rows[1]
    assert (plan["title"], plan["doc_type"], plan["plan_from"], plan["plan_to"]) == (
        "=Planen, rettet", "handlingsplan", 2015, 2018,
    )  # fmt: skip
    assert [row["pages"] is None for row in rows] == [True, False, True, True]
    cells = csv.DictReader(
        io.StringIO(said(capsys, "export", "documents", "--format", "csv", "--index", str(base / "ut")))
    )
    assert [row["title"] for row in cells if row["file"] == PLAN] == ["'=Planen, rettet"]


def test_findings_are_quotes_that_stand_on_their_page(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [json.loads(line) for line in said(capsys, "export", "findings", "--index", str(base / "ut")).splitlines()]
    assert rows
    records = open_engine(load_config(None, {"HVAVIRKER_INDEX_FOLDER": str(base / "ut")})).records()
    documents = {document.source.path: document for document in records.documents()}
    for row in rows:
        pages = records.pages(documents[row["file"]].id)
        assert any(row["quote"] in page.text for page in pages if row["page"] in (None, page.number))
        assert row["cue"] in row["quote"]
        assert row["reviewed"] is False


def test_search_finds_by_word_and_by_filter(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "search", "mentor", "--json", "--index", str(base / "ut")))
    assert found["hits"][0]["file"] == "kopi.html"
    assert "mentor" in found["hits"][0]["passages"][0]["text"].lower()
    plans = json.loads(
        said(capsys, "search", "--filter", "doc_type=handlingsplan", "--json", "--index", str(base / "ut"))
    )
    assert [hit["file"] for hit in plans["hits"]] == [PLAN]
    chosen = [value for value in plans["facets"]["doc_type"] if value["selected"]]
    assert [(value["code"], value["count"]) for value in chosen] == [("handlingsplan", 1)]


@pytest.mark.parametrize(("day", "total"), [("2016-06-01", 1), ("2026-06-01", 0)])
def test_plan_status_is_told_for_the_day_asked_for(
    base: Path, capsys: pytest.CaptureFixture[str], day: str, total: int
) -> None:
    arguments = ["search", "--filter", "status=gjeldende", "--as-of", day, "--json", "--index", str(base / "ut")]
    assert json.loads(said(capsys, *arguments))["total"] == total


def test_a_second_run_reads_nothing(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = said(capsys, "index", "--documents", str(base / "inn"), "--index", str(base / "ut"))
    assert again.splitlines()[1].startswith("Nothing has changed since generation ")


def test_inspect_shows_what_was_read_and_where(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "inspect", str(base / "inn" / PLAN), "--json"))
    assert found["metadata"]["title"] == [{"value": "=Planen, rettet", "origin": "curation", "page": None, "quote": ""}]
    assert [page["page"] for page in found["pages"]] == list(range(1, len(found["pages"]) + 1))
    assert found["headings"][0]["page"] >= 1
    lines = said(capsys, "inspect", str(base / "inn" / PLAN))
    assert "  title = =Planen, rettet (curation)" in lines.splitlines()
    assert "Headings" in lines


def test_inspect_tells_why_each_cue_was_taken_or_left(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "inspect", str(base / "inn" / PLAN), "--findings", "--json"))
    taken = [one for one in found["candidates"] if one["verdict"]]
    assert [one["sentence"] for one in taken] == [finding["quote"] for finding in found["findings"]]
    assert all(one["cue"] in one["sentence"] and one["rule"] for one in found["candidates"])
    lines = said(capsys, "inspect", str(base / "inn" / PLAN), "--findings").splitlines()
    assert len(lines) == 2 * len(found["candidates"])
    assert lines[1] == f"    cue: {found['candidates'][0]['cue']}; rule: {found['candidates'][0]['rule']}"


def test_inspect_of_a_format_without_pages(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "inspect", str(base / "inn" / "kopi.html"), "--json"))
    assert found["paged"] is False
    assert {part["page"] for part in (*found["pages"], *found["headings"], *found["findings"])} == {None}
    assert all(finding["quote"] for finding in found["findings"])
    lines = said(capsys, "inspect", str(base / "inn" / "kopi.html"))
    assert " parts, " in lines.splitlines()[1]
    assert "p. " not in lines.split("Metadata")[1].split("Findings")[0]


def test_inspect_of_a_file_that_gives_nothing(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["inspect", str(base / "inn" / "ødelagt.pdf")]) is Exit.ERROR
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith(f"hvavirker: {base}/inn/ødelagt.pdf would be set aside: corrupt")
    assert error.count("\n") == 1


def test_a_folder_without_a_document_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bilde.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert run(["index", "--documents", str(tmp_path), "--index", str(tmp_path / "ut")]) is Exit.NOTHING
    assert capsys.readouterr().err.count("\n") == 1
    assert json.loads(said(capsys, "status", "--index", str(tmp_path / "ut"), "--json"))["reasons"] == {
        "unsupported": 1
    }


def test_the_cache_is_named_by_the_version_of_the_reader(base: Path) -> None:
    kept = {path.stem.rpartition("-")[2] for path in (base / "ut" / "cache").glob("*.text")}
    assert kept == {str(EXTRACTOR_VERSION)}
