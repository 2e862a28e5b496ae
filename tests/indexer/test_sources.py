import os
import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.errors import ConfigError, Reason
from indexer.progress import Stage, Step
from indexer.sources import Listing, Refused, list_sources


def text_plain(path: Path) -> str:
    return "text/plain"


def listing(folder: Path, leave_out: Path | None = None) -> Listing:
    return list_sources(folder, text_plain, leave_out)


def paths(found: Listing) -> list[str]:
    return [file.source.path for file in found.files]


def write(path: Path, content: str = "innhold") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_files_in_all_folders_by_path_with_content_size_and_type(tmp_path: Path) -> None:
    for name in ("b.pdf", "A.txt", "å/ø.txt", "a/c/d.html", "a-b.txt"):
        write(tmp_path / name, name)
    found = listing(tmp_path)
    assert paths(found) == ["A.txt", "a-b.txt", "a/c/d.html", "b.pdf", "å/ø.txt"]
    first = found.files[0].source
    assert (first.sha256, first.size, first.media_type) == (sha256(b"A.txt").hexdigest(), 5, "text/plain")
    assert found.files[0].location == tmp_path / "A.txt"
    assert (found.refused, found.orphans) == ((), ())


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert listing(tmp_path) == Listing((), (), ())


def test_hidden_files_and_the_index_folder_are_left_out(tmp_path: Path) -> None:
    for name in (".skjult", ".mappe/fil.txt", "~$lås.docx", "indeks/ledger.sqlite", "a.txt"):
        write(tmp_path / name)
    assert paths(listing(tmp_path, tmp_path / "indeks")) == ["a.txt", "~$lås.docx"]


def test_curation_files_belong_to_their_document_and_orphans_are_told(tmp_path: Path) -> None:
    write(tmp_path / "rapport.pdf")
    write(tmp_path / "rapport.pdf.toml", "title = 'A'")
    write(tmp_path / "mappe" / "borte.pdf.toml")
    write(tmp_path / "uten.pdf")
    found = listing(tmp_path)
    assert paths(found) == ["rapport.pdf", "uten.pdf"]
    assert [file.curation for file in found.files] == [sha256(b"title = 'A'").hexdigest(), ""]
    assert found.orphans == ("mappe/borte.pdf.toml",)


def test_a_curation_file_of_a_refused_name_is_no_orphan(tmp_path: Path) -> None:
    (tmp_path / "lenke.pdf").symlink_to("/ingensteds")
    write(tmp_path / "lenke.pdf.toml")
    assert listing(tmp_path).orphans == ()


def test_names_are_kept_in_the_form_the_file_system_has(tmp_path: Path) -> None:
    names = ["Ålesund.pdf", unicodedata.normalize("NFD", "Ålesund.pdf"), "ᚱ\n\t'\"<b>.txt", "日本語.txt"]
    for name in names:
        write(tmp_path / name)
    assert sorted(paths(listing(tmp_path))) == sorted(names)


def test_a_name_that_is_not_utf8_is_refused_in_words(tmp_path: Path) -> None:
    write(tmp_path / os.fsdecode(b"m\xf8te") / os.fsdecode(b"r\xe5d.txt"))
    write(tmp_path / os.fsdecode(b"l\xf8s.toml"))
    found = listing(tmp_path)
    detail = "the name is not UTF-8; rename the file"
    assert found.refused == (Refused("m\\xf8te/r\\xe5d.txt", Reason.UNREADABLE, detail),)
    assert (found.files, found.orphans) == ((), ("l\\xf8s.toml",))


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        ("utenfor/fil.txt", "a symbolic link that leads outside the documents folder"),
        ("utenfor", "a symbolic link that leads outside the documents folder"),
        ("documents/finnes-ikke", "a symbolic link that leads nowhere"),
        ("documents/lenke", "a symbolic link that leads nowhere"),
        ("documents/mappe", "a symbolic link to something that is not a file"),
        ("documents", "a symbolic link to something that is not a file"),
    ],
)
def test_a_link_that_must_not_be_followed_is_refused(tmp_path: Path, target: str, fault: str) -> None:
    write(tmp_path / "utenfor" / "fil.txt")
    write(tmp_path / "documents" / "mappe" / "fil.txt")
    (tmp_path / "documents" / "lenke").symlink_to(tmp_path / target)
    found = listing(tmp_path / "documents")
    assert found.refused == (Refused("lenke", Reason.UNREADABLE, fault),)
    assert paths(found) == ["mappe/fil.txt"]


def test_a_link_to_a_file_inside_is_a_file(tmp_path: Path) -> None:
    write(tmp_path / "documents" / "a" / "fil.txt")
    (tmp_path / "documents" / "b.txt").symlink_to("a/fil.txt")
    assert paths(listing(tmp_path / "documents")) == ["a/fil.txt", "b.txt"]


def test_the_documents_folder_may_itself_be_a_link(tmp_path: Path) -> None:
    write(tmp_path / "ekte" / "fil.txt")
    (tmp_path / "lenke").symlink_to(tmp_path / "ekte")
    assert paths(listing(tmp_path / "lenke")) == ["fil.txt"]


def test_what_is_no_regular_file_is_refused_unopened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rør.pdf")
    assert listing(tmp_path).refused == (Refused("rør.pdf", Reason.UNREADABLE, "not a regular file"),)


def denied(*_: object) -> None:
    raise PermissionError(13, "Permission denied", "hemmelig.txt")


def test_a_file_that_cannot_be_read_is_refused_with_the_systems_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "hemmelig.txt")
    monkeypatch.setattr("indexer.sources._sha256", denied)
    refused = Refused("hemmelig.txt", Reason.UNREADABLE, "Permission denied: hemmelig.txt")
    assert listing(tmp_path).refused == (refused,)


def test_a_file_that_vanishes_while_the_folder_is_walked_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "borte.txt")

    def walked(folder: Path) -> list[os.DirEntry[str]]:
        entries = [*os.scandir(folder)]
        path.unlink()
        return entries

    monkeypatch.setattr("indexer.sources._visible", walked)
    refused = Refused("borte.txt", Reason.UNREADABLE, "No such file or directory")
    assert listing(tmp_path).refused == (refused,)


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "åpen.txt")
    (tmp_path / "stengt").mkdir()
    real = os.scandir
    monkeypatch.setattr(os, "scandir", lambda folder: denied() if Path(folder).name == "stengt" else real(folder))
    found = listing(tmp_path)
    detail = "the folder cannot be listed; check its permissions"
    assert found.refused == (Refused("stengt/", Reason.UNREADABLE, detail),)
    assert paths(found) == ["åpen.txt"]


def test_a_fault_of_ours_on_one_file_is_a_reason(tmp_path: Path) -> None:
    write(tmp_path / "rar.zip")

    def faulty(path: Path) -> str:
        raise ValueError("unknown kind")

    (refused,) = list_sources(tmp_path, faulty).refused
    assert (refused.path, refused.reason) == ("rar.zip", Reason.FAULT)
    assert refused.detail.startswith("ValueError: unknown kind (test_sources.py:")


@pytest.mark.parametrize("name", ["finnes-ikke", "fil.txt"])
def test_a_missing_documents_folder_is_told(tmp_path: Path, name: str) -> None:
    write(tmp_path / "fil.txt")
    with pytest.raises(ConfigError, match="There is no documents folder") as caught:
        listing(tmp_path / name)
    assert "--documents" in caught.value.remedy


@pytest.mark.parametrize("name", ["vedtak 13097248022.txt", "vedtak_13097248022.txt", "13097248022/a.txt"])
def test_a_name_with_a_national_identity_number_is_refused_and_not_told_as_progress(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    steps: list[Step] = []
    (refused,) = list_sources(tmp_path, text_plain, progress=steps.append).refused
    assert refused == Refused(
        name, Reason.UNREADABLE, "personal data stands in its name, which everyone would see; rename it"
    )
    assert [step.file for step in steps] == [""]


@pytest.mark.parametrize("index", ["", ".."])
def test_documents_in_the_index_folder_are_refused(tmp_path: Path, index: str) -> None:
    """An index folder is pruned, and safe to delete."""
    (tmp_path / "inn").mkdir()
    with pytest.raises(ConfigError, match="lies in the index folder"):
        listing(tmp_path / "inn", tmp_path / "inn" / index)


def test_progress_counts_every_file(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    write(tmp_path / "b.txt.toml")
    steps: list[Step] = []
    list_sources(tmp_path, text_plain, None, steps.append)
    assert steps == [Step(Stage.LISTING, 1, 2, "a.txt", 0.5), Step(Stage.LISTING, 2, 2, "b.txt", 1.0)]
