"""What of the vocabulary a text names, and what it only seems to name."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.mentions import Kind, Mention, TermFinder, term_finder

VOCABULARY = load_vocabulary()
FINDER = term_finder(VOCABULARY)


def named(text: str, kind: Kind) -> list[tuple[str, str]]:
    """(code, words) of every mention of one kind."""
    return [(m.code, text[m.start : m.end]) for m in FINDER.find(text) if m.kind is kind]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SLT-koordinatoren leder arbeidet", [("slt", "SLT-koordinatoren")]),
        ("Kommunens SLT og politirådets møter", [("slt", "SLT"), ("politirad", "politirådets")]),
        ("slt skrives med store bokstaver", []),
        ("Bekymringssamtaler ble brukt", [("bekymringssamtale", "Bekymringssamtaler")]),
        ("uromsamtalane i kommunen", [("bekymringssamtale", "uromsamtalane")]),
        ("Focused deterrence works", [("fokusert_avskrekking", "Focused deterrence")]),
        ("Gruppevoldsintervensjonen i byen", [("fokusert_avskrekking", "Gruppevoldsintervensjonen")]),
        ("gruppevaldsintervensjon", [("fokusert_avskrekking", "gruppevaldsintervensjon")]),
        ("De brukte Unge & Rus i åttende", [("unge_og_rus", "Unge & Rus")]),
        ("Handlingsplan for unge og rus", []),
        ("Stopp! Min kropp! på småtrinnet", [("kropp_grenser", "Stopp! Min kropp")]),
        ("Hva som virker mot mobbing. Rus og unge.", []),
        ("alarmtelefonen 116 111", [("alarmtelefon", "alarmtelefonen"), ("alarmtelefon", "116 111")]),
        (
            "hot spots-policing and hot-spots policing",
            [("hot_spot", "hot spots-policing"), ("hot_spot", "hot-spots policing")],
        ),
        ("Bedre tverrfaglig\ninnsats", []),
        ("Bedre tverrfaglig\tinnsats", []),
    ],
)
def test_tiltak(text: str, found: list[tuple[str, str]]) -> None:
    assert named(text, Kind.TILTAK) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Elevene hadde MOT som skoleprogram", ["mot"]),
        ("MOT viser ingen virkning på rus eller mobbing", ["mot"]),
        ("TILTAK MOT VOLD BLANT ELEVER", []),
        ("tiltak mot vold blant elever", []),
        ("Ungdommene må vise MOT", []),
        ("MOT.\nElevene var fornøyde", []),
        ("De lærte ART og sosial kompetanse", ["art"]),
        ("state of the ART", []),
        ("LINK gir livsmestring", ["link"]),
        ("Se LINK i margen", []),
        ("Hver elev fikk en LOS fra oppfølgingstjenesten", ["ungdomslos", "ot"]),
        ("Båten fikk LOS", []),
        ("The children learn FAST", []),
        ("Families and Schools Together (FAST)", ["fast", "fast"]),
        ("Zero mot mobbing", ["zero"]),
        ("Zero tolerance", []),
    ],
)
def test_ambiguous_forms_need_their_context_in_the_same_paragraph(text: str, found: list[str]) -> None:
    assert [code for code, _ in named(text, Kind.TILTAK)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rygge kommune og Moss", [("3103", "Rygge"), ("3103", "Moss")]),
        ("RYGGE KOMMUNE", [("3103", "RYGGE")]),
        ("Oslos politikere", [("0301", "Oslos")]),
        ("ungdom i oslo", []),
        ("Heim er best", []),
        ("Heim kommune har en plan", [("5055", "Heim")]),
        ("STAD KOMMUNE", [("4649", "STAD")]),
        ("ein stad i bygda", []),
        ("kommunene Hitra, Frøya og Heim", [("5056", "Hitra"), ("5014", "Frøya"), ("5055", "Heim")]),
        ("Drammen og Lier gikk sammen", [("3301", "Drammen"), ("3312", "Lier")]),
        ("Alle var i Drammen. Lier ble ikke spurt", [("3301", "Drammen")]),
        ("Våler kommune", [("3114", "Våler"), ("3419", "Våler")]),
        ("Ålesund kommune", [("1508", "Ålesund")]),
        ("Gáivuotna suohkan", [("5540", "Gáivuotna")]),
        ("Indre Østfold kommune", [("3118", "Indre Østfold")]),
        ("Snillfjord", [("5055", "Snillfjord"), ("5056", "Snillfjord"), ("5059", "Snillfjord")]),
    ],
)
def test_kommuner(text: str, found: list[tuple[str, str]]) -> None:
    assert named(text, Kind.KOMMUNE) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rogaland fylkeskommune", ["11"]),
        ("Hordaland", ["46"]),
        ("Viken", ["31", "32", "33"]),
        ("Troms og Finnmark", ["55", "56"]),
        ("båten lå i viken", []),
    ],
)
def test_fylker_of_today_and_before(text: str, found: list[str]) -> None:
    assert [code for code, _ in named(text, Kind.FYLKE)] == found


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("vold i nære relasjoner", Kind.THEME, "vold_naere"),
        ("valden i nære relasjonar", Kind.THEME, "vold"),
        ("tilbakefallet", Kind.OUTCOME, "tilbakefall"),
        ("reoffending", Kind.OUTCOME, "tilbakefall"),
        ("trivselen", Kind.OUTCOME, "trivsel"),
        ("klyngerandomiserte studier", Kind.DESIGN, "klynge_rct"),
        ("Meld. St. 12", Kind.DOC_TYPE, "stortingsdokument"),
        ("NOU 2020: 17", Kind.DOC_TYPE, "offentlig_utredning"),
        ("foresatte", Kind.TARGET_GROUP, "foreldre"),
    ],
)
def test_other_kinds_and_the_longest_form(text: str, kind: Kind, code: str) -> None:
    assert [found for found, _ in named(text, kind)] == [code]


def test_one_word_may_name_things_of_two_kinds() -> None:
    assert {m.kind for m in FINDER.find("tilbakefall")} == {Kind.THEME, Kind.OUTCOME}


def test_a_context_far_away_in_a_very_long_line_does_not_count() -> None:
    assert named("elever " + "ord " * 1000 + "MOT", Kind.TILTAK) == []


def test_the_finder_of_a_vocabulary_is_made_once() -> None:
    assert term_finder(VOCABULARY) is term_finder(VOCABULARY)


def forms(vocabulary: Vocabulary) -> Iterable[tuple[Kind, str, str]]:
    for kind, terms in [
        (Kind.TILTAK, vocabulary.tiltak),
        (Kind.THEME, vocabulary.themes),
        (Kind.TARGET_GROUP, vocabulary.target_groups),
        (Kind.OUTCOME, vocabulary.outcomes),
        (Kind.DESIGN, vocabulary.designs),
        (Kind.DOC_TYPE, vocabulary.doc_types),
    ]:
        for term in terms.values():
            for form in [*(a for aliases in term.aliases.values() for a in aliases), *term.exact]:
                context = f" {term.context[0]}" if term.ambiguous and form in term.exact else ""
                yield kind, term.id, form + context


def test_every_form_of_the_vocabulary_is_found() -> None:
    missed = [(code, text) for kind, code, text in forms(VOCABULARY) if code not in dict(named(text, kind))]
    assert missed == []


@given(st.text(alphabet="SLT MOTHeim kommune,.&-\n\t æøå 116", max_size=200))
def test_mentions_lie_in_the_text_in_order_and_do_not_overlap_within_a_kind(text: str) -> None:
    found = FINDER.find(text)
    assert list(found) == sorted(found, key=lambda m: (m.start, -m.end))
    assert all(0 <= m.start < m.end <= len(text) and "\n" not in text[m.start : m.end] for m in found)
    for kind in Kind:
        spans = sorted({(m.start, m.end) for m in found if m.kind is kind})
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_a_mention_is_a_value() -> None:
    assert Mention(Kind.TILTAK, "slt", 0, 3) in TermFinder(VOCABULARY).find("SLT")
