"""The ledger: every file ever seen, what became of it, why, and what to do."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from flask import abort, make_response, render_template, request
from werkzeug.wrappers import Response

from corpus.engine import Generation
from corpus.errors import HvaVirkerError, IndexDamaged, NoIndex, OtherVersion, Reason
from corpus.model import Document
from indexer.engines import open_generations
from indexer.export import csv_cell
from indexer.ledger import LEDGER, Entry, FileState, Ledger
from indexer.standing import State
from search_app.admin.held import withheld_pages
from search_app.admin.shell import Shell, page_of, this_desk
from search_app.links import link
from search_app.originals import inside
from search_app.present.common import foreign, pager
from search_app.present.documents import notices
from search_app.site import this_base, this_site, this_voice
from search_app.urls import clean

SHOWN = 50
BYTE_ORDER_MARK = "\ufeff"
ASIDE = (
    Reason.PASSWORD,
    Reason.CORRUPT,
    Reason.EMPTY,
    Reason.TOO_LARGE,
    Reason.TOO_MANY_PAGES,
    Reason.LEGACY_DOC,
    Reason.UNSUPPORTED,
    Reason.NO_TEXT,
    Reason.DUPLICATE,
    Reason.TIMEOUT,
    Reason.MEMORY,
    Reason.CRASHED,
    Reason.OUTPUT_LIMIT,
    Reason.UNREADABLE,
    Reason.CURATION,
    Reason.FAULT,
)
ORDERS: Mapping[str, Callable[[Entry], object]] = {
    "path": lambda entry: entry.path.casefold(),
    "state": lambda entry: (entry.state, entry.reason or ""),
    "engine": lambda entry: entry.engine,
    "pages": lambda entry: entry.pages,
    "seconds": lambda entry: entry.seconds,
    "memory": lambda entry: entry.memory_mb,
    "seen": lambda entry: entry.last_seen,
}
MOST_FIRST = frozenset({"pages", "seconds", "memory", "seen"})
STANDINGS = ("live", "waiting", "withdrawn", "elsewhere", "gone", "set_aside")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows of the ledger, in which order. An empty text asks for all."""

    state: str
    reason: str
    text: str
    order: str
    turned: bool

    def rows(self, entries: Iterable[Entry]) -> list[Entry]:
        """Those that are wanted."""
        found = [entry for entry in entries if self._passes(entry)]
        backwards = (self.order in MOST_FIRST) != self.turned
        return sorted(found, key=ORDERS[self.order], reverse=backwards)  # type: ignore[arg-type]

    def address(self, endpoint: str = "admin_files", **other: object) -> str:
        """The address of the same, with something else in it."""
        own = {"tilstand": self.state, "grunn": self.reason, "finn": self.text, "sorter": self.order}
        own |= {"snu": "1" if self.turned else ""}
        values = {name: value or None for name, value in {**own, **other}.items()}
        return link(endpoint, **(values | ({"sorter": None} if values["sorter"] == "path" else {})))

    def order_address(self, order: str) -> str:
        """The same in another order; in the present one, turned round."""
        return self.address(sorter=order, snu="1" if order == self.order and not self.turned else "")

    def direction(self, order: str) -> str:
        """What a table heading says of its order."""
        if order != self.order:
            return "none"
        return "descending" if (order in MOST_FIRST) != self.turned else "ascending"

    def _passes(self, entry: Entry) -> bool:
        return (
            self.state in ("", entry.state)
            and self.reason in ("", entry.reason)
            and self.text.casefold() in entry.path.casefold()
        )


def add_to(shell: Shell) -> None:
    """Register the table, the same as CSV, and the page of one file."""
    shell.page("/filer", "admin_files", files)
    shell.page("/filer.csv", "admin_files_csv", files_csv)
    shell.page("/fil", "admin_file", file_page)


def files() -> str:
    """How the base stands, and every file ever seen."""
    ledger, wanted = this_ledger(), _wanted()
    entries, fault = _entries(ledger)
    found = wanted.rows(entries)
    current, last = page_of(len(found), SHOWN)
    live, broken = live_or_fault()
    return render_template(
        "admin_files.html",
        wanted=wanted,
        rows=found[(current - 1) * SHOWN : current * SHOWN],
        total=len(found),
        counts=_counted(entry.state for entry in entries),
        reasons=_counted(entry.reason for entry in entries if entry.state is FileState.SET_ASIDE and entry.reason),
        live=live,
        outdated=outdated(),
        faults=[text for text in (fault, broken, live.fault if live else "") if text],
        waiting=waiting_generations(),
        run=None if fault else ledger.last_run(),
        seen=max((entry.last_seen for entry in entries), default=None),
        orders=tuple(ORDERS),
        states=tuple(FileState),
        known=ASIDE,
        pager=pager(current, last),
        current=current,
        last=last,
        address=lambda n: wanted.address(s=str(n)),
    )


def files_csv() -> Response:
    """The wanted rows as CSV."""
    names = [field.name for field in fields(Entry)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    for entry in _wanted().rows(this_ledger().entries()):
        writer.writerow([_cell(getattr(entry, name)) for name in names])
    response = make_response(BYTE_ORDER_MARK + out.getvalue())
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="hvavirker-filer.csv"'
    return response


def file_page() -> str:
    """What became of one file, and what can be done with it."""
    entry = this_ledger().entry(request.args.get("sti", "")) or abort(404)
    document, live = document_of(entry.path), live_or_fault()[0]
    voice = this_voice()
    sheet = this_desk().sheets().get(entry.path)
    return render_template(
        "admin_file.html",
        entry=entry,
        standing=_standing(entry, document),
        known=ASIDE,
        live=live,
        document=document,
        title_lang=foreign(document.metadata.language.value, voice) if document else None,
        notices=notices(document, voice, lambda key: key in voice.wording.texts) if document else (),
        withheld=[row for row in withheld_pages() if row.file == entry.path],
        curation=_curation(entry.path),
        decisions=len(sheet.decisions) if sheet else 0,
        present=inside(this_site().config.documents.folder, entry.path) is not None,
    )


def _wanted() -> Wanted:
    given = request.args
    state, reason, order = given.get("tilstand", ""), given.get("grunn", ""), given.get("sorter", "")
    return Wanted(
        state=state if state in list(FileState) else "",
        reason=reason if reason in list(Reason) else "",
        text=clean(given.get("finn", ""))[:200],
        order=order if order in ORDERS else "path",
        turned=given.get("snu") == "1",
    )


def this_ledger() -> Ledger:
    """The ledger of this site."""
    return Ledger(this_site().config.index.folder / LEDGER)


def _entries(ledger: Ledger) -> tuple[tuple[Entry, ...], str]:
    """The rows, or what is wrong with the ledger."""
    try:
        return ledger.entries(), ""
    except HvaVirkerError as error:
        return (), f"{error} {error.remedy}"


def live_or_fault() -> tuple[Generation | None, str]:
    """The generation that answers, or why none can; neither when there is only one of another version."""
    try:
        return this_site().engine.live(), ""
    except OtherVersion:
        return None, ""
    except IndexDamaged as error:
        return None, f"{error} {error.remedy}"


def outdated() -> bool:
    """Whether no index answers because another version of the program made it."""
    try:
        this_site().engine.live()
    except HvaVirkerError as error:
        return isinstance(error, OtherVersion)
    return False


def waiting_generations() -> tuple[str, ...]:
    """Those that wait for a person."""
    try:
        return open_generations(this_site().config).waiting()
    except IndexDamaged:  # told by `live_or_fault`
        return ()


def _counted(codes: Iterable[str]) -> Mapping[str, int]:
    """How many of each, most first."""
    listed = list(codes)
    counts = {code: listed.count(code) for code in dict.fromkeys(listed)}
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def document_of(path: str) -> Document | None:
    """The document of a file in the live index, or None."""
    try:
        documents = this_base().documents.values()
    except (NoIndex, IndexDamaged):
        return None
    return next((document for document in documents if document.source.path == path), None)


def _standing(entry: Entry, document: Document | None) -> str:
    """One of STANDINGS: why the file is found, or not."""
    if entry.state is not FileState.INDEXED:
        return str(entry.state)
    if document:
        return "live"
    known = open_generations(this_site().config)
    try:
        waiting, standing = known.waiting(), known.standing()
    except IndexDamaged:
        return "elsewhere"
    if entry.generation in waiting:
        return "waiting"
    withdrawn = entry.generation and standing.state(entry.generation) is State.WITHDRAWN
    return "withdrawn" if withdrawn else "elsewhere"


def _curation(path: str) -> str:
    """The text of the curation file beside a document, "" when there is none that can be read."""
    found = inside(this_site().config.documents.folder, f"{path}.toml")
    try:
        return found.read_text(encoding="utf-8") if found else ""
    except (OSError, UnicodeDecodeError):
        return ""


def _cell(value: str | int | float | datetime | None) -> str | int | float | None:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, float) else csv_cell(value)
