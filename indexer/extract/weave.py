"""How does clean page text keep the way back to the text it was read from?

A segment is exact, `text[start : start + length] == source[source_start : source_start + length]` where any
white space of the source counts as a space, or it is of length 1 where one source character was rewritten: composed
(NFC), a part of a ligature, a hyphen or a bullet by another code. Characters of `text` outside every segment
(joining spaces, newlines, tabs between cells) were added.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model import Block, BlockKind, Page, PageStatus, Segment

ADDED = -1
LIGATURES = {chr(0xFB00 + i): long for i, long in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
_COMBINING = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
UNSEEN = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff"
_WHITE = re.compile(r"\s")
_ODD = re.compile(
    rf"(?P<space> {{2,}})|(?P<dropped>[{UNSEEN}]+)|(?P<ligature>[\ufb00-\ufb06])|(?P<hyphen>[\u2010\u2011])"
    r"|(?P<bullet>[\uf02d\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc])"
    rf"|(?P<marked>[^\s{_COMBINING}][{_COMBINING}]+)|(?P<stray>[{_COMBINING}]+)"
)


@dataclass(frozen=True, slots=True)
class Strand:
    """A run of clean text and where it came from: `source[at : at + len(text)]`, or ADDED."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Piece:
    """The strands of one block, in order."""

    kind: BlockKind
    strands: tuple[Strand, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What a page is besides its text."""

    number: int
    engine: str
    label: str = ""
    status: PageStatus = PageStatus.EMPTY


def strands(source: str, start: int, end: int) -> list[Strand]:
    """Clean one run of the source: one space for any run of white space, NFC, no ligature, no unseen character."""
    run = _WHITE.sub(" ", source[start:end])
    if run.isascii() and run.isprintable() and "  " not in run:
        return [Strand(run, start)] if run else []
    woven: list[Strand] = []
    done = 0
    for odd in _ODD.finditer(run):
        woven += _composed(run[done : odd.start()], start + done)
        woven += _rewritten(odd, start + odd.start())
        done = odd.end()
    return woven + _composed(run[done:], start + done)


def _rewritten(odd: re.Match[str], at: int) -> list[Strand]:
    if odd["space"]:
        return [Strand(" ", at)]
    if odd["ligature"]:
        return [Strand(letter, at) for letter in LIGATURES[odd["ligature"]]]
    if odd["hyphen"]:
        return [Strand("-", at)]
    if odd["bullet"]:
        return [Strand("•", at)]
    if odd["marked"]:
        return [Strand(letter, at) for letter in unicodedata.normalize("NFC", odd["marked"])]
    return []


def _composed(run: str, at: int) -> list[Strand]:
    if not run or unicodedata.is_normalized("NFC", run):
        return [Strand(run, at)] if run else []
    letters = [(letter, at + i) for i, old in enumerate(run) for letter in unicodedata.normalize("NFC", old)]
    whole = unicodedata.normalize("NFC", run)
    if "".join(letter for letter, _ in letters) != whole:
        letters = [(letter, at) for letter in whole]
    return [Strand(letter, place) for letter, place in letters]


def weave(source: str, pieces: Iterable[Piece], meta: PageMeta) -> Page:
    """The page these blocks make: a newline between blocks, no space doubled or at an end of one."""
    text: list[str] = []
    blocks: list[Block] = []
    trail = _Trail(source)
    length = 0
    for piece in pieces:
        tidy = _tidied(piece.strands)
        if not tidy:
            continue
        if text:
            text.append("\n")
            length += 1
        start = length
        for strand in tidy:
            trail.add(strand, length)
            text.append(strand.text)
            length += len(strand.text)
        blocks.append(Block(piece.kind, start, length, piece.level))
    status = PageStatus.TEXT if blocks else meta.status
    segments = tuple(trail.segments)
    return Page(meta.number, "".join(text), tuple(blocks), source, segments, status, meta.engine, meta.label)


class _Trail:
    """The segments of one page as they grow; runs that touch on both sides are one."""

    def __init__(self, source: str) -> None:
        self.segments: list[Segment] = []
        self._source = _WHITE.sub(" ", source)
        self._open = False

    def add(self, strand: Strand, start: int) -> None:
        if strand.at == ADDED:
            return
        length = len(strand.text)
        exact = self._source.startswith(strand.text, strand.at)
        if exact and self._open:
            last = self.segments[-1]
            if (last.start + last.length, last.source_start + last.length) == (start, strand.at):
                self.segments[-1] = Segment(last.start, last.source_start, last.length + length)
                return
        self.segments.append(Segment(start, strand.at, length))
        self._open = exact


def _tidied(woven: Iterable[Strand]) -> list[Strand]:
    tidy: list[Strand] = []
    for strand in woven:
        text, at = strand.text, strand.at
        before = tidy[-1].text[-1] if tidy else "\n"
        if before in " \t\n" and text[:1] == " ":
            text, at = text[1:], at + 1 if at != ADDED else at
        if text[:1] == "\t" and before == " ":
            _strip_end(tidy)
        if text:
            tidy.append(Strand(text, at))
    _strip_end(tidy)
    return tidy


def _strip_end(tidy: list[Strand]) -> None:
    while tidy and tidy[-1].text[-1] == " ":
        last = tidy.pop()
        if kept := last.text.rstrip(" "):
            tidy.append(Strand(kept, last.at))


def sound_source(text: str) -> str:
    """The text with what UTF-8 cannot hold (lone surrogates) shown as U+FFFD, character for character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text
