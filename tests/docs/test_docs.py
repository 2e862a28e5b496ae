"""What docs/ and README.md say, held against the command line, the settings, the export and the reasons."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from corpus.config import Config, load_config
from corpus.errors import Reason
from corpus.search import Facet
from indexer.cli import search as search_module
from indexer.cli.command import Exit, hvavirker, run
from indexer.cli.options import EVERYWHERE
from indexer.curation import read_curation
from indexer.export import CODED, FIELDS, Table
from tests.indexer.run_fakes import known_vocabulary

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
CONTEXT = click.Context(hvavirker)
COMMANDS = {name: hvavirker.get_command(CONTEXT, name) for name in hvavirker.list_commands(CONTEXT)}


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def section(path: str, heading: str) -> str:
    """What stands under a heading, down to the next of its level."""
    found = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,2}} |\Z)", text(path), re.MULTILINE | re.DOTALL)
    assert found, f"{path} has no heading {heading}"
    return found[2]


def first_cells(part: str) -> list[str]:
    """The words in code of the first column of every table."""
    rows = [line for line in part.splitlines() if line.startswith("| `")]
    return [word for row in rows for word in re.findall(r"`([^`]+)`", re.split(r"(?<!\\)\|", row)[1])]


def options(part: str) -> set[str]:
    return {cell.split()[0] for cell in first_cells(part) if cell.startswith("-")}


def test_every_command_has_its_part_and_every_part_its_command() -> None:
    parts = re.findall(r"^## (.+)$", text("docs/cli.md"), re.MULTILINE)
    assert parts == ["Every command", *COMMANDS]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_options_of_a_command(name: str) -> None:
    command = COMMANDS[name]
    assert command is not None
    everywhere = {"--config", "--as-of"}
    real = {flag for param in command.params if isinstance(param, click.Option) for flag in param.opts} - everywhere
    assert options(section("docs/cli.md", name)) == real


def test_the_options_of_every_command() -> None:
    assert len(EVERYWHERE) == 2
    assert options(section("docs/cli.md", "Every command")) == {"--config", "--as-of", "-h", "--help"}


def test_the_exit_codes() -> None:
    codes = re.findall(r"^\| (\d+) \|", section("docs/cli.md", "Every command"), re.MULTILINE)
    assert [int(code) for code in codes] == [*Exit]


def test_the_facets() -> None:
    named = re.search(r"^Facets: (.+)\.$", text("docs/cli.md"), re.MULTILINE)
    assert named
    assert re.findall(r"`(\w+)`", named[1]) == [*Facet]


def test_the_limit_of_search() -> None:
    assert f"1 to {search_module.LARGEST_LIMIT}" in section("docs/cli.md", "search")


@pytest.mark.parametrize("table", Table)
def test_the_fields_of_an_export(table: Table) -> None:
    part = section("docs/export.md", table)
    assert tuple(first_cells(part)) == FIELDS[table]
    coded = {row.split("`")[1] for row in part.splitlines() if re.match(r"\| `\w+` \| (list of )?codes? \|", row)}
    assert coded == {field for field in FIELDS[table] if field in CODED or field == "kommuner"}


def test_the_verdicts_and_strengths_of_an_export() -> None:
    part = section("docs/export.md", "findings")
    for codes in (known_vocabulary().verdicts, known_vocabulary().strengths):
        assert all(re.search(rf"\b{code}\b", part) for code in codes)


def test_every_reason_is_explained_once() -> None:
    part = section("docs/admins.md", "Why a file was set aside")
    assert sorted(first_cells(part)) == sorted(Reason)


def test_the_curation_file_shown_is_one_that_works(tmp_path: Path) -> None:
    shown = re.search(r"```toml\n(.*?)```", section("docs/admins.md", "Correct what the machine read"), re.DOTALL)
    assert shown
    path = tmp_path / "report.pdf.toml"
    path.write_text(shown[1], encoding="utf-8")
    curation = read_curation(path, known_vocabulary())
    assert dict(curation.values)["kommuner"] == ("3103",)
    assert dict(curation.added)["tiltak"] == ("slt",)


def everything_said() -> Iterator[tuple[str, str]]:
    for path in DOCUMENTS:
        if path.exists():
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def commands_shown() -> list[tuple[str, str]]:
    shown = []
    for path, said in everything_said():
        blocks = re.findall(r"^```sh\n(.*?)^```", said, re.MULTILINE | re.DOTALL)
        lines = [line for block in blocks for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", said)
        shown += [(path, line.split("#")[0].strip()) for line in lines]
    return shown


def test_every_command_line_shown_is_one_that_parses() -> None:
    tried = 0
    for path, line in commands_shown():
        words = shlex.split(re.sub(r"[>|].*", "", line)) if re.match(r"(\.venv/bin/)?hvavirker \w", line) else []
        if len(words) > 1:
            tried += 1
            command = COMMANDS.get(words[1])
            assert command is not None, f"{path}: {line}"
            arguments = [word if word != "FILE" else str(ROOT / "README.md") for word in words[2:]]
            try:
                command.make_context(words[1], arguments, parent=click.Context(hvavirker, **hvavirker.context_settings))
            except click.MissingParameter:
                assert len(words) == 2, f"{path}: {line}"  # the command by its name alone
            except click.UsageError as error:
                pytest.fail(f"{path}: {line}: {error.message}")
    assert tried > 10


def test_every_make_target_shown_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+(?: [a-z-]+)*):", text("Makefile"), re.MULTILINE))
    known = {name for names in targets for name in names.split()}
    for path, line in commands_shown():
        if found := re.match(r"make ([a-z-]+)", line):
            assert found[1] in known, f"{path}: {line}"


def test_every_setting_named_is_one() -> None:
    config = Config()
    for path, said in everything_said():
        for names, keys in re.findall(r"`\[(\w+)\] (\w+)`", said):
            assert keys in {field.name for field in fields(getattr(config, names))}, f"{path}: [{names}] {keys}"
        for name, value in re.findall(r"`(HVAVIRKER_[A-Z_]+)=(\w+)`", said):
            load_config(None, {name: value})


def test_settings_of_a_reason_are_settings_of_extraction() -> None:
    known = {field.name for field in fields(Config().extract)}
    rows = [
        row.split(" | ")[2] for row in text("docs/admins.md").splitlines() if re.match(r"\| `\w+` \| .* \| .* \|$", row)
    ]
    named = {word for row in rows for word in re.findall(r"`(\w+)`", row) if not word.endswith("_")}
    assert named - known == set()
    assert "archive_members" in known


def test_every_link_leads_somewhere() -> None:
    for path, said in everything_said():
        for target, anchor in re.findall(
            r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", re.sub(r"```.*?```", "", said, flags=re.S)
        ):
            file = (ROOT / path).parent / target if target else ROOT / path
            assert file.exists(), f"{path} links to {target}"
            if anchor:
                headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
                assert anchor in {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}


def keys_of(value: object, wanted: str) -> set[str]:
    """The keys of the objects in the list (or object) that stands under a name."""
    found = value[wanted] if isinstance(value, dict) else None
    first = found[0] if isinstance(found, list) and found else found
    return set(first) if isinstance(first, dict) else set()


SAMPLE = "corpus/samples/documents/handlingsplan-slt-rygge-2015-2018.pdf"


def test_what_inspect_gives_is_what_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    part = section("docs/cli.md", "inspect")
    assert run(["inspect", str(ROOT / SAMPLE), "--json"]) is Exit.OK
    found = json.loads(capsys.readouterr().out)
    assert [cell for cell in first_cells(part) if cell in found] == list(found)
    for name in ("pages", "headings"):
        row = next(line for line in part.splitlines() if line.startswith(f"| `{name}` |"))
        assert set(re.findall(r"`(\w+)`", row)) - {name} == keys_of(found, name)
    row = next(line for line in part.splitlines() if line.startswith("| `metadata` |"))
    assert set(re.findall(r"`(\w+)`", row)) - {"metadata"} == keys_of(found["metadata"], "title")
