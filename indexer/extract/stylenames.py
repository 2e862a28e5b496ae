"""What does the name of a paragraph style say its paragraphs are? In English and Norwegian, for every office format."""

import re
from dataclasses import dataclass

from corpus.model import BlockKind

DEEPEST = 6
BODY_LEVEL = 9  # the outline level from 0 that says "not a heading"
_HEADING = re.compile(r"(?:heading|overskrift|rubrik)[ _]?(\d)", re.IGNORECASE)
_TITLE = re.compile(r"title|tittel", re.IGNORECASE)
_NAMED = (
    (
        r"(?:toc|innh|innhold|contents)[ _]?(?:\d|heading|overskrift)|overskrift ?for ?innhold\w*",
        BlockKind.TOC,
    ),
    (r"(?:list ?(?:bullet|number)|punktliste|nummerert ?liste) ?\d?", BlockKind.LIST_ITEM),
    (r"caption|illustration|figure|bildetekst|figurtekst|tabelltekst", BlockKind.CAPTION),
)
_KINDS = tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in _NAMED)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph is; `level` from 1 for headings, 0 for all else."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0


def heading(outline: int) -> Style:
    """What an outline level from 0 stands for."""
    return Style(BlockKind.HEADING, min(outline + 1, DEEPEST)) if 0 <= outline < BODY_LEVEL else Style()


def named(name: str) -> Style | None:
    """What a style of this name is, None when the name says nothing."""
    if match := _HEADING.fullmatch(name):
        return heading(int(match[1]) - 1)
    if _TITLE.fullmatch(name):
        return heading(0)
    return next((Style(kind) for pattern, kind in _KINDS if pattern.fullmatch(name)), None)
