"""The same documents twice give the same ids, findings and manifest, whatever the workers do first."""

import json
import shutil
from pathlib import Path

import pytest

from corpus.config import Config, DocumentsConfig, ExtractConfig, IndexConfig
from indexer.engines import open_engine, open_generations
from indexer.generation import MANIFEST
from indexer.pipeline import run

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples" / "documents"
TAKEN = 8


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Config, Config]:
    root = tmp_path_factory.mktemp("twice")
    (root / "inn").mkdir()
    for path in sorted(path for path in SAMPLES.iterdir() if path.is_file())[::3][:TAKEN]:
        shutil.copy(path, root / "inn")
    configs = tuple(
        Config(DocumentsConfig(root / "inn"), IndexConfig(root / name), extract=ExtractConfig(workers=workers))
        for name, workers in (("en", 1), ("to", 2))
    )
    for config in configs:
        run(config)
    return configs[0], configs[1]


def manifest(config: Config) -> dict[str, object]:
    known = open_generations(config)
    found: dict[str, object] = json.loads((known.folder(known.live_name() or "") / MANIFEST).read_bytes())
    return found


def test_ids_and_findings_are_the_same(indexes: tuple[Config, Config]) -> None:
    one, other = (open_engine(config).records() for config in indexes)
    assert one.documents() == other.documents()
    assert one.findings() == other.findings()
    assert one.statements() == other.statements()
    assert one.documents()


def test_every_file_of_the_index_is_the_same(indexes: tuple[Config, Config]) -> None:
    one, other = (manifest(config) for config in indexes)
    told = ("name", "built", "digest")
    assert {key: value for key, value in one.items() if key not in told} == {
        key: value for key, value in other.items() if key not in told
    }
