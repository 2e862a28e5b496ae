import json
import logging
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest

from corpus.config import LogFormat, WebConfig
from corpus.errors import HvaVirkerError
from indexer.cli.command import Exit, run
from indexer.cli.logs import log_as
from indexer.cli.serve import address, behind, listening
from indexer.generation import Counts, Generations

ROOT = Path(__file__).parents[2]


@pytest.fixture
def busy() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def test_a_busy_port_is_one_line_with_what_to_do(busy: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--port", str(busy), "--index", str(tmp_path)]) is Exit.ERROR
    assert capsys.readouterr().err == (
        f"hvavirker: Port {busy} is busy: another program answers on http://127.0.0.1:{busy}. "
        "Stop it, or choose another port: hvavirker serve --port 8001, or HVAVIRKER_WEB_PORT=8001.\n"
    )


def test_an_address_that_is_not_ours_is_told() -> None:
    with pytest.raises(HvaVirkerError, match=r"Cannot listen on http://192\.0\.2\.1:8000: ") as caught:
        listening(WebConfig(host="192.0.2.1"))
    assert caught.value.remedy == "Check [web] host."


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", "http://127.0.0.1:8000"), ("::1", "http://[::1]:8000"), ("localhost", "http://localhost:8000")],
)
def test_the_address_a_browser_wants(host: str, expected: str) -> None:
    assert address(WebConfig(host=host)) == expected


@contextmanager
def serving(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "indexer.cli", "serve", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_the_site_answers_where_it_says_and_stops_when_told(tmp_path: Path) -> None:
    port = free_port()
    with serving("--port", str(port), "--index", str(tmp_path)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == f"Hva virker answers on http://127.0.0.1:{port} (stop with Ctrl-C)\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/openapi.json") as answer:
            assert json.load(answer)["openapi"].startswith("3")
            assert "server" not in {name.lower() for name in answer.headers}
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
        assert process.stderr.read() == "Nothing is indexed yet; pages will say so until `hvavirker index` has run.\n"


def test_on_an_index_of_another_version_the_site_starts_and_says_what_to_run(tmp_path: Path) -> None:
    known, port = Generations(tmp_path, 3, {"schema": 0}), free_port()
    name = known.seal(known.begin(), Counts(1, 1, 1)).name
    known.publish(name)
    with serving("--port", str(port), "--index", str(tmp_path)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("Hva virker answers on ")
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/helse")
        with refused.value as answer:
            told = json.load(answer)
        assert (answer.code, told["status"], told["command"]) == (503, "outdated", "hvavirker index")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
        amiss = process.stderr.read()
    assert amiss.startswith(f"Generation {name} was made by another version of this program: schema version 0; ")
    assert amiss.endswith("; pages will say so until `hvavirker index` has run.\n")


class Served:
    """A server that stops at once; keeps what it was made with."""

    made: ClassVar[dict[str, object]] = {}

    def __init__(self, app: object, **settings: object) -> None:
        Served.made = settings

    def run(self) -> None:
        pass


def test_settings_reach_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("waitress.create_server", Served)
    monkeypatch.setenv("HVAVIRKER_WEB_THREADS", "7")
    before = signal.getsignal(signal.SIGTERM)
    port = free_port()
    try:
        assert run(["serve", "--host", "localhost", "--port", str(port), "--index", str(tmp_path)]) is Exit.OK
        with pytest.raises(SystemExit) as stopped:
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert stopped.value.code == 0
    assert (Served.made["threads"], Served.made["ident"]) == (7, None)
    assert "trusted_proxy" not in Served.made
    out, error = capsys.readouterr()
    assert out == f"Hva virker answers on http://localhost:{port} (stop with Ctrl-C)\n"
    assert error.startswith("Nothing is indexed yet")


def test_only_the_proxy_in_front_is_believed() -> None:
    known = behind(WebConfig(trusted_proxy="10.0.0.1"))
    assert known["trusted_proxy"] == "10.0.0.1"
    assert "x-forwarded-for" in known["trusted_proxy_headers"]
    assert known["clear_untrusted_proxy_headers"]


def test_two_requests_at_once_are_no_event() -> None:
    log_as(LogFormat.TEXT, logging.INFO)
    assert not logging.getLogger("waitress.queue").isEnabledFor(logging.WARNING)
    assert logging.getLogger("waitress").isEnabledFor(logging.WARNING)
