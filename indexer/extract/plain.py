"""What is in a plain text? Paragraphs between empty lines, lists, and headings that stand alone."""

import re
from collections.abc import Iterator, Sequence

from corpus.model import BlockKind, DocInfo
from indexer.extract.contents import Contents
from indexer.extract.encoding import decoded
from indexer.extract.hyphens import Lexicon, Mend
from indexer.extract.message import Announce, Task
from indexer.extract.parts import Flowing, make_parts

NAME = "plain"
LONG_LINE = 120  # characters: a text with longer lines has one paragraph a line
LONGEST_HEADING = 100

_EMPTY = re.compile(r"\n[ \t\f\v\r]*\n|\f")
_ITEM = re.compile(r"\s*(?:[-*•–]|\(?\d{1,2}[.)]|[a-zæøå]\))\s+\S")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+[^\W\d_]")
_UNDERLINE = re.compile(r"([=\-~])\1{2,}\s*")
_STOPPED = re.compile(r"[.,;:!?]$")


def read(data: bytes, task: Task, announce: Announce) -> Contents:
    """The parts of a plain text."""
    announce(NAME)
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return Contents(NAME, False, make_parts(flowing(text), NAME), DocInfo())


def flowing(text: str) -> Iterator[Flowing]:
    """The blocks of a plain text."""
    groups = [[line for line in group.split("\n") if line.strip()] for group in _EMPTY.split(text)]
    groups = [group for group in groups if group]
    lexicon = Lexicon(line for group in groups for line in group)
    wrapped = all(len(line) <= LONG_LINE for group in groups for line in group)
    for group in groups:
        yield from _blocks(group, lexicon, wrapped)


def _blocks(group: Sequence[str], lexicon: Lexicon, wrapped: bool) -> Iterator[Flowing]:
    if heading := _heading(group):
        yield heading
        return
    current: list[str] = []
    for line in group:
        if current and (not wrapped or _ITEM.match(line)):
            yield _block(current, lexicon)
            current = []
        current.append(line)
    yield _block(current, lexicon)


def _heading(group: Sequence[str]) -> Flowing | None:
    first = group[0].strip()
    underline = len(group) == 2 and _UNDERLINE.fullmatch(group[1].strip())
    if underline:
        return Flowing(BlockKind.HEADING, (first,), 1 if underline[1] == "=" else 2)
    if len(group) > 1 or len(first) > LONGEST_HEADING or _STOPPED.search(first):
        return None
    if numbered := _NUMBERED.match(first):
        return Flowing(BlockKind.HEADING, (first,), min(6, numbered[1].count(".") + 1))
    return Flowing(BlockKind.HEADING, (first,), 1) if first.isupper() and any(map(str.isalpha, first)) else None


def _block(lines: Sequence[str], lexicon: Lexicon) -> Flowing:
    kind = BlockKind.LIST_ITEM if _ITEM.match(lines[0]) else BlockKind.PARAGRAPH
    text = lines[0].rstrip()
    for line in lines[1:]:
        mend = lexicon.mend(text, line.lstrip()) if text.endswith("-") else None
        if mend is Mend.JOIN:
            text = text[:-1] + line.strip()
        else:
            text += ("" if mend is Mend.KEEP else "\n") + line.strip()
    return Flowing(kind, (text,))
