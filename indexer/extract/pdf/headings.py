"""Which blocks are headings, at what level; which are contents, captions and references?

The file's own outline comes first, without one its tags. Then numbering ("2.3", "§ 4", "Kapittel 2", "Del I"), type
size of 1.12 times the body's or more, or bold type that ends without a stop. Levels follow the outline or the tags,
the numbering, then the size.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from corpus.model import BlockKind
from indexer.extract.pdf.drafts import Draft
from indexer.extract.pdf.paragraphs import Setting
from indexer.extract.pdf.sheet import OutlineEntry

LARGER = 1.12
LONGEST = 180
LONGEST_BOLD = 120
MOST_LINES = 4
AS_LARGE = 0.97  # of the body's size: bold type this large may be a heading
LISTED = 3  # blocks in a row that only read like headings are a list of them
DEEPEST = 6
SHORTEST = 5
LONGEST_NUMBER = 15

_NUMBERING = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[^\W\d_]")
_DIVISION = re.compile(
    r"(?:kapittel|kapitel|del|artikkel|vedlegg|chapter|part|article|appendix|annex)\s+(?:\d+|[IVXL]+|[A-ZÆØÅ])"
    r"(?:[.:]?\s+[A-ZÆØÅ«]|[.:]?$)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"§\s*\d+[a-z]?(?:[-–]\d+)?[a-z]?\.\s+[A-ZÆØÅ]")
_DEEP_NUMBERING = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}\.?\s+[A-ZÆØÅ][^\W\d_]{2}")
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
_ENTRY = re.compile(r".*\S\s+(\d{1,4})$")
_CAPTION = re.compile(
    r"(tabell|figur|figure|table|boks|diagram|bilde|kart|box)\s+[A-Z]?\d+(?:[.-]\d+)*\s*(?:$|[.:–|-]|[A-ZÆØÅ«])",
    re.IGNORECASE,
)
_CAPTION_START = re.compile(r"\S+\s+\S+\s*([.:–|-]|[A-ZÆØÅ«]|$)")
_CONTENTS = re.compile(
    r"(innhold|innhald|innholdsfortegnelse|innhaldsliste|contents|table of contents)\W*", re.IGNORECASE
)
_REFERENCES = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s+)?(referanser|referansar|referanseliste|litteratur|litteraturliste|kilder|kjelder"
    r"|kildeliste|references|bibliography)\W*",
    re.IGNORECASE,
)
_STOPPED = re.compile(r"[.,;:]$")
_LETTER = re.compile(r"[^\W\d_]")

Pages = list[list[Draft]]
Style = tuple[float, bool]
Place = tuple[int, int]  # page index, block index


def structured(pages: Pages, outline: Sequence[OutlineEntry], setting: Setting) -> Pages:
    """The same blocks, with contents, headings, captions and references told apart."""
    marked = _contents([[_captioned(draft) for draft in page] for page in pages])
    levels = _levels(marked, outline, setting)
    with_headings = [
        [
            replace(draft, kind=BlockKind.HEADING, level=levels[p, i]) if (p, i) in levels else draft
            for i, draft in enumerate(page)
        ]
        for p, page in enumerate(marked)
    ]
    return _references(with_headings)


def _captioned(draft: Draft) -> Draft:
    if draft.kind is BlockKind.PARAGRAPH and _CAPTION.match(draft.text) and _CAPTION_START.match(draft.text):
        return replace(draft, kind=BlockKind.CAPTION)
    return draft


def _contents(pages: Pages) -> Pages:
    """Entries with dot leaders, and what follows a heading "Innhold" as long as it ends in page numbers."""
    inside = False
    marked: Pages = []
    for page in pages:
        blocks = []
        for draft in page:
            entry = draft.kind is not BlockKind.TABLE_ROW and bool(_ENTRY.fullmatch(draft.text))
            told = entry and (inside or bool(_LEADERS.search(draft.text)))
            if not told and draft.kind is not BlockKind.FOOTNOTE:
                inside = bool(_CONTENTS.fullmatch(draft.text))
            blocks.append(replace(draft, kind=BlockKind.TOC) if told else draft)
        marked.append(blocks)
    return marked


def _levels(pages: Pages, outline: Sequence[OutlineEntry], setting: Setting) -> dict[Place, int]:
    """The level of every heading."""
    levels = _outlined(pages, outline) or _tagged(pages)
    known = {_style(pages[p][i]) for p, i in levels}
    candidates = _candidates(pages, setting, known, levels)
    scale = _Scale([(pages[p][i], level) for (p, i), level in levels.items()], candidates.values())
    return levels | {place: scale.level(draft) for place, draft in candidates.items()}


def _candidates(pages: Pages, setting: Setting, known: set[Style], outlined: Mapping[Place, int]) -> dict[Place, Draft]:
    """Blocks that look like headings; those by their words alone only where they do not stand in a list of such."""
    found: dict[Place, Draft] = {}
    run: list[tuple[Place, Draft]] = []
    for page, drafts in enumerate(pages):
        for index, draft in enumerate(drafts):
            if (page, index) in outlined or _looks_like_heading(draft, setting, known):
                found |= {(page, index): draft} if (page, index) not in outlined else {}
            elif _reads_like_heading(draft):
                run.append(((page, index), draft))
                continue
            found |= dict(run) if len(run) < LISTED else {}
            run = []
    return found


def _tagged(pages: Pages) -> dict[Place, int]:
    """The headings by the file's tags; none where most of its text is tagged so."""
    blocks = [((p, i), draft) for p, page in enumerate(pages) for i, draft in enumerate(page)]
    tagged = {place: draft for place, draft in blocks if _may_be_heading(draft) and draft.tagged}
    letters = sum(len(draft.text) for draft in tagged.values())
    if 2 * letters >= sum(len(draft.text) for _, draft in blocks):
        return {}
    return {place: draft.tagged for place, draft in tagged.items()}


def _outlined(pages: Pages, outline: Sequence[OutlineEntry]) -> dict[Place, int]:
    levels: dict[Place, int] = {}
    for entry in outline:
        wanted = _bare(entry.title)
        if entry.page is None or not wanted:
            continue
        for page in (entry.page - 1, entry.page):
            place = _find(pages, page, wanted, levels)
            if place is not None:
                levels[place] = min(entry.level, DEEPEST)
                break
    return levels


def _find(pages: Pages, page: int, wanted: str, taken: dict[Place, int]) -> Place | None:
    if not 0 <= page < len(pages):
        return None
    for index, draft in enumerate(pages[page]):
        if draft.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CAPTION) and (page, index) not in taken:
            bare = _bare(draft.text)
            if bare == wanted or _ends_with(bare, wanted):
                return page, index
    return None


def _ends_with(bare: str, wanted: str) -> bool:
    """Whether a line is an outline's title with a short number before it ("4.2", "Kapittel 3")."""
    return len(wanted) > SHORTEST and bare.endswith(wanted) and len(bare) <= len(wanted) + LONGEST_NUMBER


def _bare(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _style(draft: Draft) -> Style:
    return round(draft.size * 2) / 2, draft.bold


def _looks_like_heading(draft: Draft, setting: Setting, known: set[Style]) -> bool:
    """Whether a block is set like a heading; `known` are the styles of those the outline names."""
    if not _may_be_heading(draft):
        return False
    numbered = bool(_NUMBERING.match(draft.text)) or _is_division(draft.text)
    if not numbered and (draft.kind is BlockKind.LIST_ITEM or _STOPPED.search(draft.text)):
        return False
    if draft.size >= LARGER * setting.body or (_style(draft) in known and draft.size > setting.body):
        return True
    bold = draft.bold and draft.size >= AS_LARGE * setting.body and len(draft.text) <= LONGEST_BOLD
    return bold and (numbered or not known or _style(draft) in known)


def _reads_like_heading(draft: Draft) -> bool:
    """Whether a block says of itself that it is one: "§ 4. Virkeområde", "Kapittel 2 Mål", "2.3 Metode"."""
    if not _may_be_heading(draft) or len(draft.lines) > 1 or len(draft.text) > LONGEST_BOLD:
        return False
    return not _STOPPED.search(draft.text) and (_is_division(draft.text) or bool(_DEEP_NUMBERING.match(draft.text)))


def _may_be_heading(draft: Draft) -> bool:
    allowed = draft.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and len(draft.lines) <= MOST_LINES
    return allowed and len(draft.text) <= LONGEST and bool(_LETTER.search(draft.text))


def _is_division(text: str) -> bool:
    return bool(_DIVISION.match(text) or _CLAUSE.match(text))


class _Scale:
    """Which level a style or a numbering stands for in one document."""

    def __init__(self, outlined: Sequence[tuple[Draft, int]], candidates: Iterable[Draft]) -> None:
        by_style: dict[Style, Counter[int]] = defaultdict(Counter)
        for draft, level in outlined:
            by_style[_style(draft)][level] += 1
        free = list(candidates)
        for draft in free:
            if depth := _depth(draft.text):
                by_style[_style(draft)][depth] += 1
        self._levels = {style: counts.most_common(1)[0][0] for style, counts in by_style.items()}
        self._outlined = bool(outlined)
        uses = Counter(_style(draft) for draft in free)
        self._ranked = sorted((style for style in uses if uses[style] > 1 or style not in self._levels), reverse=True)

    def level(self, draft: Draft) -> int:
        """From 1 to 6."""
        style = _style(draft)
        depth = 0 if self._outlined and style in self._levels else _depth(draft.text)
        return min(DEEPEST, depth or self._levels.get(style, 0) or self._rank(style))

    def _rank(self, style: Style) -> int:
        larger = [level for known, level in self._levels.items() if known > style]
        if larger:
            return max(larger) + 1
        if self._levels:
            return 1
        return 1 + sum(other > style for other in self._ranked)


def _depth(text: str) -> int:
    if match := _NUMBERING.match(text):
        return match[1].count(".") + 1
    if _DIVISION.match(text):
        return 1
    return 2 if _CLAUSE.match(text) else 0


def _references(pages: Pages) -> Pages:
    """Paragraphs under a heading of references, up to the next heading that is not below it."""
    level = 0
    marked: Pages = []
    for page in pages:
        blocks = []
        for draft in page:
            if draft.kind is BlockKind.HEADING and (not level or draft.level <= level):
                level = draft.level if _REFERENCES.fullmatch(draft.text) else 0
            listed = level and draft.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
            blocks.append(replace(draft, kind=BlockKind.REFERENCE) if listed else draft)
        marked.append(blocks)
    return marked
