"""A document as a reference, and the documents like it."""

import re
from dataclasses import replace

import pytest

from corpus.errors import Reason
from corpus.model import Language, Metadata, Notice, Origin, Read
from corpus.search import PlanStatus
from search_app.base import Plan, gather, plans_among
from search_app.cite import BIBTEX_SPECIAL, bibtex, ris, sentence
from search_app.present.common import about, file_size, period
from search_app.present.documents import notices, outline
from search_app.present.kommuner import norwegian_order, time_line
from search_app.similar import alike
from search_app.voice import Voice
from search_app.wording import load_wording
from tests.search_app.fakes import TODAY

MENTOR = "evalueringer-mentor-i-fire-kommuner"


@pytest.fixture(scope="module")
def voice(vocabulary):
    return Voice(Language.NB, load_wording(), vocabulary)


@pytest.fixture(scope="module")
def base(engine):
    return gather(engine, engine.live())


def known(document, **changes):
    reads = {
        name: Read(value, Origin.TEXT) if not isinstance(value, tuple) else value for name, value in changes.items()
    }
    return replace(document, metadata=replace(document.metadata, **reads))


def bare(document):
    return replace(document, metadata=Metadata(document.metadata.title, document.metadata.language))


def test_ris(base):
    lines = ris(base.documents[MENTOR], "https://x.example/dok").split("\r\n")
    assert lines == [
        "TY  - RPRT",
        "TI  - Mentor i fire kommuner: effekter etter to år",
        "AU  - Fia Oppdiktet",
        "AU  - Per Påfunn",
        "PB  - Institutt for oppdiktet forskning",
        "PY  - 2023",
        "LA  - nb",
        "SP  - 4",
        "UR  - https://x.example/dok",
        "ER  - ",
        "",
    ]


def test_a_line_break_in_a_title_cannot_begin_a_field(base):
    document = known(base.documents[MENTOR], title="En\r\nER  - \r\nTY  - BOOK")
    assert ris(document, "u").count("\r\nER  - ") == 1
    assert "TI  - En ER - TY - BOOK" in ris(document, "u")


@pytest.mark.parametrize("character", BIBTEX_SPECIAL)
def test_bibtex_escapes_what_tex_would_read(base, character):
    written = bibtex(known(base.documents[MENTOR], title=f"a{character}b"), "u")
    assert f"title = {{{{a{BIBTEX_SPECIAL[character]}b}}}}," in written


def test_bibtex_braces_balance_whatever_the_title(base):
    written = re.sub(r"\\[{}]", "", bibtex(known(base.documents[MENTOR], title="}{%\\"), "u"))
    assert written.count("{") == written.count("}")
    assert written.startswith(f"@techreport{{{MENTOR},\n")


def test_references_of_a_document_of_which_little_is_known(base, voice):
    document = bare(base.documents[MENTOR])
    assert "AU" not in ris(document, "u")
    assert "author" not in bibtex(document, "u")
    assert sentence(document, voice, "i dag", "g1") == (
        "(u.å.). Mentor i fire kommuner: effekter etter to år. Hentet i dag fra Hva virker, generasjon g1."
    )
    assert about(document, voice) == "Bokmål, 4 sider"


def test_the_publisher_stands_for_missing_authors(base, voice):
    document = known(base.documents[MENTOR], authors=())
    assert sentence(document, voice, "i dag", "g1", "side 2").startswith(
        "Institutt for oppdiktet forskning (2023). Mentor i fire kommuner: effekter etter to år. Side 2. Hentet"
    )


def test_many_kommuner_are_cut_and_counted(base, voice):
    numbers = ("3103", "0301", "4601", "5001")
    document = known(base.documents[MENTOR], kommuner=tuple(Read(number, Origin.TEXT) for number in numbers))
    assert "Moss og 3 andre" in about(document, voice)


def test_a_document_about_a_fylke_names_it(base, voice):
    document = known(bare(base.documents[MENTOR]), fylke=(Read("31", Origin.TEXT),))
    assert about(document, voice) == "Østfold · Bokmål, 4 sider"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2023", "2026", "2023–2026"),
        ("2025-01-01", "2029-12-31", "2025–2029"),
        ("2025-08-01", "2029-07-31", "1. august 2025 – 31. juli 2029"),
        ("2025", None, "2025–"),
        (None, "2026", "–2026"),
        (None, None, ""),
    ],
)
def test_a_period(base, voice, start, end, said):
    ends = {name: value for name, value in (("plan_from", start), ("plan_to", end)) if value}
    assert period(known(bare(base.documents[MENTOR]), **ends), voice) == said


def test_a_plan_that_tells_no_time_is_still_a_plan(base, vocabulary):
    document = known(bare(base.documents[MENTOR]), doc_type="handlingsplan")
    (plan,) = plans_among((document, base.documents[MENTOR]), vocabulary, TODAY)
    assert (plan.document, plan.status) == (document, None)


def test_documents_that_share_more_and_rarer_codes_are_more_alike(base):
    found = alike(base.documents[MENTOR], base, 5)
    assert found[0].document.id == "evalueringer-vaksen-ved-sida-av"
    assert found[0].shared == ("tiltak", "theme", "doc_type")
    assert [likeness.score for likeness in found] == sorted((likeness.score for likeness in found), reverse=True)
    assert all(0 < likeness.score <= 1 for likeness in found)


def test_type_alone_makes_no_two_documents_alike(base):
    assert alike(base.documents["notater-notat-01"], base, 5) == ()


@pytest.mark.parametrize(("size", "said"), [(0, "1 kB"), (431_000, "431 kB"), (2_440_000, "2,4 MB")])
def test_file_size(voice, size, said):
    assert file_size(size, voice) == said


def test_norwegian_order():
    names = ["Ås", "Øygarden", "Ærø", "Asker", "Zulu", "Kárášjohka", "Karmøy"]
    assert sorted(names, key=norwegian_order) == ["Asker", "Kárášjohka", "Karmøy", "Zulu", "Ærø", "Øygarden", "Ås"]


@pytest.mark.parametrize(
    ("suffix", "kind"), [("ris", "application/x-research-info-systems"), ("bib", "application/x-bibtex")]
)
def test_references_are_downloads(client, suffix, kind):
    response = client.get(f"/dok/{MENTOR}/referanse.{suffix}")
    assert response.headers["Content-Type"] == f"{kind}; charset=utf-8"
    assert response.headers["Content-Disposition"] == f"attachment; filename={MENTOR}.{suffix}"
    assert f"http://localhost/dok/{MENTOR}" in response.text


def test_a_long_outline_keeps_its_upper_levels(app, base, voice):
    sections = [
        replace(base.documents[MENTOR].sections[0], path=path, page=number % 4 + 1)
        for number in range(100)
        for path in ((f"{number}",), (f"{number}", "a"), (f"{number}", "a", "i"))
    ]
    with app.test_request_context("/"):
        entries = outline(replace(base.documents[MENTOR], sections=tuple(sections)), voice)
    assert [entry.title for entry in entries] == [str(number) for number in range(100)]


def test_notices_of_many_pages_are_told_in_ranges(base, voice):
    pages = (1, 2, 3, 7)
    document = replace(base.documents[MENTOR], notices=tuple(Notice(Reason.SCANNED_PAGE, "", page) for page in pages))
    (text,) = notices(document, voice, lambda key: key == "notice.scanned_page")
    assert text.endswith("Gjelder 4 sider: 1–3 og 7.")


@pytest.mark.parametrize(
    ("ends", "bars"),
    [
        ([("2023", "2026")], [(0.0, 768.0)]),
        ([("2023-07-01", "2024-06-30")], [(96.0, 192.0)]),
        ([("2026", "2023")], None),
        ([("2023", None)], None),
        ([("2022", "2023"), ("2026", "2026")], [(0.0, 320.0), (640.0, 160.0)]),
    ],
)
def test_the_time_line(base, voice, ends, bars):
    plans = []
    for start, end in ends:
        known_ends = {name: value for name, value in (("plan_from", start), ("plan_to", end)) if value}
        plans.append(Plan(known(bare(base.documents[MENTOR]), **known_ends), PlanStatus.GJELDENDE))
    line = time_line(plans, voice, TODAY)
    assert (line and [(span.x, span.width) for span in line.spans]) == bars
