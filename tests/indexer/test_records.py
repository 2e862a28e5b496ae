"""From what was read to what an index holds: ids, summaries, quotes in place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Block, BlockKind, DocInfo, Extracted, Language, Page, PageStatus, Section, SourceFile
from corpus.vocabulary import load_vocabulary
from indexer.curation import Curation
from indexer.records import document_id, make_record, summary


def page(number: int, *blocks: tuple[BlockKind, str]) -> Page:
    made, text = [], ""
    for kind, words in blocks:
        start = len(text)
        text += words
        made.append(Block(kind, start, len(text), 1 if kind is BlockKind.HEADING else 0))
        text += "\n"
    return Page(number, text.rstrip("\n"), tuple(made), text, (), PageStatus.TEXT, "plain")


LONG = "Rapporten ser på hva som skjedde da kommunen tok i bruk mentorordningen for unge som hadde begått lovbrudd. "


@pytest.mark.parametrize(
    ("path", "start"),
    [
        ("Rapport 2023.pdf", "rapport-2023-"),
        ("planer/Førebygging på Ås.docx", "forebygging-pa-as-"),
        ("x/ŋŧđ.pdf", "ntd-"),
        ("日本.pdf", ""),
        ("a" * 200 + ".pdf", "a" * 60 + "-"),
    ],
)
def test_an_id_can_be_read(path: str, start: str) -> None:
    assert re.fullmatch(re.escape(start) + "[0-9a-f]{8}", document_id(path))


@given(st.text(min_size=1, max_size=80))
def test_an_id_is_safe_in_a_url(path: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", document_id(path.replace("\ud800", "")))


def test_same_name_in_two_folders_gives_two_ids() -> None:
    assert document_id("a/plan.pdf") != document_id("b/plan.pdf")


def test_summary_is_the_documents_own() -> None:
    pages = [
        page(1, (BlockKind.HEADING, "Tittel"), (BlockKind.PARAGRAPH, "Forord. " + LONG)),
        page(2, (BlockKind.HEADING, "Sammendrag"), (BlockKind.PARAGRAPH, "Kort sagt. " + LONG)),
    ]
    parts = [Section(("Tittel",), 1, 0, 2, 0, Language.NB), Section(("Sammendrag",), 2, 0, 2, 50, Language.NB)]
    assert summary(pages, parts) == "Kort sagt. " + LONG


def test_summary_falls_back_to_the_first_paragraph_and_ends_at_a_sentence() -> None:
    text = (LONG * 8).strip()
    found = summary([page(1, (BlockKind.PARAGRAPH, "Kort linje."), (BlockKind.PARAGRAPH, text))], [])
    assert text.startswith(found)
    assert found.endswith("lovbrudd.")
    assert len(found) <= 400


def test_summary_of_one_endless_sentence_is_cut_between_words() -> None:
    text = "ord " * 300 + "slutt."
    found = summary([page(1, (BlockKind.PARAGRAPH, text))], [])
    assert found.endswith("ord")
    assert text.startswith(found)


def test_no_paragraph_gives_no_summary() -> None:
    assert summary([page(1, (BlockKind.HEADING, "Bare en overskrift"))], []) == ""


def test_a_record_holds_its_quotes_in_place() -> None:
    pages = (
        page(
            1,
            (BlockKind.HEADING, "Evaluering av mentorordningen"),
            (BlockKind.PARAGRAPH, LONG * 3),
            (
                BlockKind.PARAGRAPH,
                "Mentorordningen førte til at tilbakefallet gikk ned sammenlignet med kontrollgruppen.",
            ),
        ),
    )
    source = SourceFile("mentor.pdf", "0" * 64, 10, "application/pdf")
    extracted = Extracted(source, "pdfium", 1, True, pages, DocInfo())
    vocabulary = load_vocabulary()
    record = make_record(extracted, None, vocabulary)
    assert record == make_record(extracted, Curation(), vocabulary)
    assert record.document.metadata.title.value == "Evaluering av mentorordningen"
    assert [finding.verdict for finding in record.findings] == ["virker"]
    for run in (*record.passages,):
        assert pages[run.page - 1].text[run.start : run.end] == run.text
    for finding in record.findings:
        assert pages[finding.page - 1].text[finding.start : finding.end] == finding.quote
