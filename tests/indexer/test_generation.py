"""Generations: sealed whole, switched in one step, kept, checked, and never trusted when damaged."""

import json
from pathlib import Path

import pytest

from corpus.errors import GenerationInUse, IndexDamaged, NoIndex, OtherVersion
from indexer.generation import MANIFEST, Counts, Generations

COUNTS = Counts(2, 5, 1)


def generations(folder: Path, keep: int = 2, version: int = 1) -> Generations:
    return Generations(folder, keep, {"schema": version})


def built(made: Generations, text: str = "ord") -> str:
    folder = made.begin()
    (folder / "inner").mkdir()
    (folder / "inner" / "words").write_text(text, encoding="utf-8")
    return made.seal(folder, COUNTS).name


def test_a_generation_is_none_until_it_is_sealed(tmp_path: Path) -> None:
    made = generations(tmp_path)
    folder = made.begin()
    assert made.names() == ()
    generation = made.seal(folder, COUNTS)
    assert made.names() == (generation.name,)
    assert (generation.documents, generation.passages, generation.findings) == (2, 5, 1)
    assert made.read(generation.name) == generation == made.verify(generation.name)


def test_names_sort_by_age_and_are_never_used_again(tmp_path: Path) -> None:
    made = generations(tmp_path)
    names = [built(made) for _ in range(12)]
    assert names == sorted(names)
    assert len(set(names)) == 12
    assert [generation.name for generation in made.list()] == names


def test_publishing_switches_and_keeps_some(tmp_path: Path) -> None:
    made = generations(tmp_path, keep=2)
    assert made.live_name() is None
    assert made.live_stamp() is None
    assert made.previous() is None
    first, second, third = (built(made) for _ in range(3))
    made.publish(first)
    stamp = made.live_stamp()
    made.publish(second)
    assert made.live_stamp() != stamp
    assert (made.live_name(), made.previous()) == (second, first)
    made.publish(third)
    assert made.names() == (second, third)
    made.publish(second)
    assert made.live_name() == second


def test_what_a_killed_build_left_is_removed(tmp_path: Path) -> None:
    made = generations(tmp_path)
    left = made.begin()
    (left / "half").write_text("x", encoding="utf-8")
    made.begin()
    assert not (left / "half").exists()


def test_the_live_one_is_never_discarded(tmp_path: Path) -> None:
    made = generations(tmp_path)
    first, second = built(made), built(made)
    made.publish(first)
    made.publish(second)
    with pytest.raises(GenerationInUse):
        made.discard(second)
    made.discard(first)
    with pytest.raises(NoIndex):
        made.discard(first)


@pytest.mark.parametrize("name", ["", "..", "../live", "000001", "000009-20260101T000000Z"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    made = generations(tmp_path)
    built(made)
    with pytest.raises(NoIndex):
        made.verify(name)


def test_a_flipped_byte_anywhere_is_found(tmp_path: Path) -> None:
    made = generations(tmp_path)
    name = built(made, "noen ord om mobbing")
    path = made.folder(name) / "inner" / "words"
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(IndexDamaged, match="not as it was built") as raised:
            made.publish(name)
        assert raised.value.remedy
    path.write_bytes(whole)
    made.publish(name)


@pytest.mark.parametrize("change", ["removed", "added", "manifest gone", "manifest cut", "manifest without counts"])
def test_a_generation_that_is_not_whole_is_refused(tmp_path: Path, change: str) -> None:
    made = generations(tmp_path)
    name = built(made)
    folder = made.folder(name)
    manifest = folder / MANIFEST
    if change == "removed":
        (folder / "inner" / "words").unlink()
    elif change == "added":
        (folder / "more").write_text("x", encoding="utf-8")
    elif change == "manifest gone":
        manifest.unlink()
    elif change == "manifest cut":
        manifest.write_text(manifest.read_text(encoding="utf-8")[:40], encoding="utf-8")
    else:
        manifest.write_text(json.dumps({"name": name}), encoding="utf-8")
    with pytest.raises(IndexDamaged):
        made.verify(name)
    assert made.live_name() is None


def test_a_manifest_that_cannot_be_read_is_left_out_of_the_list(tmp_path: Path) -> None:
    made = generations(tmp_path)
    first, second = built(made), built(made)
    (made.folder(first) / MANIFEST).unlink()
    assert [generation.name for generation in made.list()] == [second]


def test_another_versions_index_is_refused_with_what_to_do(tmp_path: Path) -> None:
    name = built(generations(tmp_path, version=1))
    with pytest.raises(OtherVersion, match="schema version 1; this program reads 2") as raised:
        generations(tmp_path, version=2).verify(name)
    assert raised.value.remedy == "It is not damaged. Make a new one: hvavirker index."
    assert (generations(tmp_path, version=2).outdated(name), generations(tmp_path, version=1).outdated(name)) == (
        True,
        False,
    )


def test_one_of_another_version_waits_for_nobody(tmp_path: Path) -> None:
    known, old = generations(tmp_path, version=2), built(generations(tmp_path, version=1))
    assert (known.waiting(), known.way_out()) == ((), "hvavirker index")
    new = built(known)
    assert (known.waiting(), known.way_out()) == ((new,), "hvavirker publish")
    (known.folder(old) / MANIFEST).unlink()
    assert (known.outdated(old), known.waiting()) == (False, (old, new))
    (tmp_path / "live").write_bytes(b"x")
    assert known.way_out() == "hvavirker index"
