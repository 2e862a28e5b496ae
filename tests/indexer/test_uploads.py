import io
import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.config import ExtractConfig
from corpus.errors import Reason
from indexer.media import MediaType, media_type_of
from indexer.sources import list_sources
from indexer.uploads import ABANDONED_SECONDS, HIDDEN, NotTaken, Uploads, safe_name

PDF = b"%PDF-1.7\n" + b"x" * 100
TEXT = b"En rapport om mentor for unge."


@pytest.fixture
def root(tmp_path):
    for folder in ("documents/planer/2024", "documents/.hidden/x", "documents/index/generations"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "documents/link").symlink_to(tmp_path)
    return tmp_path / "documents"


@pytest.fixture
def uploads(root):
    return Uploads(root, ExtractConfig(pdf_mb=1, text_mb=1), root / "index")


def send(uploads, name="rapport.pdf", body=PDF):
    return uploads.receive(io.BytesIO(body), name, "kari")


def listed(root):
    return [found.source.path for found in list_sources(root, media_type_of, root / "index").files]


def test_what_is_sent_waits_where_no_run_looks(uploads, root):
    upload = send(uploads, "Min rapport (endelig).pdf")
    assert uploads.all() == (upload,) == (uploads.find(upload.token),)
    assert (upload.name, upload.file) == ("Min rapport (endelig).pdf", "Min-rapport-endelig.pdf")
    assert (upload.size, upload.media_type, upload.by, upload.waits) == (109, "application/pdf", "kari", True)
    assert listed(root) == []


def test_what_is_taken_in_is_a_document(uploads, root):
    upload = uploads.take_in(send(uploads).token, "planer/2024")
    assert upload.taken == "planer/2024/rapport.pdf"
    assert listed(root) == ["planer/2024/rapport.pdf"]
    assert (root / upload.taken).read_bytes() == PDF
    assert uploads.all() == (upload,)
    with pytest.raises(NotTaken):
        uploads.take_in(upload.token, "")


def test_nothing_is_written_over(uploads, root):
    (root / "rapport.pdf").write_bytes(b"first")
    (root / "rapport-2.pdf").mkdir()
    (root / "rapport-3.pdf.toml").write_text('title = "Of a report that was removed"')
    (root / "rapport-4.pdf").symlink_to(root / "nowhere")
    assert uploads.take_in(send(uploads).token, "").taken == "rapport-5.pdf"
    assert (root / "rapport.pdf").read_bytes() == b"first"


@pytest.mark.parametrize(
    "folder", ["..", "/", "/etc", ".hidden", HIDDEN, "link", "index", "planer/..", "nowhere", "planer/"]
)
def test_only_into_folders_that_are_there(uploads, folder):
    upload = send(uploads)
    with pytest.raises(NotTaken):
        uploads.take_in(upload.token, folder)
    assert uploads.find(upload.token) == upload


def test_the_folders(uploads):
    assert uploads.folders() == ("", "planer", "planer/2024")


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("tom.pdf", b"", Reason.EMPTY),
        ("stor.pdf", PDF + b"x" * 2**20, Reason.TOO_LARGE),
        ("stor.txt", b"x" * (2**20 + 1), Reason.TOO_LARGE),
        ("gammel.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), Reason.LEGACY_DOC),
        ("bilde.png", b"\x89PNG....", Reason.UNSUPPORTED),
        ("program.exe", b"MZ\0\0", Reason.UNSUPPORTED),
        ("program.pdf", b"MZ\0\0", Reason.CORRUPT),
        ("innlogging.pdf", b"<!doctype html><title>Logg inn</title>", Reason.CORRUPT),
        ("rapport.pdf.toml", b"title = 'x'", Reason.UNSUPPORTED),
    ],
)
def test_of_what_is_refused_only_the_note_is_kept(uploads, root, name, body, reason):
    upload = send(uploads, name, body)
    assert (upload.reason, upload.waits) == (reason, False)
    assert [path.name for path in (root / HIDDEN / upload.token).iterdir()] == ["note.json"]
    with pytest.raises(NotTaken):
        uploads.take_in(upload.token, "")


def test_discarding(uploads, root):
    taken, waiting = uploads.take_in(send(uploads).token, ""), send(uploads)
    assert uploads.discard(taken.token) == taken
    uploads.discard(waiting.token)
    assert uploads.all() == ()
    assert list((root / HIDDEN).iterdir()) == []
    assert listed(root) == ["rapport.pdf"]
    with pytest.raises(NotTaken):
        uploads.discard(waiting.token)


@pytest.mark.parametrize("token", ["", "..", "0" * 16, "../../etc", "A" * 16])
def test_tokens_that_are_none(uploads, token):
    assert uploads.find(token) is None
    with pytest.raises(NotTaken):
        uploads.discard(token)


def test_a_file_that_is_gone_and_a_note_that_is_damaged(uploads, root):
    gone, damaged = send(uploads), send(uploads)
    (root / HIDDEN / gone.token / "file.pdf").unlink()
    with pytest.raises(NotTaken):
        uploads.take_in(gone.token, "")
    (root / HIDDEN / damaged.token / "note.json").write_bytes(b"{")
    assert uploads.all() == (gone,)


def test_of_two_who_take_it_in_at_once_one_does(uploads, root, monkeypatch):
    upload = send(uploads)
    replace = Path.replace

    def first_the_other(path, target):
        path.unlink() if path.suffix == ".pdf" else None
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", first_the_other)
    with pytest.raises(NotTaken, match="just now"):
        uploads.take_in(upload.token, "")
    assert listed(root) == []


def test_what_an_upload_left_that_never_ended_is_removed(uploads, root):
    for name, age in (("0" * 16, ABANDONED_SECONDS + 60), ("1" * 16, 60)):
        (root / HIDDEN / name).mkdir(parents=True)
        (root / HIDDEN / name / "file.pdf").write_bytes(b"half")
        os.utime(root / HIDDEN / name, (time.time() - age,) * 2)
    upload = send(uploads)
    assert {path.name for path in (root / HIDDEN).iterdir()} == {"1" * 16, upload.token}


def test_a_disk_that_fails_leaves_nothing(uploads, root, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    upload = send(uploads)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        uploads.take_in(upload.token, "")
    assert listed(root) == []
    with pytest.raises(OSError, match="No space"):
        send(uploads)
    assert uploads.all() == (upload,)
    shutil.rmtree(root / HIDDEN)


@pytest.mark.parametrize(
    ("name", "media_type", "safe"),
    [
        ("../../etc/passwd.pdf", MediaType.PDF, "passwd.pdf"),
        ("C:\\Users\\kari\\Plan 2024.DOCX", MediaType.DOCX, "Plan-2024.docx"),
        ("Ærlig talt – økt trygghet.pdf", MediaType.PDF, "Ærlig-talt-økt-trygghet.pdf"),
        (".htaccess.txt", MediaType.PLAIN, "htaccess.txt"),
        ("...", MediaType.PDF, "dokument.pdf"),
        ("rapport.php", MediaType.HTML, "rapport.php.html"),
        ("a\0b\n.md", MediaType.MARKDOWN, "a-b.md"),
        ("x" * 400 + ".pdf", MediaType.PDF, "x" * 160 + ".pdf"),
        ("-rf.pdf", MediaType.PDF, "rf.pdf"),
    ],
)
def test_safe_names(name, media_type, safe):
    assert safe_name(name, media_type) == safe


@given(st.text(max_size=300), st.sampled_from([MediaType.PDF, MediaType.HTML, MediaType.PLAIN]))
def test_a_safe_name_is_one_name_that_is_shown_and_fits(name, media_type):
    safe = safe_name(name, media_type)
    assert Path(safe).name == safe
    assert not safe.startswith((".", "-"))
    assert not safe.endswith(".toml")
    assert len(f"{safe}-1000.toml.part".encode()) < 255
