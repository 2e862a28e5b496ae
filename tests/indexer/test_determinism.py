"""The same documents twice, from nothing, give the same ids, findings, records and files, byte for byte.

All sample documents, by two processes that differ in all that must not count: the seed of hashes, how many workers,
the order a folder is listed in, the files' times.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.config import Config, DocumentsConfig, IndexConfig
from indexer.account import Accounts
from indexer.engines import open_engine, open_generations
from indexer.generation import MANIFEST, note

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpus" / "samples" / "documents"
TOLD = ("name", "built", "digest")  # when it was made, and the digest of what says so
RUN = """
import contextlib, os, sys
scandir = os.scandir
def listed(folder):
    with scandir(folder) as entries:
        return contextlib.nullcontext(sorted(entries, key=lambda entry: entry.name, reverse=sys.argv[1] == "turned"))
os.scandir = listed
from indexer.cli.command import run
sys.exit(run(sys.argv[2:]))
"""


def started(config: Config, order: str, seed: str, workers: str) -> subprocess.Popen[bytes]:
    """A run over an empty index folder, in a process of its own."""
    folders = ["--documents", str(config.documents.folder), "--index", str(config.index.folder)]
    told = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "HVAVIRKER_EXTRACT_WORKERS": workers}
    command = [sys.executable, "-c", RUN, order, "index", *folders]
    return subprocess.Popen(command, env=os.environ | told, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Config, Config]:
    root = tmp_path_factory.mktemp("twice")
    one, other = (Config(DocumentsConfig(root / f"{name}-inn"), IndexConfig(root / name)) for name in ("en", "to"))
    shutil.copytree(SAMPLES, one.documents.folder)
    shutil.copytree(SAMPLES, other.documents.folder, copy_function=shutil.copyfile)
    at_work = started(one, "straight", "1", "1"), started(other, "turned", "77", "3")
    assert [process.wait() for process in at_work] == [0, 0]
    return one, other


def live(config: Config) -> str:
    return open_generations(config).live_name() or ""


def manifest(config: Config) -> dict[str, object]:
    found: dict[str, object] = json.loads((open_generations(config).folder(live(config)) / MANIFEST).read_bytes())
    return found


def test_ids_findings_and_records_are_the_same(indexes: tuple[Config, Config]) -> None:
    one, other = (open_engine(config).records() for config in indexes)
    documents = one.documents()
    assert len(documents) == sum(path.is_file() and path.suffix != ".toml" for path in SAMPLES.rglob("*"))
    assert documents == other.documents()
    assert one.findings() == other.findings() != ()
    assert one.statements() == other.statements() != ()
    for document in documents:
        assert one.pages(document.id) == other.pages(document.id)


def test_every_file_of_the_index_is_the_same(indexes: tuple[Config, Config]) -> None:
    one, other = (manifest(config) for config in indexes)
    assert len(one["files"]) > 10  # type: ignore[arg-type]
    assert {key: one[key] for key in one if key not in TOLD} == {key: other[key] for key in other if key not in TOLD}


def test_the_account_is_the_same(indexes: tuple[Config, Config]) -> None:
    one, other = (note(config.index.folder, live(config)).read_bytes() for config in indexes)
    assert one == other
    assert Accounts(indexes[0].index.folder).read(live(indexes[0])) is not None
