"""Does what a child says it read hold together?"""

from corpus.model import Page, PageStatus
from indexer.extract.message import PAGES_A_PART, Answer, Part, Task


def fault(answer: Answer | Part, task: Task) -> str:
    """The first thing wrong with an answer, or "" when every number in it points where it may.

    What is packed in a part is looked into by the child that puts them together.
    """
    if isinstance(answer, Part):
        return _part_fault(answer, task)
    pages = answer.extracted.pages
    if not pages or (task.scans and len(task.scans) != len(pages)):
        return f"{len(pages)} pages" if pages else "no page"
    for number, page in zip(task.scans or range(1, len(pages) + 1), pages, strict=True):
        if page.number != number:
            return f"page {number} is numbered {page.number}"
        if wrong := _page_fault(page):
            return f"page {number}: {wrong}"
    return ""


def _part_fault(part: Part, task: Task) -> str:
    least = 1 if task.last else PAGES_A_PART + 1
    return "" if least <= part.page_count <= task.config.pdf_pages else f"a part of {part.page_count} pages"


def _page_fault(page: Page) -> str:
    end = 0
    for block in page.blocks:
        if not end <= block.start < block.end <= len(page.text):
            return f"a block at {block.start}-{block.end} of {len(page.text)} characters after {end}"
        end = block.end
    end = 0
    for segment in page.segments:
        ends = segment.start + segment.length, segment.source_start + segment.length
        if segment.start < end or segment.length < 1 or segment.source_start < 0:
            return f"a segment at {segment.start} of length {segment.length} after {end}"
        if ends[0] > len(page.text) or ends[1] > len(page.source):
            return f"a segment that ends at {ends[0]} and {ends[1]}, outside the page"
        end = ends[0]
    if bool(page.text) != (page.status is PageStatus.TEXT):
        return f"{len(page.text)} characters on a page that is {page.status}"
    return ""
