"""The agreement report: machine against person, rule by rule."""

from flask import render_template

from indexer.review.agreement import ENOUGH, FLOOR
from indexer.review.agreement import agreement as counted
from search_app.admin.shell import Shell, this_desk


def add_to(shell: Shell) -> None:
    """Register the report."""
    shell.page("/enighet", "admin_agreement", agreement)


def agreement() -> str:
    """How often people let a rule's verdict stand."""
    sheets = this_desk().sheets().values()
    found = counted(decision for sheet in sheets for decision in sheet.decisions)
    return render_template("admin_agreement.html", found=found, floor=FLOOR, enough=ENOUGH)
