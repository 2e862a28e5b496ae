"""The single readers of metadata: days, periods, adoption, years, names, publishers, designs, columns."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import DocInfo, Origin
from indexer.mentions import Kind, term_finder
from indexer.metadata.adoption import read_adopted, read_state
from indexer.metadata.authors import read_authors
from indexer.metadata.dates import days
from indexer.metadata.doc_type import read_doc_type
from indexer.metadata.evidence import Evidence, gather
from indexer.metadata.names import is_institution, is_person, leading_persons
from indexer.metadata.period import read_period
from indexer.metadata.places import numbers_then, read_fylker, read_kommuner
from indexer.metadata.publisher import read_publisher
from indexer.metadata.study import find_design, review_design
from indexer.metadata.tables import Column, column_at, columns_of
from indexer.metadata.title import read_title
from indexer.metadata.topics import PLAN_TILTAK, read_target_groups, read_themes, read_tiltak
from indexer.metadata.year import read_year
from tests.indexer.hand_built import extracted
from tests.indexer.test_metadata import NB, VOCABULARY


def evidence_of(text: str, docinfo: DocInfo | None = None, path: str = "dokument.pdf") -> Evidence:
    return gather(extracted(text, path, docinfo), VOCABULARY, term_finder(VOCABULARY))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("15.06.2023", [date(2023, 6, 15)]),
        ("15. 6. 2023", [date(2023, 6, 15)]),
        ("15/06/2023", [date(2023, 6, 15)]),
        ("15.06.23", [date(2023, 6, 15)]),
        ("2023-06-15", [date(2023, 6, 15)]),
        ("15. juni 2023", [date(2023, 6, 15)]),
        ("den 1. desember 2022", [date(2022, 12, 1)]),
        ("15 June 2023", [date(2023, 6, 15)]),
        ("June 15, 2023", [date(2023, 6, 15)]),
        ("3rd of February 2020", [date(2020, 2, 3)]),
        ("31.02.2023", []),
        ("32. mai 2023", []),
        ("§ 4.12.3", []),
        ("versjon 1.2.34.2023", []),
        ("fra 1.1.2023 til 31.12.2026", [date(2023, 1, 1), date(2026, 12, 31)]),
    ],
)
def test_days(text: str, found: list[date]) -> None:
    assert [day.value for day in days(text)] == found


@given(st.dates(date(1990, 1, 1), date(2050, 12, 31)))
def test_every_day_is_read_back_in_every_form(day: date) -> None:
    for text in (day.strftime("%d.%m.%Y"), day.isoformat(), f"{day.day}. {_month(day)} {day.year}"):
        assert [found.value for found in days(f"Vedtatt {text}, sak 1")] == [day]


def _month(day: date) -> str:
    names = "januar februar mars april mai juni juli august september oktober november desember"
    return names.split()[day.month - 1]


@pytest.mark.parametrize(
    ("cover", "first", "last"),
    [
        ("# Handlingsplan 2023–2026", "2023", "2026"),
        ("# Handlingsplan 2023 - 26", "2023", "2026"),
        ("# Handlingsplan 2023 til 2026", "2023", "2026"),
        ("# Action plan 2023 to 2026", "2023", "2026"),
        ("# Handlingsplan\nGjelder for perioden 2019-2022", "2019", "2022"),
        ("# Handlingsplan\nGjeld frå 2024 til 2027", "2024", "2027"),
        ("# Handlingsplan\nPlanperiode: 01.08.2023 – 31.07.2025", "2023-08-01", "2025-07-31"),
        ("# Handlingsplan\nPlanperiode 1. januar 2023 – 31. desember 2026", "2023", "2026"),
        ("# Handlingsplan 2023–2025\nPlanperiode 1. august 2023 – 31. juli 2025", "2023-08-01", "2025-07-31"),
        ("# Handlingsplan\n2021–2024", "2021", "2024"),
        ("# Handlingsplan\nPlanen erstatter handlingsplan 2011–2014", None, None),
        ("# Tiltaksplan for SLT 2025", "2025", "2025"),
        ("# Annual plan for crime prevention 2025", "2025", "2025"),
        ("# Handlingsplan\nPlanen trer i kraft 1. mars 2024", "2024-03-01", None),
        ("# Handlingsplan\nTiltak mot rus i 2014", None, None),
        ("# Handlingsplan 2026–2023", None, None),
        ("# Handlingsplan 1950–2050", None, None),
        ("# Handlingsplan, sak 2023-2026/45", None, None),
        (f"# Handlingsplan\nMoss kommune\n## Innledning\nPlanen gjelder for perioden 2022–2025. {NB}", "2022", "2025"),
        (f"# Handlingsplan\nMoss kommune\n## Innledning\nUndersøkelsen dekket 2012–2015. {NB}", None, None),
    ],
)
def test_periods(cover: str, first: str | None, last: str | None) -> None:
    evidence = evidence_of(cover)
    period = read_period(evidence, read_title(evidence).line)
    assert (period.first and period.first.value, period.last and period.last.value) == (first, last)


@pytest.mark.parametrize(
    ("cover", "day"),
    [
        ("# Plan\nVedtatt av kommunestyret 15.06.2023, sak 45/23", date(2023, 6, 15)),
        ("# Plan\nVedteken i kommunestyret 15. juni 2023", date(2023, 6, 15)),
        ("# Plan\nKommunestyret vedtok planen enstemmig 23. september 2026", date(2026, 9, 23)),
        ("# Plan\nAdopted by the municipal council on 15 June 2023", date(2023, 6, 15)),
        ("# Plan\nGodkjent av bystyret 1.2.2020. Revidert 3.4.2021", date(2020, 2, 1)),
        ("# Plan\nErstatter plan vedtatt 15.06.2019", None),
        ("# Plan\nSkal behandles i kommunestyret 15.06.2023", None),
        ("# Plan\nVedtatt av kommunestyret", None),
        ("# Plan\nVedtatt av kommunestyret. Trykt 15.06.2023", None),
        (f"# Plan\n## Innledning\n{NB}\n\\newpage\nPlanen ble vedtatt 15.06.2023.", date(2023, 6, 15)),
    ],
)
def test_the_day_of_adoption(cover: str, day: date | None) -> None:
    found = read_adopted(evidence_of(cover))
    assert (found and found.value) == day


@pytest.mark.parametrize(
    ("cover", "state"),
    [
        ("# Plan\nHØRINGSUTKAST", "horing"),
        ("# Plan\nHøyringsfrist 1. mai", "horing"),
        ("# Plan\nUtkast til høring", "horing"),
        ("# Plan\nPlanen er på høring til 1. mai", "horing"),
        ("# Plan\nConsultation draft", "horing"),
        ("# Plan\nUtkastet var på høring fra april til juni", None),
        ("# Plan\nStrategien er under rullering.", "under_rullering"),
        ("# Plan (under revisjon)", "under_rullering"),
        ("# Plan\nThe plan is being revised.", "under_rullering"),
        ("# Plan\nTiltaksdelen blir rullert hvert år i juni.", None),
    ],
)
def test_the_state_of_a_plan(cover: str, state: str | None) -> None:
    found = read_state(evidence_of(cover))
    assert (found and found.value) == state


@pytest.mark.parametrize(
    ("cover", "year"),
    [
        ("# Rapport om noe\nUtgitt i oktober 2022", 2022),
        ("# Rapport om noe\nRapport 2023:14", 2023),
        ("# Rapport om noe\nrapport nr. 6 – 2020", 2020),
        ("# Rapport om noe\nLauvåsen forskingsgruppe · Rapport 11/23", 2023),
        ("# Rapport om noe\nOversikt 1–2025", 2025),
        ("# Rapport om noe\n© Instituttet 2019", 2019),
        ("# Rapport om noe\nhausten 2022", 2022),
        ("# Rapport om noe\nFørste utgave 2014, revidert 2019", 2019),
        (f"# Rapport om noe\n## Forord\nTakk til alle.\nOslo, mai 2021\n## Innledning\n{NB}", 2021),
        ("# Rapport om noe\nMoss, 12.03.2015", 2015),
        ("# Rapport om perioden 2010–2014", None),
        ("# Rapport om noe", None),
    ],
)
def test_years(cover: str, year: int | None) -> None:
    evidence = evidence_of(cover)
    found = read_year(evidence, None, read_period(evidence_of("# Rapport"), None))
    assert (found and found.value) == year


def test_the_file_s_own_date_comes_last() -> None:
    info = DocInfo(created=date(2024, 5, 1))
    nothing = read_period(evidence_of("# Rapport"), None)
    last = read_year(evidence_of("# Rapport om noe", info), None, nothing)
    first = read_year(evidence_of("# Rapport om noe\nUtgitt 2019", info), None, nothing)
    absurd = read_year(evidence_of("# Rapport om noe", DocInfo(created=date(1970, 1, 1))), None, nothing)
    assert last is not None
    assert first is not None
    assert (last.value, last.origin) == (2024, Origin.DOCINFO)
    assert (first.value, first.origin) == (2019, Origin.TEXT)
    assert absurd is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A. Eksempel og B. Prøve", ["A. Eksempel", "B. Prøve"]),
        (
            "Kari Eksempel, Ola Prøvesen and Per-Arne Dikt-Mønster",
            ["Kari Eksempel", "Ola Prøvesen", "Per-Arne Dikt-Mønster"],
        ),
        ("N. Eksempel (leder) og O. Prøve", ["N. Eksempel", "O. Prøve"]),
        ("X. Sample & Y. Example", ["X. Sample", "Y. Example"]),
        ("Kari Eksempel¹, Ola Prøvesen²", ["Kari Eksempel", "Ola Prøvesen"]),
        ("Kari Eksempel, ph.d., Ola Prøvesen", ["Kari Eksempel", "Ola Prøvesen"]),
        ("Jan van der Eksempel", ["Jan van der Eksempel"]),
        ("J. P. Eksempel; K.-A. Prøve", ["J. P. Eksempel", "K.-A. Prøve"]),
        ("D. Fiktiv, Lyngheia institutt for studier", ["D. Fiktiv"]),
        ("B. Prøve og G. Liksom. Institutt for trygghet, rapport 5/2020.", ["B. Prøve", "G. Liksom"]),
        ("Rygge kommune", []),
        ("Barn og unge", []),
        ("Nordic Evidence Collective", []),
        ("SLT-koordinatoren i samarbeid med politiet", []),
        ("Kari", []),
        ("", []),
    ],
)
def test_lists_of_persons(text: str, names: list[str]) -> None:
    assert list(leading_persons(text)[0]) == names


@pytest.mark.parametrize("name", ["Kari Eksempel", "K. Eksempel", "Anne-Lise Øvre Prøvesen", "Nils Ånon"])
def test_persons(name: str) -> None:
    assert is_person(name)
    assert not is_institution(name)


@pytest.mark.parametrize(
    "name", ["Institutt for samfunnsforskning", "Oslo kommune", "Rambøll AS", "Centre for Violence"]
)
def test_institutions(name: str) -> None:
    assert is_institution(name)
    assert not is_person(name)


@pytest.mark.parametrize(
    ("cover", "plan", "names"),
    [
        ("# Rapport om noe\nForfattere: A. Eksempel og B. Prøve", False, ["A. Eksempel", "B. Prøve"]),
        ("# Rapport om noe\nAv Kari Eksempel", False, ["Kari Eksempel"]),
        ("# Report on things\nBy Anna Sample and Ben Mockup", False, ["Anna Sample", "Ben Mockup"]),
        ("# Rapport om noe\nProsjektgruppa ved A. Prøve og B. Tenkt", False, ["A. Prøve", "B. Tenkt"]),
        ("# Plan for noe\nUtarbeidet av: Kari Eksempel", True, ["Kari Eksempel"]),
        ("# Plan for noe\nKari Eksempel", True, []),
        ("# Plan for noe\nPlanen er utarbeidet av SLT-koordinatoren", True, []),
        ("# Rapport om noe\nKari Eksempel\nOla Prøvesen\nInstitutt for noe", False, ["Kari Eksempel", "Ola Prøvesen"]),
    ],
)
def test_authors(cover: str, plan: bool, names: list[str]) -> None:
    evidence = evidence_of(cover)
    assert [read.value for read in read_authors(evidence, read_title(evidence), plan=plan)] == names


def test_the_file_s_own_authors_come_last_and_only_persons_count() -> None:
    info = DocInfo(authors=("Eksempel, Kari", "Ola Prøvesen", "Bruker", "Moss kommune"))
    evidence = evidence_of("# Rapport om noe", info)
    found = read_authors(evidence, read_title(evidence), plan=False)
    assert [read.value for read in found] == ["Kari Eksempel", "Ola Prøvesen"]
    assert {read.origin for read in found} == {Origin.DOCINFO}
    assert read_authors(evidence, read_title(evidence), plan=True) == ()


@pytest.mark.parametrize(
    ("cover", "name"),
    [
        ("# Om noe\nUtgitt av Senter for alt", "Senter for alt"),
        ("# Om noe\nUtgiver: Fiktivforlaget", "Fiktivforlaget"),
        ("# Om noe\nKvartsanalyse, på oppdrag fra Gjøvik kommune. Levert 2022.", "Kvartsanalyse"),
        ("# Om noe\nNorthern Evidence Unit, Review 3/2023. Published May 2023.", "Northern Evidence Unit"),
        ("# Om noe\nFjøregruppa for frivillig førebygging, 2. utgåve 2023", "Fjøregruppa for frivillig førebygging"),
        ("# Om noe\nRapport fra Fafo", "Fafo"),
        ("# Om noe\nFinansiert av Helsedirektoratet", None),
        ("# Om noe\nAgder politidistrikt", "Agder politidistrikt"),
        ("# Om noe\nAv Z. Tenkt. Kunnskapsverkstaden Indre, hausten 2022", "Kunnskapsverkstaden Indre"),
        ("# Om noe\nVår kommune er liten", None),
        ("# Lov om noe\n| Departement | Klima- og miljødepartementet |", "Klima- og miljødepartementet"),
        ("# Om noe", None),
    ],
)
def test_publishers(cover: str, name: str | None) -> None:
    evidence = evidence_of(cover)
    found = read_publisher(evidence, read_title(evidence), plan=False)
    assert (found and found.value) == name


def test_the_file_s_own_publisher_comes_last() -> None:
    evidence = evidence_of("# Om noe", DocInfo(publisher="Instituttet"))
    found = read_publisher(evidence, read_title(evidence), plan=False)
    assert found is not None
    assert (found.value, found.origin) == ("Instituttet", Origin.DOCINFO)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Evaluering av handlingsplan mot vold", "evaluering"),
        ("Handlingsplan mot vold", "handlingsplan"),
        ("Forslag til handlingsplan mot vold", "handlingsplan"),
        ("Veileder for evaluering av politiråd", "veileder"),
        ("Hva virker mot mobbing? En systematisk oversikt", "kunnskapsoversikt"),
        ("Prosessevaluering av BTI", "evaluering"),
        ("Kommunedelplan for oppvekst", "kommunal_plan"),
        ("Plan for et trygt skolemiljø", "kommunal_plan"),
        ("Rettleiar i foreldrestøtte", "veileder"),
        ("A registerstudie", "forskningsrapport"),
        ("Lov om straff", "regelverk"),
        ("Meld. St. 15 (2022–2023)", "stortingsdokument"),
        ("Ungdom og fritid", None),
    ],
)
def test_types_by_title(title: str, code: str | None) -> None:
    evidence = evidence_of(f"# {title}")
    found = read_doc_type(evidence, read_title(evidence), None)
    assert (found and found.value) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# Trygg skole: Sluttrapport\n## Sammendrag\nRapporten er en evaluering av prosjektet.", "evaluering"),
        ("# Trygg skole: Sluttrapport\n## Sammendrag\nRapporten forteller hva vi gjorde.", "prosjektrapport"),
    ],
)
def test_a_last_report_that_is_an_evaluation(text: str, code: str) -> None:
    evidence = evidence_of(text)
    found = read_doc_type(evidence, read_title(evidence), None)
    assert (found and found.value) == code


def test_a_type_told_only_by_the_text() -> None:
    evidence = evidence_of("# Trygg i sentrum\n## Om\n" + "Denne evalueringen bygger på en evaluering. " * 3 + NB)
    found = read_doc_type(evidence, read_title(evidence), None)
    assert (found and found.value) == "evaluering"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# Prosessevaluering av noe", "prosess"),
        ("# Mentoring: a systematic review and meta-analysis", "metaanalyse"),
        ("# Noe\n## Metode\nElevene ble tilfeldig trukket til gruppene. Loddtrekning ga to grupper.\n" + NB, "rct"),
        (
            "# Noe\n## Sammendrag\nSkolene ble fordelt ved loddtrekning.\n## Metode\nLoddtrekning av skoler.",
            "klynge_rct",
        ),
        ("# Noe\n## Sammendrag\nVi har sammenlignet med tre byer som ikke gjorde noe.\n" + NB, "kontrollert_forletter"),
        ("# Noe\n## Metode\nVi sammenligner skolene før og etter, i en modell med faste effekter.\n" + NB, "kvasi"),
        ("# Noe\n## Data and method\nWe compare nights with and without patrols, with fixed effects.", "kvasi"),
        ("# Noe\n## Metode\nVi har ikke trukket lodd. En framtidig studie burde bruke loddtrekning.\n" + NB, None),
        ("# Noe\n## Bakgrunn\nEn svensk studie brukte loddtrekning. Et amerikansk randomisert forsøk fant mer.", None),
        (
            "# Noe\n## Metode\nDybdeintervju med ti ungdommer.\n## Funn\nI dybdeintervju sa de ja. Fokusgruppe også.",
            "kvalitativ",
        ),
    ],
)
def test_designs(text: str, code: str | None) -> None:
    evidence = evidence_of(text)
    found = find_design(evidence, read_title(evidence))
    assert (found and found.value) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# Hva virker?\n## Om\nVi har søkt i fem databaser etter studier.", "systematisk_oversikt"),
        ("# Hva virker?\n## Om\nVi har lest det vi fant.", "litteraturgjennomgang"),
        ("# Hva virker? En metaanalyse", "metaanalyse"),
        ("# Hva virker? En litteraturgjennomgang", "litteraturgjennomgang"),
    ],
)
def test_designs_of_reviews(text: str, code: str) -> None:
    evidence = evidence_of(text)
    assert review_design(evidence, find_design(evidence, read_title(evidence))).value == code


@pytest.mark.parametrize(
    ("text", "plan", "study", "numbers"),
    [
        ("# Trygt sentrum i Moss", False, True, ["3103"]),
        ("# Evaluering\nOslo, mai 2023", False, True, []),
        ("# Evaluering\nUniversitetet i Oslo", False, True, []),
        ("# Evaluering\nPostboks 1, 0130 Oslo", False, True, []),
        ("# Evaluering\nOslo Economics", False, True, []),
        ("# Plan\nVåler kommune", True, False, []),
        ("# Plan\nVåler kommune\nInnlandet fylke", True, False, ["3419"]),
        ("# Plan\nSande kommune", True, False, ["1514"]),
        ("# Plan\nSande kommune\nVestfold", True, False, ["3903"]),
        (f"# Plan\n## Om\n{NB} Risør kommune. Risør kommune. Risør kommune. Grimstad.", True, False, ["4201"]),
        (f"# Rapport\n## Sammendrag\nBergen, Voss og Sogndal var med. {NB}", False, True, ["4601", "4621", "4640"]),
        (f"# Rapport\n## Sammendrag\nI Molde var det bråk. {NB}\n## Mer\nMolde igjen.", False, True, ["1506"]),
        (f"# Rapport\n## Sammendrag\nI Molde var det bråk. {NB}", False, True, []),
        (f"# Oversikt\n## Sammendrag\nI Molde kommune var det bråk. {NB}", False, False, []),
    ],
)
def test_whose_document_it_is(text: str, plan: bool, study: bool, numbers: list[str]) -> None:
    evidence = evidence_of(text)
    found = read_kommuner(evidence, read_title(evidence), plan=plan, study=study)
    assert [read.value for read in found] == numbers


@pytest.mark.parametrize(
    ("name", "year", "number"),
    [
        ("Rygge", 2015, "0136"),
        ("Moss", 2015, "0104"),
        ("Moss", 2021, "3002"),
        ("Moss", 2024, "3103"),
        ("Moss", None, "3103"),
        ("Sandefjord", 2016, "0706"),
        ("Sandefjord", 2018, "0710"),
        ("Re", 2010, "0716"),
        ("Oslo", 1999, "0301"),
    ],
)
def test_the_number_in_force_then(name: str, year: int | None, number: str) -> None:
    evidence = evidence_of(f"# Plan\n{name} kommune")
    kommuner = read_kommuner(evidence, read_title(evidence), plan=True, study=False)
    assert [read.value for read in numbers_then(evidence, kommuner, year)] == [number]


def test_fylker_of_a_fylkeskommune_and_of_kommuner() -> None:
    evidence = evidence_of("# Regional plan\nRogaland fylkeskommune")
    assert [read.value for read in read_fylker(evidence, read_title(evidence), ())] == ["11"]
    evidence = evidence_of("# Plan for Bergen og Moss")
    kommuner = read_kommuner(evidence, read_title(evidence), plan=True, study=False)
    found = read_fylker(evidence, read_title(evidence), kommuner)
    assert [(read.value, read.origin) for read in found] == [("31", Origin.DERIVED), ("46", Origin.DERIVED)]


def test_columns_of_a_plan_s_table() -> None:
    evidence = evidence_of(
        "# Plan\n## Tiltak\n| Nr. | Tiltak | Målgruppe | Ansvarlig |\n| 1 | Nattevandring | Foreldre | SLT |\n"
        "\\newpage\n| 2 | Ungdomslos | Ungdom | Politiråd |\n## Annet\n| Nattevandring | SLT |"
    )
    columns = columns_of(evidence.lines)
    found = {(seen.words, column_at(seen, columns)) for seen in evidence.of(Kind.TILTAK)}
    assert found == {
        ("Nattevandring", Column.TILTAK),
        ("SLT", Column.ASIDE),
        ("Ungdomslos", Column.TILTAK),
        ("Politiråd", Column.ASIDE),
        ("Nattevandring", None),
        ("SLT", None),
    }


def test_topics_that_only_go_with_a_tiltak_say_so() -> None:
    evidence = evidence_of(f"# Krisesenteret i regionen\n## Om\n{'Vi har åpent hele døgnet. ' * 20}")
    title = read_title(evidence)
    tiltak = read_tiltak(evidence, title, PLAN_TILTAK)
    groups = read_target_groups(evidence, title, tiltak)
    themes = read_themes(evidence, title, tiltak, groups)
    assert [read.value for read in tiltak] == ["krisesenter"]
    assert [(read.value, read.origin, read.page) for read in themes] == [("vold_naere", Origin.DERIVED, 1)]
    assert [read.value for read in groups] == ["ofre"]


def test_a_survey_that_is_only_quoted_is_no_tiltak() -> None:
    quoted = evidence_of(f"# Plan for noe\n## Om\nUngdata viser at ti prosent mobbes. Ungdata sier mer. {NB}")
    named = evidence_of(f"# Ungdata i kommunen\n## Om\n{NB}")
    assert [read.value for read in read_tiltak(quoted, read_title(quoted), PLAN_TILTAK)] == []
    assert [read.value for read in read_tiltak(named, read_title(named), PLAN_TILTAK)] == ["ungdata"]


def test_violence_in_general_is_not_told_beside_violence_in_families() -> None:
    evidence = evidence_of(
        f"# Handlingsplan mot vold i nære relasjoner\n## Om\n{'Vold er galt, og vold skal meldes. ' * 5}"
    )
    title = read_title(evidence)
    assert [read.value for read in read_themes(evidence, title, (), ())] == ["vold_naere"]


@pytest.mark.parametrize(
    ("text", "info", "path", "title", "origin"),
    [
        ("# Trygt sentrum", DocInfo(title="Noe annet her"), "a.pdf", "Trygt sentrum", Origin.TEXT),
        ("Første linje her\nMer", DocInfo(title="Tittel fra filen"), "a.pdf", "Tittel fra filen", Origin.DOCINFO),
        ("Første linje her\nMer", DocInfo(title="rapport_endelig_v2.docx"), "a.pdf", "Første linje her", Origin.TEXT),
        ("Første linje her", DocInfo(title="Microsoft Word - x"), "a.pdf", "Første linje her", Origin.TEXT),
        ("# Innhold\n12", None, "min-plan_2024.pdf", "Min plan 2024", Origin.FILENAME),
        ("# Rapport 2023:14\n# Ved siden av", None, "a.pdf", "Ved siden av", Origin.TEXT),
        ("# Moss kommune\n# Plan mot rus", None, "a.pdf", "Plan mot rus", Origin.TEXT),
        ("# Evaluering\n# av skolemegling\n# i Moss", None, "a.pdf", "Evaluering av skolemegling", Origin.TEXT),
        ("# Strategi\n# Moss kommune", None, "a.pdf", "Strategi", Origin.TEXT),
        ("# Strategi\n# 2022–2026", None, "a.pdf", "Strategi 2022–2026", Origin.TEXT),
    ],
)
def test_titles(text: str, info: DocInfo | None, path: str, title: str, origin: Origin) -> None:
    found = read_title(evidence_of(text, info, path)).read
    assert (found.value, found.origin) == (title, origin)
