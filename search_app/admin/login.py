"""The door: logging in by password or OIDC, and out."""

from flask import Blueprint, abort, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from indexer.password import has_password, is_password
from search_app.admin.oidc import Errand, OidcError, receive, send
from search_app.admin.sessions import Session
from search_app.admin.shell import (
    audit,
    check_form,
    closed,
    is_open,
    oidc_is_set,
    own_address,
    private,
    sessions,
    this_session,
    with_session,
)
from search_app.links import link
from search_app.site import this_site

LOCAL = "admin"
LOGIN, REFUSED = "login", "login-refused"
BAD_REQUEST, TOO_MANY = 400, 429


def add_to(pages: Blueprint) -> None:
    """Register the door."""
    pages.add_url_rule("/admin/inn", "admin_login", door)
    pages.add_url_rule("/admin/inn", "admin_login_sent", come_in, methods=["POST"])
    pages.add_url_rule("/admin/ut", "admin_logout", go_out, methods=["POST"])
    pages.add_url_rule("/admin/oidc", "admin_oidc", to_provider)
    pages.add_url_rule("/admin/oidc/retur", "admin_oidc_return", from_provider)


def door() -> Response:
    """The log-in page."""
    if not is_open():
        return closed()
    session = this_session()
    if session is not None and session.who is not None:
        return private(redirect(own_address(request.args.get("neste", "")), 303))
    return _door(own_address(request.args.get("neste", "")), session)


def come_in() -> Response:
    """A password was sent."""
    if not is_open():
        return closed()
    back_to, session = own_address(request.form.get("neste", "")), this_session()
    if session is None:
        return _door(back_to, None, "no_cookie", BAD_REQUEST)
    check_form(session)
    folder, address = this_site().config.admin.folder, request.remote_addr or ""
    if not sessions().attempt(LOGIN, address, this_site().config.admin.logins_per_hour):
        _tell_refused("too many attempts")
        return _door(back_to, session, "too_many", TOO_MANY)
    if not has_password(folder) or not is_password(folder, request.form.get("password", "")):
        _tell_refused("wrong password")
        return _door(back_to, session, "wrong", BAD_REQUEST)
    sessions().forgive(LOGIN, address)
    sessions().forgive(REFUSED, address)
    return _inside(LOCAL, session, back_to)


def go_out() -> Response:
    """Log out."""
    session = this_session()
    if session is None:
        return private(redirect(link("home"), 303))
    check_form(session)
    sessions().end(session)
    audit().tell(session.who or "", "logout", {})
    return private(with_session(redirect(link("home"), 303), None))


def to_provider() -> Response:
    """Send somebody to the provider."""
    if not oidc_is_set():
        return closed() if not is_open() else abort(404)
    try:
        address, errand = send(this_site().config.oidc, _return_address(), own_address(request.args.get("neste", "")))
    except OidcError as error:
        return _refused(error)
    session = sessions().open(None, errand.note(), instead=_at_the_door())
    return private(with_session(redirect(address, 303), session))


def from_provider() -> Response:
    """Somebody comes back from the provider."""
    if not oidc_is_set():
        return closed() if not is_open() else abort(404)
    session = _at_the_door()
    try:
        errand = Errand.of(session.note if session else "")
        who = receive(this_site().config.oidc, _return_address(), errand, request.args)
    except OidcError as error:
        return _refused(error)
    return _inside(who, session, errand.back_to)


def _at_the_door() -> Session | None:
    """The session of one who has not logged in yet."""
    session = this_session()
    return session if session is not None and session.who is None else None


def _refused(error: OidcError) -> Response:
    current_app.logger.warning("OIDC: %s", error)
    _tell_refused(str(error))
    return _door(link("admin"), _at_the_door(), "oidc", BAD_REQUEST)


def _tell_refused(why: str) -> None:
    """Note it in the audit log, from one address no more often than it may try and once more: nobody fills the log."""
    most = this_site().config.admin.logins_per_hour + 1
    if sessions().attempt(REFUSED, request.remote_addr or "", most):
        audit().tell("", REFUSED, {"why": why})


def _inside(who: str, door_session: Session | None, back_to: str) -> Response:
    """Through the door, under a new word."""
    session = sessions().open(who, instead=door_session)
    audit().tell(who, "login", {})
    return private(with_session(redirect(back_to, 303), session))


def _door(back_to: str, known: Session | None, fault: str = "", code: int = 200) -> Response:
    session = known if known is not None and known.who is None and not known.note else sessions().open(None)
    page = render_template(
        "admin_login.html",
        csrf=session.csrf,
        back_to=back_to,
        fault=fault,
        by_password=has_password(this_site().config.admin.folder),
        by_oidc=oidc_is_set(),
    )
    return private(with_session(current_app.make_response((page, code)), session))


def _return_address() -> str:
    """Where the provider sends people back: always the same address, whatever language they read."""
    return f"{str(this_site().config.admin.address).rstrip('/')}/admin/oidc/retur"
