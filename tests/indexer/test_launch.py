"""Runs that are started and stopped without a terminal, with real processes."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from corpus.config import (
    AdminConfig,
    Config,
    DocumentsConfig,
    ExtractConfig,
    IndexConfig,
    OidcConfig,
    PublishConfig,
    SearchConfig,
    Switch,
    load_config,
)
from corpus.errors import HvaVirkerError, RunActive
from indexer.journal import Ending, read_journal
from indexer.launch import LAUNCH, LOG, STARTING_SECONDS, Launch, Launcher, NotOurs, detached, environment
from indexer.lock import holder, locked
from indexer.progress import Stage

HOLDS = """
import sys, time
from pathlib import Path
from indexer.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def config(tmp_path):
    (tmp_path / "documents").mkdir()
    return Config(
        documents=DocumentsConfig(folder=tmp_path / "documents"),
        index=IndexConfig(folder=tmp_path / "index"),
        admin=AdminConfig(folder=tmp_path / "admin"),
    )


@pytest.fixture
def other(config):
    """Another process that holds the lock."""
    command = [sys.executable, "-c", HOLDS, str(config.index.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_nobody_holds_what_is_not_there(tmp_path):
    assert holder(tmp_path) is None


def test_the_holder_is_named_until_it_ends(config, other):
    assert holder(config.index.folder) == other.pid
    with pytest.raises(RunActive), locked(config.index.folder):
        pass
    other.kill()
    other.wait()
    assert holder(config.index.folder) is None


def test_a_run_starts_with_these_settings_and_is_told_of(config):
    (config.documents.folder / "notat.txt").write_text("Et notat om mentor for unge i kommunen.", encoding="utf-8")
    launcher = Launcher(config)
    launch = launcher.launch("kari")
    until(lambda: launcher.at_work() is None)
    told = read_journal(config.index.folder)
    assert (told.pid, told.ending) == (launch.pid, Ending.DONE)
    assert launcher.last() == launch
    assert launch.by == "kari"
    assert "1 files: 1 indexed" in launcher.log()


def test_a_run_that_cannot_start_says_why(config):
    launcher = Launcher(replace(config, documents=DocumentsConfig(folder=config.index.folder.parent / "nowhere")))
    launcher.launch("kari")
    until(lambda: launcher.at_work() is None)
    assert "There is no documents folder" in launcher.log()
    assert read_journal(config.index.folder) is None


def sleeper(command, environment, folder):
    return detached([sys.executable, "-c", HOLDS, str(folder)], environment, folder)


def test_a_run_started_here_is_stopped_here(config):
    launcher = Launcher(config, sleeper)
    launch = launcher.launch("kari")
    until(lambda: holder(config.index.folder) == launch.pid)
    assert launcher.stop() == launch
    until(lambda: launcher.at_work() is None)
    with pytest.raises(HvaVirkerError, match="No run is at work"):
        launcher.stop()


def test_a_real_run_ends_in_order_and_the_next_goes_on(config):
    for n in range(200):
        (config.documents.folder / f"notat-{n}.txt").write_text(f"Notat {n} om mentor for unge.", encoding="utf-8")
    launcher, folder = Launcher(config), config.index.folder
    launcher.launch("kari")
    until(lambda: (told := read_journal(folder)) is not None and told.stage is Stage.READING and told.done > 2)
    launcher.stop()
    until(lambda: launcher.at_work() is None)
    told = read_journal(folder)
    assert (told.ending, told.stage) == (Ending.STOPPED, Stage.READING)
    assert "stopped. What was read is kept" in launcher.log()
    assert not (folder / "live").exists()
    kept = len(list((folder / "cache").rglob("*.*")))
    assert kept > 2


def test_a_run_started_elsewhere_is_not_stopped(config, other):
    launcher = Launcher(config)
    with pytest.raises(NotOurs):
        launcher.stop()
    with pytest.raises(RunActive):
        launcher.launch("kari")
    assert other.poll() is None


def test_of_many_at_once_exactly_one_starts(config):
    started, refused = [], []

    def start(*_):
        started.append(1)
        return os.getpid()

    def ask():
        try:
            Launcher(config, start).launch("kari")
        except RunActive:
            refused.append(1)

    threads = [threading.Thread(target=ask) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(started), len(refused)) == (1, 49)


@pytest.mark.parametrize(
    ("ours", "seconds", "at_work"), [(True, 0, True), (True, STARTING_SECONDS + 1, False), (False, 0, False)]
)
def test_what_was_just_started_is_at_work_before_it_holds_the_lock(config, ours, seconds, at_work):
    process = os.getpid() if ours else 2**22 + 1
    launch = Launch(process, "kari", datetime.now(UTC) - timedelta(seconds=seconds))
    config.admin.folder.mkdir()
    (config.admin.folder / LAUNCH).write_bytes(msgspec.json.encode(launch))
    assert Launcher(config).at_work() == (process if at_work else None)


def test_a_process_of_somebody_else_is_not_ours(config, monkeypatch):
    def refused(pid, number):
        raise PermissionError

    config.admin.folder.mkdir()
    (config.admin.folder / LAUNCH).write_bytes(msgspec.json.encode(Launch(1, "kari", datetime.now(UTC))))
    monkeypatch.setattr(os, "kill", refused)
    assert Launcher(config).at_work() is None


def test_a_run_that_ends_while_it_is_stopped(config, monkeypatch):
    monkeypatch.setattr(os, "kill", lambda pid, number: gone(number))

    def gone(number):
        if number == signal.SIGTERM:
            raise ProcessLookupError

    config.admin.folder.mkdir()
    launch = Launch(os.getpid(), "kari", datetime.now(UTC))
    (config.admin.folder / LAUNCH).write_bytes(msgspec.json.encode(launch))
    assert Launcher(config).stop() == launch


def test_nothing_was_ever_started(config):
    launcher = Launcher(config)
    assert (launcher.last(), launcher.at_work(), launcher.log()) == (None, None, "")


def test_the_command_gets_every_setting_it_needs_and_no_secret(tmp_path, monkeypatch):
    config = Config(
        documents=DocumentsConfig(folder=Path("relative")),
        index=IndexConfig(folder=tmp_path / "indeks æøå", keep_generations=7),
        publish=PublishConfig(switch=Switch.ASK, few=0, golden=tmp_path / "golden.toml"),
        extract=ExtractConfig(workers=5, memory_mb=800),
        search=SearchConfig(as_of=date(2026, 1, 31)),
        oidc=OidcConfig(client_secret="hemmelig"),
    )
    monkeypatch.setenv("HVAVIRKER_WEB_PORT", "9999")
    given = environment(config)
    read = load_config(environment={name: value for name, value in given.items() if name.startswith("HVAVIRKER_")})
    relative = replace(config, documents=DocumentsConfig(folder=Path("relative").absolute()), oidc=OidcConfig())
    assert read == relative
    assert "hemmelig" not in json.dumps(given)
    assert (LOG, given["PATH"]) == ("run.log", os.environ["PATH"])
