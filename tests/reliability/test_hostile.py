"""Hostile files and a reader that sins, through whole runs; benchmarks/reliability has all of them at once."""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.reliability import hostile
from benchmarks.reliability.base import Base
from benchmarks.reliability.watching import Watch
from tests.indexer.extract.bombs import BOMBS

SAMPLES = Path("corpus/samples/documents")
SMALL = ("pdf-ring.pdf", "docx-latter.docx", "docx-overlapper.docx", "odt-latter.odt", "html-latter.html")
OPTIONS = argparse.Namespace(seed=1, workers=2, minutes=5)


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder with a short name: a socket's path in it may have 108 characters."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def test_every_hostile_file_is_accounted_for(room: Path) -> None:
    files = [(path, path.name) for path in sorted(SAMPLES.glob("mentor*"))]
    assert hostile.over_files(room / "files", files, SMALL, OPTIONS) == []
    assert set(SMALL) <= set(BOMBS)


def test_every_sin_of_a_reader_is_a_row_of_the_ledger(room: Path) -> None:
    assert hostile.over_sins(room / "sins") == []


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    base = Base(tmp_path, 1)
    (base.documents / "a.txt").write_text("Tiltaket virker.")
    before = hostile.digests(base.documents)
    (base.documents / "b.txt").write_text("Tiltaket virker.")
    watch = Watch(code=1, life=200.0, left=["7 nursery"], litter=["HOME/x"])
    told = " ".join(hostile.judged(base, (), before, watch))
    for part in ("ended with 1", "{'a.txt'}", "lived more than 120 s: 75", "7 nursery", "was written to", "HOME/x"):
        assert part in told
