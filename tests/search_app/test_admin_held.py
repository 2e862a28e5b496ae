"""Pages held back for personal data, over a real index: held, shown, released, on the site, taken back, held again."""

import re
import shutil
import tomllib
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.config import PublishConfig, Switch
from indexer.curation.releasing import is_of
from indexer.personal import Hold, Kind, hold_in, hold_of, page_code
from indexer.pipeline import run
from tests.indexer.run_fakes import page as page_with
from tests.indexer.test_personal import MADE, extracted
from tests.search_app.keeping import WHO, config_in, keeper, text_of

LIST = "/admin/tilbakeholdt"
FILE = "planer/plan.pdf"
OTHER = "notater/notat.md"
PAGE = f"{LIST}/side?sti={quote(FILE)}&side=2"
FIRST = "Planen gjelder for Oppdiktet kommune og skal gi færre unge lovbrytere."
SECRET = "Saken gjelder Eksempelnavn"
NOTE = "# Mentor for unge\n\nMentorordningen reduserte tilbakefall fra 41 til 27 prosent blant unge lovbrytere.\n"


def put(config, *pages, file=FILE):
    """A PDF with one line on each page."""
    path = config.documents.folder / file
    path.parent.mkdir(exist_ok=True)
    canvas = Canvas(str(path), invariant=True)
    for text in pages:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()


def secret(number=MADE, more=""):
    return f"{SECRET} med nummer {number} <b>og{more}</b> et annet forhold."


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A base with one page held back, indexed twice: before and after that page came."""
    root = tmp_path_factory.mktemp("held")
    config = config_in(root)
    put(config, FIRST)
    note = config.documents.folder / OTHER
    note.parent.mkdir()
    note.write_text(NOTE, encoding="utf-8")
    run(config)
    put(config, FIRST, secret())
    run(config)
    return keeper(config)


@pytest.fixture
def kept(made, tmp_path):
    """The same base; everything in its folders is as it was made afterwards."""
    root = made.config.documents.folder.parent
    shutil.copytree(root, tmp_path / "base")
    yield made
    shutil.rmtree(root)
    shutil.copytree(tmp_path / "base", root)


def curation(kept) -> Path:
    return kept.config.documents.folder / f"{FILE}.toml"


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def show(kept, code=200):
    return kept.post(PAGE, code, act="show").get_data(as_text=True)


def say(kept, act, status=303, page=None, **form):
    """Send the form of a page, by default the page as it stands."""
    page = page or kept.get(PAGE)
    fields = {name: hidden(page, name) for name in ("page_code", "expected")}
    return kept.post(PAGE, status, **{"act": act, **fields, **form})


def released(kept):
    path = curation(kept)
    return tomllib.loads(path.read_text(encoding="utf-8")).get("released", []) if path.exists() else []


def document(kept):
    records = kept.app.extensions["hvavirker"].engine.records()
    return next(f"/dok/{each.id}" for each in records.documents() if each.source.path == FILE)


def document_page(kept):
    return text_of(kept.get(f"{document(kept)}/side/2"))


def test_from_held_back_to_the_site_and_back(kept):
    assert "Siden er holdt tilbake" in document_page(kept)
    page = show(kept)
    assert f"nummer <mark>{MADE}</mark> &lt;b&gt;og&lt;/b&gt;" in page
    answer = say(kept, "release", page=page, reason="navnet er oppdiktet")
    assert (answer.location, released(kept)) == (f"{PAGE}&gjort=release", [hidden(page, "page_code")])
    words = text_of(kept.get(answer.location))
    assert "Siden er frigitt. Den kommer på nettstedet med neste indeksering. Gå til indeksering" in words
    assert "Frigitt, vises ikke ennå" in words
    assert f"Frigitt av {WHO}" in words
    assert "Siden er holdt tilbake" in document_page(kept)
    run(kept.config)
    assert MADE in document_page(kept)
    assert "Originalen vises ikke" not in kept.get(document(kept))
    words = text_of(kept.get(LIST))
    assert "0 sider holdes tilbake" in words
    assert "Frigitt og vist" in words
    assert "Alle kan lese siden nå." in kept.get(PAGE)
    say(kept, "withdraw", reason="likevel ikke")
    assert not released(kept)
    assert "Tatt tilbake, vises fortsatt" in kept.get(PAGE)
    assert MADE in document_page(kept)
    run(kept.config)
    assert "Siden er holdt tilbake" in document_page(kept)
    words = text_of(kept.get(PAGE))
    assert "Ingen har frigitt den." in words


def test_the_list_and_those_that_lead_to_it_say_file_page_and_kind(kept):
    words = text_of(kept.get(LIST))
    assert f"1 side holdes tilbake Fil og side Hva siden kan ha Tilstand Kom med generasjon {FILE}, side 2" in words
    assert "1 fødselsnummer Holdes tilbake 000002-" in words
    front = kept.get("/admin")
    assert f'<a class="ds-link" data-color="neutral" href="{LIST}">1 side holdes tilbake</a>' in front
    leads = f'href="{LIST}/side?sti={FILE}&amp;side=2"'
    assert leads in kept.get(LIST)
    assert leads in kept.get(f"/admin/fil?sti={FILE}")
    assert "/original" not in kept.get(f"/admin/fil?sti={FILE}")
    assert "/original" in kept.get(f"/admin/fil?sti={OTHER}")
    assert LIST not in kept.get(f"/admin/fil?sti={OTHER}").split("<h1")[1]
    newest = sorted(path.name for path in (kept.config.index.folder / "generations").iterdir() if path.is_dir())[-1]
    report = kept.get(f"/admin/generasjoner/{newest}")
    assert leads in report
    assert "1 fødselsnummer" in report
    assert "released =" not in report


@pytest.mark.parametrize(("prefix", "says"), [("/nn", "1 fødselsnummer"), ("/en", "1 national identity number")])
def test_other_languages(kept, prefix, says):
    assert says in text_of(kept.get(f"{prefix}{LIST}"))
    answer = kept.post(f"{prefix}{PAGE}", 200, act="show")
    assert says in text_of(answer.get_data(as_text=True))


def test_the_text_is_shown_to_who_asks_and_that_is_in_the_log(kept):
    before = kept.get(PAGE)
    assert SECRET not in before
    assert 'value="release"' not in before
    assert len(kept.audit()) == 0
    answer = kept.post(PAGE, 200, act="show")
    assert answer.headers["Cache-Control"] == "no-store"
    told = kept.audit()[-1]
    assert (told.by, told.action) == (WHO, "held-show")
    assert told.told == {"file": FILE, "page": 2, "code": hidden(answer.get_data(as_text=True), "page_code")}
    assert f"Så på en tilbakeholdt side {WHO}" in text_of(kept.get("/admin/logg"))
    assert f"{FILE}, side 2" in text_of(kept.get("/admin/logg"))
    assert SECRET not in kept.get(PAGE)


def test_the_number_is_nowhere_but_on_the_page_that_shows_it(kept, caplog):
    page = show(kept)
    assert page.count(MADE) == 1
    assert MADE not in re.search(r"<title>.*?</title>", page)[0]
    say(kept, "release", page=page)
    for address in ("/admin", LIST, PAGE, f"/admin/fil?sti={FILE}", "/admin/logg", "/admin/filer"):
        assert MADE not in kept.get(address)
    assert MADE not in caplog.text
    assert MADE not in (kept.config.admin.folder / "audit.jsonl").read_text()
    assert MADE not in curation(kept).read_text()


def test_nothing_else_in_the_curation_file_is_touched(kept):
    text = '# Sett på\ntitle = "Ny"\nreleased = [\n  "2:abc", # den gamle\n  "9:def",\n]\n\n[add]\nthemes = ["rus"]\n'
    curation(kept).write_text(text, encoding="utf-8")
    page = show(kept)
    assert "Holdes tilbake: teksten er endret" in page
    say(kept, "release", page=page)
    code = hidden(page, "page_code")
    assert released(kept) == ["9:def", code]
    written = curation(kept).read_text(encoding="utf-8")
    assert written.startswith('# Sett på\ntitle = "Ny"\nreleased = [')
    assert written.endswith('\n[add]\nthemes = ["rus"]\n')
    say(kept, "withdraw")
    assert released(kept) == ["9:def"]


def test_a_file_with_decisions_alone(kept):
    text = '[[findings]]\ndecision = "reject"\nquote = "Et sitat."\npage = 1\n'
    curation(kept).write_text(text, encoding="utf-8")
    say(kept, "release", page=show(kept))
    assert tomllib.loads(curation(kept).read_text(encoding="utf-8"))["findings"][0]["quote"] == "Et sitat."
    assert len(released(kept)) == 1
    say(kept, "withdraw")
    assert curation(kept).read_text(encoding="utf-8").strip() == text.strip()


def test_what_is_written_by_hand_is_known(kept):
    records = kept.app.extensions["hvavirker"].engine.records()
    first = page_code(records.page(document(kept).rpartition("/")[2], 1))
    codes = [hidden(show(kept), "page_code"), first, "1:def", "x:y", "99:abc"]
    curation(kept).write_text(f"released = {codes}\n", encoding="utf-8")
    words = text_of(kept.get(LIST))
    assert f"{FILE}, side 2 1 fødselsnummer Frigitt, vises ikke ennå Frigitt for hånd i kurateringsfilen" in words
    assert f"{FILE}, side 1 – Frigitt og vist Frigitt for hånd i kurateringsfilen" in words
    assert words.count(FILE) == 2


def test_a_text_that_changed_is_not_released(kept):
    page = show(kept)
    say(kept, "release", page=page)
    put(kept.config, FIRST, secret(more=" enda"))
    run(kept.config)
    assert "Holdes tilbake: teksten er endret" in kept.get(LIST)
    again = say(kept, "release", 409, page=page).get_data(as_text=True)
    assert "Teksten på siden er en annen enn den du ble vist." in again
    fresh = hidden(show(kept), "page_code")
    assert fresh != hidden(page, "page_code")
    assert released(kept) == [hidden(page, "page_code")]
    say(kept, "release", page=show(kept))
    assert released(kept) == [fresh]


def test_who_has_not_seen_the_text_does_not_release_it(kept):
    code = page_code(page_with(2, "x"))
    assert "Teksten på siden er en annen" in kept.post(PAGE, 409, act="release", page_code=code).get_data(as_text=True)
    known = hidden(show(kept), "page_code")
    (kept.config.admin.folder / "audit.jsonl").unlink()
    answer = kept.post(PAGE, 400, act="release", page_code=known, expected="")
    assert "Du har ikke sett på teksten." in answer.get_data(as_text=True)
    assert released(kept) == []


@pytest.mark.parametrize(
    ("act", "form", "status", "says"),
    [
        ("withdraw", {}, 400, "Dette kan ikke gjøres"),
        ("tull", {}, 400, "Dette kan ikke gjøres"),
        ("release", {"reason": f"er {MADE}"}, 400, "Begrunnelsen kan ha personopplysninger"),
        ("release", {"expected": "annen"}, 409, "Noen andre har endret kurateringsfilen"),
    ],
    ids=str,
)
def test_what_is_not_carried_out(kept, act, form, status, says):
    page = show(kept)
    log = len(kept.audit())
    answer = say(kept, act, status, page=page, **form).get_data(as_text=True)
    assert says in answer
    assert MADE not in answer
    assert (released(kept), len(kept.audit())) == ([], log)


def test_two_at_once_lose_nothing(kept):
    page = show(kept)
    curation(kept).write_text('title = "Noe annet"\n', encoding="utf-8")
    say(kept, "release", 409, page=page)
    assert curation(kept).read_text(encoding="utf-8") == 'title = "Noe annet"\n'


@pytest.mark.parametrize("text", ["= = =", 'doc_typ = "plan"\n', 'released = "2:abc"\n', "released = [1]\n"])
def test_a_file_that_must_be_mended_by_hand(kept, text):
    curation(kept).write_text(text, encoding="utf-8")
    page = show(kept)
    answer = say(kept, "release", 400, page=page).get_data(as_text=True)
    assert "Kurateringsfilen kan ikke endres slik den er:" in answer
    assert curation(kept).read_text(encoding="utf-8") == text


def test_a_disk_that_fails_is_told(kept, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    page = show(kept)
    monkeypatch.setattr("indexer.curation.file._replace", full)
    assert "No space left on device" in say(kept, "release", 500, page=page).get_data(as_text=True)


def test_a_text_that_is_not_in_the_cache_any_more(kept):
    shutil.rmtree(kept.config.index.folder / "cache")
    assert "Teksten er ikke lenger i mellomlageret" in show(kept, 404)
    assert len(kept.audit()) == 0
    curation(kept).write_text('title = "Ny"\n', encoding="utf-8")
    run(kept.config)
    assert MADE in show(kept)


def test_a_damaged_text_is_as_good_as_none(kept):
    for path in (kept.config.index.folder / "cache").glob("*.text"):
        path.write_bytes(b"x")
    show(kept, 404)


def test_a_file_that_left_the_folder(kept):
    (kept.config.documents.folder / FILE).unlink()
    page = show(kept)
    assert "Filen ligger ikke i mappen lenger." in page
    assert 'value="release"' not in page


def test_what_waits_for_a_person_can_be_released_before_the_switch(kept):
    ask = replace(kept.config, publish=PublishConfig(switch=Switch.ASK))
    put(kept.config, secret(), file="planer/ny.pdf")
    run(ask)
    words = text_of(kept.get(LIST))
    assert "2 sider holdes tilbake" in words
    address = f"{LIST}/side?sti=planer/ny.pdf&side=1"
    page = kept.post(address, 200, act="show").get_data(as_text=True)
    assert MADE in page
    assert "/admin/generasjoner/000003-" in page
    form = {name: hidden(page, name) for name in ("page_code", "expected")}
    kept.post(address, act="release", **form)
    assert "Frigitt, vises ikke ennå" in kept.get(address)


@pytest.mark.parametrize("query", ["", f"sti={FILE}", f"sti={FILE}&side=1", f"sti={OTHER}&side=2", "sti=..&side=x"])
def test_only_pages_that_are_held_back(kept, query):
    kept.get(f"{LIST}/side?{query}", 404)
    kept.post(f"{LIST}/side?{query}", 404, act="show")


def test_a_base_without_any_index(tmp_path):
    (tmp_path / "empty").mkdir()
    assert "Ingen side er holdt tilbake" in keeper(config_in(tmp_path / "empty")).get(LIST)


def test_a_standing_that_cannot_be_read(kept):
    kept.get(LIST)
    (kept.config.index.folder / "live").write_bytes(b"x")
    kept.get(LIST)


def test_only_a_form_of_ours_shows_or_releases(kept):
    for act in ("show", "release"):
        assert kept.client.post(PAGE, data={"act": act, "csrf": "x"}).status_code == 403
    assert kept.app.test_client().get(PAGE).status_code == 303


def test_what_a_notice_tells_is_read_again():
    page = page_with(2, f"{MADE} og {MADE}. Saken gjelder Ola Oppdiktet (14 år), som ble siktet for tyveri.")
    hold = hold_of(page)
    assert hold.kinds == ((Kind.FODSELSNUMMER, 2), (Kind.MINOR, 1))
    from indexer.personal import held_back

    (notice,) = held_back(replace(extracted("Rapport"), pages=(page,))).notices
    assert hold_in(notice.detail) == hold
    assert hold_in("something else") == Hold("", ())
    assert is_of(hold.code, 2)
    assert not is_of(hold.code, 20)
