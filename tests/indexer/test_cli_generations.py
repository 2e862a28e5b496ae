"""generations, publish, rollback and verify over a real engine; every damaged byte found; the one before stands in."""

import json
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.config import Config, IndexConfig
from corpus.errors import HvaVirkerError, IndexDamaged
from corpus.model import Verdict
from corpus.search import SearchRequest
from indexer.clearance import Clearance, Clearances
from indexer.cli.command import Exit, run
from indexer.difference import Difference, Fallen, Flipped, Length, Lost, Moved, Size
from indexer.engines import open_engine, open_generations
from tests.contract.collection import TODAY, record
from tests.indexer.run_fakes import known_vocabulary

FLIPS, SEED = 40, 20261122
FIRST = (record(1, "Ungdommen fikk mentor etter skolen", findings=[(Verdict.VIRKER, "mentor")]),)
SECOND = (*FIRST, record(2, "Natteravner går gjennom sentrumsgatene hver helg", doc_type="evaluering"))


class Shelf:
    """An index folder and the command over it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.config = Config(index=IndexConfig(root, 3))
        self.capsys = capsys
        self.known = open_generations(self.config)
        self.engine = open_engine(self.config, known_vocabulary())

    def built(self, *records: object) -> str:
        return self.engine.build(records).name  # type: ignore[arg-type]

    def live(self, *records: object) -> str:
        name = self.built(*records)
        self.engine.publish(name)
        return name

    def says(self, *arguments: str) -> tuple[Exit, str, str]:
        self.capsys.readouterr()
        code = run([*arguments, "--index", str(self.config.index.folder)])
        return code, *self.capsys.readouterr()

    def afresh(self) -> int:
        """How many documents a process that starts now finds."""
        return open_engine(self.config, known_vocabulary()).search(SearchRequest(TODAY)).total


@pytest.fixture
def shelf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Shelf]:
    yield Shelf(tmp_path, capsys)


def test_one_is_published_and_taken_back(shelf: Shelf) -> None:
    first, second = shelf.live(*FIRST), shelf.built(*SECOND)
    code, out, _ = shelf.says("publish")
    assert (code, out) == (Exit.OK, f"Generation {second} is live. Go back: hvavirker rollback.\n")
    assert shelf.afresh() == 2
    code, out, _ = shelf.says("rollback")
    assert (code, shelf.afresh(), shelf.engine.withdrawn()) == (Exit.OK, 1, second)
    assert out.startswith(f"Generation {first} is live again; {second} was taken back.")
    assert shelf.says("publish", second)[0] is Exit.OK
    assert (shelf.afresh(), shelf.engine.withdrawn()) == (2, "")


def test_what_was_rolled_back_does_not_wait_again(shelf: Shelf) -> None:
    first, second, third = shelf.live(*FIRST), shelf.live(*SECOND), shelf.live(*SECOND)
    assert shelf.says("rollback")[0] is shelf.says("rollback")[0] is Exit.OK
    assert (shelf.known.live_name(), shelf.known.waiting()) == (first, ())
    assert shelf.says("publish")[0] is Exit.NOTHING
    assert [line.split("built")[0].split(maxsplit=1) for line in shelf.says("generations")[1].splitlines()] == [
        [third, "rolled back "], [second, "rolled back "], [first, "live        "],
    ]  # fmt: skip


def test_one_that_waited_is_gone_when_a_newer_one_is_live(shelf: Shelf) -> None:
    """The documents folder was half empty one night: nobody must publish that by mistake when all is well again."""
    first, _, third = shelf.live(*SECOND), shelf.built(*FIRST), shelf.live(*SECOND)
    assert shelf.known.names() == (first, third)
    assert shelf.says("publish")[0] is Exit.NOTHING
    assert shelf.afresh() == 2


def test_roll_back_goes_where_it_is_told(shelf: Shelf) -> None:
    first, second, third = shelf.live(*FIRST), shelf.live(*SECOND), shelf.live(*SECOND)
    code, _, error = shelf.says("rollback", "000009-20260101T000000Z")
    assert (code, f"Kept: {second}, {first}." in error) == (Exit.NOTHING, True)
    assert shelf.says("rollback", first)[0] is Exit.OK
    assert (shelf.known.live_name(), shelf.known.standing().withdrawn) == (first, third)
    assert shelf.says("rollback")[0] is Exit.NOTHING


def test_the_list_says_which_is_live_and_why_one_waits(shelf: Shelf) -> None:
    first, second, third = shelf.live(*FIRST), shelf.live(*SECOND), shelf.built(*FIRST)
    Clearances(shelf.config.index.folder).save(Clearance(third, second, None, ("1 document is lost.",)))
    _, out, _ = shelf.says("generations")
    assert [line.split()[:2] for line in out.splitlines()] == [
        [third, "waits"], ["1", "document"], [second, "live"], [first, "kept"],
    ]  # fmt: skip
    found = json.loads(shelf.says("generations", "--json")[1])["generations"]
    assert [(each["name"], each["state"], each["documents"], each["concerns"]) for each in found] == [
        (third, "waits", 1, ["1 document is lost."]), (second, "live", 2, []), (first, "kept", 1, []),
    ]  # fmt: skip
    shelf.says("rollback")
    assert f"{second}  rolled back" in shelf.says("generations")[1]


def test_differences_are_told_by_name(shelf: Shelf) -> None:
    name = shelf.live(*FIRST)
    difference = Difference(
        before=Size(3, 9, 4), after=Size(2, 7, 3), gained=tuple(f"ny{n}.pdf" for n in range(12)), gone=("borte.pdf",),
        lost=(Lost("låst.pdf", "password"),), moved=(Moved("a.pdf", "inn/a.pdf"),), pages=(Length("p.pdf", 9, 7),),
        shrunk=(Length("p.pdf", 900, 700),), flipped=(Flipped("f.pdf", 3, "MOT virker", "virker", "blandet"),),
        golden=(Fallen("mentor", "m.pdf"),),
    )  # fmt: skip
    Clearances(shelf.config.index.folder).save(Clearance(name, "g0", difference, ("Se på dette.",)))
    code, out, _ = shelf.says("generations", "--differences", name)
    assert code is Exit.OK
    for line in (
        "Waits: Se på dette.", f"Generation {name} against g0:", "  documents 3 to 2, pages 9 to 7, findings 4 to 3",
        "  new documents: 12", "    and 2 more", "    borte.pdf", "    låst.pdf (password)", "    a.pdf to inn/a.pdf",
        "    p.pdf: 9 to 7", "    p.pdf: 900 to 700 characters",
        "    f.pdf, page 3: virker to blandet: “MOT virker”", "    “mentor” no longer finds m.pdf",
    ):  # fmt: skip
        assert line in out.splitlines()
    data = json.loads(shelf.says("generations", "--differences", name, "--json")[1])
    assert (data["concerns"], data["difference"]["lost"]) == (
        ["Se på dette."], [{"file": "låst.pdf", "reason": "password"}],
    )  # fmt: skip
    assert shelf.says("generations", "--differences", "000099")[0] is Exit.NOTHING


def test_no_difference_is_told_too(shelf: Shelf) -> None:
    name = shelf.live(*FIRST)
    clearances, size = Clearances(shelf.config.index.folder), Size(1, 1, 1)
    clearances.save(Clearance(name, "g0", Difference(size, size)))
    assert shelf.says("generations", "--differences", name)[1].splitlines()[-1] == "  no difference"
    clearances.save(Clearance(name))
    assert "nothing to compare" in shelf.says("generations", "--differences", name)[1]


@pytest.mark.parametrize("command", ["generations", "publish", "rollback", "verify"])
def test_without_an_index_each_says_so(shelf: Shelf, command: str) -> None:
    code, out, error = shelf.says(command)
    assert (code, out, error.count("\n")) == (Exit.NOTHING, "", 1)


def test_verify_says_what_is_well(shelf: Shelf) -> None:
    first, second = shelf.live(*FIRST), shelf.live(*SECOND)
    assert shelf.says("verify")[:2] == (Exit.OK, f"{second}  well\n")
    assert shelf.says("verify", first)[:2] == (Exit.OK, f"{first}  well\n")
    assert shelf.says("verify", "--all")[:2] == (Exit.OK, f"{first}  well\n{second}  well\n")


def test_golden_questions_are_asked_before_a_person_publishes(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    golden = tmp_path / "golden.toml"
    golden.write_text('[[question]]\ntext = "natteravner"\nfinds = ["mappe/d002.pdf"]\n', encoding="utf-8")
    monkeypatch.setenv("HVAVIRKER_PUBLISH_GOLDEN", str(golden))
    shelf.live(*SECOND)
    assert shelf.says("verify")[0] is Exit.OK
    name = shelf.built(*FIRST)
    code, _, error = shelf.says("publish")
    assert (code, "does not find mappe/d002.pdf" in error) == (Exit.DAMAGED, True)
    assert shelf.says("verify", name)[0] is Exit.DAMAGED
    assert shelf.says("publish", "--force")[0] is Exit.OK


def bytes_of(folder: Path) -> list[tuple[Path, int]]:
    return [(path, at) for path in sorted(folder.rglob("*")) if path.is_file() for at in range(path.stat().st_size)]


def test_every_damaged_byte_is_found_and_the_one_before_answers(shelf: Shelf) -> None:
    first, second = shelf.live(*FIRST), shelf.live(*SECOND)
    places = random.Random(SEED).sample(bytes_of(shelf.known.folder(second)), FLIPS)
    for path, at in places:
        whole = path.read_bytes()
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :])
        with pytest.raises(IndexDamaged):
            shelf.known.verify(second)
        engine = open_engine(shelf.config, known_vocabulary())
        live = engine.live()
        assert live is not None
        assert (live.name, second in live.fault, engine.search(SearchRequest(TODAY)).total) == (first, True, 1)
        path.write_bytes(whole)
    assert shelf.afresh() == 2


def test_a_damaged_index_is_told_by_verify_and_status(shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    first, second = shelf.live(*FIRST), shelf.live(*SECOND)
    (shelf.known.folder(second) / "records.sqlite").write_bytes(b"")
    code, out, error = shelf.says("verify")
    assert (code, out.splitlines()[0]) == (Exit.DAMAGED, f"{second}  damaged")
    assert "records.sqlite is not as it was built" in error
    status = json.loads(shelf.says("status", "--json")[1])
    assert (status["generation"], second in status["fault"]) == (first, True)
    assert "It stands in for one that cannot be read" in shelf.says("status")[1]
    assert any("answers in place of one that cannot be read" in message for message in caplog.messages)
    assert shelf.says("rollback")[0] is Exit.OK
    assert shelf.says("verify")[0] is Exit.OK


def test_when_all_are_damaged_that_is_told(shelf: Shelf) -> None:
    for name in (shelf.live(*FIRST), shelf.live(*SECOND)):
        (shelf.known.folder(name) / "records.sqlite").unlink()
    with pytest.raises(IndexDamaged, match="is missing"):
        shelf.afresh()


def test_a_live_generation_whose_folder_is_gone_is_stood_in_for(shelf: Shelf) -> None:
    first, second = shelf.live(*FIRST), shelf.live(*SECOND)
    shelf.known.folder(second).rename(shelf.config.index.folder / "flyttet")
    live = open_engine(shelf.config, known_vocabulary()).live()
    assert live is not None
    assert (live.name, live.fault) == (first, f"There is no generation {second}.")


def test_a_damaged_generation_is_not_gone_back_to(shelf: Shelf) -> None:
    first, second = shelf.live(*FIRST), shelf.live(*SECOND)
    (shelf.known.folder(first) / "records.sqlite").write_bytes(b"")
    assert shelf.says("rollback")[0] is Exit.DAMAGED
    assert (shelf.known.live_name(), shelf.afresh()) == (second, 2)


def test_a_damaged_file_that_names_the_live_one_is_told_and_mended_by_the_next_switch(shelf: Shelf) -> None:
    shelf.live(*FIRST)
    live = shelf.config.index.folder / "live"
    live.write_bytes(b"x" + live.read_bytes()[1:])
    assert shelf.says("verify")[0] is Exit.DAMAGED
    found = open_engine(shelf.config, known_vocabulary()).live()
    assert found is not None
    assert "second half is used" in found.fault
    live.write_bytes(b"")
    assert shelf.engine.withdrawn() == ""
    shelf.live(*SECOND)
    assert (shelf.afresh(), shelf.known.standing().fault) == (2, "")


def test_a_process_that_runs_takes_up_what_is_published_by_another(shelf: Shelf) -> None:
    shelf.live(*FIRST)
    running = open_engine(shelf.config, known_vocabulary())
    assert running.search(SearchRequest(TODAY)).total == 1
    shelf.live(*SECOND)
    assert running.search(SearchRequest(TODAY)).total == 2
    shelf.known.roll_back()
    assert running.search(replace(SearchRequest(TODAY), text="natteravner")).total == 0


def test_a_disk_that_is_full_while_records_are_written_is_told(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    name = shelf.live(*FIRST)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("indexer.store.RecordWriter.add", full)
    with pytest.raises(HvaVirkerError, match="cannot be written: database or disk is full") as raised:
        shelf.built(*SECOND)
    assert (raised.value.remedy.startswith("Free the disk"), shelf.known.names()) == (True, (name,))
