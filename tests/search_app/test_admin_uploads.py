import io
from datetime import UTC, datetime

import pytest

from indexer.ledger import LEDGER, Ledger, Outcome
from indexer.uploads import HIDDEN, Uploads
from tests.search_app.fakes import FakeEngine
from tests.search_app.invented import entries
from tests.search_app.keeping import WHO, config_in, keeper, text_of

PAGE = "/admin/opplasting"
PDF = b"%PDF-1.7\n" + b"x" * 100


@pytest.fixture(scope="module")
def open_site(tmp_path_factory, vocabulary):
    config = config_in(tmp_path_factory.mktemp("uploads"))
    return keeper(config, FakeEngine([entry.record() for entry in entries()], vocabulary))


@pytest.fixture
def kept(open_site):
    """The site, with two folders and nothing uploaded."""
    root = open_site.config.documents.folder
    for path in sorted(root.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (root / "planer").mkdir()
    return open_site


def send(kept, *files, code=303):
    given = [(io.BytesIO(body), name) for name, body in files]
    return kept.post(PAGE, code, files=given)


def tokens(kept):
    folder = kept.config.documents.folder / HIDDEN
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_files_can_be_sent_from_a_page_that_tells_of_a_fault(kept):
    send(kept, ("notat.md", b"# Notat"))
    page = kept.post(f"{PAGE}/valgte", 400, act="take").text
    assert f'action="{PAGE}" enctype="multipart/form-data"' in page


def test_all_that_wait_can_be_ticked_at_once(kept):
    send(kept, ("notat.md", b"# Notat"), ("plan.pdf", PDF), ("tom.pdf", b""))
    assert "checked" not in kept.get(PAGE)
    assert "Kryss av for alle 2" in text_of(kept.get(PAGE))
    assert kept.get(f"{PAGE}?velg=venter").count(" checked>") == 2
    assert kept.get(f"{PAGE}?velg=refused").count(" checked>") == 1


def test_files_come_in_are_taken_in_and_wait_to_be_indexed(kept):
    answer = send(kept, ("Min plan.pdf", PDF), ("notat.md", b"# Notat"), ("../../x.exe", b"MZ\0"))
    assert answer.location == f"{PAGE}?sent=2&refused=1"
    words = text_of(kept.get(answer.location))
    assert "2 filer er lastet opp. 1 fil er avvist." in words
    assert "Får navnet Min-plan.pdf" in words
    assert "x.exe 1 kB · lastet opp av kari" in words
    assert "Filtypen blir ikke lest. Lagre den som PDF." in words
    waiting = [token for token in tokens(kept) if token in chosen_from(kept, "venter")]
    assert len(waiting) == 2
    answer = kept.post(f"{PAGE}/valgte", act="take", mappe="planer", velg=waiting)
    assert answer.location == f"{PAGE}?take=2"
    words = text_of(kept.get(answer.location))
    assert "2 filer er tatt inn." in words
    assert words.count("Venter på indeksering") == 2
    assert (kept.config.documents.folder / "planer/Min-plan.pdf").read_bytes() == PDF
    actions = [(entry.by, entry.action, entry.told["file"]) for entry in kept.audit()[-5:]]
    assert sorted(actions) == sorted(
        [
            (WHO, "upload", "Min plan.pdf"),
            (WHO, "upload", "notat.md"),
            (WHO, "upload-refused", "x.exe"),
            (WHO, "upload-take", "planer/Min-plan.pdf"),
            (WHO, "upload-take", "planer/notat.md"),
        ]
    )


def chosen_from(kept, heading):
    return kept.get(PAGE).split(f'id="{heading}"')[1].split("</form>")[0]


def test_what_became_of_a_file_that_was_taken_in(kept):
    send(kept, ("plan.pdf", PDF))
    token = tokens(kept)[0]
    kept.post(f"{PAGE}/valgte", act="take", mappe="", velg=token)
    sha256 = Uploads(kept.config.documents.folder, kept.config.extract, kept.config.index.folder).find(token).sha256
    ledger = Ledger(kept.config.index.folder / LEDGER)
    ledger.save([Outcome("plan.pdf", sha256)], datetime.now(UTC), None)
    page = kept.get(PAGE)
    assert "Venter på indeksering" not in page
    assert 'href="/admin/fil?sti=plan.pdf"' in page
    send(kept, ("samme.pdf", PDF))
    assert "Samme innhold som plan.pdf" in text_of(kept.get(PAGE))
    kept.post(f"{PAGE}/valgte", act="discard", velg=tokens(kept))
    assert tokens(kept) == []
    assert (kept.config.documents.folder / "plan.pdf").exists()
    ledger.save([], datetime.now(UTC), None)


def test_names_are_shown_as_text(kept):
    send(kept, ("<script>alert(1)</script>.pdf", PDF))
    page = kept.get(PAGE)
    assert "<script>alert" not in page
    assert "script&gt;.pdf" in page


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"act": "take", "mappe": ""}, "Kryss av for minst én fil."),
        ({"act": "tull", "velg": "x"}, "Velg hva som skal gjøres med filene."),
    ],
)
def test_what_is_not_done(kept, form, says):
    assert says in kept.post(f"{PAGE}/valgte", 400, **form).get_data(as_text=True)


@pytest.mark.parametrize("form", [{"mappe": "../"}, {"mappe": HIDDEN}, {"mappe": "", "velg": "../../x"}])
def test_no_path_of_the_form_leads_anywhere(kept, form):
    send(kept, ("plan.pdf", PDF))
    answer = kept.post(f"{PAGE}/valgte", **{"act": "take", "velg": tokens(kept)[0], **form})
    assert answer.location == f"{PAGE}?missed=1"
    assert "ikke her lenger" in kept.get(answer.location)
    assert len(tokens(kept)) == 1


def test_nothing_chosen_and_too_many(kept):
    assert "Velg minst én fil." in send(kept, code=400).get_data(as_text=True)
    many = [(f"{n}.txt", b"x") for n in range(101)]
    assert "Høyst 100 filer om gangen." in send(kept, *many, code=400).get_data(as_text=True)
    assert tokens(kept) == []


def test_more_than_may_be_sent(kept, monkeypatch):
    monkeypatch.setattr("search_app.admin.uploading.MEGABYTE", 1)
    send(kept, ("plan.pdf", PDF), code=413)
    assert tokens(kept) == []


def test_other_forms_stay_small(kept):
    kept.post(f"{PAGE}/valgte", 413, act="take", velg="x" * 300_000)


def test_a_disk_that_fails_is_told(kept, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    send(kept, ("plan.pdf", PDF))
    monkeypatch.setattr(Uploads, "receive", full)
    monkeypatch.setattr(Uploads, "take_in", full)
    assert "disken må ha plass" in send(kept, ("plan.pdf", PDF), code=500).get_data(as_text=True)
    kept.post(f"{PAGE}/valgte", 500, act="take", mappe="", velg=tokens(kept))


def test_counts_in_the_address_are_numbers(kept):
    assert "lastet opp." not in text_of(kept.get(f"{PAGE}?sent=<b>&refused=99999&take=²"))


def test_only_a_form_of_ours_uploads(kept):
    files = {"files": (io.BytesIO(PDF), "plan.pdf")}
    assert kept.client.post(PAGE, data={"csrf": "x", **files}).status_code == 403
    files = {"files": (io.BytesIO(PDF), "plan.pdf")}
    assert kept.app.test_client().post(PAGE, data={"csrf": kept.csrf, **files}).status_code == 303
    assert tokens(kept) == []
