"""A server process answers while indexes are built and switched, and takes each up."""

from pathlib import Path

from benchmarks.reliability.base import Base
from benchmarks.reliability.serving import measured


def test_searches_go_on_while_indexes_are_built_and_switched(tmp_path: Path) -> None:
    base = Base(tmp_path, 1)
    base.write(range(15))
    assert base.run("index").returncode == 0
    idle, busy, switches = measured(base, 60, 15, 1)
    assert (idle.failed, busy.failed) == ([], [])
    assert len(busy.took) >= 60
    assert switches >= 2
    assert len(busy.generations) >= 2
