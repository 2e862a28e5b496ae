"""Generations: which indexes are there, what differs in one that waits, and a person's word on which answers."""

from collections.abc import Callable, Mapping

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from corpus.engine import Generation
from corpus.errors import HvaVirkerError, IndexDamaged, NoIndex
from indexer.clearance import Clearances
from indexer.difference import Difference
from indexer.engines import open_engine, open_generations
from indexer.generation import Generations
from indexer.golden import read_golden
from indexer.launch import Launcher
from indexer.personal import hold_in
from indexer.standing import Standing, State
from indexer.verification import faults_in
from search_app.admin.files import ASIDE
from search_app.admin.held import withheld_pages
from search_app.admin.shell import BAD_REQUEST, Refused, Shell, audit, form_text, this_person
from search_app.links import link
from search_app.present.concerns import in_words
from search_app.site import this_site, this_voice

STATES = ("live", "waits", "kept", "withdrawn", "damaged", "outdated")
MAY = {"waits": ("publish", "discard"), "kept": ("rollback",)}
FAULTS = ("busy", "no_reason", "not_sure", "changed", "wrong", "no_act", "failed")
STATUS = {"busy": 409, "changed": 409, "wrong": 409, "failed": 500}


def add_to(shell: Shell) -> None:
    """Register the list, and the page of one generation with the form."""
    shell.page("/generasjoner", "admin_generations", generations)
    shell.page("/generasjoner/<name>", "admin_generation", generation_page)
    shell.page("/generasjoner/<name>", "admin_generation_sent", generation_sent, methods=["POST"])


def generations() -> str:
    """The indexes that are kept, the newest first."""
    known = open_generations(this_site().config)
    standing, fault = _standing(known)
    rows = [
        (name, _state(known, name, standing), _read(known, name), known.outdated(name))
        for name in reversed(known.names())
    ]
    return render_template(
        "admin_generations.html",
        rows=rows,
        fault=fault or standing.fault,
        withdrawn=standing.withdrawn,
        done=_done(request.args.get("gjort", "")),
    )


def generation_page(name: str) -> str:
    """What differs in a generation, and what may be done with it."""
    return _shown(name, {})


def generation_sent(name: str) -> Response | tuple[str, int]:
    """A person's word: make it live, remove it, or go back to it."""
    act, reason = request.form.get("act", ""), form_text("reason")
    try:
        _carry_out(name, act, reason)
    except Refused as refused:
        page = _shown(name, {"act": act, "reason": reason}, refused.fault, refused.detail)
        return page, STATUS.get(refused.fault, BAD_REQUEST)
    return redirect(link("admin_generations", gjort=act), 303)


def _carry_out(name: str, act: str, reason: str) -> None:
    known = open_generations(this_site().config)
    before = _standing(known)[0].live or ""
    _check(known, name, act, reason, before)
    acts: Mapping[str, Callable[[], object]] = {
        "publish": lambda: _publish(known, name),
        "discard": lambda: known.discard(name),
        "rollback": lambda: known.roll_back(name),
    }
    try:
        acts[act]()
        after = known.standing().live or ""
    except (HvaVirkerError, OSError) as error:
        raise Refused("failed", str(error)) from error
    told = {"generation": name, "why": reason, "before": {"live": before}, "after": {"live": after}}
    audit().tell(this_person(), f"generation-{act}", told)


def _check(known: Generations, name: str, act: str, reason: str, live: str) -> None:
    """Raises Refused unless a person may do this now, means it, and sees what stands."""
    if name not in known.names():
        abort(404)
    if act not in MAY.get(_state(known, name, _standing(known)[0]), ()):
        raise Refused("no_act")
    if not reason:
        raise Refused("no_reason")
    if request.form.get("sure") != "1":
        raise Refused("not_sure")
    if request.form.get("live", "") != live:
        raise Refused("changed")
    if Launcher(this_site().config).at_work() is not None:
        raise Refused("busy")


def _publish(known: Generations, name: str) -> None:
    """Make it live when it answers as it should. Raises Refused when it does not, and as publishing does."""
    site = this_site()
    answers = open_engine(site.config, site.vocabulary).opened(name)
    wrong = faults_in(answers, read_golden(site.config.publish.golden), site.today())
    if wrong:
        raise Refused("wrong", " ".join(wrong))
    known.publish(name)


def _shown(name: str, given: Mapping[str, str], fault: str = "", detail: str = "") -> str:
    known = open_generations(this_site().config)
    if name not in known.names():
        abort(404)
    standing, damage = _standing(known)
    clearance, held = Clearances(this_site().config.index.folder).read(name), _read(known, name)
    state = _state(known, name, standing)
    difference = clearance.difference if clearance else None
    concerns = clearance.concerns if clearance and state == "waits" else ()
    return render_template(
        "admin_generation.html",
        name=name,
        held=held,
        state=state if held else "damaged",
        may=MAY.get(state, ()) if held else (),
        live=standing.live or "",
        fault=fault,
        detail=detail or damage,
        given=given,
        concerns=[(in_words(each, this_voice()), each) for each in concerns],
        before=clearance.before if clearance else "",
        difference=difference,
        sizes=_sizes(difference) if difference else (),
        said=_said,
        hold_in=hold_in,
        withheld={(row.file, row.page) for row in withheld_pages()},
        aside=ASIDE,
    )


def _sizes(difference: Difference) -> tuple[tuple[str, int, int], ...]:
    before, after = difference.before, difference.after
    return tuple((name, getattr(before, name), getattr(after, name)) for name in ("documents", "pages", "findings"))


def _said(field: str, values: str) -> str:
    """The values of a metadata field in words: codes by their label."""
    voice = this_voice()
    return ", ".join(voice.label(field, value) for value in values.split(", ")) if values else ""


def _standing(known: Generations) -> tuple[Standing, str]:
    """What stands, or that it cannot be read."""
    try:
        return known.standing(), ""
    except IndexDamaged as error:
        return Standing(), f"{error} {error.remedy}"


def _state(known: Generations, name: str, standing: Standing) -> str:
    state = standing.state(name)
    return "outdated" if state in (State.KEPT, State.WAITS) and known.outdated(name) else str(state)


def _read(known: Generations, name: str) -> Generation | None:
    try:
        return known.read(name)
    except (IndexDamaged, NoIndex):
        return None


def _done(act: str) -> str:
    return act if any(act in acts for acts in MAY.values()) else ""
