"""A site with its admin pages open, somebody logged in, and folders of its own."""

import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from corpus.config import AdminConfig, Config, DocumentsConfig, IndexConfig, SearchConfig
from indexer.audit import AUDIT, Audit
from indexer.password import set_password
from search_app import create_app
from search_app.admin.sessions import SESSIONS, Sessions
from tests.search_app.fakes import TODAY

WHO = "kari"
PASSWORD = "et langt passord for prøver"


@dataclass(frozen=True)
class Keeper:
    """Somebody who keeps a base, at a browser."""

    config: Config
    app: Flask
    client: FlaskClient
    csrf: str

    def get(self, path: str, code: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == code, answer.get_data(as_text=True)[-2000:]
        return answer.get_data(as_text=True)

    def post(self, path: str, code: int = 303, **form: object):
        answer = self.client.post(path, data={"csrf": self.csrf, **form})
        assert answer.status_code == code, answer.get_data(as_text=True)[-2000:]
        return answer

    def audit(self):
        return Audit(self.config.admin.folder / AUDIT).entries()


def config_in(root: Path) -> Config:
    """Settings with every folder under `root`."""
    (root / "documents").mkdir(exist_ok=True)
    return Config(
        documents=DocumentsConfig(folder=root / "documents"),
        index=IndexConfig(folder=root / "index"),
        search=SearchConfig(as_of=TODAY),
        admin=AdminConfig(folder=root / "admin", secure_cookies=False),
    )


def keeper(config: Config, engine=None, **more) -> Keeper:
    """Somebody logged in on the site of these settings."""
    set_password(config.admin.folder, PASSWORD)
    app = create_app(config, engine, **more)
    session = Sessions(config.admin.folder / SESSIONS, 3600, 3600).open(WHO)
    client = app.test_client()
    client.set_cookie("hvavirker", session.word)
    return Keeper(config, app, client, session.csrf)


def text_of(page: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
