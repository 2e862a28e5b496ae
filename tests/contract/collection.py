"""Small collections of records, made by hand and by hypothesis."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from hypothesis import strategies as st

from corpus.model import (
    Block,
    BlockKind,
    Document,
    Factor,
    Finding,
    FindingType,
    Language,
    Metadata,
    Origin,
    Page,
    PageStatus,
    Passage,
    Read,
    Record,
    Section,
    SourceFile,
    Statement,
    Strength,
    Verdict,
)
from corpus.search import Sort

T = TypeVar("T")

WORDS = (
    "mentor", "mentoren", "mobbing", "mobbinga", "skole", "skule", "skolen", "ungdom", "ungdommen", "politi",
    "politiet", "vold", "vald", "kveld", "kvelden", "foreldre", "klubb", "klubben", "natt", "tilsyn", "bydel",
    "mekling", "meklingen", "samtale", "samtalen",
)  # fmt: skip
THEMES, TILTAK, DESIGNS = ("rus", "vold", "mobbing"), ("mentor", "slt", "mot"), ("rct", "kvasi")
OUTCOMES = ("vold", "mobbing")
Told = (
    tuple[Verdict, str | None] | tuple[Verdict, str | None, Strength] | tuple[Verdict, str | None, Strength, str | None]
)
KOMMUNER = {"3103": "31", "0301": "03", "1103": "11"}


def record(
    number: int,
    body: str = "",
    *,
    title: str = "Uten navn",
    heading: str = "",
    summary: str = "",
    year: int | None = None,
    doc_type: str | None = None,
    themes: Sequence[str] = (),
    tiltak: Sequence[str] = (),
    kommuner: Sequence[str] = (),
    language: Language = Language.NB,
    design: str | None = None,
    publisher: str | None = None,
    period: tuple[str, str] | None = None,
    findings: Sequence[Told] = (),
    factors: Sequence[tuple[Factor, str | None]] = (),
) -> Record:
    """A record of one page with one passage a line of `body`."""
    lines, blocks, start = body.splitlines(), [], 0
    for line in lines:
        blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(line)))
        start += len(line) + 1
    page = Page(1, body, tuple(blocks), body, (), PageStatus.TEXT, "hand")
    path = (heading,) if heading else ()
    passages = tuple(
        Passage(1, block.start, block.end, body[block.start : block.end], path, language) for block in blocks
    )
    metadata = Metadata(
        title=_read(title),
        language=_read(language),
        doc_type=_read(doc_type) if doc_type else None,
        publisher=_read(publisher) if publisher else None,
        year=_read(year) if year else None,
        plan_from=_read(period[0]) if period else None,
        plan_to=_read(period[1]) if period else None,
        kommuner=tuple(map(_read, kommuner)),
        fylke=tuple(_read(KOMMUNER[each]) for each in kommuner),
        themes=tuple(map(_read, themes)),
        tiltak=tuple(map(_read, tiltak)),
        study_design=_read(design) if design else None,
    )
    name = f"d{number:03d}"
    source = SourceFile(f"mappe/{name}.pdf", f"{number:064x}", 1, "application/pdf")
    section = Section(path, 1, 0, 1, len(body), language)
    document = Document(name, source, True, 1, metadata, (section,), summary, ())
    return Record(
        document, (page,), passages, tuple(_findings(name, body, findings)), tuple(_statements(name, body, factors))
    )


def _findings(name: str, body: str, wanted: Sequence[Told]) -> list[Finding]:
    quote = body.partition("\n")[0]
    return [
        Finding(f"{name}{at:04d}", 1, 0, len(quote), quote, verdict, quote[:3], 0, min(3, len(quote)), "regel", tiltak,
                outcome, strength=strength)
        for at, (verdict, tiltak, strength, outcome) in enumerate(map(_whole, wanted))
    ]  # fmt: skip


def _whole(told: Told) -> tuple[Verdict, str | None, Strength, str | None]:
    """With low strength and no outcome where none is given."""
    verdict, tiltak = told[:2]
    return verdict, tiltak, told[2] if len(told) > 2 else Strength.LAV, told[3] if len(told) > 3 else None


def _statements(name: str, body: str, wanted: Sequence[tuple[Factor, str | None]]) -> list[Statement]:
    quote = body.partition("\n")[0]
    return [
        Statement(f"{name}s{at:03d}", 1, 0, len(quote), quote, FindingType.IMPLEMENTERING, quote[:3], 0,
                  min(3, len(quote)), "regel", factor, tiltak)
        for at, (factor, tiltak) in enumerate(wanted)
    ]  # fmt: skip


def _read(value: T) -> Read[T]:
    return Read(value, Origin.TEXT, 1)


_text = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


_tellings = st.tuples(
    st.sampled_from(Verdict),
    st.sampled_from([None, *TILTAK]),
    st.sampled_from([Strength.HOY, Strength.LAV]),
    st.sampled_from([None, *OUTCOMES]),
)


@st.composite
def collections(draw: st.DrawFn) -> tuple[Record, ...]:
    """One to twelve records over a few words and codes."""
    return tuple(draw(_records(number)) for number in range(draw(st.integers(1, 12))))


def _records(number: int) -> st.SearchStrategy[Record]:
    return st.builds(
        record,
        st.just(number),
        st.lists(_text, min_size=1, max_size=3).map("\n".join),
        title=_text.map(str.capitalize),
        heading=st.one_of(st.just(""), _text),
        summary=st.one_of(st.just(""), _text),
        year=st.one_of(st.none(), st.integers(2015, 2026)),
        doc_type=st.sampled_from([None, "evaluering", "handlingsplan", "strategi"]),
        themes=st.lists(st.sampled_from(THEMES), unique=True),
        tiltak=st.lists(st.sampled_from(TILTAK), unique=True),
        kommuner=st.lists(st.sampled_from(sorted(KOMMUNER)), unique=True),
        language=st.sampled_from([Language.NB, Language.NN]),
        design=st.sampled_from([None, *DESIGNS]),
        publisher=st.sampled_from([None, "Fjordforsk", "Innlandsinstituttet"]),
        period=st.sampled_from([None, ("2023", "2026"), ("2027", "2030"), ("2019-01-01", "2022-06-30")]),
        findings=st.lists(_tellings, max_size=3, unique=True),
        factors=st.lists(st.tuples(st.sampled_from(Factor), st.sampled_from([None, *TILTAK])), max_size=1),
    )


_field = st.sampled_from(
    ["type:evaluering", "tema:rus", "tiltak:slt", "kommune:Moss", "språk:nn", "år:2020", "file:d00", "title:mentor"]
)


def queries(records: tuple[Record, ...]) -> st.SearchStrategy[str]:
    """Queries of words the records hold, and of one that nothing is like."""
    held = sorted({word for each in records for word in each.pages[0].text.split()})
    word = st.one_of(st.sampled_from(held), st.sampled_from(["xqzwvj", "og", "hva", "skol*", "me*", "vo*"]))
    phrase = st.lists(st.sampled_from(held), min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"')
    part = st.one_of(word, word, word, phrase, _field, word.map(lambda each: f"-{each}"), st.just("OR"))
    return st.lists(part, max_size=6).map(" ".join)


@st.composite
def questions(draw: st.DrawFn) -> tuple[tuple[Record, ...], list[tuple[str, dict[str, tuple[str, ...]], Sort]]]:
    """Some records, and eight questions about them: text, filters, order."""
    records = draw(collections())
    asked = st.tuples(queries(records), filters(), st.sampled_from(Sort))
    return records, draw(st.lists(asked, min_size=8, max_size=8))


@st.composite
def filters(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """Choices in up to three facets, some of them codes nobody has."""
    choices = {
        "theme": THEMES,
        "tiltak": TILTAK,
        "verdict": tuple(Verdict),
        "kommune": (*KOMMUNER, "5001"),
        "status": ("gjeldende", "utlopt", "kommende", "utloper_snart"),
        "language": ("nb", "nn"),
        "year": ("2020", "2021", "1999"),
        "design": DESIGNS,
        "strength": ("hoy", "lav", "svaert_lav"),
        "outcome": OUTCOMES,
        "finding_type": ("effekt", "implementering"),
        "doc_type": ("evaluering", "handlingsplan"),
        "publisher": ("Fjordforsk",),
        "fylke": tuple(KOMMUNER.values()),
    }
    facets = draw(st.lists(st.sampled_from(sorted(choices)), max_size=3, unique=True))
    return {
        facet: tuple(map(str, draw(st.lists(st.sampled_from(choices[facet]), min_size=1, max_size=2, unique=True))))
        for facet in facets
    }


TODAY = date(2026, 11, 22)
