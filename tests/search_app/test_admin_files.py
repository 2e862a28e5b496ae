import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from corpus.engine import Generation
from corpus.errors import IndexDamaged, NoIndex, Reason
from indexer.ledger import LEDGER, Ledger, Outcome, Run
from tests.search_app.fakes import BUILT, FakeEngine
from tests.search_app.invented import entries
from tests.search_app.keeping import config_in, keeper, text_of

NOW = datetime(2026, 11, 21, 5, 10, tzinfo=UTC)
MENTOR = "evalueringer/mentor-i-fire-kommuner.pdf"
OUTCOMES = (
    Outcome(MENTOR, "a" * 64, engine="pdfium", pages=4, seconds=1.25, memory_mb=120),
    Outcome("planer/gammel.doc", "b" * 64, Reason.LEGACY_DOC, "not read", seconds=0.1),
    Outcome("planer/<b>skannet</b>.pdf", "c" * 64, Reason.NO_TEXT, pages=12, seconds=30, memory_mb=900),
    Outcome("planer/bygget.pdf", "d" * 64, engine="pdfminer", pages=2, seconds=2),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory, vocabulary):
    config = config_in(tmp_path_factory.mktemp("kept"))
    ledger = Ledger(config.index.folder / LEDGER)
    gone = Outcome("=cmd|' /C calc'!A0.pdf", "e" * 64, pages=1)
    ledger.save([gone, *OUTCOMES], NOW - timedelta(days=2), None)
    ledger.save(OUTCOMES, NOW, Run("x", "000001-20261121T051000Z", NOW))
    return keeper(config, FakeEngine([entry.record() for entry in entries()], vocabulary))


def listed(page):
    return [line.split("</a>")[0].split(">")[-1] for line in page.split('class="filename"><a')[1:]]


def test_the_table_has_every_file_ever_seen_with_reason_and_what_to_do(kept):
    page = kept.get("/admin/filer")
    words = text_of(page)
    assert len(listed(page)) == 5
    assert "Filen er i det gamle Word-formatet. Lagre den som DOCX eller PDF." in words
    assert "Fjernet fra mappen 1" in words
    assert "Indeksert 2" in words
    assert "Sist en indeks ble bygget 21. november 2026 kl. 06.10" in words
    assert "<b>skannet</b>" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tilstand=set_aside", 2),
        ("tilstand=gone", 1),
        ("grunn=no_text", 1),
        ("finn=PLANER", 3),
        ("finn=planer&tilstand=indexed", 1),
        ("finn=finnes-ikke", 0),
        ("tilstand=tull&grunn=tull&sorter=tull", 5),
    ],
)
def test_filters(kept, query, found):
    page = kept.get(f"/admin/filer?{query}")
    assert len(listed(page)) == found
    assert f"{found} fil" in text_of(page)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("sorter=seconds", "planer/&lt;b&gt;skannet&lt;/b&gt;.pdf"),
        ("sorter=pages&snu=1", "planer/gammel.doc"),
        ("snu=1", "planer/gammel.doc"),
        ("sorter=seen&snu=1", "=cmd|"),
    ],
)
def test_orders(kept, query, first):
    page = kept.get(f"/admin/filer?{query}")
    assert listed(page)[0].startswith(first)
    assert page.count('aria-sort="none"') == 6


def test_a_heading_turns_its_own_order(kept):
    page = kept.get("/admin/filer?sorter=seconds&finn=planer")
    turned = 'href="/admin/filer?finn=planer&amp;sorter=seconds&amp;snu=1"'
    assert f'aria-sort="descending"><a class="ds-link" data-color="neutral" {turned}' in page
    assert 'href="/admin/filer?finn=planer&amp;sorter=pages"' in page


def test_csv_holds_the_wanted_rows_and_no_formula(kept):
    answer = kept.client.get("/admin/filer.csv?tilstand=gone")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [row["state"] for row in rows] == ["gone"]
    assert rows[0]["path"].startswith("'=cmd")
    assert rows[0]["last_seen"] == "2026-11-19T05:10:00+00:00"


def test_many_files_are_paged(kept, monkeypatch):
    one = Ledger(kept.config.index.folder / LEDGER).entry(MENTOR)
    many = tuple(replace(one, path=f"fil-{n:03}.pdf") for n in range(120))
    monkeypatch.setattr(Ledger, "entries", lambda self: many)
    page = kept.get("/admin/filer?s=3&tilstand=indexed")
    assert len(listed(page)) == 20
    assert 'href="/admin/filer?tilstand=indexed&amp;s=2"' in page


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (MENTOR, "Den er indeksert og kan finnes på nettstedet."),
        ("planer/bygget.pdf", "Den ble indeksert i generasjon 000001-20261121T051000Z, som ikke svarer nå."),
        ("planer/gammel.doc", "Filen er i det gamle Word-formatet. Lagre den som DOCX eller PDF."),
        ("=cmd|' /C calc'!A0.pdf", "Den er fjernet fra mappen, og ble sist sett 19. november 2026 kl. 06.10."),
    ],
)
def test_a_file_says_why_it_is_found_or_not(kept, file, says):
    page = kept.client.get("/admin/fil", query_string={"sti": file}).get_data(as_text=True)
    assert says in text_of(page)


def test_a_curation_file_that_cannot_be_read_is_left_out(kept):
    folder = kept.config.documents.folder / "planer"
    folder.mkdir()
    (folder / "bygget.pdf.toml").write_bytes(b"\xff\xfe")
    assert "Ingen har rettet noe her ennå." in kept.get("/admin/fil?sti=planer/bygget.pdf")


def test_a_file_has_its_page_without_any_index(kept, monkeypatch):
    def nothing(self):
        raise NoIndex("Nothing is indexed yet.", "Run: hvavirker index")

    monkeypatch.setattr(FakeEngine, "live", nothing)
    monkeypatch.setattr("search_app.admin.files.live_or_fault", lambda: (None, ""))
    assert "som ikke svarer nå" in kept.get(f"/admin/fil?sti={MENTOR}")


def test_a_file_that_left_since_the_last_run_says_so(kept):
    assert "Filen ligger ikke i mappen lenger" in kept.get(f"/admin/fil?sti={MENTOR}")


def test_a_file_shows_its_notices_its_curation_and_its_document(kept):
    folder = kept.config.documents.folder / "evalueringer"
    folder.mkdir()
    (folder / "mentor-i-fire-kommuner.pdf").write_bytes(b"%PDF-1.7")
    (folder / "mentor-i-fire-kommuner.pdf.toml").write_text('title = "Ny & bedre"', encoding="utf-8")
    page = kept.get(f"/admin/fil?sti={MENTOR}")
    assert "title = &#34;Ny &amp; bedre&#34;" in page
    assert 'href="/dok/evalueringer-mentor-i-fire-kommuner"' in page
    assert "Filen ligger ikke i mappen lenger" not in page
    assert "Skannet side uten tekst" in page


@pytest.mark.parametrize("file", ["", "../secret.txt", "finnes-ikke.pdf"])
def test_only_files_of_the_ledger_have_a_page(kept, file):
    assert kept.client.get("/admin/fil", query_string={"sti": file}).status_code == 404


def test_what_is_wrong_with_the_index_is_told(kept, monkeypatch):
    stands_in = Generation(
        "000001-20261121T051000Z", BUILT, 1, 1, 1, "generation 2: records.sqlite is not as it was built"
    )
    monkeypatch.setattr(FakeEngine, "live", lambda self: stands_in)
    assert "records.sqlite is not as it was built" in kept.get("/admin/filer")


def test_a_damaged_index_and_ledger_still_give_a_page(kept, monkeypatch):
    def broken(self):
        raise IndexDamaged("Every generation is damaged.", "Build it again.")

    monkeypatch.setattr(FakeEngine, "live", broken)
    monkeypatch.setattr(Ledger, "entries", broken)
    monkeypatch.setattr(Ledger, "counts", broken)
    for address in ("/admin/filer", "/admin"):
        page = kept.get(address)
        assert page.count("Every generation is damaged. Build it again.") == 2
    page = kept.get("/admin/filer")
    assert "Ingen indeks svarer nå." in page


def test_nothing_indexed_yet_is_a_page_too(tmp_path, vocabulary):
    engine = FakeEngine([], vocabulary)
    engine.published = False
    page = text_of(keeper(config_in(tmp_path), engine).get("/admin/filer"))
    assert "0 filer" in page
    assert "Ingen indeks svarer nå." in page


@pytest.mark.parametrize("path", ["/admin/filer", "/admin/filer.csv", "/admin/fil?sti=x"])
def test_strangers_are_shown_the_door(kept, path):
    answer = kept.app.test_client().get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/admin/inn?neste=")
