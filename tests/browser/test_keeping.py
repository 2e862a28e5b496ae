"""Those who keep the base, in a real browser without JavaScript: a file goes from upload to reader, and back."""

import threading
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from corpus.config import AdminConfig, Config, DocumentsConfig, IndexConfig, SearchConfig
from indexer.password import set_password
from indexer.pipeline import run
from search_app import create_app
from tests.browser.conftest import TODAY, Quiet
from tests.browser.test_admin import WORD, log_in
from tests.browser.test_every_page import DESKTOP, PHONE, faults_of, faults_on, tab_to
from tests.indexer.test_personal import MADE

pytestmark = pytest.mark.browser

NOTE = "# Mentor for unge\n\nMentorordningen reduserte tilbakefall fra 41 til 27 prosent blant unge lovbrytere.\n"
HELD = "/admin/tilbakeholdt/side?sti=planer/sak.txt&side=1"
INDEXED_WITHIN = 90_000  # ms, on a busy machine


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return small_base(tmp_path_factory.mktemp("keeping"))


def small_base(root):
    """Settings of a small base of its own, indexed once, with files that are set aside."""
    (root / "documents/planer").mkdir(parents=True)
    (root / "documents/mentor.md").write_text(NOTE, encoding="utf-8")
    (root / "documents/planer/sak.txt").write_text(f"Sak\n\nSaken gjelder nummer {MADE}.\n", encoding="utf-8")
    (root / "documents/planer/tom-fil-med-et-langt-navn-som-brytes-paa-en-smal-skjerm.pdf").write_bytes(b"")
    set_password(root / "admin", WORD)
    config = Config(
        documents=DocumentsConfig(folder=root / "documents"),
        index=IndexConfig(folder=root / "index"),
        search=SearchConfig(as_of=TODAY),
        admin=AdminConfig(folder=root / "admin"),
    )
    run(config)
    return config


@pytest.fixture(scope="module")
def room(base):
    with served(base) as address:
        yield address


@contextmanager
def served(base):
    server = make_server("127.0.0.1", 0, create_app(base), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def index(page, room):
    """Start a run and see it through: the page comes back by itself until it is done."""
    page.goto(f"{room}/admin/indeksering")
    with page.expect_navigation():
        page.get_by_role("button", name="Start indeksering").click()
    expect(page.locator("main")).to_contain_text("Den siste indekseringen er ferdig", timeout=INDEXED_WITHIN)


def test_a_file_from_upload_to_reader_and_back(browser, tmp_path):
    with served(small_base(tmp_path)) as room:
        from_upload_to_reader_and_back(browser, room)


def from_upload_to_reader_and_back(browser, room):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    log_in(page, room)
    page.goto(f"{room}/admin/opplasting")
    body = f"{NOTE}Også i Moss.\n".encode()
    page.locator("#filer").set_input_files({"name": "Ny rapport.md", "mimeType": "text/plain", "buffer": body})
    page.get_by_role("button", name="Last opp").click()
    page.get_by_label("Ny rapport.md").check()
    page.locator("#mappe").select_option("planer")
    page.get_by_role("button", name="Ta inn de valgte").click()
    expect(page.locator("main")).to_contain_text("Venter på indeksering")
    index(page, room)

    page.goto(f"{room}/admin/fil?sti=planer/Ny-rapport.md")
    expect(page.locator("main")).to_contain_text("Den er indeksert og kan finnes")
    page.get_by_role("link", name="Rett opplysningene").click()
    page.locator("#v-title").fill("Rettet tittel")
    page.locator("#grunn").fill("tittelen sto ikke i filen")
    page.get_by_role("button", name="Lagre opplysningene").click()
    expect(page.locator("main")).to_contain_text("Lagret i kurateringsfilen")
    index(page, room)
    page.goto(f"{room}/sok?q=mentor")
    expect(page.locator("main")).to_contain_text("Rettet tittel")

    page.goto(f"{room}/admin/generasjoner")
    page.locator("tbody tr", has_text="Tatt vare på").first.get_by_role("link").click()
    page.locator("#grunn-rollback").fill("feil tittel")
    page.get_by_label("Det som kom til etterpå").check()
    page.get_by_role("button", name="Rull tilbake til denne").click()
    expect(page.locator("main")).to_contain_text("Indeksen er rullet tilbake")
    page.goto(f"{room}/sok?q=mentor")
    expect(page.locator("main")).not_to_contain_text("Rettet tittel")
    page.goto(f"{room}/admin/logg")
    for done in (
        "Fil lastet opp",
        "Fil tatt inn",
        "Indeksering startet",
        "Opplysninger rettet",
        "Indeksen rullet tilbake",
    ):
        expect(page.locator("main")).to_contain_text(done)
    context.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_on_the_keepers_pages(browser, room, base, size):
    context = browser.new_context(viewport=size)
    page, messages, faults = context.new_page(), [], []
    page.on("console", lambda message: messages.append(message.text))
    log_in(page, room)
    page.goto(f"{room}/admin/generasjoner")
    addresses = (
        "/admin/filer",
        "/admin/fil?sti=mentor.md",
        "/admin/indeksering",
        "/admin/generasjoner",
        page.locator("tbody a").first.get_attribute("href"),
        page.locator("tbody a").last.get_attribute("href"),
        "/admin/opplysninger?sti=mentor.md",
        "/admin/opplasting",
        "/admin/fil?sti=planer/sak.txt",
        "/admin/tilbakeholdt",
        HELD,
    )
    faults += faults_of(page, room, addresses, size)
    page.goto(room + HELD)
    page.get_by_role("button", name="Vis meg teksten").click()
    expect(page.locator("mark")).to_have_text(MADE)
    faults += faults_on(page, "the text of a page held back")
    context.close()
    assert faults == []
    assert messages == []


def test_the_keyboard_corrects_a_title(browser, room):
    page = browser.new_page(viewport=DESKTOP)
    log_in(page, room)
    page.goto(f"{room}/admin/opplysninger?sti=mentor.md")
    tab_to(page, "#v-title")
    page.keyboard.press("Control+A")
    page.keyboard.type("Skrevet med tastatur")
    tab_to(page, "#grunn")
    page.keyboard.type("prøve")
    tab_to(page, "main form.metadata button")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Lagret i kurateringsfilen")
    page.close()


def test_a_page_held_back_is_released_and_taken_back_without_javascript(browser, room):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    log_in(page, room)
    page.get_by_role("link", name="1 side holdes tilbake").click()
    page.get_by_role("link", name="planer/sak.txt, side 1").click()
    page.get_by_role("button", name="Vis meg teksten").click()
    expect(page.locator("mark")).to_have_text(MADE)
    assert MADE not in page.url + page.title()
    page.get_by_role("button", name="Frigi siden").click()
    expect(page.locator("[role=status]")).to_contain_text("Den kommer på nettstedet med neste indeksering")
    page.get_by_role("link", name="Gå til indeksering").click()
    expect(page.locator("h1")).to_have_text("Indeksering")
    index(page, room)
    page.goto(room + HELD)
    page.get_by_role("link", name="Se siden slik leserne ser den").click()
    expect(page.locator("main")).to_contain_text(MADE)
    page.goto(room + HELD)
    page.get_by_role("button", name="Ta frigivelsen tilbake").click()
    index(page, room)
    page.goto(f"{room}/admin")
    expect(page.get_by_role("link", name="1 side holdes tilbake")).to_be_visible()
    context.close()


def test_the_keyboard_looks_at_a_page_held_back(browser, room):
    page = browser.new_page(viewport=DESKTOP)
    log_in(page, room)
    page.goto(room + HELD)
    tab_to(page, "main .case button")
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text(MADE)
    tab_to(page, "textarea[name=reason]")
    page.close()
