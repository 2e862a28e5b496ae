import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import pytest

from indexer import launch as launching
from indexer.journal import JOURNAL, LINES, Ending, Told
from indexer.launch import LAUNCH, LOG, Launch, Launcher
from indexer.progress import Stage
from tests.search_app.fakes import FakeEngine
from tests.search_app.invented import entries
from tests.search_app.keeping import WHO, config_in, keeper, text_of

PAGE = "/admin/indeksering"
BEGAN = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)
OURS = Launch(os.getpid(), WHO, BEGAN)
READING = Told(os.getpid(), BEGAN, BEGAN.replace(minute=25), Stage.READING, BEGAN, 120, 480, "a&b.pdf", 0.25)


@pytest.fixture(scope="module")
def open_site(tmp_path_factory, vocabulary):
    engine = FakeEngine([entry.record() for entry in entries()], vocabulary)
    return keeper(config_in(tmp_path_factory.mktemp("run")), engine)


@pytest.fixture
def kept(open_site):
    """The site, with nothing at work and nothing ever started."""
    open_site.config.index.folder.mkdir(exist_ok=True)
    for name in (JOURNAL, LINES, LOG):
        (open_site.config.index.folder / name).unlink(missing_ok=True)
    (open_site.config.admin.folder / LAUNCH).unlink(missing_ok=True)
    return open_site


@pytest.fixture
def started(kept, monkeypatch):
    """What a press on start would start: the commands."""
    commands = []

    def start(command, environment, folder):
        commands.append((command, folder))
        return os.getpid()

    monkeypatch.setattr(Launcher.__init__, "__defaults__", (start,))
    return commands


def note(kept, told=None, launch=None):
    if told:
        (kept.config.index.folder / JOURNAL).write_bytes(msgspec.json.encode(told))
        (kept.config.index.folder / LINES).write_bytes(msgspec.json.encode(told) + b"\n")
    if launch:
        (kept.config.admin.folder / LAUNCH).write_bytes(msgspec.json.encode(launch))


def at_work(monkeypatch, pid):
    monkeypatch.setattr(launching, "holder", lambda folder: pid)


def test_start_starts_the_command_that_nobody_can_change(kept, started):
    answer = kept.post(f"{PAGE}/start", command="rm -rf", documents="/etc")
    assert answer.location == f"{PAGE}?gjort=start"
    assert started == [((sys.executable, "-m", "indexer.cli", "index"), kept.config.index.folder)]
    assert (kept.audit()[-1].by, kept.audit()[-1].action) == (WHO, "index-start")
    assert "Indekseringen er startet." in kept.get(answer.location)
    page = kept.client.get(PAGE)
    assert page.headers["Refresh"] == f"4; url={PAGE}"
    assert "Indekseringen er i ferd med å starte." in page.get_data(as_text=True)


def test_what_the_run_before_said_is_not_taken_for_this_one(kept, started):
    note(kept, replace(READING, ending=Ending.DONE, pid=1))
    assert "Ferdig" in kept.get(PAGE)
    kept.post(f"{PAGE}/start")
    words = text_of(kept.get(PAGE))
    assert "Indekseringen er i ferd med å starte." in words
    assert "erdig" not in words


def test_a_second_press_starts_nothing(kept, started):
    kept.post(f"{PAGE}/start")
    answer = kept.post(f"{PAGE}/start", 409)
    assert "En indeksering pågår alt" in answer.get_data(as_text=True)
    assert len(started) == 1


def test_a_disk_that_fails_is_told(kept, monkeypatch):
    def start(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Launcher.__init__, "__defaults__", (start,))
    assert "Indekseringen kunne ikke startes." in kept.post(f"{PAGE}/start", 500).get_data(as_text=True)


def test_progress_is_told_without_javascript(kept, monkeypatch):
    note(kept, READING, OURS)
    at_work(monkeypatch, OURS.pid)
    answer = kept.client.get(PAGE)
    page = answer.get_data(as_text=True)
    words = text_of(page)
    assert answer.headers["Refresh"] == f"4; url={PAGE}"
    assert '<progress class="run-bar" max="1" value="0.25"' in page
    assert "120 av 480 · 0,2 filer i sekundet · om lag 30 minutter igjen av dette steget a&amp;b.pdf" in words
    assert "av kari" in words
    assert "Stopp indekseringen" in words
    assert "Start indeksering" not in words


def test_the_page_can_be_kept_still(kept, monkeypatch):
    note(kept, READING, OURS)
    at_work(monkeypatch, OURS.pid)
    answer = kept.client.get(f"{PAGE}?stille=1")
    assert "Refresh" not in answer.headers
    assert f'href="{PAGE}"' in answer.get_data(as_text=True)


def test_the_language_stays_when_the_page_refreshes(kept, monkeypatch):
    at_work(monkeypatch, 1)
    assert kept.client.get(f"/en{PAGE}").headers["Refresh"] == f"4; url=/en{PAGE}"


def test_stop_asks_our_run_to_end(kept):
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        note(kept, launch=Launch(process.pid, WHO, datetime.now(UTC)))
        assert kept.post(f"{PAGE}/stopp").location == f"{PAGE}?gjort=stop"
        assert process.wait() == -15
    assert kept.audit()[-1].action == "index-stop"


def test_a_run_from_elsewhere_has_no_button_and_is_not_stopped(kept, monkeypatch):
    at_work(monkeypatch, os.getpid())
    assert "startet utenfor adminsidene og må stoppes der" in kept.get(PAGE)
    assert "ble ikke stoppet" in kept.post(f"{PAGE}/stopp", 409).get_data(as_text=True)


def test_nothing_to_stop(kept):
    assert "ingenting ble stoppet" in kept.post(f"{PAGE}/stopp", 409).get_data(as_text=True)


@pytest.mark.parametrize(
    ("ending", "says"),
    [
        (Ending.DONE, "Den siste indekseringen er ferdig. Startet 22. november 2026 kl. 03.15, varte i 10 minutter."),
        (Ending.WAITS, "den nye indeksen venter på et menneske"),
        (Ending.STOPPED, "Den siste indekseringen ble stoppet."),
        (Ending.FAILED, "Indeksen som svarte før, svarer fortsatt."),
        (None, "Den siste indekseringen ble avbrutt."),
    ],
)
def test_how_the_last_run_ended(kept, ending, says):
    note(kept, replace(READING, ending=ending, message="<b>full</b>"))
    answer = kept.client.get(PAGE)
    page = answer.get_data(as_text=True)
    assert says in text_of(page)
    assert "&lt;b&gt;full&lt;/b&gt;" in page
    assert "Refresh" not in answer.headers


def test_a_run_that_never_began_shows_what_it_said(kept):
    note(kept, READING, Launch(2**22 + 1, WHO, datetime.now(UTC)))
    (kept.config.index.folder / LOG).write_text("hvavirker: There is no documents folder <x>.")
    page = kept.get(PAGE)
    assert "kom ikke i gang" in page
    assert "There is no documents folder &lt;x&gt;." in page


def test_nothing_ever_ran(kept):
    assert "Ingen indeksering har fortalt hvor langt den kom." in kept.get(PAGE)


@pytest.mark.parametrize("path", [f"{PAGE}/start", f"{PAGE}/stopp"])
def test_only_a_form_of_ours_starts_or_stops(kept, started, path):
    assert kept.client.post(path, data={"csrf": "x"}).status_code == 403
    assert kept.app.test_client().post(path, data={"csrf": kept.csrf}).status_code == 303
    assert kept.client.get(path).status_code == 405
    assert started == []
