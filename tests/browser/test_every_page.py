"""Every page in a real browser: axe-core, three languages, desktop and phone, narrow, keyboard, no JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PREFIXES = {"nb": "", "nn": "/nn", "en": "/en"}
DESKTOP, PHONE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 640}
AXE = Axe()
VIOLATIONS = {"resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def addresses(documents):
    """One address for every kind of page, and for each state that looks different."""
    named = {document.source.path: document.id for document in documents.values()}
    mentor = named["effekter-av-mentorordning-unge-lovbrytere.pdf"]
    plan = named["slt-plan-sunnhordland-2024-2027.pdf"]
    note = named["notat-kameraovervaking-i-sentrum.md"]
    return (
        "/",
        "/sok?q=mentor+ungdom",
        "/sok?q=mentor&doc_type=evaluering&year_from=2015#filter",
        "/sok?q=mentor&theme=menneskehandel",
        "/sok?q=SLT+Rygge",
        "/sok?q=mentorr+skolemiljøteam&exact=1",
        "/sok?q=romskipp&all_words=1",
        "/sok/valg/tiltak?q=mentor",
        f"/dok/{mentor}?q=mentor&treff=1",
        f"/dok/{mentor}/side/7?q=mentor",
        f"/dok/{plan}",
        f"/dok/{plan}/side/4",
        f"/dok/{note}/side/1",
        "/tiltak",
        "/tiltak/mentor",
        "/tiltak/slt",
        "/tiltak/mentor?vis=utskrift",
        "/kart",
        "/kart?akse=theme&vis=brukt&kolonner=alle",
        "/kommuner?fylke=31",
        "/kommune/3103",
        "/kommune/5001",
        "/om",
        "/tilgjengelighet",
        "/hjelp/sok",
        "/finnes-ikke",
        "/sok?q=" + "ord+" * 200,
    )


def faults_on(page, address, options=VIOLATIONS):
    """What axe-core finds on a page, in a line each."""
    return [
        f"{address}: {violation['id']} {node['target']} {node['html'][:120]}"
        for violation in AXE.run(page, options=options).response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", PREFIXES)
def test_axe_finds_nothing(browser, site, addresses, language, size):
    page = browser.new_page(viewport=size)
    faults, messages = [], []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    for address in addresses:
        page.goto(site + PREFIXES[language] + address)
        faults += faults_on(page, address)
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            faults.append(f"{address}: scrolls sideways")
    page.close()
    assert faults == []
    assert [message for message in messages if "404" not in message and "400" not in message] == []


def test_the_dark_has_contrast(browser, site, addresses):
    page = browser.new_page(viewport=DESKTOP, color_scheme="dark")
    faults = []
    for address in addresses[::2]:
        page.goto(site + address)
        faults += faults_on(page, address, {"runOnly": ["color-contrast"]})
    page.close()
    assert faults == []


def test_nothing_scrolls_sideways_at_400_percent(browser, site, addresses):
    page = browser.new_page(viewport=NARROW)
    wide = []
    for prefix in PREFIXES.values():
        for address in addresses:
            page.goto(site + prefix + address)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > NARROW["width"]:
                wide.append((prefix + address, width))
    page.close()
    assert wide == []


SMALL_TARGETS = """
() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
  .filter(e => e.checkVisibility() && !e.closest('p, li, dd, td, th, h1, h2, h3, h4, figcaption, .ds-skip-link'))
  .map(e => [e.outerHTML.slice(0, 80), (e.closest('label') ?? e).getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
  .map(([html, box]) => `${html} ${Math.round(box.width)}x${Math.round(box.height)}`)
"""


def faults_of(page, site, addresses, size):
    """What axe finds in every language, and what scrolls sideways; on a phone also at 320 px, and small targets."""
    faults = []
    for prefix in PREFIXES.values():
        for address in addresses:
            page.goto(site + prefix + address)
            faults += faults_on(page, prefix + address)
            if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                faults.append(f"{prefix}{address}: scrolls sideways")
    if size is PHONE:
        page.set_viewport_size(NARROW)
        for address in addresses:
            page.goto(site + address)
            faults += [f"{address}: {target}" for target in page.evaluate(SMALL_TARGETS)]
            if page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
                faults.append(f"{address}: scrolls sideways at 320")
    return faults


def test_what_is_pressed_is_large_enough(browser, site, addresses):
    page = browser.new_page(viewport=PHONE)
    small = []
    for address in addresses:
        page.goto(site + address)
        small += [f"{address}: {target}" for target in page.evaluate(SMALL_TARGETS)]
    page.close()
    assert small == []


def test_the_keyboard_leads_from_search_to_page(browser, site):
    page = browser.new_page(viewport=DESKTOP)
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.locator(".ds-skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "input[name=q]")
    page.keyboard.type("mentor ungdom")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("dokument")
    tab_to(page, "article.doc .meta a")
    assert visible_focus(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/side/**")
    expect(page.locator("#her")).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()
    page.close()


def test_everything_works_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(site)
    page.locator("main input[name=q]").fill("mentor")
    page.locator("main button[type=submit]").click()
    before = count(page)
    expect(page.locator("#filter")).to_be_hidden()
    page.locator(".filter-open a").click()
    expect(page.locator("#filter")).to_be_visible()
    page.locator("#filter input[name=doc_type]").first.check()
    page.locator("#filter button[type=submit]").click()
    assert 0 < count(page) < before
    expect(page.locator(".chips .ds-chip")).to_have_count(1)
    page.locator("article.doc h2 a").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.locator("main article.finding .meta a").first.click()
    expect(page.locator(".lit").first).to_be_visible()
    page.locator("nav.steps a").first.click()
    assert "q=mentor" in page.url
    page.locator(".tongues a[lang=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.close()


def test_suggestions_come_while_typing(browser, site):
    page = browser.new_page(viewport=DESKTOP)
    page.goto(site)
    field = page.locator("main input[name=q]")
    field.press_sequentially("mentor", delay=20)
    expect(page.locator('main datalist option[value="Mentorordning"]')).to_have_count(1)
    page.close()


def test_a_page_prints_without_its_frame(browser, site):
    page = browser.new_page(viewport=DESKTOP)
    page.goto(f"{site}/tiltak/mentor")
    page.emulate_media(media="print")
    expect(page.locator(".main-nav")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".verdict").first).to_be_visible()
    page.close()


def count(page):
    return int(re.match(r"\d+", page.locator("h1").inner_text())[0])


def tab_to(page, selector, most=120):
    """Press Tab until an element that fits has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"The keyboard never reached {selector}")


def visible_focus(page):
    return page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
