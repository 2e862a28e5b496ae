"""What others say of a tiltak: the file that comes with the product, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from corpus.errors import VocabularyError
from corpus.model import Language
from corpus.ratings import load_ratings
from corpus.vocabulary import load_vocabulary

KNOWN = load_vocabulary().tiltak
SOURCE = """
[sources.x]
name = "Oppdiktet"
scale = { nb = "Fra 0 til 2", nn = "Frå 0 til 2", en = "From 0 to 2" }
link = "https://example.org/skala"
"""
RATING = """
[[ratings]]
source = "x"
tiltak = "mentor"
value = { nb = "2", nn = "2", en = "2" }
checked = 2026-01-02
link = "https://example.org/mentor"
"""


def read(folder: Path, text: str):
    path = folder / "ratings.toml"
    path.write_text(text, encoding="utf-8")
    return load_ratings(KNOWN, path)


def test_every_rating_tells_where_and_when_it_was_read():
    ratings = load_ratings(KNOWN)
    given = [rating for each in ratings.of.values() for rating in each]
    assert given
    for rating in given:
        assert rating.tiltak in KNOWN
        assert rating.rater in ratings.raters
        assert set(rating.value) == set(Language)
        assert rating.published is None or rating.published <= rating.checked
    assert len({(rating.rater.id, rating.tiltak, rating.version) for rating in given}) == len(given)


def test_the_four_raters_are_explained():
    raters = {rater.id: rater for rater in load_ratings(KNOWN).raters}
    assert set(raters) == {"ungsinn", "yef", "crimesolutions", "college_of_policing"}
    assert all(set(rater.scale) == set(Language) for rater in raters.values())


def test_a_rating_with_all_it_may_tell(tmp_path):
    more = 'version = "2"\npublished = 2025-03-04\nof = { nb = "a", nn = "b", en = "c" }\n'
    (rating,) = read(tmp_path, SOURCE + RATING + more).of["mentor"]
    assert (rating.rater.name, rating.version, rating.published) == ("Oppdiktet", "2", date(2025, 3, 4))
    assert rating.of == {Language.NB: "a", Language.NN: "b", Language.EN: "c"}


def test_a_list_without_ratings_is_a_list(tmp_path):
    ratings = read(tmp_path, SOURCE)
    assert (len(ratings.raters), ratings.of) == (1, {})


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('tiltak = "nei"', 'tiltak = "mentor"'),
        ('source = "y"', 'source = "x"'),
        ('value = { nb = "2", en = "2" }', 'value = { nb = "2", nn = "2", en = "2" }'),
        ('checked = "i går"', "checked = 2026-01-02"),
        ("checked = 2026-01-02T03:04:05", "checked = 2026-01-02"),
        ('link = "http://example.org/mentor"', 'link = "https://example.org/mentor"'),
        ("", "checked = 2026-01-02"),
        ("tiltak = ", 'tiltak = "mentor"'),
    ],
)
def test_what_is_refused(tmp_path, wrong, right):
    assert right in RATING
    with pytest.raises(VocabularyError, match=r"ratings\.toml"):
        read(tmp_path, SOURCE + RATING.replace(right, wrong))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(VocabularyError):
        load_ratings(KNOWN, tmp_path / "nei.toml")
