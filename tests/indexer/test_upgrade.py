"""From one version of the program to another: nothing is misread, all is compared before the switch, and what to do is
said. The index is real, and of another version because the number is; the reading is that of `run_fakes`."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import IndexDamaged, OtherVersion
from corpus.search import SearchRequest
from indexer.clearance import Clearances
from indexer.cli.command import Exit
from indexer.cli.command import run as command
from indexer.cli.differences import lines
from indexer.cli.index import summary
from indexer.cli.serve import what_is_amiss
from indexer.difference import Changed, Fallen, Flipped, Lost, Size
from indexer.engines import open_engine, open_generations
from indexer.engines.search_engine import VERSIONS
from indexer.generation import note
from indexer.pipeline import Report, run
from search_app import create_app
from tests.contract.collection import TODAY
from tests.indexer.run_fakes import Reading, Shelf, config_for, findings, known_vocabulary, put, record, rooms_for

NAMES = "abcde"
TEXTS = {f"{name}.txt": f"Rapport {name} om mentor\nDet virker" for name in NAMES}


class World:
    """A documents folder, a real index over it, and the program in the version it has."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.config, self._patch, self._capsys = config_for(root), patch, capsys
        self.documents = self.config.documents.folder
        self.documents.mkdir()
        self.reading = Reading()
        self.rooms = replace(rooms_for(Shelf(), self.reading), open_engine=open_engine)

    def run(self, **changed: object) -> Report:
        self.reading.asked.clear()
        return run(self.config, rooms=replace(self.rooms, **changed))  # type: ignore[arg-type]

    def upgrade(self, by: int = 1) -> None:
        """From now on another version of the program is at work."""
        self._patch.setitem(VERSIONS, "schema", VERSIONS["schema"] + by)

    def says(self, *arguments: str) -> tuple[Exit, str, str]:
        self._capsys.readouterr()
        code = command([*arguments, "--index", str(self.config.index.folder)])
        return code, *self._capsys.readouterr()

    def total(self) -> int:
        """How many documents a process that starts now finds."""
        return open_engine(self.config, known_vocabulary()).search(SearchRequest(TODAY)).total


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[World]:
    made = World(tmp_path, monkeypatch, capsys)
    put(made.documents, **TEXTS)
    yield made


def test_an_upgrade_without_a_difference_publishes_by_itself_and_reads_no_file(world: World) -> None:
    first = world.run().generation.name
    world.upgrade()
    with pytest.raises(OtherVersion):
        world.total()
    report = world.run()
    assert (report.waits, report.clearance.before, world.reading.asked) == (False, first, [])
    assert report.clearance.difference is not None
    assert report.clearance.difference.nothing
    assert report.clearance.difference.before == Size(5, 5, 5)
    assert (world.total(), lines(report.clearance)[-1]) == (5, "  no difference")


def test_what_an_upgrade_loses_or_says_otherwise_waits_for_a_person(world: World, tmp_path: Path) -> None:
    golden = tmp_path / "golden.toml"
    golden.write_text('[[question]]\ntext = "mentor"\nfinds = ["a.txt", "e.txt"]\n', encoding="utf-8")
    world.config = replace(world.config, publish=replace(world.config.publish, golden=golden))
    first = world.run().generation.name
    world.upgrade()
    put(world.documents, **{f"{name}.txt": "!corrupt" for name in "abc"})

    def otherwise(*given):  # type: ignore[no-untyped-def]
        made = record(*given)
        worse = tuple(replace(each, verdict="skadelig") for each in findings(made.pages[0].text))
        metadata = replace(made.document.metadata, title=replace(made.document.metadata.title, value="Annet"))
        return replace(made, document=replace(made.document, metadata=metadata), findings=worse)

    report = world.run(make_record=otherwise, extractor_version=2)
    difference = report.clearance.difference
    assert difference is not None
    assert (report.waits, report.clearance.before, len(report.clearance.concerns)) == (True, first, 2)
    assert difference.lost == tuple(Lost(f"{name}.txt", "corrupt") for name in "abc")
    assert difference.flipped == tuple(Flipped(f"{n}.txt", 1, "virker", "virker", "skadelig") for n in "de")
    assert difference.metadata == tuple(Changed(f"{n}.txt", "title", f"Rapport {n} om mentor", "Annet") for n in "de")
    assert difference.golden == (Fallen("mentor", "a.txt"),)
    assert Clearances(world.config.index.folder).read(report.generation.name) == report.clearance
    assert open_generations(world.config).live_name() == first
    with pytest.raises(OtherVersion):
        world.total()


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"\x1f\x8b half")])
def test_without_an_account_it_is_published_and_said_that_nothing_was_compared(world: World, damage) -> None:  # type: ignore[no-untyped-def]
    first = world.run().generation.name
    damage(note(world.config.index.folder, first))
    world.upgrade()
    report = world.run()
    assert (report.waits, report.clearance.before, report.clearance.difference) == (False, first, None)
    told = (
        f"Generation {first}, which was live, cannot be read, and there is no account of it: nothing could be compared."
    )
    assert told in summary(report)
    assert world.says("generations", "--differences", report.generation.name)[1] == f"{told}\n"


def test_an_account_goes_with_its_generation(world: World) -> None:
    world.config = replace(world.config, index=replace(world.config.index, keep_generations=1))
    first = world.run().generation.name
    assert note(world.config.index.folder, first).exists()
    world.upgrade()
    second = world.run().generation.name
    assert [path.name for path in note(world.config.index.folder, "").parent.glob("*.gz")] == [f"{second}.json.gz"]


def test_a_process_of_the_old_version_goes_on_answering_through_the_upgrade(world: World) -> None:
    first = world.run().generation.name
    old = open_engine(world.config, known_vocabulary())
    world.upgrade()
    put(world.documents, f_txt="Ny rapport")
    second = world.run().generation.name
    live = old.live()
    assert live is not None
    assert (live.name, old.search(SearchRequest(TODAY)).total, world.total()) == (first, 5, 6)
    assert f"Generation {second} was made by another version of this program" in live.fault


def test_going_back_to_the_old_program_finds_its_index_again(world: World) -> None:
    first = world.run().generation.name
    world.upgrade()
    world.run()
    world.upgrade(-1)
    live = open_engine(world.config, known_vocabulary()).live()
    assert live is not None
    assert (live.name, "another version" in live.fault) == (first, True)
    assert world.run().generation.name > first
    assert open_engine(world.config, known_vocabulary()).live().fault == ""  # type: ignore[union-attr]


def test_a_damaged_index_is_compared_by_its_account_and_not_with_the_one_that_stands_in(world: World) -> None:
    for name in "bcde":
        (world.documents / f"{name}.txt").unlink()
    world.run()
    put(world.documents, **TEXTS)
    second = world.run().generation.name
    (open_generations(world.config).folder(second) / "records.sqlite").write_bytes(b"")
    put(world.documents, **{f"{name}.txt": "!corrupt" for name in "bcde"})
    report = world.run()
    assert (report.waits, report.clearance.before) == (True, second)
    assert report.clearance.difference is not None
    assert len(report.clearance.difference.lost) == 4


def test_what_to_do_between_the_upgrade_and_the_new_index_is_said_by_every_command(world: World) -> None:
    first = world.run().generation.name
    world.upgrade()
    version = VERSIONS["schema"]
    why = (
        f"Generation {first} was made by another version of this program: schema version {version - 1}; this program "
        f"reads {version}."
    )
    told = f"hvavirker: {why} It is not damaged. Make a new one: hvavirker index.\n"
    for asked in (["search", "mentor"], ["status"], ["verify"], ["export", "documents"]):
        code, _, error = world.says(*asked)
        assert (asked, code, error) == (asked, Exit.OUTDATED, told)
    assert world.says("status")[1].startswith("5 files: 5 indexed")
    assert json.loads(world.says("status", "--json")[1])["fault"] == why
    assert what_is_amiss(world.config) == f"{why[:-1]}; pages will say so until `hvavirker index` has run."
    assert "  Another version of this program made it, and only that one can read it." in world.says("generations")[1]


def test_what_to_do_is_said_by_every_page_and_to_monitoring(world: World) -> None:
    world.run()
    world.upgrade()
    client = create_app(world.config).test_client()
    page, english = client.get("/sok?q=mentor"), client.get("/en/tiltak")
    assert (page.status_code, english.status_code) == (503, 503)
    assert "Tjenesten er oppgradert" in page.text
    assert "hvavirker index" in page.text
    assert "Nothing is damaged" in english.text
    assert client.get("/api/search").get_json()["error"]["command"] == "hvavirker index"
    health = client.get("/helse")
    assert (health.status_code, health.get_json()["status"]) == (503, "outdated")
    assert "was made by another version of this program" in health.get_json()["message"]
    assert health.get_json()["command"] == "hvavirker index"
    metrics = client.get("/metrics").text.splitlines()
    assert "hvavirker_up 0" in metrics
    assert "hvavirker_damaged 0" in metrics


def test_when_the_new_index_waits_the_way_out_is_to_publish_it(world: World) -> None:
    world.run()
    world.upgrade()
    put(world.documents, **{f"{name}.txt": "!corrupt" for name in "abcd"})
    waits = world.run()
    assert waits.waits
    client = create_app(world.config).test_client()
    assert "hvavirker publish" in client.get("/sok").text
    assert client.get("/helse").get_json()["command"] == "hvavirker publish"
    assert what_is_amiss(world.config).endswith("; pages will say so until `hvavirker publish` has run.")
    assert waits.generation.name in json.loads(world.says("status", "--json")[1])["waits"]
    code, out, _ = world.says("publish")
    assert (code, out.splitlines()[0].startswith("Waits: 4 documents whose file is there")) == (Exit.OK, True)
    assert (world.total(), client.get("/helse").get_json()["status"], what_is_amiss(world.config)) == (1, "ok", "")


def test_one_that_waited_for_the_old_version_is_not_offered_any_more(world: World) -> None:
    world.run()
    put(world.documents, **{f"{name}.txt": "!corrupt" for name in "abcd"})
    old = world.run().generation.name
    world.upgrade()
    assert world.says("publish")[0] is Exit.NOTHING
    assert world.says("publish", old)[0] is Exit.OUTDATED
    rows = json.loads(world.says("generations", "--json")[1])["generations"]
    assert [row["state"] for row in rows] == ["outdated", "live"]
    assert world.says("verify", "--all")[0] is Exit.OUTDATED


def test_verify_of_all_leaves_out_those_of_another_version(world: World) -> None:
    first = world.run().generation.name
    world.upgrade()
    second = world.run().generation.name
    code, out, _ = world.says("verify", "--all")
    assert (code, out) == (Exit.OK, f"{first}  of another version of this program\n{second}  well\n")
    assert world.says("verify", first)[0] is Exit.OUTDATED
    assert world.says("rollback")[0] is Exit.OUTDATED
    assert world.total() == 5


def test_a_damaged_index_beside_an_outdated_one_is_no_index(world: World) -> None:
    first = world.run().generation.name
    put(world.documents, f_txt="Ny rapport")
    second = world.run().generation.name
    known = open_generations(world.config)
    (known.folder(second) / "records.sqlite").write_bytes(b"")
    with pytest.raises(IndexDamaged) as raised:
        (known.folder(first) / "records.sqlite").write_bytes(b"")
        world.total()
    assert not isinstance(raised.value, OtherVersion)
    world.upgrade()
    with pytest.raises(OtherVersion):
        world.total()
