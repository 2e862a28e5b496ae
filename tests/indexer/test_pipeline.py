import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from subprocess import PIPE
from typing import NoReturn

import pytest

from corpus.config import Config, Count, Switch
from corpus.errors import ConfigError, HvaVirkerError, NothingIndexed, Reason, RunActive
from corpus.model import Extracted, Record
from corpus.vocabulary import Vocabulary
from indexer.clearance import Clearances
from indexer.crew import Processes
from indexer.curation import Curation
from indexer.extract import Outcome, Task
from indexer.ledger import LEDGER, FileState, Ledger
from indexer.lock import locked
from indexer.pipeline import Report, run
from indexer.progress import Stage, Step, silent
from tests.indexer.run_fakes import Reading, Shelf, config_for, piece, put, record, rooms_for


class World:
    """A documents folder, an index folder and an engine that outlives runs."""

    def __init__(self, tmp_path: Path) -> None:
        self.config = config_for(tmp_path)
        self.documents = self.config.documents.folder
        self.documents.mkdir()
        self.shelf, self.reading, self.steps = Shelf(), Reading(), list[Step]()
        self.ledger = Ledger(self.config.index.folder / LEDGER)

    def run(self, config: Config | None = None, version: int = 1) -> Report:
        self.reading.asked.clear()
        return run(config or self.config, self.steps.append, rooms_for(self.shelf, self.reading, version))

    def states(self) -> dict[str, str]:
        return {entry.path: entry.reason or entry.state for entry in self.ledger.entries()}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_folder_becomes_a_live_generation(world: World) -> None:
    put(world.documents, b_txt="B-rapport\nMOT virker", a_txt="A-rapport\fside to")
    report = world.run()
    assert world.shelf.titles() == ["A-rapport", "B-rapport"]
    assert (report.counts.files, report.counts.indexed, report.read, report.changed) == (2, 2, 2, True)
    assert (report.generation.name, report.generation.documents, report.generation.findings) == ("g1", 2, 1)
    entry = world.ledger.entry("a.txt")
    assert entry is not None
    assert (entry.state, entry.engine, entry.pages, entry.seconds, entry.memory_mb, entry.generation) == (
        FileState.INDEXED, "fake", 2, 0.5, 20, "g1",
    )  # fmt: skip


def test_every_file_is_indexed_or_set_aside_with_its_reason(world: World) -> None:
    put(world.documents, ok_txt="Rapport", copy_txt="Rapport", locked_txt="!password", ours_txt="!bug")
    put(world.documents, unfit_txt="!unfit", misplaced_txt="!misplaced virker", curated_txt="Skrivefeil")
    put(world.documents, changing_txt="!changing", **{"curated.txt.toml": "wrong", "borte.txt.toml": "x"})
    (world.documents / "lenke.txt").symlink_to("/ingensteds")
    report = world.run()
    assert world.states() == {
        "changing.txt": Reason.UNREADABLE,
        "copy.txt": FileState.INDEXED,
        "curated.txt": Reason.CURATION,
        "lenke.txt": Reason.UNREADABLE,
        "locked.txt": Reason.PASSWORD,
        "misplaced.txt": Reason.FAULT,
        "ok.txt": Reason.DUPLICATE,
        "ours.txt": Reason.FAULT,
        "unfit.txt": Reason.FAULT,
    }
    assert report.counts.files == 9 == report.counts.indexed + report.counts.set_aside
    assert report.orphans == ("borte.txt.toml",)
    assert world.shelf.titles() == ["Rapport"]


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("locked.txt", "as the file asks"),
        ("ours.txt", "RuntimeError: a fault of ours (run_fakes.py:#)"),
        ("unfit.txt", "ValueError: no record can be made of this (run_fakes.py:#)"),
        ("misplaced.txt", "ValueError: finding f1 is not at 12 on page 1 (preparation.py:#)"),
        ("curated.txt", "curated.txt.toml: there is no field titel; did you mean title?"),
        ("changing.txt", "the file changed while it was being read; run again"),
        ("z.txt", "same content as a.txt; its curation file is not used"),
    ],
)
def test_the_ledger_says_why_in_words(world: World, path: str, detail: str) -> None:
    put(world.documents, a_txt="Rapport", z_txt="Rapport", locked_txt="!password", ours_txt="!bug", unfit_txt="!unfit")
    put(world.documents, misplaced_txt="!misplaced virker", curated_txt="Skrivefeil", changing_txt="!changing")
    put(world.documents, **{"curated.txt.toml": "wrong", "a.txt.toml": "Tittel", "z.txt.toml": "Ny tittel"})
    world.run()
    entry = world.ledger.entry(path)
    assert entry is not None
    assert re.sub(r":\d+\)$", ":#)", entry.detail) == detail


def test_a_copy_is_indexed_when_the_first_of_its_kind_cannot_be(world: World) -> None:
    put(world.documents, a_txt="Rapport", b_txt="Rapport", **{"a.txt.toml": "wrong"})
    world.run()
    assert world.states() == {"a.txt": Reason.CURATION, "b.txt": FileState.INDEXED}


def test_a_curation_file_reaches_the_record(world: World) -> None:
    put(world.documents, a_txt="Skrivefiel", **{"a.txt.toml": "Skrivefeil"})
    world.run()
    assert world.shelf.titles() == ["Skrivefeil"]


def test_nothing_changed_reads_nothing_and_builds_nothing(world: World) -> None:
    put(world.documents, a_txt="A", b_txt="!corrupt")
    first = world.run()
    again = world.run()
    assert (again.changed, again.read, again.generation.name, again.counts) == (False, 0, "g1", first.counts)
    assert (world.reading.asked, list(world.shelf.built)) == ([], ["g1"])


def test_a_new_file_is_the_only_one_read(world: World) -> None:
    put(world.documents, a_txt="A", b_txt="!corrupt")
    world.run()
    put(world.documents, c_txt="C")
    assert world.run().read == 1
    assert (world.reading.asked, world.shelf.titles()) == (["c.txt"], ["A", "C"])


def test_a_file_of_new_content_is_read_again(world: World) -> None:
    put(world.documents, a_txt="A", b_txt="B")
    world.run()
    put(world.documents, a_txt="A2")
    world.run()
    assert (world.reading.asked, world.shelf.titles()) == (["a.txt"], ["A2", "B"])


def test_a_moved_file_is_not_read_again(world: World) -> None:
    put(world.documents, a_txt="A")
    world.run()
    (world.documents / "mappe").mkdir()
    (world.documents / "a.txt").rename(world.documents / "mappe" / "å.txt")
    world.run()
    assert world.reading.asked == []
    assert world.states() == {"a.txt": FileState.GONE, "mappe/å.txt": FileState.INDEXED}
    assert [each.document.source.path for each in world.shelf.built["g2"]] == ["mappe/å.txt"]


def test_a_deleted_file_leaves_the_index_and_stays_in_the_ledger(world: World) -> None:
    put(world.documents, a_txt="A", b_txt="B")
    world.run()
    (world.documents / "b.txt").unlink()
    world.run()
    assert (world.shelf.titles(), world.states()) == (["A"], {"a.txt": FileState.INDEXED, "b.txt": FileState.GONE})


@pytest.mark.parametrize("change", ["new", "changed", "removed"])
def test_a_curation_file_that_changes_makes_a_new_generation_without_reading(world: World, change: str) -> None:
    put(world.documents, a_txt="A")
    if change != "new":
        put(world.documents, **{"a.txt.toml": "Før"})
    world.run()
    if change == "removed":
        (world.documents / "a.txt.toml").unlink()
    else:
        put(world.documents, **{"a.txt.toml": "Etter"})
    assert world.run().changed
    assert (world.reading.asked, world.shelf.titles()) == ([], ["A" if change == "removed" else "Etter"])


def test_another_version_of_the_extractor_reads_everything_again(world: World) -> None:
    put(world.documents, a_txt="A", b_txt="!corrupt")
    world.run()
    assert world.run(version=2).changed
    assert sorted(world.reading.asked) == ["a.txt", "b.txt"]


def test_other_limits_try_failures_again_and_nothing_else(world: World) -> None:
    put(world.documents, a_txt="A", b_txt="!timeout")
    world.run()
    wider = replace(world.config, extract=replace(world.config.extract, wall_seconds=600))
    assert world.run(wider).changed
    assert world.reading.asked == ["b.txt"]


def test_more_workers_change_nothing(world: World) -> None:
    put(world.documents, a_txt="A")
    world.run()
    more = replace(world.config, extract=replace(world.config.extract, workers=8))
    assert not world.run(more).changed


def test_other_code_or_vocabulary_makes_records_again_without_reading(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(world.documents, a_txt="A")
    world.run()
    monkeypatch.setattr("indexer.pipeline._program", lambda: "another digest")
    assert world.run().changed
    assert world.reading.asked == []


def test_faults_that_may_pass_are_tried_again(world: World) -> None:
    put(world.documents, a_txt="A", b_txt="!bug", c_txt="!changing", d_txt="!unreadable")
    world.run()
    put(world.documents, e_txt="E")
    world.run()
    assert sorted(world.reading.asked) == ["b.txt", "c.txt", "e.txt"]


def test_the_same_bytes_are_read_once(world: World) -> None:
    put(world.documents, a_txt="A", b_txt="A", c_txt="A")
    assert world.run().read == 1
    assert world.reading.asked == ["a.txt"]


def test_a_damaged_cache_is_read_past(world: World) -> None:
    put(world.documents, a_txt="A", b_txt="B")
    world.run()
    for path in (world.config.index.folder / "cache").glob("*.text"):
        path.write_bytes(b"")
    put(world.documents, c_txt="C")
    world.run()
    assert (world.reading.asked, world.shelf.titles()) == (["c.txt", "a.txt", "b.txt"], ["A", "B", "C"])


def test_a_damaged_record_is_made_again_without_reading(world: World) -> None:
    put(world.documents, a_txt="A", b_txt="B")
    world.run()
    for path in (world.config.index.folder / "cache").glob("*.made"):
        path.write_bytes(b"")
    put(world.documents, c_txt="C")
    world.run()
    assert (world.reading.asked, world.shelf.titles()) == (["c.txt"], ["A", "B", "C"])


def test_a_file_that_can_no_longer_be_read_is_set_aside(world: World) -> None:
    put(world.documents, a_txt="A", b_txt="B")
    world.run()
    for path in (world.config.index.folder / "cache").glob("*.text"):
        path.unlink()
    put(world.documents, c_txt="C")
    rooms = replace(rooms_for(world.shelf), read_file=unreadable_but("c.txt"))
    run(world.config, silent, rooms)
    assert world.states() == {"a.txt": Reason.UNREADABLE, "b.txt": Reason.UNREADABLE, "c.txt": FileState.INDEXED}


def unreadable_but(path: str) -> Reading:
    class Choosy(Reading):
        def __call__(self, location, source, config, recall):  # type: ignore[no-untyped-def]
            if source.path != path:
                raise OSError(5, "Input/output error")
            return super().__call__(location, source, config, recall)

    return Choosy()


def test_a_copy_takes_nothing_from_the_file_with_a_curation_file_nor_a_link_from_a_file(world: World) -> None:
    put(world.documents, b_txt="A", y_txt="Y")
    (world.documents / "b.txt.toml").write_text("Tittel", encoding="utf-8")
    put(world.documents, a_txt="A")
    (world.documents / "x.txt").symlink_to(world.documents / "y.txt")
    world.run()
    assert world.states() == {
        "a.txt": Reason.DUPLICATE,
        "b.txt": FileState.INDEXED,
        "x.txt": Reason.DUPLICATE,
        "y.txt": FileState.INDEXED,
    }
    assert sorted(world.shelf.titles()) == ["Tittel", "Y"]


def test_a_fault_that_has_passed_lets_the_file_in_though_nothing_has_changed(world: World) -> None:
    put(world.documents, a_txt="A", b_txt="B")
    broken = replace(rooms_for(world.shelf), read_file=unreadable_but("a.txt"))
    assert run(world.config, silent, broken).changed
    assert world.states()["b.txt"] == Reason.UNREADABLE
    assert not run(world.config, silent, broken).changed
    assert world.run().changed
    assert world.states() == {"a.txt": FileState.INDEXED, "b.txt": FileState.INDEXED}
    assert not world.run().changed


LONG = "!long\fEn side\fTo sider"


def test_a_long_file_is_read_in_pieces_side_by_side_and_is_one_document(world: World) -> None:
    put(world.documents, lang_txt=LONG, kort_txt="K")
    world.run()
    assert world.states() == {"kort.txt": FileState.INDEXED, "lang.txt": FileState.INDEXED}
    entry = next(entry for entry in world.ledger.entries() if entry.path == "lang.txt")
    assert (entry.pages, entry.seconds) == (3, 1.5)
    assert world.reading.asked.count("lang.txt") == 2
    assert not list((world.config.index.folder / "cache").glob("*.piece"))


@pytest.mark.parametrize(("page", "reason"), [("!bug", Reason.FAULT), ("!die", Reason.CRASHED)])
def test_a_piece_that_fails_costs_its_file_only(world: World, page: str, reason: Reason) -> None:
    put(world.documents, lang_txt=f"!long\f{page}\fTre", kort_txt="K")
    rooms = replace(rooms_for(world.shelf), recruit=Processes)
    run(world.config, silent, rooms)
    assert world.states() == {"kort.txt": FileState.INDEXED, "lang.txt": reason}


def test_readers_that_do_not_start_for_a_piece_end_the_run(world: World) -> None:
    put(world.documents, lang_txt="!long\f!stuck")
    with pytest.raises(HvaVirkerError, match="does not start"):
        world.run()


def test_what_was_read_of_a_long_file_is_not_read_again_when_a_run_was_stopped(world: World) -> None:
    put(world.documents, lang_txt=LONG)

    def stopped_at_the_end(task: Task) -> Outcome:
        if task.first == 3:
            raise KeyboardInterrupt
        return piece(task)

    rooms = replace(rooms_for(world.shelf), recruit=Here, read_piece=stopped_at_the_end)
    with pytest.raises(KeyboardInterrupt):
        run(world.config, silent, rooms)
    read: list[int] = []

    def noted(task: Task) -> Outcome:
        read.append(task.first)
        return piece(task)

    run(world.config, silent, replace(rooms, read_piece=noted))
    assert read == [3]


def test_a_long_text_that_was_lost_is_read_again(world: World) -> None:
    put(world.documents, lang_txt=LONG)
    world.run()
    for path in (world.config.index.folder / "cache").glob("*.text"):
        path.unlink()
    put(world.documents, c_txt="C")
    world.run()
    assert world.states() == {"c.txt": FileState.INDEXED, "lang.txt": FileState.INDEXED}


def test_a_damaged_index_is_built_again(world: World) -> None:
    put(world.documents, a_txt="A")
    world.run()
    world.shelf.damaged = True
    assert world.run().generation.name == "g2"
    assert world.reading.asked == []


def test_a_generation_that_stands_in_for_a_damaged_one_is_replaced(world: World) -> None:
    put(world.documents, a_txt="A")
    world.run()
    world.shelf.fault = "g0 is not as it was built"
    report = world.run()
    assert (report.changed, report.generation.name, world.shelf.live_name) == (True, "g2", "g2")


def test_what_was_rolled_back_is_not_made_live_again_without_a_person(world: World) -> None:
    put(world.documents, a_txt="A")
    world.run()
    put(world.documents, b_txt="B")
    world.run()
    world.shelf.live_name, world.shelf.rolled_back = "g1", "g2"
    report = world.run()
    assert (report.changed, report.waits, report.generation.name, world.shelf.live_name) == (False, True, "g2", "g1")
    assert "g2 was rolled back by a person" in report.clearance.concerns[0]
    put(world.documents, c_txt="C")
    report = world.run()
    assert (report.changed, report.waits, report.generation.name, world.shelf.live_name) == (True, True, "g3", "g1")
    assert sorted(world.shelf.built) == ["g1", "g2", "g3"]


def waiting(world: World) -> Report:
    """A run that loses four of five documents."""
    put(world.documents, **{f"{name}.txt": name for name in "abcde"})
    world.run()
    for name in "abcd":
        put(world.documents, **{f"{name}.txt": "!corrupt"})
    return world.run()


def test_a_generation_beyond_the_limits_waits_for_a_person(world: World) -> None:
    report = waiting(world)
    assert (report.waits, report.generation.name, world.shelf.live_name) == (True, "g2", "g1")
    assert report.clearance.concerns == (
        "4 documents whose file is there and gives none now; 2 are within the limits.",
    )
    assert report.clearance.difference is not None
    assert [(lost.file, lost.reason) for lost in report.clearance.difference.lost] == [
        (f"{name}.txt", "corrupt") for name in "abcd"
    ]
    assert Clearances(world.config.index.folder).read("g2") == report.clearance


def test_a_generation_that_waits_is_not_built_again_and_another_takes_its_place(world: World) -> None:
    waiting(world)
    again = world.run()
    assert (again.waits, again.changed, list(world.shelf.built), world.reading.asked) == (True, False, ["g1", "g2"], [])
    put(world.documents, f_txt="f")
    assert world.run().waits
    assert list(world.shelf.built) == ["g1", "g3"]


def test_wider_limits_let_a_generation_that_waits_go_live(world: World) -> None:
    waiting(world)
    wider = replace(world.config, publish=replace(world.config.publish, few=Count(4)))
    report = world.run(wider)
    assert (report.waits, report.changed, world.shelf.live_name) == (False, False, "g2")
    assert not world.run(wider).changed


@pytest.mark.parametrize(("switch", "live"), [(Switch.ALWAYS, "g2"), (Switch.ASK, None), (Switch.AUTO, "g1")])
def test_who_makes_a_generation_live_is_a_setting(world: World, switch: Switch, live: str | None) -> None:
    world.config = replace(world.config, publish=replace(world.config.publish, switch=switch))
    waiting(world)
    assert world.shelf.live_name == live


def test_a_switch_that_fails_is_made_by_the_next_run(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    put(world.documents, a_txt="A")
    world.run()
    put(world.documents, b_txt="B")
    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(world.shelf, "publish", raising(OSError(28, "No space left on device")))
        world.run()
    assert world.shelf.live_name == "g1"
    report = world.run()
    assert (report.waits, report.changed, world.shelf.live_name) == (False, False, "g2")
    assert world.reading.asked == []


def raising(fault: Exception) -> Callable[..., NoReturn]:
    def raised(*_: object) -> NoReturn:
        raise fault

    return raised


def test_a_generation_that_is_gone_is_built_again(world: World) -> None:
    waiting(world)
    world.shelf.discard("g2")
    assert world.run().generation.name == "g3"


@pytest.mark.parametrize("files", [{}, {"a_txt": "!corrupt", "b_txt": "!empty"}])
def test_a_folder_without_a_document_publishes_nothing(world: World, files: dict[str, str]) -> None:
    put(world.documents, ok_txt="Rapport")
    world.run()
    (world.documents / "ok.txt").unlink()
    put(world.documents, **files)
    with pytest.raises(NothingIndexed, match="gave a document") as caught:
        world.run()
    assert "hvavirker status" in caught.value.remedy
    assert (world.shelf.live_name, world.ledger.counts().set_aside) == ("g1", len(files))


def test_without_a_documents_folder_nothing_happens(world: World) -> None:
    world.documents.rmdir()
    with pytest.raises(ConfigError):
        world.run()
    assert world.shelf.built == {}


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_build_that_fails_leaves_all_as_it_was_and_keeps_what_was_read(world: World, fault: BaseException) -> None:
    put(world.documents, a_txt="A")
    world.run()
    put(world.documents, b_txt="B")
    world.shelf.fails = fault
    with pytest.raises(type(fault)):
        world.run()
    assert (world.shelf.live_name, world.states()) == ("g1", {"a.txt": FileState.INDEXED})
    world.shelf.fails = None
    assert world.run().changed
    assert (world.reading.asked, world.shelf.titles()) == ([], ["A", "B"])


def test_an_interrupt_while_reading_drops_the_files_that_wait(world: World) -> None:
    put(world.documents, **{f"{number:02}.txt": str(number) for number in range(30)})

    def interrupted(step: Step) -> None:
        if step.stage is Stage.READING and step.done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(world.config, interrupted, rooms_for(world.shelf, world.reading))
    assert len(world.reading.asked) < 30
    with locked(world.config.index.folder):
        pass


def test_a_cache_that_cannot_be_written_ends_the_run(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    put(world.documents, a_txt="A")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("indexer.cache._write", full)
    with pytest.raises(OSError, match="No space left"):
        world.run()
    assert world.shelf.live_name is None


def test_progress_goes_through_all_stages_to_the_end(world: World) -> None:
    put(world.documents, a_txt="A", b_txt="B")
    world.run()
    last = {step.stage: (step.done, step.total) for step in world.steps}
    assert sorted({step.share for step in world.steps if step.stage is Stage.READING}) == [0.0, 0.5, 1.0]
    assert list(last.items()) == [
        (Stage.LISTING, (2, 2)),
        (Stage.READING, (2, 2)),
        (Stage.BUILDING, (2, 2)),
        (Stage.CHECKING, (1, 1)),
        (Stage.PUBLISHING, (1, 1)),
    ]


class Counting:
    """Counts the records made; equal records are made once for each file and program."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self, extracted: Extracted, curated: Curation | None, vocabulary: Vocabulary) -> Record:
        self.made.append(extracted.source.path)
        return record(extracted, curated, vocabulary)


def test_only_what_changed_is_made_again(world: World) -> None:
    put(world.documents, a_txt="A", b_txt="B", c_txt="C")
    counting = Counting()
    rooms = replace(rooms_for(world.shelf, world.reading), make_record=counting)
    run(world.config, silent, rooms)
    put(world.documents, b_txt="B2", **{"c.txt.toml": "Ny tittel"})
    run(world.config, silent, rooms)
    assert sorted(counting.made) == ["a.txt", "b.txt", "b.txt", "c.txt", "c.txt"]
    assert world.shelf.titles() == ["A", "B2", "Ny tittel"]


def test_a_record_that_takes_too_long_is_set_aside(world: World) -> None:
    put(world.documents, a_txt="A", b_txt="a" * 40)
    hanging = replace(rooms_for(world.shelf, world.reading), make_record=hangs, recruit=Here)
    run(replace(world.config, extract=replace(world.config.extract, cpu_seconds=1)), silent, hanging)
    entry = world.ledger.entry("b.txt")
    assert entry is not None
    assert (entry.reason, entry.detail) == (Reason.TIMEOUT, "its record took more than 1 s of processor time")
    assert world.shelf.titles() == ["A"]


def hangs(extracted: Extracted, curated: Curation | None, vocabulary: Vocabulary) -> Record:
    re.match(r"(a|aa)+$", extracted.pages[0].text + "!")
    return record(extracted, curated, vocabulary)


class Here(Executor):
    """Does each task at once, in the thread that hands it over."""

    def __init__(self, workers: int) -> None:
        pass

    def submit(self, function, /, *arguments):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        future.set_result(function(*arguments))
        return future


def test_readers_that_do_not_start_end_the_run(world: World) -> None:
    put(world.documents, a_txt="A")

    def broken(*_: object) -> NoReturn:
        raise HvaVirkerError("The process that reads files does not start.", "Mend the installation.")

    with pytest.raises(HvaVirkerError, match="does not start"):
        run(world.config, silent, replace(rooms_for(world.shelf), read_file=broken))
    assert world.ledger.entries() == ()


def test_only_one_run_is_active(world: World, tmp_path: Path) -> None:
    put(world.documents, a_txt="A")
    holder = HOLD.format(root=str(Path(__file__).parents[2]), folder=str(world.config.index.folder))
    with subprocess.Popen([sys.executable, "-c", holder], stdout=PIPE, stdin=PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(RunActive, match=f"process {other.pid}"):
            world.run()
        other.kill()
    assert world.run().changed


HOLD = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from subprocess import PIPE
from typing import NoReturn
from indexer.lock import locked
with locked(Path({folder!r})):
    print("held", flush=True)
    sys.stdin.read()
"""
