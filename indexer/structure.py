"""What are the sections of a document, and the passages that search shows?"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.model import Block, BlockKind, Language, Page, Passage, Section
from indexer.language import detect_language

# Characters. A passage closes when the next block would take it past FULL, unless it is still under SMALL.
SMALL = 500
FULL = 1200
MAXIMUM = 1500
_LANGUAGE_FROM = 200
_SENTENCE_END = re.compile(r"[.!?][»”\")\]]?\s+(?=[«“\"(\[]?[A-ZÆØÅ0-9])|\n")
_SPACE = re.compile(r"\s")
_APART = frozenset({BlockKind.FOOTNOTE, BlockKind.REFERENCE})


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block, or a run of sentences of a long one, that a passage holds whole."""

    kind: BlockKind
    start: int
    end: int
    section: Section
    after_contents: bool


@dataclass(frozen=True, slots=True)
class _Heading:
    page: Page
    block: Block
    path: tuple[str, ...]


def sections(pages: Sequence[Page], language: Language) -> tuple[Section, ...]:
    """The sections under each heading, in order; `language` where a section is too short to tell.

    Text before the first heading is a section with an empty path. Together they hold every page.
    """
    if not pages:
        return ()
    starts = _starts(pages)
    ends = [(page, start) for _, page, start in starts[1:]] + [(pages[-1].number, len(pages[-1].text))]
    texts = {page.number: page.text for page in pages}
    made = []
    for (path, page, start), (end_page, end) in zip(starts, ends, strict=True):
        section = Section(path, page, start, end_page, end, language)
        made.append(replace(section, language=_language(_text(section, texts), language)))
    return tuple(made)


def passages(pages: Sequence[Page], sections: Sequence[Section]) -> tuple[Passage, ...]:
    """Runs of one page, `page.text[start:end] == text`, at most MAXIMUM characters and mostly 800 to 1,200.

    Headings open a passage; tables of contents are left out; rows and sentences stay whole where they fit.
    """
    places = [(section.page, section.start) for section in sections]
    return tuple(passage for page in pages for passage in _page_passages(_units(page, sections, places), page))


def _starts(pages: Sequence[Page]) -> list[tuple[tuple[str, ...], int, int]]:
    """(path, page, start) of every section."""
    found: list[tuple[tuple[str, ...], int, int]] = [
        (heading.path, heading.page.number, heading.block.start) for heading in _headings(pages)
    ]
    first = (pages[0].number, 0)
    if not found or found[0][1:] != first:
        found.insert(0, ((), *first))
    return found


def _headings(pages: Sequence[Page]) -> Iterator[_Heading]:
    """Every heading with those above it: the last one of each smaller level."""
    above: list[tuple[int, str]] = []
    for page in pages:
        for block in page.blocks:
            text = page.text[block.start : block.end].strip()
            if block.kind is BlockKind.HEADING and text:
                above = [(level, name) for level, name in above if level < block.level]
                above.append((block.level, " ".join(text.split())))
                yield _Heading(page, block, tuple(name for _, name in above))


def _text(section: Section, texts: dict[int, str]) -> str:
    parts = []
    for number in range(section.page, section.end_page + 1):
        start = section.start if number == section.page else 0
        end = section.end if number == section.end_page else None
        parts.append(texts.get(number, "")[start:end])
    return "\n".join(parts)


def _language(text: str, otherwise: Language) -> Language:
    return (detect_language(text) if len(text) >= _LANGUAGE_FROM else None) or otherwise


def _page_passages(units: Iterator[_Unit], page: Page) -> Iterator[Passage]:
    run: list[_Unit] = []
    for unit in units:
        if run and _parts(run, unit):
            yield from _passage(page, run)
            run = []
        run.append(unit)
    yield from _passage(page, run)


def _units(page: Page, sections: Sequence[Section], places: Sequence[tuple[int, int]]) -> Iterator[_Unit]:
    """The blocks of a page in order, long ones in pieces; tables of contents left out."""
    after_contents = False
    for block in page.blocks:
        if block.kind is BlockKind.TOC:
            after_contents = True
            continue
        section = sections[max(0, bisect_right(places, (page.number, block.start)) - 1)]
        for start, end in _pieces(page.text, block.start, block.end):
            yield _Unit(block.kind, start, end, section, after_contents)
            after_contents = False


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """[start, end) in runs of whole sentences; a sentence longer than MAXIMUM is cut at a space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAXIMUM:
        cut = _cut(text, start, start + FULL) or _cut_at_space(text, start, start + MAXIMUM)
        yield start, _trimmed(text, start, cut)
        start = cut
        while text[start].isspace():
            start += 1
    if end > start:
        yield start, end


def _cut(text: str, start: int, limit: int) -> int | None:
    """Where the last sentence that fits before the limit ends."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, start, limit)]
    return ends[-1] if ends else None


def _cut_at_space(text: str, start: int, limit: int) -> int:
    spaces = [match.start() for match in _SPACE.finditer(text, start + 1, limit)]
    return spaces[-1] if spaces else limit


def _trimmed(text: str, start: int, end: int) -> int:
    while text[end - 1].isspace() and end > start + 1:
        end -= 1
    return end


def _parts(run: list[_Unit], unit: _Unit) -> bool:
    """Whether a new passage opens before this unit."""
    last = run[-1]
    if unit.after_contents:
        return True
    if unit.kind is BlockKind.HEADING:
        return last.kind is not BlockKind.HEADING
    if (unit.kind in _APART) != (last.kind in _APART) and last.kind is not BlockKind.HEADING:
        return True
    length = unit.end - run[0].start
    return length > MAXIMUM or (length > FULL and last.end - run[0].start >= SMALL)


def _passage(page: Page, run: list[_Unit]) -> Iterator[Passage]:
    """The passage of these units; none for headings whose section goes on elsewhere."""
    if not run:
        return
    section = run[-1].section
    if all(unit.kind is BlockKind.HEADING for unit in run) and section.end_page > page.number:
        return
    for start, end in _within(page.text, run):
        text = page.text[start:end]
        yield Passage(page.number, start, end, text, section.path, _language(text, section.language))


def _within(text: str, run: list[_Unit]) -> Iterator[tuple[int, int]]:
    """The whole run, or its units one by one where headings alone are longer than a passage may be."""
    if run[-1].end - run[0].start <= MAXIMUM:
        yield run[0].start, run[-1].end
    else:
        yield from ((unit.start, unit.end) for unit in run)
