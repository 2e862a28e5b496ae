"""What is in a plain text? Paragraphs between empty lines, lists, and headings that stand alone."""

import re
from collections.abc import Iterator, Sequence

from corpus.model import BlockKind, DocInfo
from indexer.extract.contents import Contents
from indexer.extract.encoding import decoded
from indexer.extract.hyphens import Lexicon, Mend
from indexer.extract.kinds import told
from indexer.extract.message import Announce, Task
from indexer.extract.parts import Flowing, make_parts
from indexer.extract.stylenames import DEEPEST

NAME = "plain"
LONG_LINE = 120  # characters: a text with longer lines has one paragraph a line
LONGEST_HEADING = 100

_NEWLINE = re.compile(r"\r\n?")
_EMPTY = re.compile(r"\n[ \t\f\v]*\n|\f")
_ITEM = re.compile(r"\s*(?:[-*•–]|\(?\d{1,2}[.)]|[a-zæøå]\))\s+\S")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+[^\W\d_]")
_UNDERLINE = re.compile(r"([=\-~.^*_+#\"'])\1{2,}")
_RULE = re.compile(r"[-=+|:\s]+")
_STOPPED = re.compile(r"[.,;:!?]$")

Group = list[str]


def read(data: bytes, task: Task, announce: Announce) -> Contents:
    """The parts of a plain text."""
    announce(NAME)
    text = _NEWLINE.sub("\n", decoded(data)).replace("\0", "\ufffd")
    return Contents(NAME, False, make_parts(told(flowing(text)), NAME), DocInfo())


def flowing(text: str) -> Iterator[Flowing]:
    """The blocks of a plain text."""
    return _Reading(text).blocks()


class _Reading:
    """One text in groups of lines, with what the whole of it tells about each."""

    def __init__(self, text: str) -> None:
        split = ([line for line in group.split("\n") if line.strip()] for group in _EMPTY.split(text))
        self._groups = [group for group in split if group]
        lines = [line for group in self._groups for line in group]
        self._lexicon = Lexicon(lines)
        self._wrapped = all(len(line) <= LONG_LINE for line in lines)
        self._underlines: list[str] = []  # the mark of each level, in the order they are met

    def blocks(self) -> Iterator[Flowing]:
        """Every block in order."""
        numbers = [_number(group) for group in self._groups]
        for index, group in enumerate(self._groups):
            number = numbers[index]
            listed = bool(number) and (
                number + 1 in numbers[index + 1 : index + 2] or number - 1 in numbers[max(0, index - 1) : index]
            )
            heading = None if listed else self._heading(group)
            if heading:
                yield heading
            body = group[self._lines_of(group) :] if heading else group
            yield from self._paragraphs(body)

    def _heading(self, group: Group) -> Flowing | None:
        first = group[0].strip()
        if self._lines_of(group) > 1:
            return Flowing(BlockKind.HEADING, (first,), self._level(group[1].strip()[0]))
        if len(group) > 1 or len(first) > LONGEST_HEADING or _STOPPED.search(first):
            return None
        if numbered := _NUMBERED.match(first):
            return Flowing(BlockKind.HEADING, (first,), min(DEEPEST, numbered[1].count(".") + 1))
        return Flowing(BlockKind.HEADING, (first,), 1) if first.isupper() else None

    def _lines_of(self, group: Group) -> int:
        """How many lines the heading of a group takes: two when it is underlined."""
        return 2 if group[1:] and _UNDERLINE.fullmatch(group[1].strip()) else 1

    def _level(self, mark: str) -> int:
        if mark not in self._underlines:
            self._underlines.append(mark)
        return min(DEEPEST, self._underlines.index(mark) + 1)

    def _paragraphs(self, group: Sequence[str]) -> Iterator[Flowing]:
        tabular = sum(len(_cells(line)) > 1 for line in group) > 1
        current: list[str] = []
        for line in group:
            cells = _cells(line) if tabular else ()
            if current and (len(cells) > 1 or not self._wrapped or _ITEM.match(line)):
                yield self._block(current)
                current = []
            if len(cells) > 1:
                yield Flowing(BlockKind.TABLE_ROW, cells)
            elif not (tabular and _RULE.fullmatch(line)):
                current.append(line)
        if current:
            yield self._block(current)

    def _block(self, lines: Sequence[str]) -> Flowing:
        kind = BlockKind.LIST_ITEM if _ITEM.match(lines[0]) else BlockKind.PARAGRAPH
        parts = [lines[0].rstrip()]
        for line in map(str.strip, lines[1:]):
            mend = self._lexicon.mend(parts[-1], line) if parts[-1].endswith("-") else None
            if mend is Mend.JOIN:
                parts[-1] = parts[-1][:-1]
            elif mend is not Mend.KEEP:
                parts.append("\n")
            parts.append(line)
        return Flowing(kind, ("".join(parts),))


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a line set with tabs or with strokes; one when it is set with neither."""
    if _RULE.fullmatch(line):
        return ()
    between = "|" if "|" in line else "\t"
    return tuple(cell.strip() for cell in line.strip(" |" if between == "|" else None).split(between))


def _number(group: Group) -> int:
    """The number of a line that stands alone and starts with "3." or "3)", 0 for any other group."""
    match = re.match(r"\s*(\d{1,2})[.)]\s", group[0]) if len(group) == 1 else None
    return int(match[1]) if match else 0
