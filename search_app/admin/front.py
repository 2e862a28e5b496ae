"""The admin front page: how the base stands, and what waits."""

from dataclasses import dataclass

from flask import render_template

from corpus.engine import Generation
from corpus.errors import HvaVirkerError
from indexer.review import Case, Standing
from indexer.review.agreement import agreement
from search_app.admin.files import live_or_fault, outdated, this_ledger, waiting_generations
from search_app.admin.held import withheld_pages
from search_app.admin.log import DONE
from search_app.admin.shell import Shell, audit, this_desk
from search_app.site import this_site

LATEST = 5


@dataclass(frozen=True, slots=True)
class Review:
    """How far people have come. `reviewed` counts findings of the live index that a person has decided on."""

    findings: int
    reviewed: int
    queued: int
    reported: int
    pending: int
    lost: int
    rules_below: int


def add_to(shell: Shell) -> None:
    """Register the front page."""
    shell.page("", "admin", front)


def front() -> str:
    """The base, the review and the latest of the audit log."""
    (live, broken), (set_aside, torn) = live_or_fault(), _set_aside()
    return render_template(
        "admin.html",
        live=live,
        outdated=outdated(),
        set_aside=set_aside,
        held=sum(row.held for row in withheld_pages()),
        broken=[fault for fault in (broken, live.fault if live else "", torn) if fault],
        waiting=waiting_generations(),
        review=_review(live),
        faults=[sheet for sheet in this_desk().sheets().values() if sheet.fault],
        known=DONE,
        latest=audit().entries()[: -LATEST - 1 : -1],
    )


def _set_aside() -> tuple[int, str]:
    """How many files are set aside, or what is wrong with the ledger."""
    try:
        return this_ledger().counts().set_aside, ""
    except HvaVirkerError as error:
        return 0, f"{error} {error.remedy}"


def _review(live: Generation | None) -> Review:
    cases = this_desk().cases(this_site().engine.records(), live.name) if live else ()
    decisions = [decision for sheet in this_desk().sheets().values() for decision in sheet.decisions]
    present = [case for case in cases if case.finding]
    return Review(
        findings=len(present),
        reviewed=sum(case.finding.reviewed for case in present if case.finding),
        queued=sum(case.queued for case in present),
        reported=sum(bool(case.reports) for case in cases),
        pending=_standing(cases, Standing.PENDING),
        lost=_standing(cases, Standing.LOST),
        rules_below=sum(rule.below for rule in agreement(decisions).rules),
    )


def _standing(cases: tuple[Case, ...], standing: Standing) -> int:
    return sum(case.standing is standing for case in cases)
