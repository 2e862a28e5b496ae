"""Every cue does what its example says, and every form of it can be found."""

import re
import tomllib
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest

from corpus.model import Language
from indexer.findings.context import _heading_kind
from indexer.findings.lexicon import Cue, Lexicon, Mark, Role, lexicon, load_cues

CUES = load_cues()
LANGUAGES = {"no": Language.NB, "nb": Language.NB, "nn": Language.NN, "en": Language.EN}


def named(cue: Cue) -> str:
    return f"{cue.role}-{cue.value}-{cue.code}-{cue.examples[0][:20]}"


def says(mark: Mark, cue: Cue) -> bool:
    return (mark.role, mark.value, mark.code) == (cue.role, cue.value, cue.code)


@pytest.mark.parametrize("cue", [c for c in CUES if c.role is not Role.BLOCK], ids=named)
def test_each_example_holds_its_cue(cue: Cue) -> None:
    for example in cue.examples:
        assert any(says(mark, cue) for language in Language for mark in lexicon(language).find(example)), example


BLOCKED = [
    ("Politiråd er et viktig virkemiddel.", Language.NB, Role.EFFECT),
    ("Prevention is not only a police task.", Language.EN, Role.NEGATION),
    ("Det er ikkje berre politiet sitt ansvar.", Language.NN, Role.NEGATION),
    ("Det virker som om saken haster.", Language.NB, Role.EFFECT),
    ("Mobbingen skjer to ganger i måneden eller oftere.", Language.NB, Role.CHANGE),
]


@pytest.mark.parametrize(("text", "language", "role"), BLOCKED)
def test_expressions_that_only_look_like_a_cue_are_none(text: str, language: Language, role: Role) -> None:
    assert not [mark for mark in lexicon(language).find(text) if mark.role is role]


@pytest.mark.parametrize("cue", [c for c in CUES if c.role is not Role.BLOCK], ids=named)
def test_each_form_is_found_when_it_is_written(cue: Cue) -> None:
    """A form is written with its `*` empty, its gaps closed and the first of its alternatives."""
    for key, forms in cue.forms.items():
        finder = Lexicon((cue,), LANGUAGES[key])
        for form in forms:
            written = re.sub(r"\(([^|)]*)[^)]*\)", r"\1", form.replace("...", " "))
            written = re.sub(r"(?<!\S)\*(?!\S)", "ord", written).replace("*", "").replace("#", "4")
            written = " ".join(written.split())
            found = finder.find(f"Her {written} her.")
            assert any("Her ".__len__() >= m.start and m.end >= 4 + len(written) for m in found), form


def test_a_form_with_a_gap_spans_at_most_four_words() -> None:
    near = lexicon(Language.NB).find("Volden gikk i de to byene ned.")
    far = lexicon(Language.NB).find("Volden gikk i de to store nye byene ned.")
    assert [m.value for m in near if m.role is Role.CHANGE] == ["down"]
    assert not [m for m in far if m.role is Role.CHANGE]


def test_cues_keep_to_their_language() -> None:
    assert not [m for m in lexicon(Language.EN).find("Two men fought.") if m.role is Role.CONTRAST]
    assert [m.value for m in lexicon(Language.NN).find("Talet fall.") if m.role is Role.CHANGE] == ["down"]
    assert not [m for m in lexicon(Language.NB).find("I så fall.") if m.role is Role.CHANGE]


def test_letters_whose_lower_case_is_longer_do_not_move_offsets() -> None:
    text = "İ Mobbingen gikk ned."
    found = [m for m in lexicon(Language.NB).find(text) if m.role is Role.CHANGE]
    assert [text[m.start : m.end] for m in found] == ["gikk ned"]


HEADINGS = tomllib.loads((files("indexer.findings") / "cues" / "headings.toml").read_text("utf-8"))["heading"]


@pytest.mark.parametrize("heading", HEADINGS, ids=lambda heading: str(heading["kind"]))
def test_each_heading_example_is_of_its_kind(heading: dict[str, Any]) -> None:
    assert {_heading_kind(example) for example in heading["examples"]} == {heading["kind"]}


def test_cues_of_the_same_words_come_in_one_order_whatever_the_seed_of_hashes() -> None:
    found = lexicon(Language.NB).find(
        "Anmeldt kriminalitet, voldsutsatthet, nettmobbing og vinningskriminalitet gikk ned."
    )
    order = [(m.start, -m.end, m.role, m.value, m.code) for m in found]
    assert order == sorted(order)
    assert any(one[:4] == other[:4] for one, other in pairwise(order))
