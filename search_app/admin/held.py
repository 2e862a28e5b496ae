"""Held back: the pages nobody sees for personal data, shown to who asks, and a person's word that one may be shown."""

from contextlib import suppress

from flask import abort, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from corpus.errors import CurationConflict, HvaVirkerError, IndexDamaged, NoIndex
from corpus.model import Page
from indexer.clearance import Clearances
from indexer.curation.file import Edit
from indexer.curation.releasing import Release
from indexer.difference import Held
from indexer.engines import open_generations
from indexer.ledger import LEDGER, Ledger
from indexer.personal import suspects
from indexer.withheld import Known, Standing, Withheld, read_page
from search_app.admin.shell import BAD_REQUEST, Refused, Shell, audit, form_text, page_of, this_desk, this_person
from search_app.links import link
from search_app.lit import Light, Run, light_up
from search_app.originals import inside
from search_app.present.common import foreign, pager
from search_app.site import this_base, this_site, this_voice

SHOWN = 50
SHOW, RELEASE, WITHDRAW = "show", "release", "withdraw"
CACHE = "cache"  # in the index folder
SEEN = "held-show"
MAY_RELEASE = (Standing.HELD, Standing.CHANGED, Standing.WITHDRAWN)
MAY_WITHDRAW = (Standing.RELEASED, Standing.SHOWN)
ACTS = (RELEASE, WITHDRAW)
FAULTS = ("no_text", "no_act", "changed", "not_seen", "reason", "conflict", "disk", "file")
STATUS = {"no_text": 404, "changed": 409, "conflict": 409, "disk": 500}


def add_to(shell: Shell) -> None:
    """Register the list, and the page of one page with its forms."""
    shell.page("/tilbakeholdt", "admin_held", held_list)
    shell.page("/tilbakeholdt/side", "admin_held_page", held_page)
    shell.page("/tilbakeholdt/side", "admin_held_sent", held_sent, methods=["POST"])


def withheld_pages() -> tuple[Withheld, ...]:
    """Every page that is held back, or was until somebody released it; none while no index answers."""
    try:
        documents, records = this_base().documents.values(), this_site().engine.records()
    except (NoIndex, IndexDamaged):
        return ()
    released = {file: sheet.released for file, sheet in this_desk().sheets().items()}
    return Known(documents, records, _waiting(), released, audit().entries()).pages()


def held_list() -> str:
    """The pages, those to be looked at first."""
    rows = withheld_pages()
    current, last = page_of(len(rows), SHOWN)
    return render_template(
        "admin_held_list.html",
        rows=rows[(current - 1) * SHOWN : current * SHOWN],
        held=sum(row.held for row in rows),
        since=_since(),
        pager=pager(current, last),
        current=current,
        last=last,
        address=lambda n: link("admin_held", s=str(n)),
    )


def held_page() -> str:
    """Why a page is held back, and what may be done with it."""
    return _shown(_row(), done=request.args.get("gjort", ""))


def held_sent() -> str | Response | tuple[str, int]:
    """Show the text, or a person's word on it."""
    row, act = _row(), request.form.get("act", "")
    try:
        if act == SHOW:
            return _shown(row, text=_read(row))
        _say(row, act, form_text("reason"))
    except Refused as refused:
        page = _shown(row, fault=refused.fault, detail=refused.detail)
        return page, STATUS.get(refused.fault, BAD_REQUEST)
    return redirect(link("admin_held_page", sti=row.file, side=row.page, gjort=act), 303)


def _read(row: Withheld) -> Page:
    """The page as it was read; that somebody looks at it is in the log first. Raises Refused when it is not there."""
    entry = Ledger(this_site().config.index.folder / LEDGER).entry(row.file)
    digests = (row.document.source.sha256 if row.document else "", entry.sha256 if entry else "")
    cache = this_site().config.index.folder / CACHE
    pages = (read_page(cache, digest, row.hold.code) for digest in dict.fromkeys(digests) if digest)
    page = next((page for page in pages if page), None)
    if page is None:
        raise Refused("no_text")
    audit().tell(this_person(), SEEN, {"file": row.file, "page": row.page, "code": row.hold.code})
    return page


def _say(row: Withheld, act: str, reason: str) -> None:
    """Write a person's word down. Raises Refused."""
    if row.standing not in {RELEASE: MAY_RELEASE, WITHDRAW: MAY_WITHDRAW}.get(act, ()):
        raise Refused("no_act")
    if request.form.get("page_code", "") != row.hold.code:
        raise Refused("changed")
    if suspects(reason):
        raise Refused("reason")
    if act == RELEASE and not _has_seen(row):
        raise Refused("not_seen")
    said = Release(row.page, row.hold.code, this_person(), reason)
    words = this_site().vocabulary
    _write(row.file, said.edit(words) if act == RELEASE else said.undone(words))


def _write(file: str, edit: Edit) -> None:
    try:
        this_desk().shelf.edit(file, request.form.get("expected", ""), edit)
    except CurationConflict as error:
        raise Refused("conflict") from error
    except OSError as error:
        raise Refused("disk", error.strerror or "") from error
    except HvaVirkerError as error:
        raise Refused("file", str(error)) from error


def _has_seen(row: Withheld) -> bool:
    """Whether this person was shown this very text."""
    seen = {"file": row.file, "page": row.page, "code": row.hold.code}
    return any(
        entry.action == SEEN and entry.by == this_person() and seen.items() <= dict(entry.told).items()
        for entry in audit().entries()
    )


def _row() -> Withheld:
    """The page at hand."""
    file, number = request.args.get("sti", ""), request.args.get("side", "")
    found = (row for row in withheld_pages() if (row.file, str(row.page)) == (file, number))
    return next(found, None) or abort(404)


def _shown(row: Withheld, text: Page | None = None, fault: str = "", detail: str = "", done: str = "") -> str:
    document, voice = row.document, this_voice()
    language = foreign(document.metadata.language.value, voice) if document else None
    present = inside(this_site().config.documents.folder, row.file) is not None
    return render_template(
        "admin_held.html",
        row=row,
        text=_lit(text.text) if text else None,
        lang=language,
        since=_since().get((row.file, row.page), ""),
        present=present,
        expected=_digest(row.file),
        may_release=row.standing in MAY_RELEASE and present,
        may_withdraw=row.standing in MAY_WITHDRAW and present,
        fault=fault,
        detail=detail,
        done=done if done in ACTS else "",
    )


def _lit(text: str) -> Markup:
    return light_up(text, [Run(each.start, each.end, Light.WORD) for each in suspects(text)])


def _digest(file: str) -> str:
    with suppress(HvaVirkerError, OSError):
        return this_desk().shelf.digest(file)
    return ""


def _waiting() -> tuple[Held, ...]:
    """What the newest index that waits for a person holds back, and the live one does not."""
    config = this_site().config
    with suppress(IndexDamaged):
        for name in open_generations(config).waiting()[-1:]:
            clearance = Clearances(config.index.folder).read(name)
            return clearance.difference.held if clearance and clearance.difference else ()
    return ()


def _since() -> dict[tuple[str, int], str]:
    """The generation in which each page came to be held back, of those that are kept."""
    config = this_site().config
    clearances = Clearances(config.index.folder)
    known = [(name, clearances.read(name)) for name in open_generations(config).names()]
    return {
        (held.file, held.page): name
        for name, clearance in known
        if clearance and clearance.difference
        for held in clearance.difference.held
    }
