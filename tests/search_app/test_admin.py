"""The admin room: shut until opened, entered by those who may, and what they decide there."""

import re
import tomllib
from dataclasses import replace
from functools import partial
from urllib.parse import unquote

import pytest

from corpus.config import AdminConfig, Config, DocumentsConfig, SearchConfig
from corpus.errors import HvaVirkerError
from corpus.model import Verdict
from indexer.audit import AUDIT, Audit
from indexer.password import set_password
from indexer.review import Desk
from indexer.review.reports import REPORTS, Fault, Reports
from search_app import create_app
from search_app.admin.sessions import MOST_AT_THE_DOOR, SESSIONS, Sessions
from search_app.admin.shell import DESK
from search_app.admin.views import VIEWS, Counter
from search_app.base import Shelf
from tests.search_app.fakes import TODAY, FakeEngine
from tests.search_app.invented import HARM_QUOTE, MENTOR_QUOTE, NO_EFFECT_QUOTE, entries

WORD = "riktig hest batteri stift"
PREFIXES = {"nb": "", "nn": "/nn", "en": "/en"}
BEHIND = ("/admin", "/admin/vurdering", "/admin/dokumenter", "/admin/enighet", "/admin/logg")
MENTOR = "evalueringer-mentor-i-fire-kommuner"
CASE = f"/admin/vurdering/{MENTOR}-0"
ADD = f"/admin/dok/{MENTOR}/side/2/funn"


class Room:
    """One site of its own, with a client as a browser."""

    def __init__(self, app, folder, **admin):
        self.config = Config(
            documents=DocumentsConfig(folder=folder / "documents"),
            admin=AdminConfig(folder=folder / "admin", **{"secure_cookies": False, **admin}),
            search=SearchConfig(as_of=TODAY),
        )
        (folder / "documents" / "evalueringer").mkdir(parents=True)
        site = app.extensions["hvavirker"]
        self.engine = FakeEngine([entry.record() for entry in entries()], site.vocabulary)
        app.extensions["hvavirker"] = replace(site, config=self.config, engine=self.engine, shelf=Shelf())
        app.extensions[DESK] = Desk(self.config, site.vocabulary)
        app.extensions[VIEWS] = Counter()
        self.app, self.client = app, app.test_client()

    def open(self):
        set_password(self.config.admin.folder, WORD)
        return self

    def csrf(self, address="/admin/inn"):
        return re.search(r'name="csrf" value="([^"]+)"', self.client.get(address).text)[1]

    def log_in(self, word=WORD, **more):
        return self.client.post("/admin/inn", data={"csrf": self.csrf(), "password": word, **more})

    def send(self, address, **form):
        page = self.client.get(address).text
        expected = re.search(r'name="expected" value="([^"]*)"', page)
        form = {"csrf": self.csrf(address), "expected": expected[1] if expected else "", **form}
        return self.client.post(address, data=form)

    @property
    def audit(self):
        return [(entry.by, entry.action) for entry in Audit(self.config.admin.folder / AUDIT).entries()]

    @property
    def reports(self):
        return Reports(self.config.admin.folder / REPORTS)

    def decisions(self, file="evalueringer/mentor-i-fire-kommuner.pdf"):
        path = self.config.documents.folder / f"{file}.toml"
        return tomllib.loads(path.read_text(encoding="utf-8")).get("findings", []) if path.exists() else []


@pytest.fixture(scope="module", autouse=True)
def quick_password():
    """A password that is tried in no time: what it costs is not tested here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.password.COST", 2**4)
        yield


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A site whose admin room is open, with somebody inside, for tests that change nothing."""
    room = Room(create_app(Config()), tmp_path_factory.mktemp("admin")).open()
    room.log_in()
    return room


@pytest.fixture(scope="module")
def bare():
    """One application for all tests: making one takes longer than most of them."""
    return create_app(Config())


@pytest.fixture
def make(bare, tmp_path):
    return partial(Room, bare, tmp_path)


@pytest.fixture
def room(make):
    return make()


@pytest.fixture
def inside(room):
    room.open().log_in()
    return room


# The door


def test_the_room_is_shut_until_a_password_is_set(room):
    for prefix in PREFIXES.values():
        for address in (*BEHIND, "/admin/inn", CASE, ADD, "/admin/oidc"):
            response = room.client.get(prefix + address)
            assert response.status_code == 404, address
            assert "hvavirker admin-password" in response.text
    assert room.client.post("/admin/inn", data={"password": WORD}).status_code == 404
    assert "Set-Cookie" not in response.headers
    room.open()
    assert room.client.get("/admin").status_code == 303


@pytest.mark.parametrize("prefix", PREFIXES.values())
def test_who_is_not_logged_in_is_shown_the_door_and_comes_back(room, prefix):
    room.open()
    response = room.client.get(f"{prefix}/admin/vurdering?vis=lost")
    assert response.status_code == 303
    door = response.headers["Location"]
    assert unquote(door) == f"{prefix}/admin/inn?neste={prefix}/admin/vurdering?vis=lost"
    back = re.search(r'name="neste" value="([^"]+)"', room.client.get(door).text)[1]
    response = room.client.post(f"{prefix}/admin/inn", data={"csrf": room.csrf(door), "password": WORD, "neste": back})
    assert response.headers["Location"] == f"{prefix}/admin/vurdering?vis=lost"
    assert room.audit == [("admin", "login")]


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/sok", "/adminx", "/admin/../sok\\", "\\\\evil", "/admin\n/x"]
)
def test_the_door_leads_nowhere_else(room, target):
    room.open()
    location = room.log_in(neste=target).headers["Location"]
    assert location in {"/admin", "/admin/../sok"}


def test_a_wrong_password_is_told_and_noted(room):
    room.open()
    response = room.log_in("feil passord her")
    assert (response.status_code, "Passordet er feil." in response.text) == (400, True)
    assert room.audit == [("", "login-refused")]
    assert room.client.get("/admin").status_code == 303


def test_too_many_wrong_passwords_shut_out_even_the_right_one(make):
    room = make(logins_per_hour=3).open()
    for _ in range(3):
        assert room.log_in("feil").status_code == 400
    response = room.log_in()
    assert (response.status_code, "for mange ganger" in response.text) == (429, True)
    assert "127.0.0.1" not in (room.config.admin.folder / SESSIONS).read_bytes().decode("latin-1")


def test_nobody_fills_the_audit_log_from_the_door(make):
    room = make(logins_per_hour=3).open()
    for _ in range(9):
        room.log_in("feil")
    assert room.audit == [("", "login-refused")] * 4
    assert [entry.told["why"] for entry in Audit(room.config.admin.folder / AUDIT).entries()][-1] == "too many attempts"


def test_a_right_password_forgives_the_wrong_ones(make):
    room = make(logins_per_hour=2).open()
    for _ in range(4):
        room.log_in("feil")
        assert room.log_in().status_code == 303
        room.send("/admin", csrf=room.csrf("/admin"))
        room.client.delete_cookie("hvavirker")


def test_the_cookie_is_new_after_logging_in_and_safe(room):
    room.open()
    before = room.client.get("/admin/inn").headers["Set-Cookie"]
    after = room.log_in().headers["Set-Cookie"]
    assert before.split(";")[0] != after.split(";")[0]
    for flag in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in after
    assert "Secure" not in after
    assert "Domain" not in after


def test_over_https_the_cookie_is_bound_to_the_host(make):
    room = make(secure_cookies=True).open()
    cookie = room.client.get("/admin/inn", base_url="https://localhost").headers["Set-Cookie"]
    assert cookie.startswith("__Host-hvavirker=")
    assert "Secure" in cookie


def test_the_word_of_a_session_is_not_kept(room):
    word = room.open().log_in().headers["Set-Cookie"].partition("=")[2].split(";")[0]
    kept = b"".join(path.read_bytes() for path in room.config.admin.folder.iterdir())
    assert word.encode() not in kept
    assert WORD.encode() not in kept


def test_logging_out_ends_the_session_everywhere(inside):
    word = inside.client.get_cookie("hvavirker").value
    response = inside.client.post("/admin/ut", data={"csrf": inside.csrf("/admin")})
    assert response.headers["Location"] == "/"
    inside.client.set_cookie("hvavirker", word)
    assert inside.client.get("/admin").status_code == 303
    assert inside.audit[-1] == ("admin", "logout")
    inside.client.delete_cookie("hvavirker")
    assert inside.client.post("/admin/ut").status_code == 303


def test_who_is_inside_is_not_shown_the_door(shared):
    assert shared.client.get("/admin/inn?neste=/admin/logg").headers["Location"] == "/admin/logg"


def test_without_the_cookie_the_door_says_why(room):
    room.open()
    response = room.client.post("/admin/inn", data={"password": WORD})
    assert (response.status_code, "informasjonskapselen" in response.text) == (400, True)


@pytest.mark.parametrize(
    ("form", "headers"),
    [
        ({"csrf": ""}, {}),
        ({"csrf": "gjettet"}, {}),
        ({"csrf": "æøå"}, {}),
        ({}, {}),
        ({"csrf": None}, {"Origin": "https://evil.example"}),
        ({"csrf": None}, {"Sec-Fetch-Site": "cross-site"}),
        ({"csrf": None}, {"Sec-Fetch-Site": "same-site"}),
        ({"csrf": None}, {"Origin": "null"}),
    ],
)
def test_a_form_from_elsewhere_changes_nothing(inside, form, headers):
    token = inside.csrf(CASE)
    data = {"act": "reject", "reason": "x", "expected": "", **{k: token if v is None else v for k, v in form.items()}}
    answer = inside.client.post(CASE, data=data, headers=headers)
    assert (answer.status_code, "Skjemaet gjelder ikke lenger" in answer.text) == (403, True)
    assert answer.headers["Cache-Control"] == "no-store"
    assert inside.client.post("/admin/ut", data=data, headers=headers).status_code == 403
    assert inside.decisions() == []


def test_a_form_from_here_is_taken(inside):
    data = {"act": "reject", "reason": "x", "expected": "", "csrf": inside.csrf(CASE)}
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert inside.client.post(CASE, data=data, headers=headers).status_code == 303


@pytest.mark.parametrize("prefix", PREFIXES.values())
@pytest.mark.parametrize("address", [*BEHIND, CASE, ADD, "/admin/vurdering?vis=lost&s=9", "/admin/dokumenter?finn=xyz"])
def test_a_page_behind_the_door(shared, address, prefix):
    response = shared.client.get(prefix + address)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "style=" not in response.text
    assert len(re.findall(r"<h1", response.text)) == 1
    ids = re.findall(r'\sid="([^"]+)"', response.text)
    assert len(ids) == len(set(ids))
    assert len(response.data) < 300 * 1024


@pytest.mark.parametrize(
    "address", ["/admin/vurdering/nei", "/admin/dok/nei/side/1/funn", f"/admin/dok/{MENTOR}/side/99/funn", "/admin/nei"]
)
def test_what_is_not_behind_the_door(shared, address):
    assert shared.client.get(address).status_code == 404


def test_public_pages_set_no_cookie_and_ask_no_session(shared):
    for address in ("/", "/tiltak", f"/meld/{MENTOR}-0"):
        assert "Set-Cookie" not in shared.app.test_client().get(address).headers


def test_there_is_a_front_page_before_anything_is_indexed(inside):
    inside.engine.published = False
    response = inside.client.get("/admin")
    assert (response.status_code, "Ingen indeks er publisert" in response.text) == (200, True)
    assert inside.client.get("/admin/vurdering").status_code == 503


# Sessions


def test_sessions_end_when_idle_and_in_any_case(tmp_path):
    now = [1000.0]
    sessions = Sessions(tmp_path / "s.sqlite", idle=60, longest=300, now=lambda: now[0])
    session = sessions.open("kari")
    for _ in range(5):
        now[0] += 50
        assert sessions.find(session.word) is not None
    now[0] += 51
    assert sessions.find(session.word) is None
    fresh = sessions.open("kari")
    now[0] += 61
    assert sessions.find(fresh.word) is None
    assert sessions.find("") is None


def test_those_at_the_door_cannot_fill_it(tmp_path, monkeypatch):
    monkeypatch.setattr("search_app.admin.sessions.MOST_AT_THE_DOOR", 5)
    sessions = Sessions(tmp_path / "s.sqlite", idle=60, longest=300)
    inside = sessions.open("kari")
    words = [sessions.open(None).word for _ in range(9)]
    assert sessions.find(inside.word) is not None
    assert sum(sessions.find(word) is not None for word in words) <= 6
    assert MOST_AT_THE_DOOR > 5


def test_attempts_are_counted_by_address_for_an_hour(tmp_path):
    now = [0.0]
    sessions = Sessions(tmp_path / "s.sqlite", idle=60, longest=300, now=lambda: now[0])
    assert [sessions.attempt("login", "a", 2) for _ in range(3)] == [True, True, False]
    assert sessions.attempt("login", "b", 2)
    assert sessions.attempt("report", "a", 2)
    now[0] = 3601
    assert sessions.attempt("login", "a", 2)


def test_all_addresses_of_one_visitor_are_counted_as_one(tmp_path):
    sessions = Sessions(tmp_path / "s.sqlite", idle=60, longest=300)
    asked = ["2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1", "::ffff:10.0.0.1", "::ffff:10.0.0.2", "10.0.0.1"]
    assert [sessions.attempt("login", address, 1) for address in asked] == [True, False, True, True, True, False]


@pytest.mark.parametrize("address", ["/admin/fil?sti=nei", "/admin/generasjoner/nei", "/admin/vurdering/nei"])
def test_errors_behind_the_door_are_kept_by_nobody(inside, address):
    answer = inside.client.get(address)
    assert answer.status_code == 404
    assert (answer.headers["Cache-Control"], "noindex" in answer.headers["X-Robots-Tag"]) == ("no-store", True)


def test_a_database_that_cannot_be_used_says_so(tmp_path):
    path = tmp_path / "s.sqlite"
    path.write_bytes(b"not a database, and long enough to be read as one" * 100)
    with pytest.raises(HvaVirkerError, match="cannot be used"):
        Sessions(path, 60, 300).find("x")


# Review


def test_the_queue_shows_what_matters_first_and_can_be_narrowed(shared):
    text = shared.client.get("/admin/vurdering").text
    assert text.index(HARM_QUOTE[:30]) < text.index(MENTOR_QUOTE[:30])
    narrowed = shared.client.get("/admin/vurdering?verdict=ingen_effekt").text
    assert "Ingen effekt" in narrowed
    assert MENTOR_QUOTE[:30] not in narrowed
    assert shared.client.get("/admin/vurdering?verdict=x&vis=x&s=x").status_code == 200


def test_a_finding_is_confirmed(inside):
    response = inside.send(CASE, act="confirm", reason="Leste tabell 4.")
    assert response.status_code == 303
    assert "lagret=confirm" in response.headers["Location"]
    (table,) = inside.decisions()
    assert (table["decision"], table["quote"], table["by"], table["reason"]) == (
        "confirm", MENTOR_QUOTE, "admin", "Leste tabell 4.",
    )  # fmt: skip
    assert table["read"]["verdict"] == table["verdict"]
    assert "Venter på ny indeks" in inside.client.get(CASE).text
    assert "Lagret: bekreftet" in inside.client.get(response.headers["Location"]).text
    assert inside.audit[-1] == ("admin", "confirm")
    assert "Leste tabell 4." in inside.client.get("/admin/logg").text


def test_a_finding_is_changed_rejected_and_withdrawn(inside):
    assert inside.send(CASE, act="change", verdict="lovende", tiltak="", reason="én studie").status_code == 303
    (table,) = inside.decisions()
    assert (table["verdict"], table["tiltak"], table["read"]["tiltak"]) == ("lovende", "", "mentor")
    assert inside.send(CASE, act="reject", reason="mål").status_code == 303
    (table,) = inside.decisions()
    assert (table["decision"], "verdict" in table, table["read"]["verdict"]) == ("reject", False, "virker")
    assert "100 %" not in inside.client.get("/admin/enighet").text.replace("\xa0", " ")
    assert inside.send(CASE, act="withdraw", reason="tok feil").headers["Location"].endswith("lagret=withdraw")
    assert inside.decisions() == []
    assert [action for _, action in inside.audit[-3:]] == ["change", "reject", "withdraw"]


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"act": "confirm", "reason": " "}, "Skriv en begrunnelse."),
        ({"reason": "x"}, "Velg om du bekrefter"),
        ({"act": "slett", "reason": "x"}, "Velg om du bekrefter"),
        ({"act": "close", "reason": "x"}, "Velg om du bekrefter"),
        ({"act": "change", "reason": "x"}, "ingenting er endret"),
        ({"act": "change", "reason": "x", "verdict": "virker", "tiltak": "mentor"}, "ingenting er endret"),
        ({"act": "change", "reason": "x", "verdict": "topp"}, "en verdi er ukjent"),
        ({"act": "confirm", "reason": "x", "verdict": "lovende"}, "Velg ett av dem."),
        ({"act": "withdraw", "reason": "x"}, "en verdi er ukjent"),
    ],
)
def test_what_cannot_be_saved_is_told_and_what_was_typed_is_kept(inside, form, says):
    response = inside.send(CASE, **form)
    assert response.status_code == 400
    assert says in response.text
    if form.get("reason", "").strip():
        assert f">{form['reason']}</textarea>" in response.text
    assert inside.decisions() == []


def test_who_was_too_late_sees_what_became_of_it(inside):
    page = inside.client.get(CASE).text
    stale = re.search(r'name="expected" value="([^"]*)"', page)[1]
    inside.send(CASE.replace("-0", "-1"), act="confirm", reason="x")
    response = inside.client.post(
        CASE, data={"csrf": inside.csrf(CASE), "expected": stale, "act": "reject", "reason": "min grunn"}
    )
    assert response.status_code == 409
    assert "Noen andre har endret" in response.text
    assert ">min grunn</textarea>" in response.text
    assert [table["decision"] for table in inside.decisions()] == ["confirm"]
    fresh = re.search(r'name="expected" value="([^"]*)"', response.text)[1]
    assert fresh != stale


def test_a_folder_that_cannot_be_written_is_told(inside, monkeypatch):
    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("indexer.curation.file._replace", refused)
    response = inside.send(CASE, act="confirm", reason="x")
    assert (response.status_code, "kan ikke skrives" in response.text) == (500, True)


def test_after_the_next_index_the_finding_is_decided(inside):
    inside.send(CASE, act="confirm", reason="x")
    kept = inside.engine.kept.by_id
    record = kept[MENTOR]
    first = replace(record.findings[0], reviewed=True)
    kept[MENTOR] = replace(record, findings=(first, *record.findings[1:]))
    inside.engine.generation = replace(inside.engine.generation, name="20261122T000000Z")
    assert MENTOR_QUOTE[:30] in inside.client.get("/admin/vurdering?vis=decided").text
    assert "Trekk avgjørelsen tilbake" in inside.client.get(CASE).text
    assert f"2 av {len(inside.engine.kept.findings())}" in inside.client.get("/admin").text


def test_a_decision_without_its_text_is_shown_and_can_be_withdrawn(inside):
    path = inside.config.documents.folder / "evalueringer" / "mentor-i-fire-kommuner.pdf.toml"
    path.write_text('[[findings]]\ndecision = "reject"\nquote = "En setning som ikke finnes lenger."\npage = 2\n')
    (inside.config.documents.folder / "borte.pdf.toml").write_text(path.read_text(), encoding="utf-8")
    text = inside.client.get("/admin/vurdering?vis=lost").text
    assert text.count("En setning som ikke finnes lenger.") == 2
    address = re.search(r'href="(/admin/vurdering/[0-9a-f]{16})"', text)[1]
    assert "gjelder ikke" in inside.client.get(address).text or "ikke i indeksen" in inside.client.get(address).text
    assert inside.send(address, act="withdraw", reason="skrevet om").status_code == 303
    assert "<dd><a" in inside.client.get("/admin").text


def test_a_wrong_curation_file_is_told_on_the_front_page(inside):
    (inside.config.documents.folder / "x.pdf.toml").write_text('[[findings]]\ndecision = "topp"', encoding="utf-8")
    assert "no such code" in inside.client.get("/admin").text


# Adding


def test_a_finding_is_added_by_choosing_a_sentence(inside):
    page = inside.client.get(ADD).text
    chosen = next(v for v, text in re.findall(r'value="(\d+-\d+)"[^>]*><span>([^<]+)', page) if NO_EFFECT_QUOTE in text)
    response = inside.send(
        ADD, sentence=chosen, verdict="ingen_effekt", tiltak="mentor", strength="lav", type="effekt", reason="x"
    )
    assert response.headers["Location"] == "/admin/vurdering?vis=pending&lagret=add"
    (table,) = inside.decisions()
    assert (table["decision"], table["quote"], table["page"]) == ("add", NO_EFFECT_QUOTE, 2)
    assert "2 funn" in inside.client.get("/admin/vurdering?vis=pending").text


def test_a_copied_quote_counts_before_the_sentence(inside):
    given = {"verdict": "virker", "strength": "lav", "type": "effekt", "reason": "x", "sentence": "0-5"}
    quote = MENTOR_QUOTE[6:60].replace(" ", "\n ", 1)
    assert inside.send(ADD, quote=quote, cue="", **given).status_code == 303
    assert inside.decisions()[0]["quote"] == MENTOR_QUOTE[6:60]


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "Velg en setning"),
        ({"sentence": "1-2"}, "Velg en setning"),
        ({"quote": "Står ikke her i det hele tatt."}, "Sitatet står ikke på siden."),
        ({"quote": MENTOR_QUOTE, "cue": "økte"}, "står ikke i sitatet"),
        ({"quote": MENTOR_QUOTE, "verdict": ""}, "Velg en konklusjon."),
        ({"quote": MENTOR_QUOTE, "verdict": "topp"}, "en verdi er ukjent"),
        ({"quote": MENTOR_QUOTE, "reason": ""}, "Skriv en begrunnelse."),
        ({"quote": MENTOR_QUOTE, "expected": "gammel"}, "Noen andre har endret"),
    ],
)
def test_what_cannot_be_added_is_told(inside, form, says):
    response = inside.send(ADD, **{"verdict": "virker", "strength": "lav", "type": "effekt", "reason": "x", **form})
    assert response.status_code in {400, 409}
    assert says in response.text
    assert inside.decisions() == []


# Meld feil


@pytest.mark.parametrize("prefix", PREFIXES.values())
def test_anyone_may_report_a_fault(room, prefix):
    address = f"{prefix}/meld/{MENTOR}-0"
    assert room.client.get(address).status_code == 200
    response = room.client.post(address, data={"fault": "verdict", "comment": "Det står\nikke slik."})
    assert response.headers["Location"] == f"{address}?takk=1"
    assert "Set-Cookie" not in response.headers
    thanks = room.client.get(response.headers["Location"]).text
    assert "<form class=" not in thanks.partition('role="status"')[2]
    (report,) = room.reports.waiting()
    assert (report.fault, report.comment, report.quote) == (Fault.VERDICT, "Det står ikke slik.", MENTOR_QUOTE)
    kept = (room.config.admin.folder / REPORTS).read_bytes()
    assert b"127.0.0.1" not in kept


@pytest.mark.parametrize(
    ("form", "code", "says"),
    [
        ({}, 400, "Velg hva som er feil."),
        ({"fault": "x"}, 400, "Velg hva som er feil."),
        ({"fault": "other"}, 400, "Skriv hva som er feil."),
        ({"fault": "other", "comment": "x" * 1001}, 400, "for lang"),
        ({"fault": "other", "comment": "x" * 20_000}, 413, ""),
    ],
)
def test_a_report_that_says_nothing_or_too_much_is_refused(room, form, code, says):
    response = room.client.post(f"/meld/{MENTOR}-0", data=form)
    assert response.status_code == code
    assert says in response.text
    assert room.reports.waiting() == ()


def test_reports_are_limited_by_address_and_from_elsewhere_refused(make):
    room = make(reports_per_hour=2)
    send = {"data": {"fault": "verdict"}}
    evil = room.client.post(f"/meld/{MENTOR}-0", headers={"Origin": "https://evil.example"}, **send)
    assert evil.status_code == 403
    assert [room.client.post(f"/meld/{MENTOR}-0", **send).status_code for _ in range(3)] == [303, 303, 429]
    other = {"environ_base": {"REMOTE_ADDR": "192.0.2.1"}}
    assert room.client.post(f"/meld/{MENTOR}-0", **send, **other).status_code == 303
    assert room.client.get("/meld/nei").status_code == 404


def test_a_flood_from_everywhere_is_stopped_too(make, monkeypatch):
    monkeypatch.setattr("search_app.pages.reporting.ALL_PER_HOUR", 1)
    room = make(reports_per_hour=2)
    codes = [
        room.client.post(
            f"/meld/{MENTOR}-0", data={"fault": "verdict"}, environ_base={"REMOTE_ADDR": f"192.0.2.{n}"}
        ).status_code
        for n in range(3)
    ]
    assert codes == [303, 303, 429]


def test_reports_that_cannot_be_kept_are_not_thanked_for(room):
    room.config.admin.folder.parent.joinpath("admin").write_text("a file where the folder should be")
    response = room.client.post(f"/meld/{MENTOR}-0", data={"fault": "verdict"})
    assert (response.status_code, "akkurat nå" in response.text) == (503, True)


def test_a_report_comes_first_in_the_queue_and_a_decision_handles_it(inside):
    unproven = next(f for key, f in inside.engine.kept.findings() if f.verdict is Verdict.IKKE_EVALUERT)
    inside.client.post(f"/meld/{unproven.id}", data={"fault": "other", "comment": "<b>feil</b>"})
    text = inside.client.get("/admin/vurdering").text
    assert text.index(f'id="f-{unproven.id}"') < text.index(HARM_QUOTE[:30])
    assert "1 melding om feil" in text
    case = inside.client.get(f"/admin/vurdering/{unproven.id}").text
    assert "&lt;b&gt;feil&lt;/b&gt;" in case
    assert "Meldt feil" in inside.client.get("/admin/vurdering?vis=reported").text
    assert inside.send(f"/admin/vurdering/{unproven.id}", act="confirm", reason="lest").status_code == 303
    assert inside.reports.waiting() == ()


def test_a_report_is_closed_without_a_decision(inside):
    inside.client.post(f"/meld/{MENTOR}-0", data={"fault": "place"})
    assert inside.send(CASE, act="close", reason="sitatet stemmer").status_code == 303
    assert (inside.reports.waiting(), inside.decisions()) == ((), [])
    assert "Melding lukket" in inside.client.get("/admin/logg").text


# Views


def test_opened_documents_are_counted_once_the_room_is_open(room, monkeypatch):
    monkeypatch.setattr("search_app.admin.views.KEPT_SECONDS", 0)
    address = f"/dok/{MENTOR}"
    room.client.get(address)
    assert room.reports.views() == {}
    room.open()
    for each in (address, f"{address}/side/1", f"{address}/side/99", "/nn" + address):
        room.client.get(each)
    room.client.head(address)
    assert room.reports.views() == {MENTOR: 3}


def test_counts_are_kept_together_and_put_away_now_and_then(room, monkeypatch):
    monkeypatch.setattr("search_app.admin.views.MOST_KEPT", 3)
    room.open()
    for _ in range(4):
        room.client.get(f"/dok/{MENTOR}")
    assert room.reports.views() == {MENTOR: 3}


def test_a_count_that_cannot_be_kept_spoils_nothing(room, monkeypatch):
    monkeypatch.setattr("search_app.admin.views.KEPT_SECONDS", 0)
    room.open()
    (room.config.admin.folder / REPORTS).write_bytes(b"not a database, and long enough" * 200)
    assert room.client.get(f"/dok/{MENTOR}").status_code == 200


# The log


def test_a_log_somebody_changed_says_so(inside):
    path = inside.config.admin.folder / AUDIT
    inside.send(CASE, act="confirm", reason="x")
    assert "passer ikke til linjen" not in inside.client.get("/admin/logg").text
    path.write_bytes(path.read_bytes().replace(b'"login"', b'"logins"'))
    assert "Linje 2 i loggen passer ikke til linjen før." in inside.client.get("/admin/logg").text
