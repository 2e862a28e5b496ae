"""Indexing: start a run, see how far it has come, stop it. The run is a process of its own, never in the web worker."""

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from corpus.errors import HvaVirkerError, RunActive
from indexer.journal import Told, read_journal, read_lines
from indexer.launch import Launch, Launcher, NotOurs
from search_app.admin.shell import Shell, audit, this_person
from search_app.links import link
from search_app.site import this_site

REFRESH_SECONDS = 4
LINES_SHOWN = 12
ACTS = ("start", "stop")
CONFLICT, FAILED = 409, 500
STATUS = {"busy": CONFLICT, "elsewhere": CONFLICT, "idle": CONFLICT, "failed": FAILED}
STATES = ("starting", "running", "never", "broken_off", "never_began")


def add_to(shell: Shell) -> None:
    """Register the page of runs."""
    shell.page("/indeksering", "admin_run", run_page)
    shell.page("/indeksering/start", "admin_run_start", start, methods=["POST"])
    shell.page("/indeksering/stopp", "admin_run_stop", stop, methods=["POST"])


def run_page() -> Response:
    """The run at work, or how the last one ended."""
    return _shown(request.args.get("gjort", ""))


def start() -> Response:
    """Start a run."""
    try:
        _launcher().launch(this_person())
    except RunActive:
        return _shown(fault="busy")
    except OSError:
        return _shown(fault="failed")
    audit().tell(this_person(), "index-start", {})
    return redirect(link("admin_run", gjort="start"), 303)


def stop() -> Response:
    """Ask the run that was started here to end in order."""
    try:
        _launcher().stop()
    except NotOurs:
        return _shown(fault="elsewhere")
    except HvaVirkerError:
        return _shown(fault="idle")
    audit().tell(this_person(), "index-stop", {})
    return redirect(link("admin_run", gjort="stop"), 303)


def _launcher() -> Launcher:
    return Launcher(this_site().config)


def _shown(done: str = "", fault: str = "") -> Response:
    launcher, folder = _launcher(), this_site().config.index.folder
    at_work, launch, told = launcher.at_work(), launcher.last(), read_journal(folder)
    state = _state(at_work, launch, told)
    quiet = request.args.get("stille") == "1"
    page = render_template(
        "admin_run.html",
        state=state,
        told=told if state not in ("starting", "never", "never_began") else None,
        launch=launch if launch and (launch.pid == at_work or state == "never_began") else None,
        lines=() if state == "starting" else read_lines(folder, LINES_SHOWN)[::-1],
        log=launcher.log(),
        done=done if done in ACTS and at_work is not None else "",
        fault=fault,
        quiet=quiet,
        seconds=REFRESH_SECONDS,
    )
    response = make_response(page, STATUS.get(fault, 200))
    if at_work is not None and not quiet and not fault:
        response.headers["Refresh"] = f"{REFRESH_SECONDS}; url={link('admin_run')}"
    return response


def _state(at_work: int | None, launch: Launch | None, told: Told | None) -> str:
    """One of STATES, or how the last run ended."""
    if at_work is not None:
        return "running" if told is not None and told.pid == at_work and told.ending is None else "starting"
    if launch is not None and (told is None or (told.pid != launch.pid and told.at < launch.at)):
        return "never_began"
    if told is None:
        return "never"
    return str(told.ending) if told.ending else "broken_off"
