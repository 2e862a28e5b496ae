"""`hvavirker review`, `agreement` and `admin-password` over a real index of one small document."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from corpus.config import load_config
from corpus.errors import HvaVirkerError
from indexer.cli.command import Exit, hvavirker, run
from indexer.curation.file import Shelf
from indexer.password import SHORTEST, has_password, is_password, remove_password, set_password
from indexer.pipeline import Rooms
from indexer.pipeline import run as index_folder

REPORT = """# Effekter av mentorordning for unge lovbrytere

## Resultater

Evalueringen er en randomisert kontrollert studie av mentorordningen i fire kommuner.
Mentorordningen reduserte tilbakefall blant ungdommene sammenlignet med kontrollgruppen.
Mentorordningen hadde ingen effekt på rusbruk sammenlignet med kontrollgruppen.
"""
FILE = "rapport.md"
SETTINGS = """
[documents]
folder = "inn"
[index]
folder = "ut"
[extract]
workers = 1
[admin]
folder = "admin"
"""


class Base:
    """One document and its index."""

    def __init__(self, folder: Path, capsys: Any = None) -> None:
        self.folder, self.capsys = folder, capsys
        (folder / "inn").mkdir(exist_ok=True)
        (folder / "inn" / FILE).write_text(REPORT, encoding="utf-8")
        (folder / "config.toml").write_text(SETTINGS, encoding="utf-8")

    def run(self, *arguments: str, code: Exit = Exit.OK) -> str:
        self.capsys.readouterr()
        assert run(["--config", str(self.folder / "config.toml"), *arguments]) is code
        said = self.capsys.readouterr()
        return said.out + said.err

    def index(self) -> None:
        """Index in this process: starting another takes longer than all the rest."""
        index_folder(load_config(self.folder / "config.toml", {}), rooms=Rooms(recruit=ThreadPoolExecutor))

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json"))

    @property
    def curation(self) -> Path:
        return self.folder / "inn" / f"{FILE}.toml"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One document and its index, made once."""
    folder = tmp_path_factory.mktemp("review")
    Base(folder).index()
    return folder


@pytest.fixture
def base(indexed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Base:
    """A copy of it, to be changed."""
    shutil.copytree(indexed, tmp_path / "base")
    return Base(tmp_path / "base", capsys)


def test_a_finding_goes_from_the_queue_to_the_index(base: Base) -> None:
    first, second, *_ = base.json("review")["queue"]
    assert (first["verdict"], first["file"], first["standing"]) == ("virker", FILE, "waiting")
    said = base.run(
        "review",
        "--decide",
        first["id"],
        "--as",
        "change",
        "--set",
        "verdict=lovende",
        "--reason",
        "én",
        "--by",
        "kari",
    )
    assert "The next `hvavirker index` brings decisions live." in said
    base.run("review", "--decide", second["id"], "--as", "reject", "--reason", "mål", "--by", "kari")
    assert {name: base.json("review")[name] for name in ("pending", "decided")} == {"pending": 2, "decided": 0}
    base.index()
    after = base.json("review")
    assert {name: after[name] for name in ("pending", "decided", "lost")} == {"pending": 0, "decided": 2, "lost": 0}
    rows = [json.loads(line) for line in base.run("export", "findings").splitlines()]
    reviewed = [row for row in rows if row["reviewed"]]
    assert [(row["quote"], row["verdict"]) for row in reviewed] == [(first["quote"], "lovende")]
    assert second["quote"] not in [row["quote"] for row in rows]
    found = base.json("agreement")
    assert (found["total"]["reviewed"], found["total"]["precision"], found["added"]) == (2, 0.0, 0)


def test_decisions_survive_and_tell_when_the_text_is_gone(base: Base) -> None:
    first = base.json("review")["queue"][0]
    base.run("review", "--decide", first["id"], "--as", "confirm", "--reason", "leste tabellen")
    moved = REPORT.replace("Evalueringen er", "Nytt avsnitt.\n\nEvalueringen er")
    moved = moved.replace("blant ungdommene", "blant\nungdommene")
    (base.folder / "inn" / FILE).write_text(moved, encoding="utf-8")
    base.index()
    assert base.json("review")["decided"] == 1
    (base.folder / "inn" / FILE).write_text(REPORT.replace(first["quote"], "Det ble skrevet om."), encoding="utf-8")
    base.index()
    after = base.json("review")
    assert (after["lost"], [case["quote"] for case in after["lost_decisions"]]) == (1, [first["quote"]])
    assert base.json("status")["lost_decisions"] == [FILE]
    assert "1 decision no longer matches its text" in base.run("status")
    warnings = base.json("inspect", str(base.folder / "inn" / FILE))["warnings"]
    assert ("decision_lost", first["quote"]) in [(each["code"], each["detail"]) for each in warnings]
    base.run("review", "--decide", after["lost_decisions"][0]["id"], "--as", "withdraw", "--reason", "skrevet om")
    assert base.curation.read_text(encoding="utf-8").strip() == ""


def test_a_finding_the_machine_missed_is_added(base: Base) -> None:
    quote = "Evalueringen er en randomisert kontrollert studie av mentorordningen i fire kommuner."
    given = ("review", "--add", FILE, "1", quote, "--set", "verdict=ikke_evaluert", "--reason", "eksempel")
    base.run(*given, "--cue", "randomisert")
    assert base.json("review")["pending"] == 1
    base.index()
    rows = [json.loads(line) for line in base.run("export", "findings").splitlines()]
    assert [(row["quote"], row["cue"]) for row in rows if row["reviewed"]] == [(quote, "randomisert")]
    assert base.json("agreement")["added"] == 1
    assert "1 added that the machine had missed" in base.run("agreement")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--decide", "nei", "--as", "confirm", "--reason", "x"), Exit.ERROR, "There is no finding nei"),
        (("--decide", "ID", "--reason", "x"), Exit.USAGE, "--decide needs --as"),
        (("--decide", "ID", "--as", "confirm"), Exit.USAGE, "needs --reason"),
        (("--decide", "ID", "--as", "change", "--set", "verdikt=virker", "--reason", "x"), Exit.ERROR, "mean verdict?"),
        (("--decide", "ID", "--as", "change", "--set", "tiltak=mentr", "--reason", "x"), Exit.ERROR, "mean mentor?"),
        (("--add", FILE, "9", "x", "--set", "verdict=virker", "--reason", "x"), Exit.ERROR, "There is no page 9"),
        (("--add", "nei.pdf", "1", "x", "--set", "verdict=virker", "--reason", "x"), Exit.ERROR, "no page 1 of nei"),
        (("--add", FILE, "1", "Resultater", "--reason", "x"), Exit.USAGE, "needs --set verdict"),
        (("--add", FILE, "1", "finnes ikke", "--set", "verdict=virker", "--reason", "x"), Exit.ERROR, "does not stand"),
    ],
)
def test_what_cannot_be_done_is_told(base: Base, arguments: tuple[str, ...], code: Exit, says: str) -> None:
    first = base.json("review")["queue"][0]["id"]
    assert says in base.run("review", *(first if each == "ID" else each for each in arguments), code=code)
    assert not base.curation.exists()


def test_without_an_index_there_is_nothing_to_review(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "There is no index" in Base(tmp_path, capsys).run("review", code=Exit.NOTHING)


def typed(base: Base, keys: str) -> str:
    """What `hvavirker review` says to somebody who types this."""
    return invoked(base, "review", "--by", "kari", keys=keys)


def invoked(base: Base, *arguments: str, keys: str) -> str:
    settings = ["--config", str(base.folder / "config.toml"), *arguments]
    return CliRunner().invoke(hvavirker, settings, input=keys, catch_exceptions=False).output


def test_one_at_a_time_in_the_terminal(base: Base) -> None:
    said = typed(base, "x\nlovende\n\n\n\n\nbare én studie\nr\nikke et funn\nq\n")
    assert "1 of " in said
    assert "Mentorordningen reduserte tilbakefall" in said
    text = base.curation.read_text(encoding="utf-8")
    assert 'decision = "change"' in text
    assert 'verdict = "lovende"' in text
    assert 'reason = "ikke et funn"' in text
    base.index()
    assert base.json("review")["decided"] == 2


def test_skipping_writes_nothing_and_an_empty_queue_says_so(base: Base) -> None:
    typed(base, "s\nq\n")
    assert not base.curation.exists()
    typed(base, "c\nstemmer\n" * 20)
    assert "Nothing waits for a review." in typed(base, "")


def test_somebody_else_was_first(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Shelf, "digest", lambda *_: "en gammel")
    assert "It is skipped." in typed(base, "c\nstemmer\nq\n")


# The password of the admin pages


def test_the_password_opens_and_closes(base: Base) -> None:
    said = invoked(base, "admin-password", keys="en lang setning\nen lang setning\n")
    folder = base.folder / "admin"
    assert "The password is set" in said
    assert is_password(folder, "en lang setning")
    assert not is_password(folder, "en lang setnin")
    assert "lang" not in (folder / "password.json").read_text(encoding="ascii")
    assert (folder / "password.json").stat().st_mode & 0o777 == 0o600
    assert "The password is gone." in base.run("admin-password", "--remove")
    assert "There was no password." in base.run("admin-password", "--remove")
    assert not has_password(folder)


def test_a_password_is_a_sentence(tmp_path: Path) -> None:
    for word in ("x" * (SHORTEST - 1), "x" * 1001):
        with pytest.raises(HvaVirkerError, match="characters"):
            set_password(tmp_path, word)
    assert not is_password(tmp_path, "")
    set_password(tmp_path, "blåbærsyltetøy på skiva")
    assert is_password(tmp_path, "blåbærsyltetøy på skiva")
    assert not is_password(tmp_path, "blåbærsyltetøy på skiva" + "x" * 2000)
    (tmp_path / "password.json").write_text("{}", encoding="ascii")
    with pytest.raises(HvaVirkerError, match="cannot be used"):
        is_password(tmp_path, "x")
    assert remove_password(tmp_path)
