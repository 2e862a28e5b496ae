import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import HvaVirkerError, IndexDamaged, Reason
from indexer.ledger import Counts, Entry, FileState, Ledger, Outcome, Run

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
RUN = Run("d1", "g1", MONDAY)

INDEXED = Outcome("å/rapport.pdf", "aa", engine="pdfium", pages=12, seconds=1.5, memory_mb=80.0)
LOCKED = Outcome("låst.pdf", "bb", Reason.PASSWORD, "needs a password")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "index" / "ledger.sqlite")


def test_before_any_run_there_is_nothing(ledger: Ledger) -> None:
    assert (ledger.counts(), ledger.entries(), ledger.entry("a"), ledger.last_run()) == (
        Counts(0, 0, {}),
        (),
        None,
        None,
    )


def test_a_run_leaves_a_row_for_every_file(ledger: Ledger) -> None:
    ledger.save([INDEXED, LOCKED], MONDAY, RUN)
    assert ledger.entries() == (
        Entry(
            "låst.pdf",
            "bb",
            FileState.SET_ASIDE,
            Reason.PASSWORD,
            "needs a password",
            "",
            0,
            0,
            0,
            MONDAY,
            MONDAY,
            "g1",
        ),
        Entry("å/rapport.pdf", "aa", FileState.INDEXED, None, "", "pdfium", 12, 1.5, 80.0, MONDAY, MONDAY, "g1"),
    )
    assert ledger.entry("låst.pdf") == ledger.entries()[0]
    assert ledger.counts() == Counts(1, 1, {Reason.PASSWORD: 1})
    assert ledger.aside() == {"låst.pdf": Reason.PASSWORD}
    assert ledger.last_run() == RUN


def test_a_file_that_is_gone_keeps_its_row_and_no_longer_counts(ledger: Ledger) -> None:
    ledger.save([INDEXED, LOCKED], MONDAY, RUN)
    ledger.save([LOCKED], TUESDAY, Run("d2", "g2", TUESDAY))
    gone = ledger.entry(INDEXED.path)
    assert gone is not None
    assert (gone.state, gone.first_seen, gone.last_seen, gone.generation) == (FileState.GONE, MONDAY, MONDAY, "g1")
    assert ledger.counts() == Counts(0, 1, {Reason.PASSWORD: 1})


def test_a_file_in_a_folder_that_cannot_be_listed_is_not_gone(ledger: Ledger) -> None:
    ledger.save([Outcome("borte/a.pdf"), Outcome("plan/a.pdf"), Outcome("planer.pdf")], MONDAY, RUN)
    folder = Outcome("plan/", reason=Reason.UNREADABLE, detail="the folder cannot be listed; check its permissions")
    for day in (TUESDAY, TUESDAY + timedelta(days=1)):
        ledger.save([folder], day, Run("d2", "g2", day))
        assert {entry.path: (entry.state, entry.reason) for entry in ledger.entries()} == {
            "borte/a.pdf": (FileState.GONE, None),
            "plan/": (FileState.SET_ASIDE, Reason.UNREADABLE),
            "plan/a.pdf": (FileState.SET_ASIDE, Reason.UNREADABLE),
            "planer.pdf": (FileState.GONE, None),
        }


def test_a_file_that_comes_back_is_known_since_the_first_time(ledger: Ledger) -> None:
    ledger.save([INDEXED], MONDAY, RUN)
    ledger.save([], TUESDAY, Run("d2", "g2", TUESDAY))
    back = TUESDAY + timedelta(days=1)
    ledger.save([INDEXED], back, Run("d3", "g3", back))
    entry = ledger.entry(INDEXED.path)
    assert entry is not None
    assert (entry.state, entry.first_seen, entry.last_seen) == (FileState.INDEXED, MONDAY, back)


def test_a_run_that_published_nothing_leaves_the_last_one_standing_and_its_rows_to_be_made_anew(
    ledger: Ledger,
) -> None:
    ledger.save([INDEXED], MONDAY, RUN)
    ledger.save([LOCKED], TUESDAY, None)
    assert ledger.last_run() == replace(RUN, digest="")
    entry = ledger.entry(LOCKED.path)
    assert entry is not None
    assert entry.generation is None


def test_a_run_without_news_is_seen_on_the_files_that_are_there(ledger: Ledger) -> None:
    ledger.save([INDEXED, LOCKED], MONDAY - timedelta(days=1), RUN)
    ledger.save([INDEXED], MONDAY, RUN)
    ledger.touch(TUESDAY)
    assert [(entry.path, entry.last_seen) for entry in ledger.entries()] == [
        ("låst.pdf", MONDAY - timedelta(days=1)),
        ("å/rapport.pdf", TUESDAY),
    ]


def test_reasons_come_with_most_files_first(ledger: Ledger) -> None:
    reasons = [Reason.EMPTY, Reason.CORRUPT, Reason.CORRUPT, Reason.DUPLICATE]
    ledger.save([Outcome(str(n), "", reason) for n, reason in enumerate(reasons)], MONDAY, RUN)
    assert list(ledger.counts().reasons.items()) == [(Reason.CORRUPT, 2), (Reason.DUPLICATE, 1), (Reason.EMPTY, 1)]


@given(
    st.lists(
        st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/")),
            st.sampled_from([None, *Reason]),
            max_size=8,
        ),
        max_size=4,
    )
)
def test_files_in_are_always_indexed_plus_set_aside(
    tmp_path_factory: pytest.TempPathFactory, runs: list[dict[str, Reason | None]]
) -> None:
    ledger = Ledger(tmp_path_factory.mktemp("ledger") / "ledger.sqlite")
    ever: set[str] = set()
    for day, files in enumerate(runs):
        now = MONDAY + timedelta(days=day)
        ledger.save([Outcome(path, "", reason) for path, reason in files.items()], now, Run(str(day), "g", now))
        ever |= files.keys()
        counts = ledger.counts()
        assert counts.files == len(files)
        assert counts.indexed == sum(reason is None for reason in files.values())
        assert sum(counts.reasons.values()) == counts.set_aside
        assert {entry.path for entry in ledger.entries()} == ever


def test_a_ledger_that_cannot_be_read_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(IndexDamaged, match="cannot be used") as caught:
        Ledger(path).counts()
    assert "it is made again" in caught.value.remedy


def test_a_ledger_of_another_version_is_never_misread(ledger: Ledger, tmp_path: Path) -> None:
    ledger.save([INDEXED], MONDAY, RUN)
    database = sqlite3.connect(tmp_path / "index" / "ledger.sqlite")
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(IndexDamaged, match="it has version 99, this program reads 1"):
        ledger.entries()


def test_a_run_is_saved_whole_or_not_at_all(ledger: Ledger) -> None:
    ledger.save([INDEXED], MONDAY, RUN)
    with pytest.raises(IndexDamaged):
        ledger.save([LOCKED, Outcome("a", None)], TUESDAY, None)  # type: ignore[arg-type]
    assert [entry.path for entry in ledger.entries()] == [INDEXED.path]


def test_a_disk_that_fails_is_no_damage(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "index" / "ledger.sqlite").mkdir(parents=True)
    with pytest.raises(HvaVirkerError, match="cannot be used") as raised:
        ledger.save([INDEXED], MONDAY, RUN)
    assert not isinstance(raised.value, IndexDamaged)
    assert "Free the disk" in raised.value.remedy
