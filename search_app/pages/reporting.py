"""Meld feil: anyone may say that a finding is wrong. No account, no cookie, nothing of who said it is kept."""

from datetime import UTC, datetime

from flask import Blueprint, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from corpus.errors import HvaVirkerError
from indexer.review.reports import Fault, Report
from search_app.admin.shell import form_text, from_here, sessions, this_desk
from search_app.base import Sourced
from search_app.links import link, page_link
from search_app.present.findings import finding_view
from search_app.site import this_base, this_site, this_voice

KIND = "report"
EVERYONE = "*"
ALL_PER_HOUR = 50  # times what one address may: more is a flood, whoever sends it
LONGEST = 1000


def add_to(pages: Blueprint) -> None:
    """Register the form."""
    pages.add_url_rule("/meld/<finding_id>", "report_fault", form)
    pages.add_url_rule("/meld/<finding_id>", "report_fault_sent", sent, methods=["POST"])


def form(finding_id: str) -> Response:
    """The form, or the thanks after it was sent."""
    return _form(_sourced(finding_id), thanks="takk" in request.args)


def sent(finding_id: str) -> Response:
    """A report was sent: kept, unless it says nothing or there are too many."""
    sourced = _sourced(finding_id)
    if not from_here():
        abort(403)
    fault, comment = request.form.get("fault", ""), form_text("comment", LONGEST + 1)
    if fault not in list(Fault) or (fault == Fault.OTHER and not comment):
        return _form(sourced, "no_fault" if fault not in list(Fault) else "no_comment", 400)
    if len(comment) > LONGEST:
        return _form(sourced, "too_long", 400)
    try:
        if not _may():
            return _form(sourced, "too_many", 429)
        this_desk().reports.take(_report(sourced, Fault(fault), comment))
    except HvaVirkerError:
        return _form(sourced, "not_now", 503)
    return redirect(link("report_fault", finding_id=finding_id, takk="1"), 303)


def _sourced(finding_id: str) -> Sourced:
    found = (sourced for sourced in this_base().findings if sourced.finding.id == finding_id)
    return next(found, None) or abort(404)


def _may() -> bool:
    """Whether this address, and all together, may report once more this hour."""
    most, attempt = this_site().config.admin.reports_per_hour, sessions().attempt
    return attempt(KIND, request.remote_addr or "", most) and attempt(KIND, EVERYONE, most * ALL_PER_HOUR)


def _report(sourced: Sourced, fault: Fault, comment: str) -> Report:
    finding = sourced.finding
    return Report(
        finding=finding.id,
        file=sourced.document.source.path,
        page=finding.page,
        quote=finding.quote,
        verdict=finding.verdict,
        fault=fault,
        comment=comment,
        at=datetime.now(UTC),
    )


def _form(sourced: Sourced, fault: str = "", code: int = 200, thanks: bool = False) -> Response:
    page = render_template(
        "meld.html",
        finding=finding_view(sourced, this_voice()),
        finding_id=sourced.finding.id,
        back=page_link(sourced.document, sourced.finding.page, finding=sourced.finding.id),
        faults=list(Fault),
        given=request.form,
        fault=fault,
        thanks=thanks,
        longest=LONGEST,
    )
    response = make_response(page, code)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
