"""Runs that are killed and disks that fail, a few of each; benchmarks/reliability has them by the hundred."""

import random
from pathlib import Path

import pytest

from benchmarks.reliability.base import Base
from benchmarks.reliability.failing import Failing, injected
from benchmarks.reliability.killing import Trial, at_moments, at_steps
from benchmarks.reliability.starting import at_once
from indexer.cli.command import Exit

SEED, KILLS, FAULTS, DOCUMENTS, RUNS = 20261122, 20, 12, 6, 50


@pytest.fixture(autouse=True)
def _no_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HVAVIRKER_PUBLISH_SWITCH", "always")


def test_killed_runs_lose_and_double_nothing(tmp_path: Path) -> None:
    assert at_steps(Trial(Base(tmp_path, SEED), DOCUMENTS), KILLS, random.Random(SEED)) == []


def test_a_killed_run_with_its_workers_loses_and_doubles_nothing(tmp_path: Path) -> None:
    assert at_moments(Trial(Base(tmp_path, SEED), DOCUMENTS), 1, random.Random(SEED)) == []


def test_disks_that_fail_leave_the_old_index_and_say_so(tmp_path: Path) -> None:
    failing = Failing(Base(tmp_path, SEED), DOCUMENTS)
    injected(failing, FAULTS, random.Random(SEED))
    assert failing.failed == []
    assert failing.ends["told"] > FAULTS // 2


def test_of_runs_started_at_once_one_works_and_the_others_are_told(tmp_path: Path) -> None:
    base = Base(tmp_path, SEED)
    base.write(range(3))
    assert at_once(base, RUNS) == {Exit.OK: 1, Exit.BUSY: RUNS - 1}
    assert base.live_paths() == ["0/0.txt", "0/1.txt", "0/2.txt"]
