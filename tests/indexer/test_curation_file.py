"""Writing to a curation file: nothing else in it changes, nobody's work is overwritten, every change is in the log."""

import hashlib
import json
import multiprocessing
import os
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CurationConflict, CurationError
from corpus.model import Verdict
from corpus.vocabulary import load_vocabulary
from indexer.audit import FIRST, Audit
from indexer.curation import Act, Decision, Reading, read_decisions
from indexer.curation.decisions import SAYABLE
from indexer.curation.file import Edit, Shelf

VOCABULARY = load_vocabulary()
AT = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
TOLD = Decision(
    Act.CHANGE,
    'Det "virker" \\ godt.',
    7,
    2,
    "ordene før",
    "virker",
    (("verdict", Verdict.LOVENDE), ("tiltak", None)),
    "én studie",
    "kari",
    AT,
    Reading("regel", Verdict.VIRKER, "mentor"),
)
OTHER = Decision(Act.REJECT, "Dette er et mål, ikke et funn.", 9, reason="mål", by="ola", at=AT)
WRITTEN = """# Øverst
title = "Rettet"   # av Kari

[add]              # det som manglet
tiltak = ["slt"]

[[findings]]       # for hånd
decision = "confirm"
# derfor:
quote = "Skrevet for hånd."
page = 1
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    (tmp_path / "inn" / "under").mkdir(parents=True)
    return Shelf(tmp_path / "inn", tmp_path / "admin" / "lock", Audit(tmp_path / "admin" / "audit.jsonl"))


def curation(shelf: Shelf, text: str | None = None, name: str = "rapport.pdf") -> Path:
    path = shelf.documents / f"{name}.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    return path


def decide(shelf: Shelf, decision: Decision, before: Decision | None = None, name: str = "rapport.pdf") -> None:
    shelf.decide(name, shelf.digest(name), decision, before)


@pytest.mark.parametrize("name", ["rapport.pdf", "under/notat.md"])
def test_a_file_is_made_when_there_is_none(shelf: Shelf, name: str) -> None:
    decide(shelf, TOLD, name=name)
    path = curation(shelf, name=name)
    assert read_decisions(path, VOCABULARY) == (TOLD,)
    assert path.read_text(encoding="utf-8").startswith("[[findings]]\n")
    assert shelf.digest(name) == hashlib.sha256(path.read_bytes()).hexdigest()


def test_everything_else_in_the_file_stays_as_it_is(shelf: Shelf) -> None:
    path = curation(shelf, WRITTEN)
    decide(shelf, TOLD)
    decide(shelf, OTHER)
    assert path.read_text(encoding="utf-8").startswith(WRITTEN)
    assert [each.decision for each in read_decisions(path, VOCABULARY)] == [Act.CONFIRM, Act.CHANGE, Act.REJECT]
    for told in (OTHER, TOLD):
        shelf.withdraw("rapport.pdf", shelf.digest("rapport.pdf"), told, "kari", "tok feil")
    assert path.read_text(encoding="utf-8").strip() == WRITTEN.strip()


def test_a_new_decision_stands_in_place_of_the_one_before(shelf: Shelf) -> None:
    path = curation(shelf, WRITTEN)
    (by_hand,) = read_decisions(path, VOCABULARY)
    decide(shelf, OTHER)
    decide(shelf, replace(by_hand, decision=Act.REJECT, reason="likevel ikke"), by_hand)
    assert [each.decision for each in read_decisions(path, VOCABULARY)] == [Act.REJECT, Act.REJECT]
    assert "# derfor:" in path.read_text(encoding="utf-8")
    assert "# for hånd" in path.read_text(encoding="utf-8")


def test_the_last_decision_leaves_no_empty_list(shelf: Shelf) -> None:
    path = curation(shelf)
    decide(shelf, OTHER)
    shelf.withdraw("rapport.pdf", shelf.digest("rapport.pdf"), OTHER, "ola", "tok feil")
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {}


def test_who_was_too_late_is_told_and_changes_nothing(shelf: Shelf) -> None:
    path = curation(shelf, WRITTEN)
    seen = shelf.digest("rapport.pdf")
    decide(shelf, OTHER)
    before = path.read_bytes()
    with pytest.raises(CurationConflict, match="changed by somebody else"):
        shelf.decide("rapport.pdf", seen, TOLD)
    with pytest.raises(CurationConflict):
        shelf.decide("rapport.pdf", "", TOLD)
    assert path.read_bytes() == before
    assert len(shelf.audit.entries()) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title = ", "cannot be changed"),
        ('findings = "x"', "findings is not written as"),
        ('findings = [{ decision = "confirm" }]', "findings is not written as"),
    ],
)
def test_a_file_that_cannot_be_changed_safely_is_left(shelf: Shelf, text: str, says: str) -> None:
    path = curation(shelf, text)
    with pytest.raises(CurationError, match=says):
        decide(shelf, TOLD)
    assert path.read_text(encoding="utf-8") == text


def test_what_is_not_there_cannot_be_withdrawn(shelf: Shelf) -> None:
    curation(shelf, WRITTEN)
    with pytest.raises(CurationError, match="the decision is not there"):
        shelf.withdraw("rapport.pdf", shelf.digest("rapport.pdf"), TOLD, "kari", "x")


def test_an_edit_touches_what_it_may(shelf: Shelf) -> None:
    path = curation(shelf, WRITTEN)

    def retitled(table: dict[str, object]) -> None:
        table["title"] = "Ny"

    for touches in (frozenset({"title"}), frozenset({"publisher"})):
        edit = Edit(retitled, touches, "kari", "metadata", {"field": "title"})  # type: ignore[arg-type]
        if "title" in touches:
            shelf.edit("rapport.pdf", shelf.digest("rapport.pdf"), edit)
            assert path.read_text(encoding="utf-8") == WRITTEN.replace("Rettet", "Ny")
            path.write_text(WRITTEN, encoding="utf-8")
        else:
            with pytest.raises(CurationError, match="without harm"):
                shelf.edit("rapport.pdf", shelf.digest("rapport.pdf"), edit)


@pytest.mark.parametrize("name", ["../utenfor.pdf", "lenke.pdf"])
def test_nothing_is_written_outside_the_folder(shelf: Shelf, name: str) -> None:
    (shelf.documents.parent / "annet.toml").write_text("", encoding="utf-8")
    (shelf.documents / "lenke.pdf.toml").symlink_to(shelf.documents.parent / "annet.toml")
    with pytest.raises(CurationError, match="not an own file"):
        shelf.decide(name, "", TOLD)
    assert (shelf.documents.parent / "annet.toml").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failing_disk_leaves_the_file_as_it_was(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = curation(shelf, WRITTEN)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    seen = shelf.digest("rapport.pdf")
    monkeypatch.setattr(*((os, "fsync", full) if step == "fsync" else (Path, "replace", full)))
    with pytest.raises(OSError, match="No space left"):
        shelf.decide("rapport.pdf", seen, TOLD)
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == WRITTEN
    assert [each.name for each in shelf.documents.iterdir()] == ["under", path.name] or [
        each.name for each in shelf.documents.iterdir()
    ] == [path.name, "under"]


def test_a_change_that_cannot_be_told_is_not_made(shelf: Shelf) -> None:
    path = curation(shelf, WRITTEN)
    shelf.audit.path.mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        decide(shelf, TOLD)
    assert path.read_text(encoding="utf-8") == WRITTEN


def test_rights_of_the_file_are_kept(shelf: Shelf) -> None:
    path = curation(shelf, WRITTEN)
    path.chmod(0o640)
    decide(shelf, TOLD)
    assert path.stat().st_mode & 0o777 == 0o640


def _one_of_many(folder: str, number: int) -> str:
    root = Path(folder)
    shelf = Shelf(root / "inn", root / "admin" / "lock", Audit(root / "admin" / "audit.jsonl"))
    for _ in range(200):
        try:
            decide(shelf, replace(OTHER, quote=f"Sitat nummer {number} i rapporten."))
        except CurationConflict:
            continue
        return "written"
    return "gave up"


def test_many_at_once_lose_nothing(shelf: Shelf) -> None:
    folder = str(shelf.documents.parent)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        done = pool.starmap(_one_of_many, [(folder, number) for number in range(12)])
    assert done == ["written"] * 12
    assert len(read_decisions(curation(shelf), VOCABULARY)) == 12
    assert len(shelf.audit.entries()) == 12
    assert shelf.audit.broken_at() is None


TEXTS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip).map(str.strip)
)


@given(TEXTS, TEXTS, TEXTS, st.integers(1, 9999))
def test_whatever_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, quote: str, reason: str, cue: str, number: int
) -> None:
    root = tmp_path_factory.mktemp("any")
    shelf = Shelf(root, root / ".admin" / "lock", Audit(root / ".admin" / "audit.jsonl"))
    told = replace(TOLD, quote=quote, reason=reason, cue=cue, page=number)
    decide(shelf, told)
    assert read_decisions(root / "rapport.pdf.toml", VOCABULARY) == (told,)


# The audit log


def test_the_log_tells_who_when_before_and_after(shelf: Shelf) -> None:
    decide(shelf, TOLD)
    after = replace(TOLD, says=(("verdict", Verdict.BLANDET),), by="ola")
    decide(shelf, after, TOLD)
    shelf.withdraw("rapport.pdf", shelf.digest("rapport.pdf"), after, "kari", "tok feil")
    first, second, third = shelf.audit.entries()
    assert [(each.by, each.action) for each in (first, second, third)] == [
        ("kari", "change"),
        ("ola", "change"),
        ("kari", "withdraw"),
    ]
    assert first.told["before"] is None
    assert second.told["before"] == first.told["after"]
    assert (second.told["after"]["verdict"], third.told["after"], third.told["reason"]) == ("blandet", None, "tok feil")
    assert first.told["after"]["at"] == "2026-11-22T12:30:00+00:00"
    assert set(first.told["after"]["read"]) == {"rule", *SAYABLE}
    assert third.told["sha256"] == shelf.digest("rapport.pdf")
    assert (datetime.now(UTC) - third.at).total_seconds() < 60


def test_a_log_that_is_not_there_is_empty(tmp_path: Path) -> None:
    audit = Audit(tmp_path / "ingen.jsonl")
    assert (audit.entries(), audit.broken_at()) == ((), None)


@pytest.mark.parametrize(
    ("spoil", "broken_at"),
    [
        (lambda lines: [lines[0].replace(b"kari", b"ola!"), *lines[1:]], 2),
        (lambda lines: [lines[0], *lines[2:]], 2),
        (lambda lines: lines[1:], 1),
        (lambda lines: [lines[0], b"{not json", *lines[1:]], 2),
        (lambda lines: [b"[]", *lines], 1),
        (lambda lines: lines, None),
    ],
)
def test_a_log_that_was_tampered_with_says_where(tmp_path: Path, spoil: object, broken_at: int | None) -> None:
    audit = Audit(tmp_path / "admin" / "audit.jsonl")
    for number in range(3):
        audit.tell("kari", "login", {"n": number})
    lines = audit.path.read_bytes().splitlines()
    assert json.loads(lines[0])["previous"] == FIRST
    audit.path.write_bytes(b"\n".join(spoil(lines)) + b"\n")  # type: ignore[operator]
    assert audit.broken_at() == broken_at
    assert all(entry.by in {"kari", "ola!"} for entry in audit.entries())


def test_a_line_cut_short_does_not_spoil_the_next(tmp_path: Path) -> None:
    audit = Audit(tmp_path / "audit.jsonl")
    audit.tell("kari", "login", {})
    with audit.path.open("ab") as file:
        file.write(b'{"at": "2026')
    audit.tell("ola", "login", {})
    assert [entry.by for entry in audit.entries()] == ["kari", "ola"]
    assert audit.broken_at() == 2


def test_days_can_be_told_and_what_is_not_text_cannot(tmp_path: Path) -> None:
    audit = Audit(tmp_path / "audit.jsonl")
    audit.tell("kari", "metadata", {"adopted": date(2026, 1, 31)})
    assert audit.entries()[0].told["adopted"] == "2026-01-31"
    with pytest.raises(TypeError, match="bytes cannot stand"):
        audit.tell("kari", "metadata", {"x": b"x"})
