"""Every sample document through real extraction, against its gold metadata; floors for each field."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from benchmarks.metadata.samples import read_samples
from benchmarks.metadata.scoring import MANY, SINGLE, Tally, score
from corpus.model import Language, Metadata, Origin, Read

FLOORS = Path(__file__).parents[2] / "benchmarks" / "metadata" / "expected.toml"


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    return score(read_samples())[0]


@pytest.mark.parametrize("field", [*SINGLE, *MANY])
def test_a_field_is_read_at_least_this_well(tallies: dict[str, Tally], field: str) -> None:
    floors: dict[str, float] = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    assert tallies[field].f1 >= floors[field], tallies[field]


def metadata(**values: Any) -> Metadata:
    given: dict[str, Any] = {
        "title": Read("Tittel", Origin.TEXT),
        "language": Read(Language.NB, Origin.DERIVED),
        **values,
    }
    return Metadata(**given)


def test_scoring_counts_right_wrong_and_missed() -> None:
    read = metadata(year=Read(2023, Origin.TEXT), themes=(Read("rus", Origin.TEXT), Read("vold", Origin.TEXT)))
    gold = {"title": "Tittel", "language": "nb", "year": 2022, "themes": ["rus", "gjeng"], "publisher": "X"}
    scored, differences = score({"a.pdf": (gold, read)})
    assert (scored["title"].right, scored["title"].wrong, scored["title"].missed) == (1, 0, 0)
    assert (scored["year"].right, scored["year"].wrong, scored["year"].missed) == (0, 1, 1)
    assert (scored["themes"].right, scored["themes"].wrong, scored["themes"].missed) == (1, 1, 1)
    assert (scored["publisher"].precision, scored["publisher"].recall) == (1.0, 0.0)
    assert scored["themes"].f1 == 0.5
    assert {(d.field, d.gold, d.read) for d in differences} == {
        ("year", "2022", "2023"),
        ("themes", "gjeng", "vold"),
        ("publisher", "X", "–"),
    }


def test_whole_years_of_a_period_are_years() -> None:
    read = metadata(plan_from=Read("2027", Origin.TEXT), plan_to=Read("2030-06-30", Origin.TEXT))
    gold = {"title": "Tittel", "language": "nb", "plan_from": "2027-01-01", "plan_to": "2030-12-31"}
    scored, _ = score({"a.pdf": (gold, read)})
    assert (scored["plan_from"].f1, scored["plan_to"].f1) == (1.0, 0.0)
