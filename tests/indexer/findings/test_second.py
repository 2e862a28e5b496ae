import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Language, Verdict
from corpus.vocabulary import load_vocabulary
from indexer.findings import agreement
from indexer.findings.agreement import RULE, added, doubted
from indexer.findings.model import Left, Reading
from indexer.findings.naming import named
from indexer.findings.scene import Scene, set_scene
from indexer.findings.second import SIZE, Opinion, features, opinion, telling
from indexer.findings.surroundings import Surroundings
from indexer.findings.verdict import weigh_twice
from indexer.mentions import term_finder
from tools.reader import sentences


def scene(text: str, language: Language = Language.NB) -> Scene:
    vocabulary = load_vocabulary()
    return set_scene(text, language, named(term_finder(vocabulary).find(text), vocabulary))


def test_the_weights_were_made_of_the_sentences_that_are_here() -> None:
    assert sentences.LEARNT_FROM.read_text(encoding="ascii").strip() == sentences.digest(), (
        "the sentences changed: make reader"
    )


def test_sentences_to_learn_from_are_whole() -> None:
    texts = []
    for path in sorted(sentences.ALONE.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            entry = json.loads(line)
            assert set(entry) == {"lang", "prev", "text", "labels"}, f"{path.name}:{number}"
            assert Language(entry["lang"])
            assert all(Verdict(label) for label in entry["labels"])
            texts.append(entry["text"])
    assert all(text.strip() for text in texts)
    assert len(texts) > 1000


@given(st.text(max_size=200), st.sampled_from(Language), st.sampled_from(Verdict))
def test_any_text_has_an_opinion_and_its_words_stand_in_it(text: str, language: Language, verdict: Verdict) -> None:
    found = scene(text, language)
    given_features = features(found)
    assert given_features == features(found)
    assert all(0 <= place < SIZE and value > 0 for place, value in given_features.items())
    likely = opinion(found).likely
    assert set(likely) == set(Verdict)
    assert all(0 <= share <= 1 for share in likely.values())
    assert sum(likely.values()) <= 1 + 1e-5
    start, end = telling(found, verdict)
    assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize(
    ("text", "language", "verdict"),
    [
        ("Volden sank med en tredel der mentorordningen ble innført, mens den sto stille ellers.", "nb", "virker"),
        ("Det var ingen forskjell mellom gruppene i andelen som ble pågrepet på nytt.", "nb", "ingen_effekt"),
        ("Deltakarane gjorde fleire lovbrot enn kontrollgruppa dei tre neste åra.", "nn", "skadelig"),
        ("No controlled study has yet examined whether the programme reduces bullying.", "en", "ikke_evaluert"),
    ],
)
def test_plain_cases(text: str, language: str, verdict: str) -> None:
    assert opinion(scene(text, Language(language))).best == verdict


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen har som mål å redusere vold blant ungdom innen 2027.",
        "Ordføraren opna seminaret og ønskte alle velkomne.",
        "The report was commissioned by the ministry in 2019.",
    ],
)
def test_what_says_nothing_of_effect(text: str) -> None:
    assert sum(opinion(scene(text)).likely.values()) < 0.5


def test_words_that_speak_for_a_verdict() -> None:
    text = "Etter to år var det ingen forskjell på gruppene."
    start, end = telling(scene(text), Verdict.INGEN_EFFEKT)
    assert text[start:end] in ("ingen", "forskjell")


READING = Reading(Verdict.VIRKER, 0, 4, "regel")


def thinking(monkeypatch: pytest.MonkeyPatch, **likely: float) -> None:
    thought = Opinion({verdict: likely.get(verdict, 0.0) for verdict in Verdict})
    monkeypatch.setattr(agreement, "opinion", lambda scene: thought)


@pytest.mark.parametrize(
    ("verdict", "likely", "kept"),
    [
        (Verdict.VIRKER, agreement.DOUBTED_FIRM, True),
        (Verdict.VIRKER, agreement.DOUBTED_FIRM - 0.01, False),
        (Verdict.SKADELIG, agreement.DOUBTED_FIRM - 0.01, False),
        (Verdict.LOVENDE, agreement.DOUBTED, True),
        (Verdict.INGEN_EFFEKT, agreement.DOUBTED - 0.01, False),
    ],
)
def test_what_is_unlikely_is_left_and_says_so(
    monkeypatch: pytest.MonkeyPatch, verdict: Verdict, likely: float, kept: bool
) -> None:
    thinking(monkeypatch, **{verdict: likely})
    reading = Reading(verdict, 0, 4, "regel")
    left = (Left(0, 4, "second.regel"),)
    assert doubted(scene("Mobbing avtok."), (reading,)) == (((reading,), ()) if kept else ((), left))


def test_nothing_is_thought_of_what_no_rule_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreement, "opinion", None)
    assert doubted(scene("Mobbing avtok."), ()) == ((), ())


@pytest.mark.parametrize(
    ("likely", "weak", "verdict"),
    [
        ({"virker": agreement.SURE_FIRM}, False, Verdict.VIRKER),
        ({"virker": agreement.SURE_FIRM}, True, Verdict.LOVENDE),
        ({"skadelig": agreement.SURE_FIRM}, True, Verdict.SKADELIG),
        ({"virker": agreement.SURE_FIRM - 0.01}, False, None),
        ({"ingen_effekt": agreement.SURE}, False, Verdict.INGEN_EFFEKT),
        ({"ingen_effekt": agreement.SURE - 0.01, "virker": 0.2}, False, None),
    ],
)
def test_what_is_sure_is_taken(
    monkeypatch: pytest.MonkeyPatch, likely: dict[str, float], weak: bool, verdict: Verdict | None
) -> None:
    thinking(monkeypatch, **likely)
    readings = added(scene("Det ble færre tilfeller av mobbing på skolene."), weak)
    assert [(reading.verdict, reading.rule, reading.outcome) for reading in readings] == (
        [(verdict, RULE, "mobbing")] if verdict else []
    )


def test_it_is_heard_in_reports_of_results_only(monkeypatch: pytest.MonkeyPatch) -> None:
    thinking(monkeypatch, ingen_effekt=0.9)
    text = "Kurvene lar seg knapt skille fra hverandre."
    assert weigh_twice(text, Language.NB, Surroundings(results=True)).readings[0].rule == RULE
    assert weigh_twice(text, Language.NB, Surroundings()).readings == ()
    assert weigh_twice(text, Language.NB, Surroundings(results=True, plan=True)).readings == ()
    pointing = Surroundings(results=True, said=Verdict.VIRKER)
    (again,) = weigh_twice("Det samme gjaldt fraværet.", Language.NB, pointing).readings
    assert again.rule == "again.virker"
    assert weigh_twice("Er det forskjell på kurvene?", Language.NB, Surroundings(results=True)).readings == ()
