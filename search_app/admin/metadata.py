"""Metadata: what the machine read of a document, and a person's word on it, written to the curation file."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from corpus.errors import CurationConflict, CurationError, HvaVirkerError
from corpus.model import Document
from corpus.vocabulary import Vocabulary
from indexer.curation.editing import AS_READ, FIELDS, Mode, Said, check_said, edit_of, modes_of, said_in, unknown_keys
from indexer.ledger import FileState
from search_app.admin.files import document_of, this_ledger
from search_app.admin.shell import BAD_REQUEST, Shell, form_text, this_desk, this_person
from search_app.links import link
from search_app.originals import inside
from search_app.present.common import foreign
from search_app.present.curated import KINDS, field_views, machine_value
from search_app.site import this_site, this_voice
from search_app.urls import clean

LONGEST = 20_000
FAULTS = ("no_reason", "no_change", "values", "conflict", "disk", "file")
STATUS = {"conflict": 409, "disk": 500}
_NUMBERED = re.compile(r"(\d{4})\b.*")


def add_to(shell: Shell) -> None:
    """Register the form."""
    shell.page("/opplysninger", "admin_metadata", form_page)
    shell.page("/opplysninger", "admin_metadata_sent", form_sent, methods=["POST"])


def form_page() -> str:
    """Every field, with what was read and where."""
    file = _file()
    try:
        said = said_in(_path(file))
    except CurationError as error:
        return _shown(file, {}, detail=str(error))
    return _shown(file, said, done=request.args.get("lagret") == "1")


def form_sent() -> Response | tuple[str, int]:
    """A person's word."""
    file = _file()
    document = document_of(file)
    said, reason = _said(document, this_site().vocabulary), form_text("reason")
    wrong = _wrong(said)
    fault, detail = ("values", "") if wrong else ("no_reason", "") if not reason else _saved(file, said, reason)
    if fault:
        return _shown(file, said, wrong, fault=fault, detail=detail, reason=reason), STATUS.get(fault, BAD_REQUEST)
    return redirect(link("admin_metadata", sti=file, lagret=1), 303)


def _saved(file: str, said: Mapping[str, Said], reason: str) -> tuple[str, str]:
    """Write what changed. What went wrong, as in the texts, and what the program says of it."""
    try:
        path = _path(file)
        before = said_in(path)
        changes = {name: each for name, each in said.items() if each != before[name]}
        dropped = [name for name in unknown_keys(path) if name in request.form.getlist("drop")]
        if not changes and not dropped:
            return "no_change", ""
        edit = edit_of(before, changes, dropped, this_site().vocabulary, by=this_person(), reason=reason)
        this_desk().shelf.edit(file, request.form.get("expected", ""), edit)
    except CurationConflict:
        return "conflict", ""
    except OSError as error:
        return "disk", error.strerror or ""
    except HvaVirkerError as error:
        return "file", str(error)
    return "", ""


def _file() -> str:
    """The path of the file at hand: one of the ledger that is still in the folder."""
    entry = this_ledger().entry(request.args.get("sti", ""))
    if entry is None or entry.state is FileState.GONE or not inside(this_site().config.documents.folder, entry.path):
        abort(404)
    return entry.path


def _path(file: str) -> Any:
    return this_desk().shelf.path(file)


def _said(document: Document | None, vocabulary: Vocabulary) -> dict[str, Said]:
    """What the form says of every field. One left as read whose value was changed is set."""
    return {name: _said_of(document, name, vocabulary) for name in FIELDS}


def _said_of(document: Document | None, name: str, vocabulary: Vocabulary) -> Said:
    asked = request.form.get(f"mode-{name}", "")
    mode = Mode(asked) if asked in modes_of(name) else Mode.READ
    if mode is Mode.NONE:
        return Said(Mode.NONE)
    value = _value(name, vocabulary)
    if mode is Mode.READ:
        read = machine_value(document, name)
        return AS_READ if _same(value, read) else Said(Mode.SET, value) if value else Said(Mode.NONE)
    return Said(mode, value)


def _same(value: object, read: object) -> bool:
    """Whether a value that came back from the form is what the machine read."""
    if isinstance(value, tuple) and isinstance(read, tuple):
        return {clean(str(each)) for each in value} == {clean(str(each)) for each in read}
    return clean(str(value or "")) == clean(str(read or ""))


def _value(name: str, vocabulary: Vocabulary) -> Any:
    """A value of the form, as a curation file would hold it; what cannot be understood stays as it was typed."""
    kind = KINDS[name]
    if kind == "codes":
        return tuple(dict.fromkeys(request.form.getlist(name)))
    if kind in ("lines", "kommuner"):
        lines = [clean(line) for line in request.form.get(name, "")[:LONGEST].splitlines()]
        return tuple(_kommune(line, vocabulary) if kind == "kommuner" else line for line in lines if line)
    text = form_text(name)
    if kind == "year":
        return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else text
    return _day(text) if kind == "day" else text


def _kommune(line: str, vocabulary: Vocabulary) -> str:
    """The number of a kommune that is told by its number or its name."""
    if numbered := _NUMBERED.fullmatch(line):
        return numbered[1]
    found = [kommune.number for kommune in vocabulary.kommuner.values() if kommune.name.casefold() == line.casefold()]
    return found[0] if found else line


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _wrong(said: Mapping[str, Said]) -> dict[str, str]:
    """The fields whose value the reader of curation files would not take, by kind of field."""
    wrong = {}
    for name, each in said.items():
        empty = each.mode in (Mode.SET, Mode.ADDED) and not each.value
        try:
            check_said(name, each, this_site().vocabulary)
        except CurationError:
            empty = True
        if empty or (each.mode is Mode.NONE and Mode.NONE not in modes_of(name)):
            wrong[name] = KINDS[name]
    return wrong


def _shown(
    file: str,
    said: Mapping[str, Said],
    wrong: Mapping[str, str] | None = None,
    *,
    fault: str = "",
    detail: str = "",
    reason: str = "",
    done: bool = False,
) -> str:
    document, voice = document_of(file), this_voice()
    return render_template(
        "admin_metadata.html",
        file=file,
        document=document,
        title_lang=foreign(document.metadata.language.value, voice) if document else None,
        fields=field_views(document, said, wrong or {}, voice) if said else (),
        wrong=wrong or {},
        stands=_stands(file, said) if fault == "conflict" else {},
        unknown=_unknown(file),
        dropped=request.form.getlist("drop"),
        expected=_digest(file),
        fault=fault,
        detail=detail,
        reason=reason,
        done=done,
    )


def _stands(file: str, said: Mapping[str, Said]) -> dict[str, str]:
    """What the file says by now where the form says something else."""
    return {name: now.told() for name, now in said_in(_path(file)).items() if now != said[name]}


def _unknown(file: str) -> tuple[str, ...]:
    try:
        return unknown_keys(_path(file))
    except CurationError:
        return ()


def _digest(file: str) -> str:
    try:
        return this_desk().shelf.digest(file)
    except (CurationError, OSError):
        return ""
