"""Whole covers, as houses of different kinds set them: what is read, and where from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from corpus.model import DocInfo, Extracted, Language, Metadata, Origin
from corpus.vocabulary import load_vocabulary
from indexer.mentions import term_finder
from indexer.metadata import read_metadata
from tests.indexer.hand_built import extracted

VOCABULARY = load_vocabulary()
NB = "Kommunen skal forebygge kriminalitet og rus blant ungdom. Vi vil at flere fullfører skolen og har det trygt. " * 4
NN = (
    "Kommunen skal førebyggje kriminalitet og rus blant ungdom. Vi vil at fleire fullfører skulen og har det trygt. "
    * 4
)
EN = "The municipality wants to prevent crime among young people and to make the town centre safe at night. " * 4


def metadata_of(document: Extracted) -> Metadata:
    return read_metadata(document, VOCABULARY, term_finder(VOCABULARY))


def read(text: str, docinfo: DocInfo | None = None, path: str = "dokument.pdf") -> Metadata:
    return metadata_of(extracted(text, path, docinfo))


def values(metadata: Metadata) -> dict[str, Any]:
    """Every value by field, without where it was read; fields that were not read are left out."""
    told = {}
    for name in Metadata.__dataclass_fields__:
        value = getattr(metadata, name)
        told[name] = [one.value for one in value] if isinstance(value, tuple) else value.value if value else None
    return {name: value for name, value in told.items() if value not in (None, [])}


@dataclass(frozen=True)
class Cover:
    """A document's beginning, and what must be read from it; a None must not be read."""

    text: str
    expected: dict[str, Any]
    docinfo: DocInfo | None = None
    path: str = "dokument.pdf"


COVERS = {
    "a timetable is no plan": Cover(
        f"# Livsmestring på timeplanen. En klyngerandomisert undersøkelse ved 34 skoler\n"
        f"Institutt for oppvekst Solbakken, Rapport nr. 12-2022\n## Forord\n{NB}",
        {"doc_type": "evaluering", "study_design": "klynge_rct", "year": 2022},
    ),
    "a last report of an evaluation is an evaluation, whatever its data": Cover(
        f"# Los i fire kommuner. Sluttrapport fra en fireårig evaluering\nGranli samfunnsforskning, rapport 7/2023\n"
        f"## Sammendrag\nVi har brukt registerdata om 412 ungdommer i denne registerstudien. {NB}",
        {"doc_type": "evaluering", "year": 2023},
    ),
    "a numbered summary tells the year, before the date of the file": Cover(
        f"# Families: summary of a systematic review\nNordlys Evidence Unit, Summary 2023:2\n## Background\n{EN}",
        {"doc_type": "kunnskapsoversikt", "year": 2023, "language": "en"},
        DocInfo(created=date(2000, 1, 1)),
    ),
    "a title over two headings, the kommune as the third": Cover(
        "# Handlingsplan\n# mot vold i nære relasjoner\n# 2023–2026\n# Nesodden "
        f"kommune\n\\newpage\n## Innledning\n{NB}",
        {
            "title": "Handlingsplan mot vold i nære relasjoner",
            "doc_type": "handlingsplan",
            "publisher": "Nesodden kommune",
            "year": 2023,
            "plan_from": "2023",
            "plan_to": "2026",
            "kommuner": ["3212"],
            "kommuner_then": ["3023"],
            "fylke": ["32"],
            "authors": None,
            "study_design": None,
        },
    ),
    "capitals, and lines that extraction joined to one": Cover(
        "# HANDLINGSPLAN FOR SLT-ARBEIDET I STANGE KOMMUNE 2021-2024\nVedtatt av Stange kommunestyre "
        "15.06.2021, sak 45/21 "
        f"Revideres årlig Planen erstatter handlingsplan 2017-2020 vedtatt 14.06.2017\n\\newpage\n## 1. Bakgrunn\n{NB}"
        " SLT-koordinatoren i Stange kommune leder arbeidet.",
        {
            "title": "Handlingsplan for SLT-arbeidet i Stange kommune 2021-2024",
            "adopted": date(2021, 6, 15),
            "plan_from": "2021",
            "plan_to": "2024",
            "publisher": "Stange kommune",
            "kommuner": ["3413"],
            "tiltak": ["slt"],
        },
    ),
    "an institute's report with names line by line and a colophon": Cover(
        "NKVTS\nRapport 3/2019\n# Kommunale handlingsplaner mot vold i nære relasjoner\n## En kartlegging av planer\n"
        "Kari Eksempel\nOla Prøvesen\nPer-Arne Mønster Diktesen\n\\newpage\nNasjonalt kunnskapssenter om vold og "
        "traumatisk stress\nPostboks 181 Nydalen, 0409 Oslo\nISBN 978-82-0000-000-0\n\\newpage\n## Forord\nTakk til "
        f"alle.\nOslo, mars 2019\nKari Eksempel\n## Sammendrag\n{NB}",
        {
            "title": "Kommunale handlingsplaner mot vold i nære relasjoner",
            "doc_type": "kartlegging",
            "publisher": "Nasjonalt kunnskapssenter om vold og traumatisk stress (NKVTS)",
            "authors": ["Kari Eksempel", "Ola Prøvesen", "Per-Arne Mønster Diktesen"],
            "year": 2019,
            "kommuner": None,
            "plan_from": None,
        },
    ),
    "an international review": Cover(
        "# 'Scared Straight' and other juvenile awareness programs: A systematic review\nAnna Sample, Ben Placeholder, "
        "Cara J. Mockup-Lee\nCampbell Systematic Reviews 2013:5\nFirst published: 10 May 2013\n## "
        "Abstract\nWe searched "
        f"six databases. {EN}",
        {
            "doc_type": "kunnskapsoversikt",
            "publisher": "Campbell Collaboration",
            "authors": ["Anna Sample", "Ben Placeholder", "Cara J. Mockup-Lee"],
            "year": 2013,
            "language": Language.EN,
            "study_design": "systematisk_oversikt",
            "tiltak": ["scared_straight"],
        },
    ),
    "a web page with its site's name in the title": Cover(
        f"# Strategi for et trygt Bergen 2022–2030\nVedtatt av bystyret 27. april 2022\n## Innledning\n{NB}",
        {
            "title": "Strategi for et trygt Bergen 2022–2030",
            "doc_type": "strategi",
            "publisher": "Bergen kommune",
            "year": 2022,
            "adopted": date(2022, 4, 27),
            "kommuner": ["4601"],
        },
        DocInfo(title="Strategi for et trygt Bergen 2022–2030 | Bergen kommune", publisher="Bergen kommune"),
    ),
    "no headings, and a file that knows only its word processor": Cover(
        f"Sel kommune\nRuspolitisk handlingsplan 2020 - 2024\nVedtatt i kommunestyret den 14. desember 2020\n{NB * 2}",
        {
            "title": "Ruspolitisk handlingsplan 2020 - 2024",
            "publisher": "Sel kommune",
            "kommuner": ["3437"],
            "adopted": date(2020, 12, 14),
            "authors": None,
            "year": 2020,
        },
        DocInfo(title="Microsoft Word - Rusplan endelig.docx", authors=("kommunebruker",), created=date(2021, 1, 4)),
    ),
    "a fylke that is no more": Cover(
        "# Regional plan for folkehelse – Fleire gode levear for alle\nHordaland fylkeskommune\n2014–2017\n"
        f"## Innleiing\n{NN}",
        {
            "publisher": "Hordaland fylkeskommune",
            "plan_from": "2014",
            "plan_to": "2017",
            "fylke": ["46"],
            "kommuner": None,
            "language": Language.NN,
        },
    ),
    "a plan of one year": Cover(
        f"# Årsplan SLT 2024\nÅs kommune\n## Innledning\n{NB}",
        {"plan_from": "2024", "plan_to": "2024", "year": 2024, "kommuner": ["3218"], "kommuner_then": ["3218"]},
    ),
    "a plan of one school year": Cover(
        f"# Handlingsplan mot mobbing i Lillestrøm kommune\nSkoleåret 2023/2024\n## Om planen\n{NB}",
        {"plan_from": "2023-08-01", "plan_to": "2024-07-31", "year": 2023, "kommuner_then": ["3030"]},
    ),
    "a master's thesis": Cover(
        "# Politiets bekymringssamtale\nEn kvalitativ studie av forebyggende politiarbeid\nLise "
        "Diktesen\nMasteroppgave i "
        f"politivitenskap\nPolitihøgskolen, våren 2018\n## Sammendrag\n{NB}",
        {
            "doc_type": "forskningsrapport",
            "publisher": "Politihøgskolen (PHS)",
            "authors": ["Lise Diktesen"],
            "year": 2018,
            "study_design": "kvalitativ",
            "tiltak": ["bekymringssamtale"],
        },
    ),
    "a consultant's report to a directorate": Cover(
        "# Evaluering av Los-ordningen\nSluttrapport til Barne-, ungdoms- og familiedirektoratet\nRambøll Management "
        f"Consulting\nJuni 2020\n## 1. Innledning\n{NB}",
        {"doc_type": "evaluering", "publisher": "Rambøll", "year": 2020, "tiltak": ["ungdomslos"]},
    ),
    "nynorsk, a kommune under the title, a period with a cue": Cover(
        "# Plan mot vald i nære relasjonar\n## Vinje kommune\nPlan for perioden 2019–2023\nVedteke i kommunestyret "
        f"20.06.2019 i sak 19/045\n## 1 Innleiing\n{NN}",
        {
            "title": "Plan mot vald i nære relasjonar",
            "publisher": "Vinje kommune",
            "kommuner": ["4036"],
            "kommuner_then": ["0834"],
            "plan_from": "2019",
            "plan_to": "2023",
            "adopted": date(2019, 6, 20),
            "language": Language.NN,
        },
    ),
    "the government's plan with a name of its own": Cover(
        "Justis- og beredskapsdepartementet\nHandlingsplan\n# Frihet fra vold\nRegjeringens "
        "handlingsplan for å forebygge og "
        f"bekjempe vold i nære relasjoner 2021–2024\n\\newpage\n## Forord\n{NB}",
        {
            "title": "Frihet fra vold",
            "doc_type": "nasjonal_handlingsplan",
            "publisher": "Justis- og beredskapsdepartementet",
            "plan_from": "2021",
            "plan_to": "2024",
        },
    ),
    "out for consultation": Cover(
        "# Temaplan oppvekst 2025-2036\nHØRINGSUTKAST\nKristiansand kommune\nSendt på høring 12. mars "
        "2025 med frist 1. mai "
        f"2025\n## Innledning\n{NB}",
        {"plan_state": "horing", "doc_type": "kommunal_plan", "adopted": None, "year": 2025, "kommuner": ["4204"]},
    ),
    "under revision": Cover(
        f"# Strategi mot ungdomskriminalitet 2018–2022\nStrategien er under rullering.\nBodø kommune\n## Mål\n{NB}",
        {"plan_state": "under_rullering", "plan_to": "2022", "kommuner": ["1804"]},
    ),
    "a kommune that was merged": Cover(
        "# Rusmiddelpolitisk handlingsplan 2012-2016\nAskim kommune\nVedtatt i bystyret "
        f"20.09.2012\n## Innledning\n{NB}",
        {"publisher": "Askim kommune", "kommuner": ["3118"], "kommuner_then": ["0124"], "fylke": ["31"]},
    ),
    "a council paper on a plan": Cover(
        "Saksframlegg\nSaksbehandler: Nina Prøvesen\nArkivsaksnr.: 23/1234\n# Handlingsplan mot "
        "mobbing 2023-2027\nUtvalg "
        f"Møtedato Saksnr\nKommunestyret 15.06.2023 45/23\n## Rådmannens innstilling\n1. Planen vedtas.\n{NB}",
        {"doc_type": "saksframlegg", "publisher": None, "authors": None, "year": 2023, "plan_from": None},
    ),
    "an official inquiry with a number": Cover(
        "# NOU 2020: 17\n# Varslede drap?\nPartnerdrapsutvalgets gjennomgang\nAvgitt til Justis- og "
        f"beredskapsdepartementet 11. desember 2020\n## Forord\n{NB}",
        {"title": "Varslede drap?", "doc_type": "offentlig_utredning", "year": 2020},
    ),
    "made by an institute, the place behind it": Cover(
        f"Evaluering av prosjektet Trygg i sentrum\nUtarbeidet av: Institutt for lokale studier, Oslo 2017\n{NB * 3}",
        {
            "doc_type": "evaluering",
            "publisher": "Institutt for lokale studier",
            "year": 2017,
            "kommuner": None,
            "authors": None,
        },
    ),
    "a revised review": Cover(
        "# Mentoring of young people: an updated systematic review\nHollow Oak Review Group\nX. Sample "
        "& Y. Example\nFirst "
        f"published 2016, this version 2024\n## Key messages\n{EN}",
        {"year": 2024, "authors": ["X. Sample", "Y. Example"], "publisher": "Hollow Oak Review Group"},
    ),
    "kommuner that share a plan": Cover(
        "# Trygg på øyane: Felles handlingsplan for Stord, Fitjar og Bømlo 2024–2027\nStord kommune · "
        "Fitjar kommune · Bømlo "
        f"kommune\nVedteken i kommunestyret i Stord 15. februar 2024\n## Føreord\n{NN}",
        {"kommuner": ["4614", "4615", "4613"], "fylke": ["46"], "publisher": "Stord kommune"},
    ),
    "a table that says who and what": Cover(
        "# Handlingsplan 2023–2026\nMoss kommune\n## Tiltak\n| Tiltak | Målgruppe | Ansvarlig | Frist "
        "|\n| Nattevandring | "
        "Foreldre | SLT-koordinator | 2024 |\n| Ungdomslos | Risikoutsatt ungdom | Familiens hus | "
        f"2025 |\n## Bakgrunn\n{NB}",
        {"tiltak": ["nattevandring", "ungdomslos"], "kommuner": ["3103"]},
    ),
    "nothing but a file name": Cover(
        "12\n34",
        {"title": "Rapport om noe 2014", "doc_type": None, "publisher": None},
        path="mappe/rapport-om_noe-2014.pdf",
    ),
    "an empty file": Cover("", {"title": "Tom", "language": Language.NB, "year": None}, path="tom.txt"),
}


@pytest.mark.parametrize("cover", COVERS.values(), ids=COVERS)
def test_covers(cover: Cover) -> None:
    told = values(read(cover.text, cover.docinfo, cover.path))
    assert {name: told.get(name) for name in cover.expected} == cover.expected


@pytest.mark.parametrize("cover", COVERS.values(), ids=COVERS)
def test_every_value_read_in_the_text_has_a_page_and_a_quote_on_it(cover: Cover) -> None:
    document = extracted(cover.text, cover.path, cover.docinfo)
    metadata = metadata_of(document)
    texts = {page.number: " ".join(page.text.split()) for page in document.pages}
    for name in Metadata.__dataclass_fields__:
        value = getattr(metadata, name)
        for one in value if isinstance(value, tuple) else (value,) if value else ():
            if one.origin is Origin.TEXT:
                words = " ".join(one.quote.split())
                assert words, name
                assert all(word in texts[one.page] for word in words.split()), (name, one)


def test_reading_twice_gives_the_same() -> None:
    document = extracted(COVERS["a table that says who and what"].text)
    assert metadata_of(document) == metadata_of(document)
