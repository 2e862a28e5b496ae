"""The invented documents that the tests of the web app ask about."""

from corpus.errors import Reason
from corpus.model import Language, Notice, PageStatus, Strength, Verdict
from tests.search_app.fakes import Entry, text_page

MENTOR_QUOTE = "Blant unge som beholdt samme mentor i tolv måneder, falt andelen med tilbakefall fra 41 til 27 prosent."
NO_EFFECT_QUOTE = "Vi finner ingen forskjell i selvrapportert rusbruk mellom mentorgruppen og sammenligningsgruppen."
NYNORSK_QUOTE = "Mentorane gav ungdommane stabil vaksenkontakt, men vi ser ikkje færre tilbakefall etter eitt år."
ENGLISH_QUOTE = "Weekly mentoring modestly reduced reoffending among youth."
HARM_QUOTE = "Guttene som ble satt i gruppe med eldre deltakere, hadde flere tilbakefall enn de som fikk egen mentor."
UNKNOWN_QUOTE = "Prosjektet har ikke hatt midler til å måle om ordningen lønner seg."
LOS_QUOTE = "Virkningen av ungdomslos på skolefravær er ikke undersøkt."

PAYLOAD = '<script>alert("x")</script><img src=x onerror=alert(1)>'
PAYLOAD_QUOTE = f"Tiltaket {PAYLOAD} virker & reduserer 'vold'."

TOLD = {"tiltak": "mentor", "design": "kontrollert_forletter", "strength": Strength.MODERAT}


def entries() -> list[Entry]:
    """Every invented document."""
    return [_mentor(), _nynorsk(), _english(), _group(), _los(), _hostile(), *_plans(), *_others()]


def _mentor() -> Entry:
    results = text_page(
        2,
        "# 4 Resultater",
        "## 4.1 Tilbakefall",
        "Det viktigste målet med ordningen var at færre skulle begå nye lovbrudd. Vi fulgte alle som startet.",
        MENTOR_QUOTE + " Forskjellen står seg når vi tar hensyn til alder og kjønn.",
        NO_EFFECT_QUOTE,
        "- Ungdommer som byttet mentor",
        "- Ungdommer som fullførte",
        "Gruppe\tFør\tEtter",
        "Mentor\t41\t27",
        "Sammenligning\t40\t39",
        "^ 1 Tallene gjelder de to første årene.",
    )
    return Entry(
        path="evalueringer/mentor-i-fire-kommuner.pdf",
        title="Mentor i fire kommuner: effekter etter to år",
        pages=(
            text_page(1, "# Mentor i fire kommuner", "Dette er et eksempel. En rapport om mentor for unge."),
            results,
            text_page(3, "Mentor\t12\t9", "Ny rad\t1\t2", "Etter tabellen kommer mer tekst om mentorordningen."),
            text_page(4, status=PageStatus.SCANNED),
        ),
        authors=("Fia Oppdiktet", "Per Påfunn"),
        kommuner=("3103", "0301"),
        themes=("tilbakefall", "barne_ungdomskriminalitet"),
        groups=("unge_lovbrytere",),
        tiltak=("mentor",),
        design="kontrollert_forletter",
        sections=((("Sammendrag",), 1), (("4 Resultater",), 2), (("4 Resultater", "4.1 Tilbakefall"), 2)),
        findings=[
            (2, MENTOR_QUOTE, "falt", Verdict.VIRKER, {**TOLD, "outcome": "tilbakefall"}),
            (
                2,
                NO_EFFECT_QUOTE,
                "ingen forskjell",
                Verdict.INGEN_EFFEKT,
                {**TOLD, "outcome": "rusbruk", "cited": True},
            ),
        ],
        notices=(Notice(Reason.SCANNED_PAGE, "", 4), Notice("something_new")),
        summary="Sammenligner 186 unge som fikk mentor, med jevnaldrende i to nabokommuner.",
    )


def _nynorsk() -> Entry:
    return Entry(
        path="evalueringer/vaksen-ved-sida-av.html",
        title="Vaksen ved sida av: følgjeforsking på mentor",
        pages=(text_page(1, "# Resultat", NYNORSK_QUOTE, "Ungdommane fortel om mentorane sine."),),
        language=Language.NN,
        year=2022,
        kommuner=("4601",),
        themes=("tilbakefall",),
        tiltak=("mentor",),
        design="folgeforskning",
        sections=((("Resultat",), 1),),
        findings=[
            (
                1,
                NYNORSK_QUOTE,
                "ikkje færre",
                Verdict.INGEN_EFFEKT,
                {"tiltak": "mentor", "outcome": "tilbakefall", "strength": Strength.LAV},
            )
        ],
        media_type="text/html",
        paged=False,
    )


def _english() -> Entry:
    return Entry(
        path="reviews/mentoring.pdf",
        title="Mentoring after a first offence: a systematic review",
        pages=(text_page(1, "# Results", ENGLISH_QUOTE + " The effect faded when contact ended."),),
        doc_type="kunnskapsoversikt",
        language=Language.EN,
        year=2021,
        publisher="Made Up Reviews",
        themes=("tilbakefall",),
        tiltak=("mentor",),
        design="systematisk_oversikt",
        findings=[
            (
                1,
                ENGLISH_QUOTE,
                "modestly reduced",
                Verdict.LOVENDE,
                {"tiltak": "mentor", "outcome": "tilbakefall", "strength": Strength.HOY, "reviewed": True},
            )
        ],
    )


def _group() -> Entry:
    return Entry(
        path="evalueringer/gruppementor.pdf",
        title="Gruppementor på ungdomshjem: sluttevaluering",
        pages=(text_page(1, "# Funn", HARM_QUOTE, UNKNOWN_QUOTE),),
        year=2019,
        tiltak=("mentor",),
        findings=[
            (
                1,
                HARM_QUOTE,
                "flere",
                Verdict.SKADELIG,
                {"tiltak": "mentor", "outcome": "tilbakefall", "strength": Strength.SVAERT_LAV},
            ),
            (1, UNKNOWN_QUOTE, "ikke hatt midler til å måle", Verdict.IKKE_EVALUERT, {"outcome": "kostnad"}),
        ],
    )


def _los() -> Entry:
    return Entry(
        path="notater/ungdomslos.md",
        title="Ungdomslos: hva vet vi?",
        pages=(text_page(1, "# Kunnskapshull", LOS_QUOTE),),
        doc_type="veileder",
        year=None,
        publisher=None,
        tiltak=("ungdomslos",),
        findings=[
            (1, LOS_QUOTE, "ikke undersøkt", Verdict.IKKE_EVALUERT, {"tiltak": "ungdomslos", "outcome": "skolefravaer"})
        ],
        media_type="text/markdown",
        paged=False,
    )


def _hostile() -> Entry:
    return Entry(
        path='x/"><script>alert(2)</script>.pdf',
        title=f"Tittel {PAYLOAD}",
        pages=(text_page(1, f"# Overskrift {PAYLOAD}", PAYLOAD_QUOTE, f"celle {PAYLOAD}\tto", f"- punkt {PAYLOAD}"),),
        publisher=f"Utgiver {PAYLOAD}",
        authors=(f"=Forfatter {PAYLOAD}",),
        summary=f"Sammendrag {PAYLOAD}",
        sections=(((f"Overskrift {PAYLOAD}",), 1),),
        findings=[(1, PAYLOAD_QUOTE, "virker", Verdict.BLANDET, {"outcome": "vold"})],
    )


def _plans() -> list[Entry]:
    def plan(name: str, title: str, period: tuple[str, str], *kommuner: str, **more) -> Entry:
        return Entry(
            path=f"planer/{name}.pdf",
            title=title,
            pages=(text_page(1, f"# {title}", "Planen bruker mentor for ungdom. Målet er færre lovbrudd."),),
            doc_type="handlingsplan",
            publisher="Oppdiktet kommune",
            year=int(period[0][:4]),
            plan=period,
            kommuner=kommuner,
            themes=("barne_ungdomskriminalitet", "rus"),
            tiltak=("mentor", "slt"),
            **more,
        )

    return [
        plan("trygg-oppvekst", "Trygg oppvekst 2023–2026", ("2023", "2026"), "3103"),
        plan("vold", "Vold i nære relasjoner 2025–2029", ("2025-01-01", "2029-12-31"), "3103", "3101"),
        plan("rus", "Ruspolitisk plan 2018–2021", ("2018", "2021"), "3103"),
        plan("nytt", "Plan mot mobbing 2027–2030", ("2027", "2030"), "4601"),
    ]


def _others() -> list[Entry]:
    return [
        Entry(
            path=f"notater/notat-{number:02}.txt",
            title=f"Notat {number}: lokal trygghet",
            pages=(text_page(1, "Et notat om trygghet i sentrum og om belysning."),),
            doc_type="saksframlegg",
            year=2000 + number,
            publisher=f"Utgiver {number}",
            media_type="text/plain",
            paged=False,
        )
        for number in range(1, 21)
    ]
