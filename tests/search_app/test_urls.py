"""URL ⇄ SearchRequest: nothing is lost on the way, and nothing people type breaks it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from corpus.config import Config
from corpus.search import Facet, SearchRequest, Sort
from corpus.vocabulary import load_vocabulary
from search_app.urls import (
    LARGEST_PAGE,
    Fault,
    Problem,
    clean,
    codes_of,
    read_query,
    rules_for,
    write_query,
)

TODAY = date(2026, 11, 22)
VOCABULARY = load_vocabulary()
RULES = rules_for(Config(), VOCABULARY, TODAY)

years = st.integers(1800, 2200)
texts = st.text(max_size=500).map(clean).filter(lambda text: len(text) <= 500)


def values_of(facet):
    if facet is Facet.YEAR:
        return years.map(str)
    if facet is Facet.PUBLISHER:
        return st.text(min_size=1, max_size=200).map(clean).filter(lambda text: 0 < len(text) <= 200)
    return st.sampled_from(sorted(codes_of(VOCABULARY)[facet]))


filters = st.fixed_dictionaries(
    {}, optional={facet: st.lists(values_of(facet), min_size=1, max_size=5, unique=True).map(tuple) for facet in Facet}
)
requests = st.builds(
    SearchRequest,
    as_of=st.dates(date(1800, 1, 1), date(2200, 12, 31)),
    text=texts,
    filters=filters,
    year_from=st.none() | years,
    year_to=st.none() | years,
    sort=st.sampled_from(Sort),
    page=st.integers(1, LARGEST_PAGE),
    size=st.sampled_from((10, 20, 50)),
    exact=st.booleans(),
    all_words=st.booleans(),
)


@given(requests)
def test_a_question_survives_the_way_through_its_address(request_):
    pairs = [(name, value) for name, values in write_query(request_, RULES).items() for value in values]
    asked = read_query(pairs, RULES)
    assert asked.request == request_
    assert asked.problems == ()


@given(
    st.lists(
        st.tuples(st.sampled_from([*Facet, "q", "exact", "page", "size", "as_of", "year_to", "sort", "x"]), st.text())
    )
)
def test_reading_never_raises_and_what_it_reads_can_be_written(pairs):
    request_ = read_query(pairs, RULES).request
    again = MultiDict(write_query(request_, RULES))
    assert read_query(again.items(multi=True), RULES).request == request_


@pytest.mark.parametrize(
    ("pairs", "problem"),
    [
        ([("page", "0")], Problem("page", "0", Fault.NUMBER)),
        ([("page", "abc")], Problem("page", "abc", Fault.NUMBER)),
        ([("page", "٣")], Problem("page", "٣", Fault.NUMBER)),
        ([("page", "9" * 50)], Problem("page", "9" * 50, Fault.NUMBER)),
        ([("exact", "2")], Problem("exact", "2", Fault.NUMBER)),
        ([("all_words", "ja")], Problem("all_words", "ja", Fault.NUMBER)),
        ([("size", "11")], Problem("size", "11", Fault.NUMBER)),
        ([("sort", "best")], Problem("sort", "best", Fault.UNKNOWN)),
        ([("as_of", "i dag")], Problem("as_of", "i dag", Fault.DATE)),
        ([("as_of", "2026-W01-1")], Problem("as_of", "2026-W01-1", Fault.DATE)),
        ([("as_of", "2026-02-30")], Problem("as_of", "2026-02-30", Fault.DATE)),
        ([("as_of", "0001-01-01")], Problem("as_of", "0001-01-01", Fault.DATE)),
        ([("year_from", "99")], Problem("year_from", "99", Fault.NUMBER)),
        ([("year", "199")], Problem("year", "199", Fault.UNKNOWN)),
        ([("verdict", "virker!")], Problem("verdict", "virker!", Fault.UNKNOWN)),
        ([("kommune", "9999")], Problem("kommune", "9999", Fault.UNKNOWN)),
        ([("publisher", "x" * 201)], Problem("publisher", "x" * 200, Fault.UNKNOWN)),
        ([("q", "y" * 501)], Problem("q", "y" * 200, Fault.TOO_LONG)),
        ([("year", str(year)) for year in range(1900, 2001)], Problem("year", "2000", Fault.TOO_MANY)),
    ],
)
def test_what_cannot_be_read_is_left_out_and_told(pairs, problem):
    asked = read_query(pairs, RULES)
    assert asked.problems == (problem,)
    assert asked.request.page == 1
    assert asked.request.as_of == TODAY


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  mentor  ", "mentor"),
        ("a\x00b", "a b"),
        ("line\nbreak\ttab", "line break tab"),
        ("o\u0308", "ö"),
        ("\ud800", ""),
        ("«bedre belysning» -parkering", "«bedre belysning» -parkering"),
    ],
)
def test_text_is_cleaned_as_people_meant_it(raw, text):
    assert clean(raw) == text


def test_values_repeat_once_and_keep_their_order():
    asked = read_query([("theme", "rus"), ("theme", "vold"), ("theme", "rus")], RULES)
    assert asked.request.filters == {Facet.THEME: ("rus", "vold")}


def test_what_is_as_usual_stays_out_of_the_address():
    assert write_query(SearchRequest(as_of=TODAY), RULES) == {}
