"""A curation file overrides and adds, is strict, and names the nearest right word."""

from datetime import date
from pathlib import Path

import pytest

from corpus.errors import CurationError
from corpus.model import Language, Metadata, Origin, Read
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.curation import Curation, read_curation

READ = Metadata(
    title=Read("Lest tittel", Origin.TEXT, 1, "Lest tittel"),
    language=Read(Language.NB, Origin.TEXT),
    publisher=Read("Feil utgiver", Origin.DOCINFO),
    themes=(Read("rus", Origin.TEXT, 2),),
    kommuner=(Read("3103", Origin.TEXT, 1),),
    fylke=(Read("31", Origin.DERIVED),),
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


def written(folder: Path, text: str) -> Path:
    path = folder / "rapport.pdf.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ('title = "Rettet tittel"', "title", "Rettet tittel"),
        ('language = "nn"', "language", Language.NN),
        ('doc_type = "evaluering"', "doc_type", "evaluering"),
        ("year = 2021", "year", 2021),
        ("plan_from = 2023", "plan_from", "2023"),
        ('plan_to = "2026-07-31"', "plan_to", "2026-07-31"),
        ("plan_to = 2026-07-31", "plan_to", "2026-07-31"),
        ("adopted = 2023-06-15", "adopted", date(2023, 6, 15)),
        ('adopted = "2023-06-15"', "adopted", date(2023, 6, 15)),
        ('plan_state = "horing"', "plan_state", "horing"),
        ('study_design = "rct"', "study_design", "rct"),
    ],
)
def test_a_value_is_replaced(tmp_path: Path, vocabulary: Vocabulary, text: str, field: str, value: object) -> None:
    applied = read_curation(written(tmp_path, text), vocabulary).apply(READ, vocabulary)
    assert getattr(applied, field) == Read(value, Origin.CURATION)


@pytest.mark.parametrize(
    ("text", "field", "codes"),
    [
        ('themes = ["vold"]', "themes", ["vold"]),
        ('themes = ["vold", "vold"]', "themes", ["vold"]),
        ("themes = []", "themes", []),
        ('[add]\nthemes = ["vold", "rus"]', "themes", ["rus", "vold"]),
        ('themes = ["mobbing"]\n[add]\nthemes = ["vold"]', "themes", ["mobbing", "vold"]),
        ('kommuner = ["1103", "0301"]', "fylke", ["11", "03"]),
        ('kommuner = ["1103"]\nfylke = ["03"]', "fylke", ["03"]),
        ('[add]\nkommuner = ["1103"]', "fylke", ["31", "11"]),
    ],
)
def test_a_list_is_replaced_or_added_to(
    tmp_path: Path, vocabulary: Vocabulary, text: str, field: str, codes: list[str]
) -> None:
    applied = read_curation(written(tmp_path, text), vocabulary).apply(READ, vocabulary)
    assert [read.value for read in getattr(applied, field)] == codes


@pytest.mark.parametrize("text", ['publisher = ""', 'doc_type = ""', 'year = ""', 'adopted = ""', 'plan_to = ""'])
def test_an_empty_value_takes_away(tmp_path: Path, vocabulary: Vocabulary, text: str) -> None:
    applied = read_curation(written(tmp_path, text), vocabulary).apply(READ, vocabulary)
    assert getattr(applied, text.partition(" ")[0]) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('titel = "x"', "Did you mean title"),
        ('doc_type = "evalueringa"', "Did you mean evaluering"),
        ('kommuner = ["9999"]', "no such code"),
        ('themes = "vold"', "a list is needed"),
        ("year = 20210", "a year is needed"),
        ("year = true", "a year is needed"),
        ('plan_from = "våren"', "a day is needed"),
        ('title = ""', "a text is needed"),
        ("title = 3", "a text is needed"),
        ('language = "sv"', "no such code"),
        ('plan_state = "utlopt"', "no such code"),
        ('[add]\ntitle = "x"', "unknown key title"),
        ("title = ", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, vocabulary: Vocabulary, text: str, says: str) -> None:
    with pytest.raises(CurationError, match=says) as raised:
        read_curation(written(tmp_path, text), vocabulary)
    assert "rapport.pdf.toml" in str(raised.value)
    assert raised.value.remedy


def test_an_empty_file_changes_nothing(tmp_path: Path, vocabulary: Vocabulary) -> None:
    assert read_curation(written(tmp_path, ""), vocabulary) == Curation()
    assert Curation().apply(READ, vocabulary) == READ


def test_pages_are_released_by_their_codes(tmp_path: Path, vocabulary: Vocabulary) -> None:
    assert read_curation(written(tmp_path, 'released = ["3:5f1c09ab77de"]'), vocabulary).released == ("3:5f1c09ab77de",)
    assert read_curation(written(tmp_path, "year = 2021"), vocabulary).released == ()
    with pytest.raises(CurationError, match="released = 3: a list is needed"):
        read_curation(written(tmp_path, "released = 3"), vocabulary)
