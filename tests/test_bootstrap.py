"""tools/bootstrap on machines that lack something: one clear line each. The machines are folders of small programs."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
USED = ("sh", "dirname", "cat", "cksum", "rm", "sed", "grep", "head", "tail", "uname", "chmod", "mkdir", "readlink")

# A Python of some version, with ensurepip or not; the pip of the environments it makes does what is told.
PYTHON = """#!/bin/sh
case "$*" in
  *sysconfig*) echo .venv/lib ;;
  *"print("*) echo {version} ;;
  *"import pip"*|*"sys.exit("*) exit {too_old} ;;
  *ensurepip*) exit {bare} ;;
  *"-m venv"*) mkdir -p .venv/bin .venv/lib && cp "$0" .venv/bin/python ;;
  *"-m pip"*) echo "$*" >> asked; {pip} ;;
  --version) echo "Python {version}.0" ;;
esac
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    (tmp_path / "bin").mkdir()
    for program in (*USED, "cp"):
        found = shutil.which(program)
        assert found
        (tmp_path / "bin" / program).symlink_to(found)
    (tmp_path / "project" / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "bootstrap", tmp_path / "project" / "tools")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / "project" / lock).write_text(f"{lock}==1\n", encoding="utf-8")
    return tmp_path


def install(
    machine: Path, name: str, version: str, *, too_old: bool = False, bare: bool = False, pip: str = ":"
) -> None:
    program = machine / "bin" / name
    text = PYTHON.format(version=version, too_old=int(too_old), bare=int(bare), pip=pip)
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)


def bootstrap(machine: Path, kind: str = "runtime", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(machine / "project" / "tools" / "bootstrap"), kind],
        cwd=machine,
        env={"PATH": str(machine / "bin")} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def asked(machine: Path) -> list[str]:
    path = machine / "project" / "asked"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@pytest.mark.parametrize(
    ("pythons", "line"),
    [
        ([], "Python 3.11 or newer is needed, and none was found: apt install python3 python3-venv"),
        (
            [("python3", "3.9", True, False)],
            "Python 3.11 or newer is needed; the newest here is 3.9. "
            "Install one, or name it: PYTHON=/path/to/python3 make ...",
        ),
        (
            [("python3.12", "3.12", False, True), ("python3", "3.9", True, False)],
            "Python 3.12 cannot make environments: apt install python3.12-venv, then run this again.",
        ),
    ],
)
def test_a_machine_without_a_fitting_python(
    machine: Path, pythons: list[tuple[str, str, bool, bool]], line: str
) -> None:
    for name, version, too_old, bare in pythons:
        install(machine, name, version, too_old=too_old, bare=bare)
    result = bootstrap(machine)
    assert (result.returncode, result.stderr) == (1, f"{line}\n")
    assert not (machine / "project" / ".venv").exists()


def test_the_newest_python_that_can_make_environments_is_taken(machine: Path) -> None:
    install(machine, "python3.14", "3.14", bare=True)
    install(machine, "python3.12", "3.12")
    install(machine, "python3.11", "3.11")
    result = bootstrap(machine)
    assert (result.returncode, result.stdout) == (
        0, "Making .venv with Python 3.12.0\nInstalling the packages of requirements.lock\n",
    )  # fmt: skip


def test_a_python_named_by_hand_comes_first(machine: Path) -> None:
    install(machine, "python3.12", "3.12")
    install(machine, "mypython", "3.11")
    assert "Python 3.11.0" in bootstrap(machine, PYTHON="mypython").stdout


def test_packages_come_with_hashes_and_need_no_compiler(machine: Path) -> None:
    install(machine, "python3", "3.12")
    bootstrap(machine)
    (call,) = asked(machine)
    assert "--require-hashes --only-binary :all: -r requirements.lock" in call


def test_a_second_time_does_nothing(machine: Path) -> None:
    install(machine, "python3", "3.12")
    bootstrap(machine)
    again = bootstrap(machine)
    assert (again.returncode, again.stdout, len(asked(machine))) == (0, "", 1)


def test_another_lock_file_installs_again_in_the_same_environment(machine: Path) -> None:
    install(machine, "python3", "3.12")
    bootstrap(machine)
    (machine / "project" / "requirements.lock").write_text("other==2\n", encoding="utf-8")
    assert bootstrap(machine).stdout == "Installing the packages of requirements.lock\n"


def test_the_test_environment_is_the_same_one_with_more_in_it(machine: Path) -> None:
    install(machine, "python3", "3.12")
    bootstrap(machine)
    assert bootstrap(machine, "dev").stdout == "Installing the packages of requirements-dev.lock\n"
    assert bootstrap(machine, "dev").stdout == bootstrap(machine).stdout == ""


def test_the_command_is_there_and_runs_the_checkout(machine: Path) -> None:
    install(machine, "python3", "3.12")
    bootstrap(machine)
    environment = machine / "project" / ".venv"
    assert (environment / "lib" / "hvavirker.pth").read_text(encoding="ascii") == "../../../..\n"
    assert "-m indexer.cli" in (environment / "bin" / "hvavirker").read_text(encoding="ascii")
    assert (environment / "bin" / "hvavirker").stat().st_mode & 0o111


@pytest.mark.parametrize(
    ("says", "line"),
    [
        (
            "ERROR: No matching distribution found for numpy==2.4.6",
            "There is no ready-made numpy==2.4.6 for Python 3.12.0 on ",
        ),
        (
            "WARNING: Retrying after connection broken\nERROR: No matching distribution found for babel==2.18.0",
            "The packages could not be fetched: ERROR: No matching distribution found for babel==2.18.0 "
            "(all of it: .venv/bootstrap.log)",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES",
            "The packages could not be fetched: ERROR: THESE PACKAGES DO NOT",
        ),
    ],
)
def test_packages_that_do_not_come_are_told_in_one_line(machine: Path, says: str, line: str) -> None:
    install(machine, "python3", "3.12", pip=f"printf '{says}\\n'; exit 1")
    result = bootstrap(machine)
    assert result.returncode == 1
    assert result.stderr.startswith(line)
    assert result.stderr.count("\n") == 1
    install(machine, "python3", "3.12")
    shutil.copy(machine / "bin" / "python3", machine / "project" / ".venv" / "bin" / "python")
    assert bootstrap(machine).returncode == 0, "and tried again the next time"


def test_a_wrong_use_is_told(machine: Path) -> None:
    result = bootstrap(machine, "alt")
    assert (result.returncode, result.stderr) == (2, "Say what for: tools/bootstrap runtime | dev\n")
