from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from indexer.curation import read_curation
from indexer.ledger import LEDGER, Ledger, Outcome
from search_app.admin import files
from tests.search_app.fakes import FakeEngine, read
from tests.search_app.invented import entries
from tests.search_app.keeping import WHO, config_in, keeper, text_of

MENTOR = "evalueringer/mentor-i-fire-kommuner.pdf"
PAGE = f"/admin/opplysninger?sti={MENTOR}"
AS_READ = {
    "title": "Mentor i fire kommuner: effekter etter to år",
    "language": "nb",
    "doc_type": "evaluering",
    "publisher": "Institutt for oppdiktet forskning",
    "authors": "Fia Oppdiktet\nPer Påfunn",
    "year": "2023",
    "kommuner": "3103 Moss\n0301 Oslo",
    "target_groups": ["unge_lovbrytere"],
    "tiltak": ["mentor"],
    "study_design": "kontrollert_forletter",
}


@pytest.fixture(scope="module")
def open_site(tmp_path_factory, vocabulary):
    config = config_in(tmp_path_factory.mktemp("metadata"))
    outcomes = [Outcome(MENTOR, "a" * 64), Outcome("planer/ny.pdf", "b" * 64), Outcome("borte.pdf")]
    Ledger(config.index.folder / LEDGER).save(outcomes, datetime.now(UTC), None)
    for name in (MENTOR, "planer/ny.pdf", "not-in-ledger.pdf"):
        path = config.documents.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"%PDF-1.7")
    return keeper(config, FakeEngine([entry.record() for entry in entries()], vocabulary))


@pytest.fixture
def kept(open_site):
    file(open_site).unlink(missing_ok=True)
    return open_site


def file(kept):
    return kept.config.documents.folder / f"{MENTOR}.toml"


def expected(kept):
    return kept.get(PAGE).split('name="expected" value="')[1].split('"')[0]


def send(kept, code=303, **form):
    return kept.post(PAGE, code, **{"expected": expected(kept), "reason": "derfor", **AS_READ, **form})


def test_every_field_is_shown_with_what_was_read_and_where(kept):
    page = kept.get(PAGE)
    words = text_of(page)
    assert page.count("<fieldset") == 17
    assert "Utgitt Maskinen leste 2023, side 1 «Publisert 2023»" in words
    assert "Vedtatt Maskinen leste ingenting." in words
    assert 'href="/dok/evalueringer-mentor-i-fire-kommuner/side/1"' in page
    assert '<option value="kontrollert_forletter" selected>' in page
    assert 'value="unge_lovbrytere" checked' in page
    assert "3103 Moss\n0301 Oslo</textarea>" in page


def test_what_is_sent_is_in_the_curation_file_and_in_the_log(kept, vocabulary):
    answer = send(
        kept,
        **{"mode-title": "set", "title": "Ny <tittel>", "mode-publisher": "none", "mode-kommuner": "add"},
        **{"kommuner": "Bergen\n5001 Trondheim", "adopted": "2024-06-15", "plan_from": "2024", "year": "2024"},
    )
    assert answer.location == f"/admin/opplysninger?sti={MENTOR}&lagret=1"
    curation = read_curation(file(kept), vocabulary)
    assert {name: str(value) for name, value in curation.values} == {
        "title": "Ny <tittel>",
        "publisher": "None",
        "year": "2024",
        "plan_from": "2024",
        "adopted": "2024-06-15",
    }
    assert curation.added == (("kommuner", ("4601", "5001")),)
    told = kept.audit()[-1]
    assert (told.by, told.action, told.told["file"], told.told["why"]) == (WHO, "metadata", MENTOR, "derfor")
    assert told.told["after"]["kommuner"] == "+ 4601, 5001"
    page = kept.get(answer.location)
    assert "Lagret i kurateringsfilen." in page
    assert 'value="Ny &lt;tittel&gt;"' in page
    assert "Satt av redaktør" not in text_of(page).split("Språk")[0]
    assert "4601 Bergen\n5001 Trondheim</textarea>" in page
    log = text_of(kept.get("/admin/logg"))
    assert "Opplysninger rettet kari" in log


def test_what_was_set_goes_back_to_as_read(kept):
    send(kept, year="2020", themes=["rus"])
    assert "year = 2020" in file(kept).read_text()
    as_read = {"mode-year": "read", "mode-themes": "read", "themes": [], "year": "2023"}
    send(kept, **as_read)
    assert file(kept).read_text() == ""


def test_comments_and_decisions_stay(kept):
    text = (
        '# by hand\nyear = 2020  # on the cover\n\n[[findings]]\ndecision = "reject"\nquote = "Et sitat."\npage = 2\n'
    )
    file(kept).write_text(text, encoding="utf-8")
    send(kept, **{"mode-year": "set", "year": "2021"})
    assert file(kept).read_text(encoding="utf-8") == text.replace("2020", "2021")


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"year": "i fjor"}, "Skriv et årstall, som 2023."),
        ({"adopted": "15.6.2024"}, "Skriv en dag, som 2023-06-15."),
        ({"plan_to": "våren"}, "Skriv et år eller en dag"),
        ({"kommuner": "Atlantis"}, "Minst én linje er ikke en kommune i dag."),
        ({"mode-title": "set", "title": ""}, "Skriv en tekst"),
        ({"title": ""}, "Skriv en tekst"),
        ({"mode-themes": "set"}, "Kryss av for minst én"),
        ({"themes": ["finnes_ikke"]}, "Kryss av for minst én"),
        ({"doc_type": "<x>"}, "Velg en verdi i listen."),
        ({"mode-authors": "add", "authors": " \n "}, "Skriv minst én linje"),
        ({"year": "2020", "reason": " "}, "Skriv en begrunnelse."),
        ({}, "Ingenting er endret."),
    ],
)
def test_what_is_not_saved(kept, form, says):
    log = len(kept.audit())
    page = send(kept, 400, **form).get_data(as_text=True)
    assert says in text_of(page)
    assert (file(kept).exists(), len(kept.audit())) == (False, log)


def test_what_was_typed_stays_when_it_cannot_be_saved(kept):
    page = send(kept, 400, year="<b>i fjor", title="Ny tittel", themes=["rus"]).get_data(as_text=True)
    assert 'value="&lt;b&gt;i fjor"' in page
    assert 'aria-invalid="true"' in page
    assert 'href="#f-year"' in page
    assert 'value="Ny tittel"' in page
    assert 'value="rus" checked' in page


def test_two_at_once_lose_nothing(kept):
    seen = expected(kept)
    send(kept, year="2020")
    page = send(kept, 409, expected=seen, year="2019").get_data(as_text=True)
    assert "Noen andre har endret kurateringsfilen" in page
    assert "Utgitt : i filen står det nå: 2020" in text_of(page)
    assert text_of(page).count("i filen står det nå") == 1
    assert file(kept).read_text() == "year = 2020\n"


def test_a_wrong_file_can_be_mended_here(kept):
    file(kept).write_text('doc_typ = "plan"\nyear = 2020\n', encoding="utf-8")
    assert "Fjern doc_typ" in kept.get(PAGE)
    page = send(kept, 400, **{"mode-year": "set", "year": "2021"}).get_data(as_text=True)
    assert "unknown key doc_typ" in page
    send(kept, drop=["doc_typ", "year"], **{"mode-year": "set", "year": "2020"})
    assert file(kept).read_text() == "year = 2020\n"


def test_a_file_that_is_no_toml_is_told(kept):
    file(kept).write_text("= = =", encoding="utf-8")
    page = kept.get(PAGE)
    assert "må rettes for hånd" in page
    assert "<fieldset" not in page
    answer = kept.post(PAGE, 400, **{**AS_READ, "reason": "x", "year": "1999"})
    assert "cannot be read" in answer.get_data(as_text=True)


def test_a_disk_that_fails_is_told(kept, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("indexer.curation.file._replace", full)
    assert "No space left on device" in send(kept, 500, year="2020").get_data(as_text=True)


def test_a_file_that_is_not_indexed_can_be_curated(kept):
    page = kept.get("/admin/opplysninger?sti=planer/ny.pdf")
    assert "Filen er ikke i indeksen som svarer" in page
    form = {"mode-title": "set", "title": "Ny plan", "reason": "ny", "expected": ""}
    kept.post("/admin/opplysninger?sti=planer/ny.pdf", **form)
    beside = kept.config.documents.folder / "planer/ny.pdf.toml"
    assert beside.read_text() == 'title = "Ny plan"\n'


def test_a_title_with_odd_space_comes_back_as_it_was_read(kept, monkeypatch):
    records = kept.app.extensions["hvavirker"].engine.records().by_id
    key = "evalueringer-mentor-i-fire-kommuner"
    known = records[key].document
    odd = replace(known.metadata, title=read("Mentor\ni  fire\u2028kommuner "), authors=(read("Fia\tOppdiktet"),))
    monkeypatch.setitem(records, key, replace(records[key], document=replace(known, metadata=odd)))
    monkeypatch.setattr(files, "this_base", lambda: SimpleNamespace(documents={key: records[key].document}))
    page = kept.get(PAGE)
    shown = page.split('id="v-title" name="title" value="')[1].split('"')[0]
    authors = page.split('name="authors"')[1].split(">")[1].split("</textarea")[0]
    send(kept, 400, title=shown, authors=authors)
    assert not file(kept).exists()


@pytest.mark.parametrize("name", ["", "borte.pdf", "not-in-ledger.pdf", "../admin/password.json"])
def test_only_files_of_the_ledger_that_are_there(kept, name):
    address = f"/admin/opplysninger?sti={name}"
    kept.get(address, 404)
    kept.post(address, 404, reason="x")


def test_what_the_form_lets_be_typed_can_be_sent(kept):
    authors = "\n".join(f"Åse Ærlig Øgle {number}" for number in range(900))
    send(kept, authors=authors, reason="æ" * 2000)
    assert file(kept).read_text(encoding="utf-8").count("Ærlig") == 900


def test_only_a_form_of_ours_is_saved(kept):
    assert kept.client.post(PAGE, data={**AS_READ, "reason": "x", "csrf": "x", "year": "2020"}).status_code == 403
    assert not file(kept).exists()
