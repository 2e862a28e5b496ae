"""Whoosh's known faults, each met here once: the design must not let them through."""

import importlib.metadata
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.config import Config, IndexConfig
from corpus.engine import Engine
from corpus.errors import IndexDamaged
from corpus.model import Record
from corpus.search import Facet, SearchRequest
from corpus.vocabulary import load_vocabulary
from indexer.engines import open_engine
from tests.contract.collection import TODAY, record

ROOT = Path(__file__).parents[3]
VOCABULARY = load_vocabulary()
BODY = "Mobbing og vold i skolen nummer{}.\nForeldrene i bydelen møtte politiet."
SHELF = tuple(record(number, BODY.format(number), title=f"Rapport {number}") for number in range(40))


def engine_in(folder: Path) -> Engine:
    return open_engine(Config(index=IndexConfig(folder=folder)), VOCABULARY)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    made = engine_in(tmp_path_factory.mktemp("index"))
    made.publish(made.build(SHELF).name)
    return made


def test_the_version_is_the_one_measured_and_pinned_by_hash() -> None:
    assert importlib.metadata.version("whoosh") == "2.7.4"
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert re.search(r"^whoosh==2\.7\.4 \\\n\s+--hash=sha256:[0-9a-f]{64}", lock, re.MULTILINE)


def test_one_file_imports_it() -> None:
    holders = [
        path.relative_to(ROOT).as_posix()
        for package in ("corpus", "indexer", "search_app")
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"^\s*(?:from|import) whoosh", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert holders == ["indexer/engines/whoosh_engine.py"]


def test_a_failed_commit_leaves_no_lock(tmp_path: Path) -> None:
    made = engine_in(tmp_path)

    def broken() -> Iterator[Record]:
        yield from SHELF[:3]
        raise RuntimeError("stopped")

    for _ in range(2):
        with pytest.raises(RuntimeError, match="stopped"):
            made.build(broken())
    made.publish(made.build(SHELF).name)
    assert made.search(SearchRequest(TODAY, "mobbing")).total == len(SHELF)
    assert not list(tmp_path.rglob("*.building-*"))


def test_a_filter_is_never_left_out(engine: Engine) -> None:
    for text in ("mobbing", "", '"vold i skolen"'):
        assert engine.search(SearchRequest(TODAY, text, {Facet.THEME: ("rus",)})).total == 0


def test_phrases_do_not_crash_on_a_valid_index(engine: Engine) -> None:
    words = ["mobbing", "og", "vold", "i", "skolen", "foreldrene", "bydelen", "møtte", "politiet"]
    for first in words:
        for second in words:
            engine.search(SearchRequest(TODAY, f'"{first} {second}"'))
    assert engine.search(SearchRequest(TODAY, '"vold i skolen"')).total == len(SHELF)
    assert engine.search(SearchRequest(TODAY, '"foreldrene i bydelen" -"møtte politiet"')).total == 0


def test_eight_threads_on_one_engine_answer_alike(engine: Engine) -> None:
    queries = ["mobbing", '"vold i skolen"', "nummer7", "polit* -nummer3", "foreldre OR politi"]
    expected = {text: answer(engine, text) for text in queries}
    wrong: list[object] = []

    def ask() -> None:
        for _ in range(10):
            for text in queries:
                try:
                    if (got := answer(engine, text)) != expected[text]:
                        wrong.append((text, got))
                except Exception as fault:
                    wrong.append(fault)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def answer(engine: Engine, text: str) -> tuple[int, tuple[str, ...]]:
    result = engine.search(SearchRequest(TODAY, text))
    return result.total, tuple(hit.document_id for hit in result.hits)


def test_the_mark_is_the_word_and_not_its_stem(engine: Engine) -> None:
    hit = engine.search(SearchRequest(TODAY, "forelder foreldre")).hits[0]
    assert {p.text[m.start : m.end] for p in hit.passages for m in p.marks} == {"Foreldrene"}


def test_a_long_text_does_not_freeze_the_marks(tmp_path: Path) -> None:
    made = engine_in(tmp_path)
    made.publish(made.build([record(1, "mobbing " * 20_000 + "slutt.")]).name)
    assert len(made.search(SearchRequest(TODAY, "mobbing")).hits[0].passages[0].marks) >= 1


def test_index_files_are_not_opened_before_they_are_checked(tmp_path: Path) -> None:
    made = engine_in(tmp_path)
    name = made.build(SHELF[:2]).name
    made.publish(name)
    for path in sorted((tmp_path / "generations" / name).rglob("*")):
        if path.is_file():
            whole = path.read_bytes()
            path.write_bytes(whole + b".")
            with pytest.raises(IndexDamaged):
                engine_in(tmp_path).search(SearchRequest(TODAY, "mobbing"))
            path.write_bytes(whole)
    assert engine_in(tmp_path).search(SearchRequest(TODAY, "mobbing")).total == 2
