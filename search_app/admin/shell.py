"""The shell of every admin page: is the room open, who is there, did they mean it?"""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import cast
from urllib.parse import urlsplit

from flask import Blueprint, Flask, abort, current_app, g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from corpus.model import Language
from indexer.audit import AUDIT, Audit
from indexer.password import has_password
from indexer.review import Desk
from search_app.admin.sessions import HOUR, SESSIONS, Session, Sessions
from search_app.links import link
from search_app.site import Site, this_site
from search_app.urls import clean

MENU = (
    "admin",
    "admin_files",
    "admin_run",
    "admin_generations",
    "admin_uploads",
    "admin_queue",
    "admin_documents",
    "admin_agreement",
    "admin_log",
)
NAMES = {True: "__Host-hvavirker", False: "hvavirker"}
LONGEST_TEXT = 2000
LARGEST_FORM = 256 * 1024  # of one who is logged in: every field of the largest form at its longest
COMMAND = "hvavirker admin-password"
DESK = "hvavirker.desk"
BAD_REQUEST = 400

Largest = Callable[[], int]
View = Callable[..., str | Response | tuple[str, int]]


class Refused(Exception):
    """A person's word that is not carried out: what is wrong, by its name in the texts, and what the program says."""

    def __init__(self, fault: str, detail: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Shell:
    """Puts pages behind the door."""

    pages: Blueprint

    def page(
        self, rule: str, endpoint: str, view: View, methods: Sequence[str] = ("GET",), largest: Largest | None = None
    ) -> None:
        """A page of the admin room. A POST reaches its view only from a form of this session.

        `largest` tells how many bytes may be sent to it, where that is more than LARGEST_FORM.
        """
        self.pages.add_url_rule(f"/admin{rule}", endpoint, guarded(view, largest), methods=[*methods])


def guarded(view: View, largest: Largest | None = None) -> Callable[..., Response]:
    """The view for who is logged in; others are shown the door, or that there is none."""

    @wraps(view)
    def answer(**values: str) -> Response:
        if not is_open():
            return closed()
        session = this_session()
        if session is None or session.who is None:
            return private(redirect(link("admin_login", neste=_here()), 303))
        if request.method == "POST":
            request.max_content_length = largest() if largest else LARGEST_FORM
            check_form(session)
        return private(make_response(view(**values)))

    return answer


def is_open() -> bool:
    """Whether a password or OIDC is set."""
    return has_password(this_site().config.admin.folder) or oidc_is_set()


def oidc_is_set() -> bool:
    """Whether somebody could log in by OIDC."""
    oidc, admin = this_site().config.oidc, this_site().config.admin
    return bool(oidc.issuer and oidc.client_id and oidc.users and admin.address)


def closed() -> Response:
    """What stands at /admin while it is not open."""
    return private(make_response(render_template("admin_closed.html", command=COMMAND), 404))


def private(response: Response) -> Response:
    """An answer that nobody keeps and no search engine lists."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def sessions() -> Sessions:
    """The sessions of this site."""
    admin = this_site().config.admin
    return Sessions(admin.folder / SESSIONS, admin.idle_minutes * 60, admin.session_hours * HOUR)


def this_session() -> Session | None:
    """The session of the request at hand, asked for once."""
    if "session" not in g:
        word = request.cookies.get(cookie_name(), "")
        g.session = sessions().find(word) if word else None
    session: Session | None = g.session
    return session


def this_person() -> str:
    """Who is logged in."""
    session = this_session()
    return session.who or abort(403) if session else abort(403)


def cookie_name() -> str:
    """The cookie's name; its prefix makes a browser refuse it from anywhere but this host over https."""
    return NAMES[this_site().config.admin.secure_cookies]


def with_session(response: Response, session: Session | None) -> Response:
    """The answer with the session's cookie, or, for None, without one from now on."""
    flags = {"secure": this_site().config.admin.secure_cookies, "httponly": True, "samesite": "Lax", "path": "/"}
    if session is None:
        response.delete_cookie(cookie_name(), **flags)  # type: ignore[arg-type]
    else:
        response.set_cookie(cookie_name(), session.word, **flags)  # type: ignore[arg-type]
    return response


def check_form(session: Session) -> None:
    """403 unless the form at hand was made for this session, by a page of ours."""
    if not from_here() or not hmac.compare_digest(request.form.get("csrf", "").encode(), session.csrf.encode()):
        abort(403)


def from_here() -> bool:
    """Whether a browser says that the form was on a page of ours; one that says nothing is taken at its word."""
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    return origin is None or urlsplit(origin).netloc == request.host


def add_to(app: Flask) -> None:
    """Give the site its desk, which knows the curation files it has read."""
    site: Site = app.extensions["hvavirker"]
    app.extensions[DESK] = Desk(site.config, site.vocabulary)
    app.after_request(_behind_the_door)
    app.context_processor(lambda: {"admin_menu": MENU, "admin_session": g.get("session")})


def _behind_the_door(response: Response) -> Response:
    """Errors of the admin room too are kept by nobody."""
    inside = (request.endpoint or "").rpartition(".")[2].startswith("admin")
    return private(response) if inside else response


def this_desk() -> Desk:
    """The desk of this site."""
    return cast(Desk, current_app.extensions[DESK])


def audit() -> Audit:
    """The audit log."""
    return Audit(this_site().config.admin.folder / AUDIT)


def form_text(name: str, longest: int = LONGEST_TEXT) -> str:
    """A text of the form at hand, as people meant it, line breaks as spaces."""
    return clean(request.form.get(name, ""))[:longest]


def own_address(path: str) -> str:
    """The path when it is one of the admin room in any language, else the room's front page."""
    site = this_site()
    fronts = [f"{site.prefix(language)}/admin" for language in Language]
    inside = any(path == front or path.startswith((f"{front}/", f"{front}?")) for front in fronts)
    return path if inside and "\\" not in path and path.isprintable() else link("admin")


def _here() -> str | None:
    """The page at hand, to come back to; nothing when that is the front page or a form was sent."""
    query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    return f"{request.path}{query}" if request.method == "GET" and request.path != link("admin") else None


def page_of(total: int, size: int) -> tuple[int, int]:
    """The page asked for and the last one of so many items, from 1."""
    last = max(1, -(-total // size))
    asked = request.args.get("s", "1")
    readable = asked.isascii() and asked.isdecimal() and len(asked) <= len(str(last))
    return (min(max(int(asked), 1), last) if readable else 1), last
