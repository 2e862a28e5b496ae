"""The admin room and «Meld feil» in a real browser: accessible, by keyboard, without JavaScript, three languages."""

import shutil
import threading

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from corpus.config import AdminConfig, Config, DocumentsConfig, IndexConfig, SearchConfig
from indexer.password import set_password
from search_app import create_app
from tests.browser.conftest import TODAY, Quiet
from tests.browser.test_every_page import DESKTOP, PHONE, faults_of, faults_on, tab_to

pytestmark = pytest.mark.browser

WORD = "riktig hest batteri stift"


@pytest.fixture(scope="module")
def room(documents, tmp_path_factory):
    """The address of a site over the same index, with an admin room of its own that is open."""
    root = tmp_path_factory.mktemp("admin")
    base = next(path for path in tmp_path_factory.getbasetemp().glob("browser*") if (path / "index").exists())
    shutil.copytree(base / "documents", root / "documents")
    set_password(root / "admin", WORD)
    config = Config(
        documents=DocumentsConfig(folder=root / "documents"),
        index=IndexConfig(folder=base / "index"),
        search=SearchConfig(as_of=TODAY),
        admin=AdminConfig(folder=root / "admin"),
    )
    server = make_server("127.0.0.1", 0, create_app(config), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def log_in(page, room):
    page.goto(f"{room}/admin")
    page.locator("#passord").fill(WORD)
    page.locator("main button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("Admin")


def first_case(page, room):
    """The address of the first finding of the queue, without what stands before it."""
    page.goto(f"{room}/admin/vurdering")
    return page.locator("article h3 a").first.get_attribute("href")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_behind_the_door(browser, room, size):
    context = browser.new_context(viewport=size)
    page, messages = context.new_page(), []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(f"{room}/admin/inn")
    faults = faults_on(page, "/admin/inn")
    log_in(page, room)
    case = first_case(page, room)
    report = f"/meld/{case.rpartition('/')[2]}"
    page.goto(room + "/admin/dokumenter")
    add = page.locator("main .list a").first.get_attribute("href")
    rest = ("/admin", "/admin/vurdering", "/admin/dokumenter", "/admin/enighet", "/admin/logg", case, add, report)
    faults += faults_of(page, room, rest, size)
    context.close()
    assert faults == []
    assert messages == []


def test_a_fault_is_reported_and_reviewed_without_javascript(browser, room):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    log_in(page, room)
    case = first_case(page, room)
    page.goto(f"{room}/meld/{case.rpartition('/')[2]}")
    page.locator("input[name=fault][value=verdict]").check()
    page.locator("textarea[name=comment]").fill("Tabellen sier noe annet.")
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("[role=status]")).to_contain_text("Takk")
    page.goto(f"{room}/admin/vurdering")
    expect(page.locator("article").first).to_contain_text("1 melding om feil")
    page.locator("article h3 a").first.click()
    expect(page.locator("main")).to_contain_text("Tabellen sier noe annet.")
    expect(page.locator(".lit").first).to_be_visible()
    page.locator("input[name=act][value=change]").check()
    page.locator("summary").filter(has_text="når du endrer").click()
    page.locator("select[name=verdict]").select_option("blandet")
    page.locator("#grunn").fill("Leste tabell 4.")
    page.locator("form.form button[type=submit]").first.click()
    expect(page.locator("[role=status]")).to_contain_text("endret")
    page.goto(f"{room}/admin/vurdering?vis=pending")
    expect(page.locator("article")).to_have_count(1)
    page.locator(".admin-bar button").click()
    page.goto(f"{room}/admin")
    expect(page.locator("#passord")).to_be_visible()
    context.close()


def test_a_finding_is_added_by_keyboard(browser, room):
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    log_in(page, room)
    page.goto(f"{room}/admin/dokumenter")
    tab_to(page, "main .list a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/funn")
    tab_to(page, "input[name=sentence]")
    page.keyboard.press("Space")
    for name, key in (("verdict", "v"), ("strength", "l")):
        tab_to(page, f"select[name={name}]", most=200)
        page.keyboard.type(key)
    tab_to(page, "textarea[name=reason]")
    page.keyboard.type("Oversett av maskinen")
    tab_to(page, "form.case button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vurdering?**")
    expect(page.locator("[role=status]")).to_contain_text("lagt til")
    context.close()
