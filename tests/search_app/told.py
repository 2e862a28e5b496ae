"""An invented base where findings tell all they may: for whom, where, how many; repeats, statements, plans."""

from dataclasses import replace

from corpus.model import Factor, FindingType, Language, Record, Statement, Strength, Verdict
from tests.search_app.fakes import Entry, text_page

WORKS = "Mentor ga mindre tilbakefall blant unge i to kommuner."
AGAIN = "Ungdommene som fikk mentor, hadde mindre tilbakefall."
NOTHING = "Mentor ga ingen endring i tilbakefall."
HARM = "Mentor i gruppe ga mer vold."
UNKNOWN = "Virkningen av ungdomslos på skolefravær er ikke undersøkt."
LIGHT = "Bedre belysning ga mindre tyveri."
HELPS = "Tett samarbeid mellom skole og barnevern var avgjørende."
HINDERS = "Utskifting av mentorer svekket arbeidet."
ODD = "Været avgjorde hvor mange som kom."
COSTS = "Ordningen kostet 42 000 kroner per deltaker."
ADVICE = "Vi anbefaler at <b>mentor</b> varer i minst ett år."
MENTOR = {"tiltak": "mentor", "outcome": "tilbakefall", "strength": Strength.MODERAT}


def records() -> list[Record]:
    """Two evaluations of mentor that disagree, one of ungdomslos, one of lighting, and three plans."""
    return [_works(), _nothing(), _los(), _light(), *_plans()]


def _works() -> Record:
    told = {**MENTOR, "population": "unge_lovbrytere", "setting": "skole", "country": "NO", "sample_size": 186}
    entry = Entry(
        path="rapport/virker.pdf",
        title="Mentor i to kommuner",
        pages=(text_page(1, WORKS, HELPS, ODD, COSTS), text_page(2, AGAIN, ADVICE)),
        themes=("tilbakefall",),
        groups=("unge_lovbrytere",),
        tiltak=("mentor",),
        design="kvasi",
        findings=[
            (1, WORKS, "mindre", Verdict.VIRKER, {**told, "reviewed": True}),
            (2, AGAIN, "mindre", Verdict.VIRKER, {**told, "same_as": "rapport-virker-0"}),
        ],
    )
    said = [
        (1, HELPS, FindingType.IMPLEMENTERING, Factor.SUKSESSFAKTOR),
        (1, ODD, FindingType.IMPLEMENTERING, Factor.SUKSESSFAKTOR),
        (1, COSTS, FindingType.OKONOMI, None),
        (2, ADVICE, FindingType.ANBEFALING, None),
    ]
    return _stating(entry, said)


def _nothing() -> Record:
    entry = Entry(
        path="rapport/ingen.html",
        title="Mentor og vold",
        pages=(text_page(1, NOTHING, HARM, HELPS, HINDERS),),
        year=2019,
        themes=("vold",),
        tiltak=("mentor",),
        findings=[
            (1, NOTHING, "ingen endring", Verdict.INGEN_EFFEKT, {**MENTOR, "country": "SE"}),
            (1, HARM, "mer", Verdict.SKADELIG, {"tiltak": "mentor", "outcome": "vold", "strength": Strength.LAV}),
        ],
    )
    said = [
        (1, HELPS, FindingType.IMPLEMENTERING, Factor.SUKSESSFAKTOR),
        (1, HINDERS, FindingType.IMPLEMENTERING, Factor.BARRIERE),
    ]
    return _stating(entry, said)


def _los() -> Record:
    return Entry(
        path="rapport/los.pdf",
        title="Los",
        pages=(text_page(1, UNKNOWN),),
        year=None,
        tiltak=("ungdomslos",),
        findings=[
            (1, UNKNOWN, "ikke undersøkt", Verdict.IKKE_EVALUERT, {"tiltak": "ungdomslos", "outcome": "skolefravaer"})
        ],
    ).record()


def _light() -> Record:
    return Entry(
        path="rapport/lys.pdf",
        title="Lighting",
        language=Language.EN,
        pages=(text_page(1, LIGHT),),
        tiltak=("belysning",),
        themes=("trygghet",),
        findings=[(1, LIGHT, "mindre", Verdict.VIRKER, {"tiltak": "belysning", "strength": Strength.HOY})],
    ).record()


def _plans() -> list[Record]:
    made = [
        ("a", ("2024", "2027"), ("3103", "0301"), ("mentor", "ungdomslos"), ("tilbakefall",)),
        ("b", ("2025", "2028"), ("4601",), ("ungdomslos",), ("vold",)),
        ("c", ("2015", "2018"), ("3103",), ("mentor", "belysning"), ("vold",)),
    ]
    return [
        Entry(
            path=f"plan/{name}.pdf",
            title=f"Plan {name}",
            pages=(text_page(1, "Planen."),),
            doc_type="handlingsplan",
            plan=period,
            kommuner=kommuner,
            tiltak=tiltak,
            themes=themes,
        ).record()
        for name, period, kommuner, tiltak, themes in made
    ]


def _stating(entry: Entry, said: list[tuple[int, str, FindingType, Factor | None]]) -> Record:
    record = entry.record()
    made = []
    for place, (number, quote, kind, factor) in enumerate(said):
        start = record.pages[number - 1].text.index(quote)
        name, cue = f"{record.document.id}-s{place}", quote.split()[0]
        made.append(
            Statement(
                id=name,
                page=number,
                start=start,
                end=start + len(quote),
                quote=quote,
                type=kind,
                cue=cue,
                cue_start=0,
                cue_end=len(cue),
                rule="test",
                factor=factor,
                tiltak="mentor",
            )
        )
    return replace(record, statements=tuple(made))
