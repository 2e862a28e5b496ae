from dataclasses import replace
from pathlib import Path

import pytest

from corpus.config import ExtractConfig, PdfEngine
from corpus.errors import Reason
from corpus.model import DocInfo, Extracted, Language, Notice, Passage, SourceFile
from indexer.cache import Cache, Made, Reading, texts
from indexer.sources import Found, Stamp
from tests.indexer.run_fakes import document, findings, page

SOURCE = SourceFile("a/rapport.pdf", "ab" * 32, 100, "application/pdf")
EXTRACTED = Extracted(
    SOURCE, "pdfium", 1, True, (page(1, "Blåbær på fjellet"),), DocInfo("Tittel"), (Notice("scanned_page", "", 1),)
)
READ = Reading("pdfium", 1, 0.5, 80)
FAILED = Reading("pdfminer", 0, 120.0, 80, Reason.TIMEOUT, "over 120 s")
SETTINGS = ExtractConfig()


def cache(folder: Path, version: int = 1, settings: ExtractConfig = SETTINGS, program: str = "p") -> Cache:
    return Cache(folder / "cache", version, program, settings)


def test_what_was_kept_is_found_again(tmp_path: Path) -> None:
    cache(tmp_path).keep_reading(SOURCE, READ, EXTRACTED)
    again = cache(tmp_path)
    found = again.reading(SOURCE)
    assert found is not None
    assert replace(found, limits="") == READ
    assert again.extracted(SOURCE) == EXTRACTED


def test_nothing_is_known_of_bytes_never_read(tmp_path: Path) -> None:
    assert (cache(tmp_path).reading(SOURCE), cache(tmp_path).extracted(SOURCE)) == (None, None)


def test_a_moved_file_is_known_by_its_bytes_and_has_its_new_path(tmp_path: Path) -> None:
    cache(tmp_path).keep_reading(SOURCE, READ, EXTRACTED)
    moved = replace(SOURCE, path="b/nytt navn.pdf")
    extracted = cache(tmp_path).extracted(moved)
    assert extracted is not None
    assert extracted.source == moved


@pytest.mark.parametrize(
    ("source", "version", "settings"),
    [
        (replace(SOURCE, sha256="cd" * 32), 1, SETTINGS),
        (replace(SOURCE, media_type="text/html"), 1, SETTINGS),
        (SOURCE, 2, SETTINGS),
        (SOURCE, 1, replace(SETTINGS, engine=PdfEngine.PDFMINER)),
    ],
)
def test_other_bytes_another_type_version_or_engine_must_be_read(
    tmp_path: Path, source: SourceFile, version: int, settings: ExtractConfig
) -> None:
    cache(tmp_path).keep_reading(SOURCE, READ, EXTRACTED)
    other = cache(tmp_path, version, settings)
    assert (other.reading(source), other.extracted(source)) == (None, None)


def test_a_text_stays_known_under_other_limits(tmp_path: Path) -> None:
    cache(tmp_path).keep_reading(SOURCE, READ, EXTRACTED)
    other = cache(tmp_path, settings=replace(SETTINGS, wall_seconds=600, workers=8))
    assert other.reading(SOURCE) is not None


def test_a_failure_is_remembered_until_the_limits_change(tmp_path: Path) -> None:
    cache(tmp_path).keep_reading(SOURCE, FAILED, None)
    same = cache(tmp_path, settings=replace(SETTINGS, workers=8)).reading(SOURCE)
    assert same is not None
    assert replace(same, limits="") == FAILED
    assert cache(tmp_path, settings=replace(SETTINGS, wall_seconds=600)).reading(SOURCE) is None


@pytest.mark.parametrize("kind", ["reading", "text"])
def test_a_damaged_entry_is_as_good_as_none(tmp_path: Path, kind: str) -> None:
    cache(tmp_path).keep_reading(SOURCE, READ, EXTRACTED)
    path = next((tmp_path / "cache").glob(f"*.{kind}"))
    whole = path.read_bytes()
    asked = cache(tmp_path).reading if kind == "reading" else cache(tmp_path).extracted
    right = asked(SOURCE)
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        assert asked(SOURCE) in (None, right), place
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert asked(SOURCE) is None


def test_an_entry_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space left"):
            cache(tmp_path).keep_reading(SOURCE, READ, EXTRACTED)
    assert list((tmp_path / "cache").iterdir()) == []


MADE = Made(document(SOURCE, "Blåbær", 1), (Passage(1, 0, 3, "Blå", (), Language.NB),), findings("x virker"))
FOUND = Found(SOURCE, Path("a/rapport.pdf"), Stamp(100, 1), "cc" * 32)


def test_what_was_made_is_found_again(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    assert (cache(tmp_path).has_made(FOUND), cache(tmp_path).made(FOUND)) == (False, None)
    cache(tmp_path).keep_made(FOUND, MADE)
    assert (cache(tmp_path).has_made(FOUND), cache(tmp_path).made(FOUND)) == (True, MADE)


@pytest.mark.parametrize(
    ("found", "program"),
    [
        (replace(FOUND, curation=""), "p"),
        (replace(FOUND, source=replace(SOURCE, path="b.pdf")), "p"),
        (replace(FOUND, source=replace(SOURCE, sha256="cd" * 32)), "p"),
        (FOUND, "another program"),
    ],
)
def test_another_path_curation_text_or_program_makes_again(tmp_path: Path, found: Found, program: str) -> None:
    (tmp_path / "cache").mkdir()
    cache(tmp_path).keep_made(FOUND, MADE)
    assert cache(tmp_path, program=program).made(found) is None


def test_prune_removes_what_no_run_needs(tmp_path: Path) -> None:
    gone = replace(FOUND, source=replace(SOURCE, path="borte.pdf"))
    cache(tmp_path, version=1).keep_reading(SOURCE, READ, EXTRACTED)
    cache(tmp_path, version=11).keep_reading(SOURCE, READ, EXTRACTED)
    for found, program in ((FOUND, "p"), (FOUND, "before"), (gone, "p")):
        cache(tmp_path, program=program).keep_made(found, MADE)
    removed = replace(SOURCE, sha256="cd" * 32)
    cache(tmp_path, version=1).keep_reading(removed, READ, replace(EXTRACTED, source=removed))
    (tmp_path / "cache" / "x-1.text.123.part").write_bytes(b"half")
    cache(tmp_path, version=1).prune([FOUND])
    assert len(list((tmp_path / "cache").iterdir())) == 3
    assert cache(tmp_path).extracted(SOURCE) == EXTRACTED
    assert cache(tmp_path).made(FOUND) == MADE
    assert (list(texts(tmp_path / "cache", removed.sha256)), cache(tmp_path).reading(removed)) == ([], None)
    assert list(texts(tmp_path / "cache", SOURCE.sha256)) == [EXTRACTED]


def test_pruning_a_cache_that_is_not_there_is_nothing(tmp_path: Path) -> None:
    cache(tmp_path).prune([])
    assert not (tmp_path / "cache").exists()


def test_a_piece_is_kept_until_a_run_has_ended_well(tmp_path: Path) -> None:
    cache(tmp_path).keep_piece(SOURCE, "pages 151-300", b"packed")
    assert cache(tmp_path).piece(SOURCE, "pages 151-300") == b"packed"
    assert cache(tmp_path).piece(SOURCE, "pages 1-150") is None
    assert cache(tmp_path, settings=replace(SETTINGS, cpu_seconds=90)).piece(SOURCE, "pages 151-300") is None
    cache(tmp_path).prune([])
    assert cache(tmp_path).piece(SOURCE, "pages 151-300") is None


def test_nobody_else_may_read_the_cache(tmp_path: Path) -> None:
    cache(tmp_path).keep_reading(SOURCE, READ, EXTRACTED)
    assert (tmp_path / "cache").stat().st_mode & 0o77 == 0
