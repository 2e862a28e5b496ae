"""A real server over a small real index, and a real browser."""

import os
import shutil
import threading
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from corpus.config import Config, DocumentsConfig, IndexConfig, SearchConfig
from indexer.engines import open_engine
from indexer.pipeline import run
from search_app import create_app

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples" / "documents"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
TODAY = date(2026, 11, 22)
# Each kind of file, each language, evaluations and plans: enough to fill every page, quick to index.
SHOWN = (
    "effekter-av-mentorordning-unge-lovbrytere.pdf",
    "mentor-for-ungdom-loddtrekning.html",
    "mentoring-young-people-at-risk-review.*",
    "handlingsplan-slt-rygge-2015-2018.*",
    "moss-trygghet-og-forebygging-2025-2028.*",
    "slt-plan-sunnhordland-2024-2027.pdf",
    "notat-kameraovervaking-i-sentrum.md",
    "saksframlegg-ungdomslos-og-skolemiljoteam.txt",
)


def chromium() -> str | None:
    """The browser to use: the one CHROMIUM names, else the first that is installed."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in CHROMIUMS if (path := shutil.which(name))), None)


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log(self, *_):
        """Nothing."""


@pytest.fixture(scope="session")
def browser():
    path = chromium()
    if path is None:
        reason = "No Chromium found: install one, or name it in CHROMIUM."
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a server over an index of some of the sample documents."""
    root = tmp_path_factory.mktemp("browser")
    folder = root / "documents"
    folder.mkdir()
    for pattern in SHOWN:
        for path in SAMPLES.glob(pattern):
            shutil.copy(path, folder)
    config = Config(
        documents=DocumentsConfig(folder=folder),
        index=IndexConfig(folder=root / "index"),
        search=SearchConfig(as_of=TODAY),
    )
    run(config)
    server = make_server("127.0.0.1", 0, create_app(config), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def documents(site, tmp_path_factory):
    """The documents of the index by the beginning of their file name."""
    folder = next(path for path in tmp_path_factory.getbasetemp().glob("browser*") if (path / "index").exists())
    engine = open_engine(Config(index=IndexConfig(folder=folder / "index")))
    return {document.source.path: document for document in engine.records().documents()}
