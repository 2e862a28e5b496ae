"""Uploading: files come in, wait apart until somebody takes them in, and wait to be indexed."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from corpus.errors import HvaVirkerError
from indexer.ledger import Entry, FileState
from indexer.uploads import NotTaken, Upload, Uploads
from search_app.admin.files import ASIDE, this_ledger
from search_app.admin.shell import Shell, audit, this_person
from search_app.links import link
from search_app.present.common import file_size
from search_app.site import this_site, this_voice

MEGABYTE = 2**20
MOST_FILES = 100
ACTS = ("take", "discard")
DONE = ("sent", "refused", "take", "discard", "missed")
FAULTS = {"no_files": 400, "too_many": 400, "no_choice": 400, "no_act": 400, "disk": 500}


@dataclass(frozen=True, slots=True)
class Row:
    """An upload as shown. `same` names a file with the same content; `entry` is its row of the ledger once indexed."""

    upload: Upload
    size: str
    same: str
    entry: Entry | None


def add_to(shell: Shell) -> None:
    """Register the page with its two forms."""
    shell.page("/opplasting", "admin_uploads", uploads_page)
    shell.page("/opplasting", "admin_uploads_sent", sent, methods=["POST"], largest=_largest)
    shell.page("/opplasting/valgte", "admin_uploads_chosen", chosen, methods=["POST"])


def uploads_page() -> str:
    """What waits, what was refused, and what was taken in and is not indexed yet."""
    return _shown()


def sent() -> Response | tuple[str, int]:
    """One or many files."""
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files or len(files) > MOST_FILES:
        return _fault("too_many" if files else "no_files")
    counts = {"sent": 0, "refused": 0}
    try:
        for file in files:
            upload = _uploads().receive(file.stream, file.filename or "", this_person())
            counts["refused" if upload.reason else "sent"] += 1
            action = "upload-refused" if upload.reason else "upload"
            _tell(action, upload.name, upload, {"why": f"{upload.reason}: {upload.detail}"} if upload.reason else {})
    except OSError:
        return _fault("disk")
    return _done(counts)


def chosen() -> Response | tuple[str, int]:
    """Take the chosen files in, or remove them."""
    act, tokens = request.form.get("act", ""), request.form.getlist("velg")
    if act not in ACTS or not tokens:
        return _fault("no_choice" if act in ACTS else "no_act")
    counts = {act: 0, "missed": 0}
    try:
        for token in tokens:
            counts[act if _carried_out(act, token) else "missed"] += 1
    except OSError:
        return _fault("disk")
    return _done(counts)


def _carried_out(act: str, token: str) -> bool:
    """Whether it could be done: somebody else may have been first."""
    try:
        if act == "take":
            upload = _uploads().take_in(token, request.form.get("mappe", ""))
            _tell("upload-take", upload.taken, upload, {"name": upload.name})
        else:
            upload = _uploads().discard(token)
            _tell("upload-discard", upload.taken or upload.name, upload, {})
    except NotTaken:
        return False
    return True


def _tell(action: str, file: str, upload: Upload, more: Mapping[str, str]) -> None:
    audit().tell(this_person(), action, {"file": file, "sha256": upload.sha256, "size": upload.size, **more})


def _uploads() -> Uploads:
    config = this_site().config
    return Uploads(config.documents.folder, config.extract, config.index.folder)


def _largest() -> int:
    return this_site().config.admin.upload_mb * MEGABYTE


def _done(counts: Mapping[str, int]) -> Response:
    return redirect(link("admin_uploads", **{name: n or None for name, n in counts.items()}), 303)


def _fault(fault: str) -> tuple[str, int]:
    return _shown(fault), FAULTS[fault]


def _shown(fault: str = "") -> str:
    uploads = _uploads()
    rows = _rows(uploads.all())
    return render_template(
        "admin_uploads.html",
        waiting=[row for row in rows if row.upload.waits],
        refused=[row for row in rows if row.upload.reason],
        taken=[row for row in rows if row.upload.taken],
        folders=uploads.folders(),
        known=ASIDE,
        fault=fault,
        done=[(f"upload.done_{name}", n) for name in DONE if (n := _count(name))],
        good=not _count("refused") and not _count("missed"),
        every=request.args.get("velg", ""),
        most_mb=this_site().config.admin.upload_mb,
        most_files=MOST_FILES,
    )


def _rows(uploads: tuple[Upload, ...]) -> list[Row]:
    try:
        entries = {entry.path: entry for entry in this_ledger().entries() if entry.state is not FileState.GONE}
    except HvaVirkerError:
        entries = {}
    same = {entry.sha256: entry.path for entry in entries.values() if entry.sha256}
    return [_row(upload, entries, same) for upload in uploads]


def _row(upload: Upload, entries: Mapping[str, Entry], same: Mapping[str, str]) -> Row:
    entry = entries.get(upload.taken)
    indexed = entry if entry and entry.sha256 == upload.sha256 else None
    other = same.get(upload.sha256, "") if upload.waits else ""
    return Row(upload, file_size(upload.size, this_voice()), other, indexed)


def _count(name: str) -> int:
    given = request.args.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= len("100") else 0
