"""Does what a child says it read hold together?"""

from corpus.model import Extracted, Page, PageStatus


def fault(extracted: Extracted, scans: tuple[int, ...] = ()) -> str:
    """The first thing wrong with an answer, or "" when every number in it points where it may.

    `scans` are the pages that were asked for; without, all from 1.
    """
    if not extracted.pages or (scans and len(scans) != len(extracted.pages)):
        return f"{len(extracted.pages)} pages" if extracted.pages else "no page"
    for number, page in zip(scans or range(1, len(extracted.pages) + 1), extracted.pages, strict=True):
        if page.number != number:
            return f"page {number} is numbered {page.number}"
        if wrong := _page_fault(page):
            return f"page {number}: {wrong}"
    return ""


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
