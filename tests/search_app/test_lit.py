"""Lit text: nothing is lost, nothing unescaped gets out, elements close in order."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.search import WordReport
from search_app.lit import Light, Run, excerpt, light_up, word_runs

RUNS = st.lists(st.builds(Run, st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(Light)), max_size=6)
TEXTS = st.text(alphabet="ab<>&\"' \næøå", max_size=50)


@pytest.mark.parametrize(
    ("text", "runs", "html"),
    [
        ("en mentor", (), "en mentor"),
        ("en mentor", (Run(3, 9, Light.WORD),), "en <mark>mentor</mark>"),
        ("a<b", (Run(1, 2, Light.CUE),), 'a<span class="cue">&lt;</span>b'),
        (
            "det falt mye",
            (Run(0, 12, Light.QUOTE), Run(4, 8, Light.CUE)),
            '<span class="lit">det <span class="cue">falt</span> mye</span>',
        ),
        (
            "abcd",
            (Run(0, 3, Light.WORD), Run(1, 4, Light.QUOTE)),
            '<mark>a</mark><span class="lit"><mark>bc</mark>d</span>',
        ),
        ("abc", (Run(-5, 99, Light.WORD),), "<mark>abc</mark>"),
    ],
)
def test_light_up(text, runs, html):
    assert str(light_up(text, runs)) == html


def test_a_part_of_a_text_is_lit_as_in_the_whole():
    assert str(light_up("abcdef", (Run(1, 5, Light.WORD),), 2, 4)) == "<mark>cd</mark>"


@given(TEXTS, RUNS)
def test_the_text_comes_out_whole_and_escaped(text, runs):
    html = str(light_up(text, runs))
    assert unescape(re.sub(r"<[^>]*>", "", html)) == text
    assert len(re.findall(r"<(span|mark)", html)) == len(re.findall(r"</(span|mark)>", html))


@given(TEXTS, RUNS)
def test_every_character_burns_as_its_runs_say(text, runs):
    html = re.sub(r"&[^;]+;", "x", str(light_up(text, runs)))
    depth, place, burning = [], 0, {}
    for token in re.findall(r"<[^>]*>|.", html, flags=re.DOTALL):
        if token.startswith("</"):
            depth.pop()
        elif token.startswith("<"):
            depth.append(Light.WORD if token == "<mark>" else Light(token.split('"')[1]))
        else:
            burning[place] = set(depth)
            place += 1
    expected = {i: {run.light for run in runs if run.start <= i < run.end} for i in range(len(text))}
    assert burning == expected


@pytest.mark.parametrize(
    ("text", "forms", "lit"),
    [
        ("Mentor og mentorer, men ikke rementor", ("mentor", "mentorer"), ["Mentor", "mentorer"]),
        ("MOT er ikke mot", ("mot",), ["MOT", "mot"]),
        ("§ 12-3 gjelder", ("12-3",), ["12-3"]),
        ("ingenting", (), []),
    ],
)
def test_word_runs(text, forms, lit):
    runs = word_runs(text, [WordReport(forms[0] if forms else "", forms, 1)])
    assert [text[run.start : run.end] for run in runs] == lit


def test_a_word_that_was_not_required_is_lit_where_it_stands():
    runs = word_runs("mentor", [WordReport("mentor", ("mentor",), 3, relaxed=True)])
    assert runs == (Run(0, 6, Light.WORD),)


@pytest.mark.parametrize(
    ("text", "run", "cut"),
    [
        ("kort", Run(0, 4, Light.WORD), "<mark>kort</mark>"),
        ("ord " * 30 + "her", Run(120, 123, Light.WORD), "… ord ord ord ord <mark>her</mark>"),
        ("her" + " ord" * 30, Run(0, 3, Light.WORD), "<mark>her</mark> ord ord ord ord …"),
        ("x" * 60, Run(0, 1, Light.WORD), f"<mark>x</mark>{'x' * 19} …"),
    ],
)
def test_an_excerpt_shows_the_lit_part(text, run, cut):
    assert str(excerpt(text, (run,), 20)) == cut


@given(TEXTS, RUNS, st.integers(1, 40))
def test_an_excerpt_is_a_stretch_of_the_text(text, runs, length):
    shown = unescape(re.sub(r"<[^>]*>", "", str(excerpt(text, runs, length))))
    assert shown.removeprefix("… ").removesuffix(" …") in text
    assert len(shown) <= length + 4
