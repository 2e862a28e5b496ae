import json
from datetime import date

import pytest

from corpus.errors import CurationError
from indexer.audit import Audit
from indexer.curation import read_curation
from indexer.curation.editing import AS_READ, FIELDS, Mode, Said, check_said, edit_of, modes_of, said_in, unknown_keys
from indexer.curation.file import Shelf
from tests.indexer.run_fakes import known_vocabulary

FILE = """# by hand
title = "Gammel tittel"  # as on the cover
publisher = ""
plan_from = 2023
adopted = "2023-06-15"
themes = ["rus"]

[add]
# seen in chapter 3
tiltak = ["slt"]

[[findings]]
decision = "reject"
quote = "Et sitat."
page = 2
"""


@pytest.fixture
def shelf(tmp_path):
    (tmp_path / "report.pdf.toml").write_text(FILE, encoding="utf-8")
    return Shelf(tmp_path, tmp_path / "lock", Audit(tmp_path / "audit.jsonl"))


def change(shelf, dropped=(), **said):
    before = said_in(shelf.path("report.pdf"))
    edit = edit_of(before, said, dropped, known_vocabulary(), by="kari", reason="derfor")
    shelf.edit("report.pdf", shelf.digest("report.pdf"), edit)
    return (shelf.documents / "report.pdf.toml").read_text(encoding="utf-8")


def test_what_a_file_says(shelf):
    said = said_in(shelf.path("report.pdf"))
    assert said["title"] == Said(Mode.SET, "Gammel tittel")
    assert said["publisher"] == Said(Mode.NONE)
    assert said["plan_from"] == Said(Mode.SET, "2023")
    assert said["adopted"] == Said(Mode.SET, date(2023, 6, 15))
    assert said["themes"] == Said(Mode.SET, ("rus",))
    assert said["tiltak"] == Said(Mode.ADDED, ("slt",))
    assert said["year"] == AS_READ
    assert tuple(said) == FIELDS


def test_without_a_file_all_is_as_read(tmp_path):
    assert set(said_in(tmp_path / "none.toml").values()) == {AS_READ}
    assert unknown_keys(tmp_path / "none.toml") == ()


def test_a_list_both_set_and_added_to_is_set_to_all_of_it(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text('themes = ["rus"]\nadopted = "junk"\n[add]\nthemes = ["rus", "tilbakefall"]\n', encoding="utf-8")
    assert said_in(path)["themes"] == Said(Mode.SET, ("rus", "tilbakefall"))
    assert said_in(path)["adopted"] == Said(Mode.SET, "junk")


def test_only_what_changes_is_written(shelf):
    text = change(shelf, year=Said(Mode.SET, 2024), title=Said(Mode.SET, "Ny tittel"))
    expected = FILE.replace('"Gammel tittel"', '"Ny tittel"').replace(
        'themes = ["rus"]\n', 'themes = ["rus"]\nyear = 2024\n'
    )
    assert text == expected


@pytest.mark.parametrize(
    ("said", "reads"),
    [
        ({"themes": AS_READ}, {"themes": None}),
        ({"themes": Said(Mode.NONE)}, {"themes": ()}),
        (
            {"themes": Said(Mode.ADDED, ("tilbakefall",))},
            {"themes": None, "+themes": ("tilbakefall",), "+tiltak": ("slt",)},
        ),
        ({"tiltak": AS_READ}, {"+tiltak": None}),
        ({"tiltak": Said(Mode.SET, ("slt", "mentor"))}, {"tiltak": ("slt", "mentor"), "+tiltak": None}),
        ({"study_design": Said(Mode.NONE)}, {"study_design": None}),
        ({"adopted": Said(Mode.SET, date(2024, 1, 2))}, {"adopted": date(2024, 1, 2)}),
        ({"kommuner": Said(Mode.ADDED, ("3103",))}, {"+kommuner": ("3103",), "+tiltak": ("slt",)}),
    ],
)
def test_what_is_written_is_what_its_reader_reads(shelf, said, reads):
    change(shelf, **said)
    read = read_curation(shelf.path("report.pdf"), known_vocabulary())
    found = dict(read.values) | {f"+{name}": value for name, value in read.added}
    assert {name: found.get(name) for name in reads} == reads
    assert len(read.decisions) == 1
    assert said_in(shelf.path("report.pdf")) | said == said_in(shelf.path("report.pdf"))


def test_the_audit_log_has_before_and_after(shelf):
    change(shelf, title=Said(Mode.SET, "Ny"), themes=Said(Mode.NONE), tiltak=Said(Mode.ADDED, ("slt", "mentor")))
    told = shelf.audit.entries()[-1]
    assert (told.by, told.action, told.told["why"], told.told["file"]) == ("kari", "metadata", "derfor", "report.pdf")
    assert told.told["before"] == {"title": "Gammel tittel", "themes": "rus", "tiltak": "+ slt"}
    assert told.told["after"] == {"title": "Ny", "themes": "–", "tiltak": "+ slt, mentor"}


def test_a_file_that_its_reader_would_not_take_is_not_written(shelf):
    path = shelf.path("report.pdf")
    path.write_text('doc_typ = "plan"\n', encoding="utf-8")
    assert unknown_keys(path) == ("doc_typ",)
    with pytest.raises(CurationError, match="unknown key doc_typ"):
        change(shelf, title=Said(Mode.SET, "Ny"))
    assert path.read_text(encoding="utf-8") == 'doc_typ = "plan"\n'
    assert shelf.audit.entries() == ()
    assert change(shelf, ("doc_typ",), title=Said(Mode.SET, "Ny")) == 'title = "Ny"\n'
    assert json.dumps(shelf.audit.entries()[-1].told["before"]) == '{"title": "", "doc_typ": "?"}'


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("title", Said(Mode.SET, "  ")),
        ("year", Said(Mode.SET, "2023")),
        ("year", Said(Mode.SET, 99999)),
        ("adopted", Said(Mode.SET, "31.12.2023")),
        ("plan_from", Said(Mode.SET, "i fjor")),
        ("kommuner", Said(Mode.ADDED, ("Atlantis",))),
        ("language", Said(Mode.SET, "de")),
    ],
)
def test_wrong_values(name, said):
    with pytest.raises(CurationError):
        check_said(name, said, known_vocabulary())


def test_what_may_be_said():
    assert modes_of("title") == (Mode.READ, Mode.SET)
    assert modes_of("publisher") == (Mode.READ, Mode.SET, Mode.NONE)
    assert modes_of("themes") == (Mode.READ, Mode.SET, Mode.ADDED, Mode.NONE)
    check_said("title", AS_READ, known_vocabulary())
