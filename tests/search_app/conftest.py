import pytest

from corpus.config import Config, DocumentsConfig, IndexConfig, SearchConfig
from corpus.vocabulary import load_vocabulary
from search_app import create_app
from tests.search_app.fakes import TODAY, FakeEngine
from tests.search_app.invented import entries


@pytest.fixture(scope="session")
def vocabulary():
    return load_vocabulary()


@pytest.fixture(scope="session")
def documents_folder(tmp_path_factory):
    """A documents folder with three of the invented files in it, and a secret outside it."""
    folder = tmp_path_factory.mktemp("base") / "documents"
    for name, body in {
        "evalueringer/mentor-i-fire-kommuner.pdf": b"%PDF-1.7 invented",
        "evalueringer/vaksen-ved-sida-av.html": b"<script>alert(1)</script>",
        "notater/ungdomslos.md": "# Kunnskapshull æøå".encode(),
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    (folder.parent / "secret.txt").write_text("secret")
    return folder


@pytest.fixture(scope="session")
def config(documents_folder):
    index = IndexConfig(folder=documents_folder.parent / "index")
    return Config(documents=DocumentsConfig(folder=documents_folder), index=index, search=SearchConfig(as_of=TODAY))


# One site for all tests: its templates are compiled once. Tests that change the engine do so by monkeypatch.
@pytest.fixture(scope="session")
def engine(vocabulary):
    return FakeEngine([entry.record() for entry in entries()], vocabulary)


@pytest.fixture(scope="session")
def app(config, engine):
    return create_app(config, engine)


@pytest.fixture(scope="session")
def client(app):
    return app.test_client()
