"""What is installed, shipped and mounted: setup.py, the lock files, the notices, Dockerfile, .ci/run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from corpus import VERSION
from corpus.config import load_config
from indexer.cli.command import hvavirker

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "indexer", "search_app")


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def tracked(*patterns: str) -> set[str]:
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return {path for path in listed.stdout.split("\0") if path and (ROOT / path).exists()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files that setup.py puts into a build of the packages."""
    folder = tmp_path_factory.mktemp("build")
    command = [
        sys.executable,
        "setup.py",
        "-q",
        "build",
        "--build-base",
        str(folder / "b"),
        "--build-lib",
        str(folder / "lib"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if "No module named 'setuptools'" in done.stderr:
        pytest.skip("setuptools is not installed here")
    assert done.returncode == 0, done.stderr
    return {str(path.relative_to(folder / "lib")) for path in (folder / "lib").rglob("*") if path.is_file()}


def test_every_file_of_the_packages_is_installed_but_the_samples(built: set[str]) -> None:
    wanted = {path for path in tracked(*PACKAGES) if not path.startswith("corpus/samples/")}
    assert wanted - built == set()
    assert {path for path in built if path.startswith("corpus/samples")} == set()


def test_setup_takes_version_and_requirements_from_where_they_are_kept() -> None:
    pytest.importorskip("setuptools")
    asked = [sys.executable, "setup.py", "-q", "--version", "--name"]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.split() == [VERSION, "hvavirker"]


def names(lock: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9._-]+)==", text(lock), re.MULTILINE))


def pins(lock: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9._-]+)==([^ ]+)", text(lock), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_package_is_pinned_by_hash_and_needed_ones_are_there(lock: str) -> None:
    entries = re.split(r"^(?=[a-z0-9._-]+==)", text(lock), flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    asked = [line for line in text("requirements.in").splitlines() if line and not line.startswith("#")]
    wanted = {re.split(r"[<>=]", line)[0].lower().replace(".", "-") for line in asked}
    assert wanted - names(lock) == set()


def test_tests_run_on_the_versions_that_are_shipped() -> None:
    tested = pins("requirements-dev.lock")
    assert {name: versions for name, versions in pins("requirements.lock").items() if tested[name] != versions} == {}


def test_whoosh_is_the_version_it_must_be() -> None:
    assert pins("requirements.lock")["whoosh"] == {"2.7.4"}


def test_every_package_installed_is_in_the_notices() -> None:
    rows = re.findall(r"^\| ([a-z0-9-]+)[, (|]", text("THIRD_PARTY_NOTICES.md"), re.MULTILINE)
    assert names("requirements.lock") - set(rows) == set()
    assert set(rows) - names("requirements.lock") - {"package", "what", "names"} == set()


def test_every_vendored_folder_has_its_licence_and_is_in_the_notices() -> None:
    for folder in (ROOT / "search_app" / "static" / "vendor").iterdir():
        assert (folder / "LICENSE").read_text(encoding="utf-8").strip()
        assert f"vendor/{folder.name}/" in text("THIRD_PARTY_NOTICES.md")


def dockerfile() -> list[tuple[str, str]]:
    lines = re.sub(r"\\\n", " ", text("Dockerfile")).splitlines()
    steps = [line.partition(" ") for line in lines if line and not line.startswith(("#", " "))]
    return [(instruction, rest.strip()) for instruction, _, rest in steps]


def ignored_by_docker(path: str) -> bool:
    return any(
        Path(path).parts[0] == line or (line == ".*" and path.startswith(".")) for line in text(".dockerignore").split()
    )


def test_what_the_image_copies_is_there_and_is_all_it_needs() -> None:
    copied = {path for instruction, rest in dockerfile() if instruction == "COPY" for path in rest.split()[:-1]}
    assert [path for path in copied if not (ROOT / path).exists() or ignored_by_docker(path)] == []
    assert copied >= {*PACKAGES, "requirements.lock", "config.toml", "LICENSE", "THIRD_PARTY_NOTICES.md"}


def test_the_image_installs_by_hash_and_runs_without_rights() -> None:
    steps = dockerfile()
    assert any("--require-hashes" in rest and "-r requirements.lock" in rest for name, rest in steps if name == "RUN")
    order = [name for name, _ in steps]
    assert order.index("USER") < order.index("ENTRYPOINT")
    assert dict(steps)["USER"] == "hvavirker"


def test_the_settings_of_the_image_are_settings() -> None:
    given = dict(re.findall(r"(HVAVIRKER_\w+)=(\S+)", dict(dockerfile())["ENV"]))
    config = load_config(None, given)
    assert (config.documents.folder, config.index.folder) == (Path("/documents"), Path("/index"))
    assert config.admin.folder == Path("/admin")
    assert (config.web.host, config.web.port) == ("0.0.0.0", 8000)
    assert dict(dockerfile())["EXPOSE"] == "8000"
    assert dict(dockerfile())["VOLUME"] == '["/documents", "/index", "/admin"]'


def test_the_command_of_the_image_is_one() -> None:
    assert dict(dockerfile())["ENTRYPOINT"] == '["python", "-m", "indexer.cli"]'
    assert dict(dockerfile())["CMD"] == '["serve"]'
    assert hvavirker.get_command(click.Context(hvavirker), "serve") is not None
    assert "/helse" in dict(dockerfile())["HEALTHCHECK"]


@pytest.mark.parametrize("script", [".ci/run", "tools/bootstrap"])
def test_scripts_are_whole_and_can_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    shell = "bash" if "bash" in text(script).splitlines()[0] else "sh"
    assert subprocess.run([shell, "-n", str(ROOT / script)], check=False).returncode == 0


def test_continuous_integration_runs_both_and_lets_no_browser_test_be_skipped() -> None:
    script = text(".ci/run")
    assert script.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in script
    assert "\nmake check\n" in script
    assert "\nREQUIRE_BROWSER=1 make test\n" in script


def test_make_help_names_every_target_that_is_meant_for_people() -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    shown = re.findall(r"^  make ([a-z-]+) ", said, re.MULTILINE)
    assert shown[:4] == ["help", "setup", "run", "index"]
    assert {"check", "test", "cover", "bench", "clean", "lock", "samples"} <= set(shown)
