"""Sections follow headings; passages are runs of one page, verbatim, short, and whole where they can be."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import BlockKind, Language, Page, Passage, Section
from indexer.structure import FULL, MAXIMUM, passages, sections
from tests.indexer.hand_built import extracted

NB = "Kommunen skal ikke vente til noe har skjedd. Den skal forebygge, og det skal skje sammen med foreldre og skole. "
NN = "Kommunen skal ikkje vente til noko har hendt. Han skal førebyggje, og det skal skje saman med foreldre og skule. "
EN = "The municipality should not wait until something has happened. It should work with parents and with the school. "

DOCUMENT = f"""
Forside uten overskrift
# Plan
Innledende ord
## Bakgrunn
{NB * 3}
### Tall
{NB * 3}
\\newpage
{NB}
## Samandrag på nynorsk
{NN * 3}
\\newpage
## Summary
{EN * 3}
"""


def parts_of(text: str) -> tuple[tuple[Page, ...], tuple[Section, ...], tuple[Passage, ...]]:
    pages = extracted(text).pages
    parts = sections(pages, Language.NB)
    return pages, parts, passages(pages, parts)


def test_sections_follow_headings_over_pages() -> None:
    _, parts, _ = parts_of(DOCUMENT)
    assert [(part.path, part.page, part.end_page) for part in parts] == [
        ((), 1, 1),
        (("Plan",), 1, 1),
        (("Plan", "Bakgrunn"), 1, 1),
        (("Plan", "Bakgrunn", "Tall"), 1, 2),
        (("Plan", "Samandrag på nynorsk"), 2, 3),
        (("Plan", "Summary"), 3, 3),
    ]


def test_each_section_has_its_own_language() -> None:
    _, parts, found = parts_of(DOCUMENT)
    assert [part.language for part in parts] == [*[Language.NB] * 4, Language.NN, Language.EN]
    assert {passage.headings[-1]: passage.language for passage in found if passage.headings} == {
        "Plan": Language.NB,
        "Bakgrunn": Language.NB,
        "Tall": Language.NB,
        "Samandrag på nynorsk": Language.NN,
        "Summary": Language.EN,
    }


def test_sections_hold_every_page_without_gap_or_overlap() -> None:
    pages, parts, _ = parts_of(DOCUMENT)
    assert (parts[0].page, parts[0].start) == (1, 0)
    assert (parts[-1].end_page, parts[-1].end) == (pages[-1].number, len(pages[-1].text))
    assert all((one.end_page, one.end) == (two.page, two.start) for one, two in pairwise(parts))


def test_no_pages_no_sections() -> None:
    assert sections((), Language.NB) == ()
    assert passages((), ()) == ()


def test_a_document_without_headings_is_one_section() -> None:
    _, parts, found = parts_of(NB)
    assert [part.path for part in parts] == [()]
    assert [passage.headings for passage in found] == [()]


def test_headings_open_a_passage_and_stand_in_its_path() -> None:
    _, _, found = parts_of(f"# Plan\n## Mål\n{NB}\n## Tiltak\n{NB}")
    assert [passage.text.splitlines()[0] for passage in found] == ["Plan", "Tiltak"]
    assert [passage.headings for passage in found] == [("Plan", "Mål"), ("Plan", "Tiltak")]


def test_a_heading_at_the_foot_of_a_page_is_no_passage_of_its_own() -> None:
    _, _, found = parts_of(f"# Plan\n{NB}\n## Tiltak\n\\newpage\n{NB}")
    assert [(passage.page, passage.headings) for passage in found] == [(1, ("Plan",)), (2, ("Plan", "Tiltak"))]


def test_a_heading_with_nothing_under_it_is_kept() -> None:
    _, _, found = parts_of(f"# Plan\n{NB}\n## Vedlegg: stillingsinstruks")
    assert found[-1].text == "Vedlegg: stillingsinstruks"


def test_a_table_of_contents_is_in_no_passage() -> None:
    _, _, found = parts_of(f"# Plan\n~ Mål ......... 3\n~ Tiltak ......... 4\n{NB}")
    assert not any("....." in passage.text for passage in found)
    assert NB.strip() in {passage.text for passage in found}


def test_a_row_is_not_cut() -> None:
    row = "| Nattevandring | Foreldreutvalget | " + "Hver fredag og lørdag. " * 8 + "|"
    _, _, found = parts_of("\n".join([row] * 20))
    assert len(found) > 1
    assert all(passage.text.startswith("Nattevandring\t") for passage in found)
    assert all(passage.text.rstrip().endswith("lørdag.") for passage in found)


def test_long_text_is_cut_between_sentences() -> None:
    _, _, found = parts_of(NB * 60)
    assert all(passage.text.endswith((".", "skole.")) for passage in found)
    assert all(FULL * 0.6 < len(passage.text) <= MAXIMUM for passage in found[:-1])


def test_a_footnote_is_not_joined_to_the_text_above_it() -> None:
    _, _, found = parts_of(f"{NB}\n^ 1 Se vedlegg 3 for alle tallene i undersøkelsen.")
    assert [passage.text.split()[0] for passage in found] == ["Kommunen", "1"]


@pytest.mark.parametrize("word", ["a" * 4000, "ord " * 1000])
def test_text_without_sentences_is_cut_all_the_same(word: str) -> None:
    _, _, found = parts_of(word)
    assert "".join(passage.text for passage in found).replace(" ", "") == word.replace(" ", "")
    assert all(len(passage.text) <= MAXIMUM for passage in found)


def test_many_headings_in_a_row_never_make_too_long_a_passage() -> None:
    _, _, found = parts_of(
        "\n".join(f"# Overskrift nummer {n} i en meget lang rekke av overskrifter" for n in range(80))
    )
    assert all(len(passage.text) <= MAXIMUM for passage in found)
    assert found


LINES = st.one_of(
    st.text(alphabet="abc ABC.,", min_size=1, max_size=120),
    st.sampled_from(
        ["# Kapittel", "## Avsnitt", "### Punkt", "- punkt", "| a | b |", "^ note", "~ innhold 3", "\\newpage"]
    ),
    st.integers(1, 60).map(lambda n: NB * n),
)


@settings(max_examples=60)
@given(st.lists(LINES, max_size=25))
def test_passages_are_verbatim_in_order_and_short(lines: list[str]) -> None:
    pages, parts, found = parts_of("\n".join(lines))
    texts = {page.number: page.text for page in pages}
    assert all(texts[p.page][p.start : p.end] == p.text for p in found)
    assert all(0 < len(p.text) <= MAXIMUM for p in found)
    places = [(p.page, p.start, p.end) for p in found]
    assert places == sorted(places)
    assert all(a[0] < b[0] or a[2] <= b[1] for a, b in pairwise(places))
    assert all(p.headings in {part.path for part in parts} for p in found)


@settings(max_examples=60)
@given(st.lists(LINES, max_size=25))
def test_no_running_text_is_lost(lines: list[str]) -> None:
    pages, _, found = parts_of("\n".join(lines))
    for page in pages:
        covered = [range(p.start, p.end) for p in found if p.page == page.number]
        for block in page.blocks:
            if block.kind in (BlockKind.PARAGRAPH, BlockKind.TABLE_ROW, BlockKind.LIST_ITEM):
                inside = [n for n in range(block.start, block.end) if not page.text[n].isspace()]
                assert all(any(n in run for run in covered) for n in inside)
