"""All that cannot be made again, in one file and back; nothing half, nothing overwritten, nothing elsewhere."""

import io
import json
import random
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from corpus.config import ExtractConfig
from indexer.backup import MANIFEST, BackupFailed, back_up, restore
from indexer.cli.command import Exit, run
from indexer.harvest.provenance import Origin, Provenance
from indexer.uploads import Uploads
from search_app.admin.sessions import SESSIONS, Sessions

FILES = {"planer/æøå.pdf": b"%PDF", "planer/æøå.pdf.toml": b"year = 2021\n", "stor.txt": b"x" * 300_000}


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    made = {"documents": tmp_path / "inn", "admin": tmp_path / "admin"}
    for name, content in FILES.items():
        path = made["documents"] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    made["admin"].mkdir()
    with closing(sqlite3.connect(made["admin"] / "reports.sqlite")) as database, database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE report (said TEXT)")
        database.execute("INSERT INTO report VALUES ('feil')")
    return made


def elsewhere(tmp_path: Path) -> dict[str, Path]:
    return {"documents": tmp_path / "ny" / "inn", "admin": tmp_path / "ny" / "admin"}


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["b.tar", "b.tar.gz"])
def test_what_is_backed_up_comes_back(tmp_path: Path, folders: dict[str, Path], name: str) -> None:
    (folders["documents"] / "lenke.pdf").symlink_to("/etc/hostname")
    assert back_up(folders, tmp_path / name) == 4
    there = elsewhere(tmp_path)
    assert restore(tmp_path / name, there) == 4
    assert content(there["documents"]) == FILES
    first = next(iter(FILES))
    was, now = ((base["documents"] / first).stat().st_mtime for base in (folders, there))
    assert int(was) == int(now)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_database_that_is_being_written_is_taken_whole(tmp_path: Path, folders: dict[str, Path]) -> None:
    with closing(sqlite3.connect(folders["admin"] / "reports.sqlite")) as live:
        live.execute("INSERT INTO report VALUES ('lagret')")
        live.commit()
        live.execute("INSERT INTO report VALUES ('ikke lagret')")
        back_up(folders, tmp_path / "b.tar")
        live.rollback()
    there = elsewhere(tmp_path)
    restore(tmp_path / "b.tar", there)
    with closing(sqlite3.connect(there["admin"] / "reports.sqlite")) as database:
        assert database.execute("SELECT said FROM report").fetchall() == [("feil",), ("lagret",)]


def test_who_was_logged_in_stays_behind_and_all_else_that_people_did_comes_along(
    tmp_path: Path, folders: dict[str, Path]
) -> None:
    opened = Sessions(folders["admin"] / SESSIONS, 3600, 3600).open("kari")
    kept = {"audit.jsonl": b"{}\n", "password.json": b"{}"}
    for name, body in kept.items():
        (folders["admin"] / name).write_bytes(body)
    back_up(folders, tmp_path / "b.tar")
    there = elsewhere(tmp_path)
    restore(tmp_path / "b.tar", there)
    assert sorted(content(there["admin"])) == ["audit.jsonl", "password.json", "reports.sqlite"]
    assert Sessions(folders["admin"] / SESSIONS, 3600, 3600).find(opened.word) is not None
    assert Sessions(there["admin"] / SESSIONS, 3600, 3600).find(opened.word) is None


def test_what_waits_to_be_taken_in_and_where_files_came_from_come_along(
    tmp_path: Path, folders: dict[str, Path]
) -> None:
    uploads = Uploads(folders["documents"], ExtractConfig(), folders["admin"])
    waiting = uploads.receive(io.BytesIO(b"# Ny rapport"), "ny rapport.md", "kari")
    origin = Origin("https://eksempel.example/a.pdf", "Eksempel", "a.pdf")
    Provenance(folders["documents"]).keep(origin)
    back_up(folders, tmp_path / "b.tar")
    there = elsewhere(tmp_path)
    restore(tmp_path / "b.tar", there)
    assert Provenance(there["documents"]).origins() == (origin,)
    restored = Uploads(there["documents"], ExtractConfig(), there["admin"])
    assert restored.all() == (waiting,)
    assert (there["documents"] / restored.take_in(waiting.token, "planer").taken).read_bytes() == b"# Ny rapport"


def test_nothing_is_overwritten(tmp_path: Path, folders: dict[str, Path]) -> None:
    back_up(folders, tmp_path / "b.tar")
    before = (tmp_path / "b.tar").read_bytes()
    with pytest.raises(BackupFailed, match="is there already"):
        back_up(folders, tmp_path / "b.tar")
    with pytest.raises(BackupFailed, match="is not empty"):
        restore(tmp_path / "b.tar", folders)
    assert (tmp_path / "b.tar").read_bytes() == before
    assert content(folders["documents"]) == FILES


def test_a_folder_that_is_empty_is_taken(tmp_path: Path, folders: dict[str, Path]) -> None:
    back_up(folders, tmp_path / "b.tar")
    there = elsewhere(tmp_path)
    there["documents"].mkdir(parents=True)
    restore(tmp_path / "b.tar", there)
    assert content(there["documents"]) == FILES


def test_a_file_that_changes_meanwhile_is_told(
    tmp_path: Path, folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from indexer.sources import stamp_of

    counted = iter(range(100))

    def moving(path: Path) -> object:
        with path.open("ab") as file:
            file.write(b"x" if next(counted) % 2 else b"")
        return stamp_of(path)

    monkeypatch.setattr("indexer.backup.stamp_of", moving)
    with pytest.raises(BackupFailed, match="changed while it was being read"):
        back_up(folders, tmp_path / "b.tar")
    assert not (tmp_path / "b.tar").exists()


def test_a_damaged_backup_puts_nothing_in_its_place(tmp_path: Path, folders: dict[str, Path]) -> None:
    back_up(folders, tmp_path / "b.tar.gz")
    whole = (tmp_path / "b.tar.gz").read_bytes()
    there = elsewhere(tmp_path)
    for at in random.Random(20261122).sample(range(12, len(whole)), 40):
        (tmp_path / "b.tar.gz").write_bytes(whole[:at] + bytes([whole[at] ^ 16]) + whole[at + 1 :])
        try:
            restore(tmp_path / "b.tar.gz", there)
        except BackupFailed as failed:
            assert "is no whole backup" in str(failed)
            assert list((tmp_path / "ny").rglob("*")) == []
        else:  # a byte that says nothing: the name in the head, what fills up the end
            assert content(there["documents"]) == FILES
            shutil.rmtree(tmp_path / "ny")
    (tmp_path / "b.tar.gz").write_bytes(whole[:1000])
    with pytest.raises(BackupFailed):
        restore(tmp_path / "b.tar.gz", there)


def tar(path: Path, *members: tuple[str, bytes | None]) -> Path:
    with tarfile.open(path, "w") as archive:
        for name, body in members:
            about = tarfile.TarInfo(name)
            about.size = len(body or b"")
            if body is None:
                about.type, about.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(about, io.BytesIO(body or b""))
    return path


SAID = json.dumps({"version": 1, "files": {}}).encode()


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ([("documents/../../ut.txt", b"x"), (MANIFEST, SAID)], "leads elsewhere"),
        ([("/etc/ut.txt", b"x"), (MANIFEST, SAID)], "leads elsewhere"),
        ([("annet/ut.txt", b"x"), (MANIFEST, SAID)], "leads elsewhere"),
        ([("documents", b"x"), (MANIFEST, SAID)], "leads elsewhere"),
        ([("documents/lenke", None), (MANIFEST, SAID)], "should not be in it"),
        ([("documents/a.txt", b"x"), (MANIFEST, SAID)], "are not those of its manifest"),
        ([(MANIFEST, SAID), ("documents/a.txt", b"x")], "should not be in it"),
        ([(MANIFEST, b'{"version": 2, "files": {}}')], "no manifest that this program reads"),
        ([("documents/a.txt", b"x")], "no manifest that this program reads"),
        ([(MANIFEST, b"{")], "is no whole backup"),
    ],
)
def test_a_backup_that_was_tampered_with_puts_nothing_anywhere(
    tmp_path: Path, members: list[tuple[str, bytes | None]], told: str
) -> None:
    with pytest.raises(BackupFailed, match=told):
        restore(tar(tmp_path / "b.tar", *members), elsewhere(tmp_path))
    assert list((tmp_path / "ny").rglob("*")) == []


def test_one_command_each(
    tmp_path: Path,
    folders: dict[str, Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HVAVIRKER_ADMIN_FOLDER", str(folders["admin"]))
    assert run(["backup", str(tmp_path / "b.tar"), "--documents", str(folders["documents"])]) is Exit.OK
    monkeypatch.setenv("HVAVIRKER_ADMIN_FOLDER", str(tmp_path / "ny-admin"))
    assert run(["restore", str(tmp_path / "b.tar"), "--documents", str(tmp_path / "ny-inn")]) is Exit.OK
    assert content(tmp_path / "ny-inn") == FILES
    assert capsys.readouterr().out.startswith("4 files are in ")
    assert run(["restore", str(tmp_path / "b.tar"), "--documents", str(tmp_path / "ny-inn")]) is Exit.ERROR
    assert run(["backup", str(tmp_path / "c.tar"), "--documents", str(tmp_path / "borte")]) is Exit.USAGE
