from dataclasses import replace

import pytest

from corpus.config import ExtractConfig
from corpus.model import Block, BlockKind, DocInfo, Extracted, Page, PageStatus, Segment, SourceFile
from indexer.extract.message import PAGES_A_PART, Answer, Part, Task
from indexer.extract.soundness import fault

PARAGRAPH = BlockKind.PARAGRAPH
PAGE = Page(
    number=1,
    text="en to",
    blocks=(Block(PARAGRAPH, 0, 2), Block(PARAGRAPH, 3, 5)),
    source="en\nto",
    segments=(Segment(0, 0, 2), Segment(3, 3, 2)),
    status=PageStatus.TEXT,
    engine="test",
)


TASK = Task(b"a", SourceFile("a", "", 1, ""), ExtractConfig(pdf_pages=500))


def extracted(*pages: Page) -> Extracted:
    return Extracted(SourceFile("a", "", 1, ""), "test", 1, True, pages, DocInfo())


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ((PAGE,), ""),
        ((PAGE, replace(PAGE, number=2, text="", blocks=(), segments=(), status=PageStatus.EMPTY)), ""),
        ((), "no page"),
        ((replace(PAGE, number=2),), "page 1 is numbered 2"),
        ((replace(PAGE, blocks=(Block(PARAGRAPH, 0, 6),)),), "a block at 0-6 of 5"),
        ((replace(PAGE, blocks=(Block(PARAGRAPH, 2, 2),)),), "a block at 2-2"),
        ((replace(PAGE, blocks=(Block(PARAGRAPH, 0, 3), Block(PARAGRAPH, 2, 5))),), "a block at 2-5"),
        ((replace(PAGE, segments=(Segment(0, 0, 0),)),), "a segment at 0 of length 0"),
        ((replace(PAGE, segments=(Segment(0, -1, 2),)),), "a segment at 0"),
        ((replace(PAGE, segments=(Segment(0, 0, 3), Segment(2, 3, 1))),), "a segment at 2"),
        ((replace(PAGE, segments=(Segment(3, 0, 3),)),), "ends at 6 and 3"),
        ((replace(PAGE, segments=(Segment(0, 3, 3),)),), "ends at 3 and 6"),
        ((replace(PAGE, text="", blocks=(), segments=()),), "0 characters on a page that is text"),
        ((replace(PAGE, status=PageStatus.SCANNED),), "5 characters on a page that is scanned"),
    ],
)
def test_what_does_not_hold(pages: tuple[Page, ...], words: str) -> None:
    found = fault(Answer(extracted(*pages)), TASK)
    assert words in found
    assert bool(found) == bool(words)


def test_scans_are_those_asked_for() -> None:
    scans = replace(TASK, scans=(3, 7))
    answer = Answer(extracted(replace(PAGE, number=3), replace(PAGE, number=7)))
    assert fault(answer, scans) == ""
    assert fault(answer, replace(scans, scans=(3, 8))) == "page 8 is numbered 7"
    assert fault(answer, replace(scans, scans=(3,))) == "2 pages"


@pytest.mark.parametrize(
    ("last", "page_count", "well"),
    [
        (0, PAGES_A_PART, False),
        (0, PAGES_A_PART + 1, True),
        (0, 500, True),
        (0, 501, False),
        (9, 1, True),
        (9, 0, False),
    ],
)
def test_a_part_is_of_a_file_that_is_long_and_not_too_long(last: int, page_count: int, well: bool) -> None:
    found = fault(Part(page_count, b""), replace(TASK, last=last))
    assert found == ("" if well else f"a part of {page_count} pages")
