"""What single sentences say: a table of examples in three languages, and why the others say nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import FindingType, Language
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.findings import Reading, read_sentence
from indexer.findings.lexicon import Mark, Role
from indexer.findings.ties import Surroundings
from indexer.findings.verdict import weigh

NB, NN, EN = Language.NB, Language.NN, Language.EN


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


def verdicts(readings: tuple[Reading, ...]) -> list[str]:
    return [reading.verdict.value for reading in readings]


TAKEN = [
    # better, compared
    ("virker", NB, "Deltakerne begikk færre lovbrudd enn kontrollgruppen."),
    ("virker", NN, "Elevane som deltok, mobba mindre enn elevane i samanlikningsgruppa."),
    ("virker", EN, "Participants committed fewer offences than the comparison group."),
    ("virker", NB, "Tilbakefallet sank i prøvekommunene, mens det var uendret i sammenligningskommunene."),
    # caused
    ("virker", NB, "Programmet reduserte mobbing."),
    ("virker", NB, "Tiltaket bidro til å redusere volden i sentrum."),
    ("virker", EN, "The training led to fewer assaults."),
    ("virker", NN, "Ordninga gav mindre bråk om kveldane."),
    # numbers
    ("virker", NB, "Blant deltakerne ble 31 prosent siktet på nytt, mot 44 prosent i kontrollgruppen."),
    ("virker", NB, "I kontrollgruppen ble 44 prosent siktet på nytt, mot 31 prosent av deltakerne."),
    ("skadelig", NB, "Blant deltakerne ble 44 prosent siktet på nytt, mot 31 prosent i kontrollgruppen."),
    ("ingen_effekt", NB, "Blant deltakerne ble 7,7 prosent mobbet, mot 7,8 prosent i kontrollgruppen."),
    ("virker", NB, "Av deltakerne hadde 80 prosent ikke falt tilbake, mot 60 prosent i kontrollgruppen."),
    ("virker", NB, "Siktet på nytt ble 20 av de 100 deltakerne, mot 400 av 1 000 i kontrollgruppen."),
    ("virker", NB, "En tredel av deltakerne ble siktet på nytt, mot halvparten i kontrollgruppen."),
    # words of effect
    ("virker", NB, "Programmet virker."),
    ("virker", EN, "The programme works, and it works best for those at highest risk."),
    ("virker", NB, "Kurset hadde god effekt på fraværet."),
    ("ingen_effekt", NB, "Kampanjen hadde ingen effekt på drikkingen."),
    ("skadelig", NB, "Ordningen hadde negativ innvirkning på trivselen."),
    ("ingen_effekt", NB, "Tiltaket var virkningsløst."),
    # nothing moved
    ("ingen_effekt", NB, "Kurset endret ikke holdningene."),
    ("ingen_effekt", EN, "We found no difference in reconviction between the two groups."),
    ("ingen_effekt", NB, "Mobbingen gikk ned, men nedgangen var like stor ved skolene uten programmet."),
    ("ingen_effekt", NB, "Etter to år var forskjellen borte."),
    ("ingen_effekt", NB, "Forskerne fant ikke at programmet reduserte volden."),
    ("ingen_effekt", EN, "Crime fell in the project area, but it fell just as much in the rest of the city."),
    # worse
    ("skadelig", NB, "Deltakerne hadde høyere tilbakefall enn sammenligningsgruppen."),
    ("skadelig", NB, "Tiltaket virket mot sin hensikt."),
    ("skadelig", EN, "The programme did more harm than good."),
    ("skadelig", NB, "Kontrollene svekket tilliten til politiet."),
    ("virker", NB, "Tiltaket svekket rekrutteringen til gjenger og gjengkriminalitet."),
    ("virker", NB, "Volden steg i bydelene der klubbene ble lagt ned, sammenlignet med bydeler som beholdt dem."),
    # mixed
    ("blandet", EN, "Girls in the programme benefited, whereas boys showed no improvement."),
    ("blandet", NB, "Resultatene spriker mellom de fire kommunene."),
    ("blandet", NB, "Programmet ga mindre mobbing på barneskolen, men mer mobbing på ungdomsskolen."),
    ("blandet", EN, "Bullying fell in primary schools after the programme, but not in secondary schools."),
    # what denies, what is denied
    ("virker", NB, "Andelen av deltakerne som ikke falt tilbake, økte mer enn i kontrollgruppen."),
    ("virker", NB, "Andelen deltakere uten nye dommer økte mer enn i kontrollgruppen."),
    ("ingen_effekt", NB, "Verken gutter eller jenter i programmet fikk redusert mobbing."),
    ("ingen_effekt", NB, "Med økt innsats førte programmet ikke til færre konflikter."),
    ("ingen_effekt", NB, "Forskjellen mellom programmet og kontrollgruppen i mobbing er ikke statistisk sikker."),
    ("virker", NB, "Av deltakerne holdt 67 prosent seg unna lovbrudd, mot 50 prosent i kontrollgruppen."),
    ("ikke_evaluert", NB, "Hvorfor færre i programmet faller tilbake, kan vi ikke si."),
    ("virker", EN, "The largest gains from mentoring were seen for aggression."),
    ("virker", EN, "The reform was effective."),
    ("lovende", NB, "Våre data indikerer at familieråd kan være en lovende metode."),
    # unsure
    ("lovende", NB, "Resultatene tyder på at kurset ga færre konflikter."),
    ("lovende", NB, "Lærerne forteller at programmet har gitt mindre mobbing."),
    ("lovende", NB, "Kurset ga færre konflikter, men vi kan ikke utelukke andre årsaker til nedgangen."),
    ("ingen_effekt", NB, "Kurset ga færre konflikter, men forskjellen er ikke statistisk signifikant."),
    ("ikke_evaluert", NB, "Det er ikke mulig å fastslå om nedgangen skyldes tiltaket."),
    ("ikke_evaluert", NB, "Tiltaket er ikke evaluert."),
    ("ikke_evaluert", NN, "Om modellen verkar, veit vi difor ikkje."),
    ("ikke_evaluert", EN, "No study has examined whether the scheme reduces violence."),
    ("ikke_evaluert", NB, "Om ordningen virker, er det ingen som har undersøkt."),
]  # fmt: skip


@pytest.mark.parametrize(("verdict", "language", "text"), TAKEN)
def test_what_a_sentence_says(verdict: str, language: Language, text: str, vocabulary: Vocabulary) -> None:
    readings = read_sentence(text, "", language, vocabulary)
    assert verdicts(readings) == [verdict]
    assert 0 <= readings[0].cue_start < readings[0].cue_end <= len(text)
    assert readings[0].rule


def test_two_outcomes_with_two_verdicts_are_two_findings(vocabulary: Vocabulary) -> None:
    readings = read_sentence("Programmet reduserte mobbing, men ikke vold.", "", NB, vocabulary)
    assert [(r.verdict.value, r.outcome) for r in readings] == [("virker", "mobbing"), ("ingen_effekt", "vold")]


LEFT = [
    ("aim", NB, "Målet er å redusere vold blant ungdom."),
    ("aim", NB, "For å redusere hærverk settes det opp kameraer."),
    ("plan", NB, "Kommunen vil redusere volden i sentrum."),
    ("order", NB, "Kommunen skal gjennom tiltaket gi færre lovbrudd."),
    ("plan", NB, "Det viktigste er at flere vil fullføre opplæringen."),
    ("expect", NB, "Tiltaket forventes å gi mindre bråk."),
    ("belief", NB, "Vi tror at natteravnene har en dempende effekt."),
    ("condition", NB, "Dersom foreldrene deltar, gir kurset færre konflikter."),
    ("question", NB, "Har tiltaket redusert mobbingen?"),
    ("method", NB, "Tabell 4 viser at effekten er størst for vold."),
    ("untied", NB, "Antall voldstilfeller økte fra 2018 til 2019."),
    ("untied", EN, "Recorded crime fell by 9 per cent between 2012 and 2016."),
    ("praise", NB, "Åtte av ti deltakere var fornøyde, og trivselen bedret seg for deltakere som var fornøyde."),
    ("advice", NB, "Vi anbefaler kurset, som ga færre konflikter."),
    ("potential", NB, "Kurset kan gi færre konflikter."),
    ("potential", EN, "Less violence may be the result of the scheme."),
    ("infinitive", NB, "Programmet lærer elevene å redusere konflikter."),
    ("infinitive", EN, "The scheme teaches families to reduce conflicts."),
    ("baseline", NB, "I utgangspunktet hadde deltakerne flere lovbrudd enn kontrollgruppen."),
    ("testimony", NB, "Jeg fikk færre konflikter av kurset."),
    ("when", NB, "Lærerne i programmet ser det: når mobbingen avtar, blir noen alene."),
    ("resources", NB, "Deltakerne møtte færre konflikter per årsverk."),
    ("no_outcome", NB, "Deltakerne sov bedre."),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "language", "text"), LEFT)
def test_why_a_sentence_is_left(rule: str, language: Language, text: str) -> None:
    weighed = weigh(text, language, Surroundings())
    assert weighed.readings == ()
    assert rule in {left.rule for left in weighed.left}


NOTHING = [
    (NB, "Politiråd er et viktig virkemiddel i arbeidet."),
    (NB, "Forebygging er ikke bare politiets ansvar, men også skolens."),
    (NB, "Det virker som om saken haster."),
    (NB, "Gutter er oftere involvert i slagsmål enn jenter."),
    (NB, "Kontrollgruppen besto av elever fra ni skoler."),
    (NN, "Talet på skular som bruker programmet, har auka til 140."),
    (EN, "The comparison group consisted of pupils at nine schools."),
    (EN, "Effective prevention requires that agencies work together."),
    (NB, "Årsaken til brannen er ukjent."),
    (NB, "Forsøkene på å samle riket mislyktes."),
    (NB, "Utslaget av kurset er størst når elevene møter opp."),
    (NB, "Han løp bedre enn naboen og hesten."),
    (NB, "Bildet er lovende."),
    (NB, "Blant deltakerne svarte 31 prosent, mot 44 prosent i kontrollgruppen."),
    (NB, "Vi vet ikke hvem som kommer."),
    (NB, ""),
]


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_what_is_no_finding(language: Language, text: str, vocabulary: Vocabulary) -> None:
    assert read_sentence(text, "", language, vocabulary) == ()


LONG = [
    "Programmet reduserte mobbing, men ikke i like stor grad som ventet når det gjelder vold i og utenfor skolen.",
    "Programmet reduserte mobbing, men det var ikke alle som merket at noe skjedde.",
]


@pytest.mark.parametrize("text", LONG)
def test_a_long_denial_is_one_finding(text: str, vocabulary: Vocabulary) -> None:
    assert len(read_sentence(text, "", NB, vocabulary)) == 1


def test_the_sentence_before_lends_its_outcome(vocabulary: Vocabulary) -> None:
    text = "Nedgangen var klart større blant deltakerne enn i kontrollgruppen, og tallet gikk ned i begge år."
    assert verdicts(read_sentence(text, "Vi målte mobbing.", NB, vocabulary)) == ["virker"]


def test_a_weak_design_makes_promising(vocabulary: Vocabulary) -> None:
    text = "Mobbingen blant deltakerne gikk ned."
    firm = weigh(text, NB, Surroundings(results=True))
    weak = weigh(text, NB, Surroundings(results=True, weak=True))
    assert verdicts(firm.readings) == ["virker"]
    assert verdicts(weak.readings) == ["lovende"]


CERTAINTY = [
    ("virker", "Mobbingen blant deltakerne gikk ned (OR 0,76, 95 % KI 0,61 til 0,88)."),
    ("lovende", "Mobbingen blant deltakerne gikk ned (OR 0,76, 95 % KI 0,61 til 1,08)."),
    ("lovende", "Mobbingen blant deltakerne gikk ned med 3 prosent (95 % KI −4,1 til 0,9)."),
    ("lovende", "Mobbingen blant deltakerne gikk ned (p = 0,06)."),
    ("virker", "Mobbingen blant deltakerne gikk ned (p = 0,01)."),
    ("lovende", "Mobbingen gikk ned etter kurset."),
    ("lovende", "Mobbingen blant deltakerne gikk ned, men foreldrene visste hvem som fikk kurset."),
]


@pytest.mark.parametrize(("verdict", "text"), CERTAINTY)
def test_how_sure_the_author_is(verdict: str, text: str) -> None:
    assert verdicts(weigh(text, NB, Surroundings(results=True)).readings) == [verdict]


def test_probably_is_a_grade_of_certainty_in_an_overview() -> None:
    text = "Programmet reduserer sannsynligvis mobbing."
    assert verdicts(weigh(text, NB, Surroundings(results=True)).readings) == ["lovende"]
    assert verdicts(weigh(text, NB, Surroundings(results=True, overview=True)).readings) == ["virker"]


APART = [
    (["virker", "ingen_effekt"], "Programmet reduserte mobbing, men ikke den volden som skjer utenfor skoletiden."),
    (["lovende", "ingen_effekt"], "Kurset ser ut til å ha redusert fraværet, mens mobbingen var uendret."),
    (["blandet"], "Programmet reduserte mobbing blant gutter, men ikke blant jenter."),
    (["blandet"], "Programmet reduserte mobbing, men forskjellen var borte etter to år."),
]


@pytest.mark.parametrize(("wanted", "text"), APART)
def test_outcomes_that_differ_are_findings_of_their_own(wanted: list[str], text: str, vocabulary: Vocabulary) -> None:
    assert verdicts(read_sentence(text, "", NB, vocabulary)) == wanted


UNKNOWN_LEFT = [
    "Dersom dere bare måler etterpå, vet dere ikke om tiltaket har effekt.",
    "At et tiltak ikke er evaluert, betyr ikke at det ikke virker.",
    "Hva som er årsaken til nedgangen, vet vi ikke.",
]


@pytest.mark.parametrize("text", UNKNOWN_LEFT)
def test_what_nobody_knows_must_be_whether_a_tiltak_works(text: str) -> None:
    assert "ikke_evaluert" not in verdicts(weigh(text, NB, Surroundings(results=True)).readings)


def test_a_plan_needs_someone_who_found_it() -> None:
    hoped = "Programmet reduserer mobbing."
    found = "Evalueringen viser at programmet reduserer mobbing."
    denied = "Programmet endrer ikke drikkevanene."
    assert not weigh(hoped, NB, Surroundings(plan=True)).readings
    assert verdicts(weigh(found, NB, Surroundings(plan=True)).readings) == ["virker"]
    assert verdicts(weigh(denied, NB, Surroundings(plan=True)).readings) == ["ingen_effekt"]


def test_a_report_of_results_needs_less() -> None:
    text = "Analysene viser en nedgang i mobbing."
    assert not weigh(text, NB, Surroundings()).readings
    assert verdicts(weigh(text, NB, Surroundings(results=True)).readings) == ["virker"]
    assert not weigh("Analysene viser en økning i mobbing.", NB, Surroundings(results=True)).readings


def test_an_outcome_of_before_counts_where_the_sentence_names_none() -> None:
    carried = Mark(Role.OUTCOME, "down", "vold", 0, 4)
    text = "Programmet førte til en klar nedgang."
    assert weigh(text, NB, Surroundings(carried)).readings[0].outcome == "vold"
    assert not weigh(text, NB, Surroundings()).readings


def test_for_whom_is_a_moderator(vocabulary: Vocabulary) -> None:
    told = "Kurset ga færre konflikter, og nedgangen i konflikter var størst blant guttene."
    assert read_sentence(told, "", NB, vocabulary)[0].type is FindingType.MODERATOR
    gap = read_sentence("Tiltaket er ikke evaluert.", "", NB, vocabulary)[0]
    assert gap.type is FindingType.KUNNSKAPSHULL


@given(st.text(max_size=200), st.sampled_from(Language))
def test_any_text_is_read_without_error_and_cues_lie_within(text: str, language: Language) -> None:
    weighed = weigh(text, language, Surroundings(results=True))
    for found in (*weighed.readings, *weighed.left):
        assert 0 <= found.cue_start < found.cue_end <= len(text)


CUES = (
    "programmet deltakerne mobbing vold gikk ned økte ikke ingen effekt færre enn kontrollgruppen , men mens 12 prosent"
    " mot 15 etter kurset evalueringen viser at vi vet om skal kan bedre like som før uten . og forskjell signifikant"
)
WORDS = st.sampled_from(CUES.split())


@given(st.lists(WORDS, max_size=30))
def test_any_order_of_cues_is_read_without_error(said: list[str]) -> None:
    text = " ".join(said)
    for around in (Surroundings(), Surroundings(plan=True), Surroundings(results=True, weak=True, running=True)):
        assert len(weigh(text, NB, around).readings) <= 2


TILTAK_APART = [
    (NB, "MST reduserte tilbakefallet, FFT hadde ingen effekt på tilbakefallet.", ["mst", "fft"]),
    (EN, "Multisystemic therapy reduced reoffending, and boot camps increased reoffending.", ["mst", "boot_camp"]),
    (NB, "MST reduserte tilbakefallet, mens volden var uendret.", [None, None]),
]


@pytest.mark.parametrize(("language", "text", "tiltak"), TILTAK_APART)
def test_tiltak_that_differ_are_findings_of_their_own(
    language: Language, text: str, tiltak: list[str | None], vocabulary: Vocabulary
) -> None:
    readings = read_sentence(text, "", language, vocabulary)
    assert [reading.tiltak for reading in readings] == tiltak
    assert len({reading.verdict for reading in readings}) == len(tiltak)


NOT_UNKNOWN = [
    "Vet vi ikke om tiltaket har effekt?",
    "Vi anbefaler at det undersøkes, siden effekten av tiltaket er ikke undersøkt.",
    "Hvorvidt nedgangen kommer av at betjentene ble slitne eller at ungdommene ble vant til det, vet vi ikke.",
]


@pytest.mark.parametrize("text", NOT_UNKNOWN)
def test_questions_advice_and_causes_are_no_gaps(text: str) -> None:
    assert weigh(text, NB, Surroundings(results=True)).readings == ()


FRONTED = ["Noen gevinst for tryggheten er det ikke mulig å se.", "Noen effekt på mobbingen ser vi ikke."]


@pytest.mark.parametrize("text", FRONTED)
def test_what_stands_first_may_be_denied_behind(text: str) -> None:
    assert "virker" not in verdicts(weigh(text, NB, Surroundings(results=True)).readings)


def test_a_milder_rise_is_better() -> None:
    text = "Deltakerne fikk en mildere økning i plagene enn kontrollgruppen."
    assert verdicts(weigh(text, NB, Surroundings(results=True)).readings) == ["virker"]
