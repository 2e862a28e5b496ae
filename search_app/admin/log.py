"""The audit log: who did what, when, with what before and after."""

from flask import render_template

from search_app.admin.shell import Shell, audit, page_of
from search_app.links import link
from search_app.present.common import pager

SHOWN = 50
DONE = (
    "confirm",
    "change",
    "reject",
    "add",
    "withdraw",
    "close",
    "login",
    "logout",
    "login-refused",
    "password-set",
    "password-removed",
    "metadata",
    "upload",
    "upload-refused",
    "upload-take",
    "upload-discard",
    "index-start",
    "index-stop",
    "generation-publish",
    "generation-discard",
    "generation-rollback",
    "held-show",
    "held-release",
    "held-withdraw",
)


def add_to(shell: Shell) -> None:
    """Register the log."""
    shell.page("/logg", "admin_log", log)


def log() -> str:
    """The lines of the log, newest first, and whether any was tampered with."""
    entries = audit().entries()[::-1]
    current, last = page_of(len(entries), SHOWN)
    return render_template(
        "admin_log.html",
        entries=entries[(current - 1) * SHOWN : current * SHOWN],
        known=DONE,
        broken_at=audit().broken_at(),
        pager=pager(current, last),
        current=current,
        last=last,
        address=lambda n: link("admin_log", s=n),
    )
