"""Review in the browser: the queue, and one finding beside the page it stands on."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from corpus.errors import CurationConflict, CurationError, HvaVirkerError
from corpus.model import Verdict
from indexer.curation.decisions import SAYABLE, Act, said_of, sayings
from indexer.review import Case, Standing
from indexer.review.desk import Word
from search_app.admin.shell import Shell, form_text, page_of, this_desk, this_person
from search_app.links import link
from search_app.present.cases import all_said, case_view, decision_said, fields, reading_said
from search_app.present.common import pager
from search_app.present.page_text import page_elements
from search_app.site import this_base, this_site, this_voice

SHOWN = 20
WITHDRAW, CLOSE = "withdraw", "close"
PASSES: Mapping[str, Callable[[Case], bool]] = {
    "queue": lambda case: case.queued and case.standing is not Standing.LOST,
    "reported": lambda case: bool(case.reports),
    "pending": lambda case: case.standing is Standing.PENDING,
    "decided": lambda case: case.standing is Standing.DECIDED,
    "lost": lambda case: case.standing is Standing.LOST,
}
TOLD = frozenset({"no_reason", "no_act", "no_change", "changed_too"})
STATUS = {CurationConflict: 409, CurationError: 400, HvaVirkerError: 500, OSError: 500}


def add_to(shell: Shell) -> None:
    """Register the queue and the page of a finding."""
    shell.page("/vurdering", "admin_queue", queue)
    shell.page("/vurdering/<case_id>", "admin_case", case_page)
    shell.page("/vurdering/<case_id>", "admin_case_sent", case_sent, methods=["POST"])


def queue() -> str:
    """What waits for a person, that matters most first; or what became of the rest."""
    cases = these_cases()
    chosen = request.args.get("vis", "")
    chosen = chosen if chosen in PASSES else next(iter(PASSES))
    verdict = request.args.get("verdict", "")
    found = [case for case in cases if PASSES[chosen](case) and _has(case, verdict)]
    current, last = page_of(len(found), SHOWN)
    shown = [case_view(case, this_voice()) for case in found[(current - 1) * SHOWN : current * SHOWN]]
    return render_template(
        "admin_queue.html",
        cases=shown,
        total=len(found),
        chosen=chosen,
        verdict=verdict if verdict in list(Verdict) else "",
        tabs=[(name, sum(map(passes, cases))) for name, passes in PASSES.items()],
        verdicts=[*Verdict],
        pager=pager(current, last),
        current=current,
        last=last,
        address=lambda n: link("admin_queue", vis=chosen, verdict=verdict or None, s=n),
        saved=request.args.get("lagret", ""),
    )


def case_page(case_id: str) -> str:
    """One finding: the page beside it, what was said of it, and the form."""
    return _shown(_case(case_id), {})


def case_sent(case_id: str) -> Response | tuple[str, int]:
    """A person's word on a finding."""
    case, act, reason = _case(case_id), request.form.get("act", ""), form_text("reason")
    try:
        _write(case, act, reason)
    except (HvaVirkerError, OSError) as error:
        fault = _named(error)
        code = next(status for kind, status in STATUS.items() if isinstance(error, kind))
        return _shown(_case(case_id), {"act": act, "reason": reason, **request.form.to_dict()}, fault), code
    return redirect(_next(case, act), 303)


def these_cases() -> tuple[Case, ...]:
    """Every case over the live index. Raises NoIndex."""
    return this_desk().cases(this_site().engine.records(), this_base().generation.name)


def _case(case_id: str) -> Case:
    return next((case for case in these_cases() if case.id == case_id), None) or abort(404)


def _has(case: Case, verdict: str) -> bool:
    return verdict not in list(Verdict) or (case.finding is not None and case.finding.verdict == verdict)


def _write(case: Case, act: str, reason: str) -> None:
    """Write what was decided. Raises CurationError for what cannot be understood, and as the desk does."""
    desk, who, expected = this_desk(), this_person(), request.form.get("expected", "")
    if not reason:
        raise CurationError("no_reason")
    if act == WITHDRAW:
        desk.withdraw(case, who, reason, expected)
    elif act == CLOSE and case.reports:
        desk.close(case, who, reason)
    elif act in list(Act) and case.finding:
        desk.decide(case, Word(Act(act), who, reason, _says(case, act)), _text(case), expected)
    else:
        raise CurationError("no_act")


def _says(case: Case, act: str) -> Mapping[str, Any]:
    """What the finding should say. Raises CurationError when a change changes nothing, or what is no change would."""
    given = {name: request.form[name] for name in SAYABLE if name in request.form}
    says = sayings(given, this_site().vocabulary, "form")
    said = dict(said_of(case.finding)) if case.finding else {}
    changes = {name: value for name, value in says.items() if said.get(name) != value}
    if act == Act.CHANGE and not changes:
        raise CurationError("no_change")
    if act == Act.CONFIRM and changes:
        raise CurationError("changed_too")
    return changes if act == Act.CHANGE else {}


def _named(error: Exception) -> str:
    """The key of a fault in the texts."""
    if isinstance(error, CurationConflict):
        return "conflict"
    if isinstance(error, OSError):
        return "disk"
    return str(error) if str(error) in TOLD else "file"


def _next(case: Case, act: str) -> str:
    """The next of the queue after one is decided; the queue itself when that was the last."""
    if act in {WITHDRAW, CLOSE}:
        return link("admin_queue", lagret=act)
    waiting = [other for other in these_cases() if PASSES["queue"](other) and other.id != case.id]
    return link("admin_case", case_id=waiting[0].id, lagret=act) if waiting else link("admin_queue", lagret=act)


def _text(case: Case) -> str:
    page = this_site().engine.records().page(case.document.id, case.page) if case.document else None
    return page.text if page else ""


def _shown(case: Case, given: Mapping[str, str], fault: str = "") -> str:
    voice, document, finding = this_voice(), case.document, case.finding
    page = this_site().engine.records().page(document.id, case.page) if document else None
    said = {**(dict(said_of(finding)) if finding else {}), **{name: given[name] for name in SAYABLE if name in given}}
    return render_template(
        "admin_case.html",
        case=case,
        view=case_view(case, voice),
        elements=page_elements(page, (), finding, finding.start if finding else None, False) if page else (),
        said=all_said(case, voice),
        decision_said=decision_said(case.decision, voice) if case.decision else (),
        read_said=reading_said(case.decision.read, voice) if case.decision and case.decision.read else (),
        fields=fields(said, voice),
        given=given,
        fault=fault,
        expected=this_desk().shelf.digest(case.file),
        add_url=link("admin_add", document_id=document.id, number=case.page) if document else "",
        saved=request.args.get("lagret", ""),
    )
