"""What is a document called?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.model import BlockKind, DocInfo, Origin, Read
from indexer.metadata.dates import MONTH, SEASON, YEAR
from indexer.metadata.evidence import Evidence, Line, opens_body, read_at

_LONGEST = 300
_LETTERS = 4
_JUNK_INFO = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)|powerpoint[- ]presentasjon|powerpoint presentation|untitled|uten navn|"
    r"utan namn|document\d*|dokument\d*|layout \d|slide \d|lysbilde \d|presentasjon\d*|mal\b|template|rapportmal|forside|"
    r"skjema|notat|rapport|report|print|utskrift|scan|skannet)\b.{0,12}$|^microsoft (?:word|powerpoint|excel) - |"
    r"\.(?:docx?|pdf|pptx?|indd|odt|rtf|html?|txt)$|_.*_|^[\d\W_]+$",
    re.IGNORECASE,
)
_NOT_A_TITLE = re.compile(
    rf"(?:(?:fafo-?|nova |nkvts[- ]|sintef[- ]?|nibr[- ]|afi[- ])?(?:rapport|report|notat|arbeidsnotat|skriftserie|review|working paper|"
    rf"systematic review|oppdragsrapport|nr|no|vol|volum|utgave|versjon|version)\b\.?\s*(?:nr\.?|no\.?|serie)?\s*[\d:/.–-]+(?:\s*\S{{0,8}})?|"
    rf"(?:{MONTH}|{SEASON})?\s*{YEAR}(?:\s*[–-]\s*{YEAR})?|(?:\d{{1,2}}\.\s*)?{MONTH}\s*{YEAR}|isbn.*|issn.*|https?:.*|www\..*|"
    rf"høringsutkast|høyringsutkast|utkast|draft|til høring|åpent|offentlig|vedlegg \d*|side \d+.*|page \d+.*|"
    rf"[^\w]*)\W*",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:(?:regional |lokal |kommunal |felles |nasjonal |overordnet |forslag til |høringsutkast:? ?|høyringsutkast:? ?)*"
    r"(?:handlingsplan|handlingsprogram|tiltaksplan|strategi|strategiplan|plan|temaplan|kommunedelplan|delplan|rapport|sluttrapport|"
    r"delrapport|prosjektrapport|forskningsrapport|evaluering|evalueringsrapport|veileder|rettleiar|håndbok|handbok|notat|kunnskapsoversikt|"
    r"kunnskapsoppsummering|kartlegging|action plan|strategy|report|evaluation|final report|årsplan|årsrapport|saksframlegg|saksfremlegg))",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"^(?:for|mot|om|av|i|på|til|og|med|against|for|on|of|in)\b|^[a-zæøå]", re.IGNORECASE)
_SITE_TAIL = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,60}$")


@dataclass(frozen=True, slots=True)
class Title:
    """The title as read, and the line it was read from when it stands in the text."""

    read: Read[str]
    line: Line | None


def read_title(evidence: Evidence) -> Title:
    """The heading of the cover, else the file's own word for it, else the cover's first line, else the file name."""
    headings = [line for line in _candidates(evidence) if line.kind is BlockKind.HEADING]
    info = _info_title(evidence.extracted.docinfo)
    if headings:
        return _from_headings(evidence, headings)
    if info:
        return Title(Read(info, Origin.DOCINFO, None, info), _line_with(evidence, info))
    for line in _candidates(evidence):
        return Title(read_at(_tidy(line.text), line), line)
    stem = PurePosixPath(evidence.extracted.source.path).stem
    return Title(Read(_from_file_name(stem), Origin.FILENAME, None, stem), None)


def _candidates(evidence: Evidence) -> Iterator[Line]:
    """Lines of the cover that may be the title."""
    for line in evidence.front or evidence.lines[:1]:
        text = _tidy(line.text)
        letters = sum(c.isalpha() for c in text)
        named = line.kind not in (BlockKind.TABLE_ROW, BlockKind.FOOTNOTE, BlockKind.LIST_ITEM)
        if named and letters >= _LETTERS and len(text) <= _LONGEST and not _NOT_A_TITLE.fullmatch(text):
            if not opens_body(line) and not _is_publisher(evidence, text):
                yield line


def _is_publisher(evidence: Evidence, text: str) -> bool:
    """Whether a line is no more than the name of who publishes."""
    name = text.casefold().strip(" .")
    if re.fullmatch(r"(?:\S+ ){1,3}(?:kommune|fylkeskommune|herad|politidistrikt)", name):
        return True
    return any(name in (known.casefold() for known in (p.name, *p.aliases)) for p in evidence.vocabulary.publishers)


def _from_headings(evidence: Evidence, headings: list[Line]) -> Title:
    """The heading of the highest level; one that is only "Handlingsplan" takes the next line with it."""
    top = min(line.level for line in headings)
    first = next(line for line in headings if line.level == top)
    read = read_at(_tidy(first.text), first)
    follower = _follower(evidence, first)
    if follower and (_GENERIC.fullmatch(read.value) or _CONTINUES.match(follower.text)):
        joined = f"{read.value} {_tidy(follower.text)}"
        read = Read(joined, Origin.TEXT, first.page, joined)
    return Title(read, first)


def _follower(evidence: Evidence, first: Line) -> Line | None:
    """The heading next to the title on the same page."""
    place = evidence.front.index(first) + 1
    for line in evidence.front[place : place + 1]:
        text = _tidy(line.text)
        if line.page == first.page and line.kind is BlockKind.HEADING and not _is_publisher(evidence, text):
            return line if not _NOT_A_TITLE.fullmatch(text) or re.fullmatch(rf"{YEAR}\s*[–-]\s*{YEAR}", text) else None
    return None


def _info_title(info: DocInfo) -> str | None:
    title = _tidy(info.title)
    if sum(c.isalpha() for c in title) < _LETTERS or _JUNK_INFO.search(title) or " " not in title:
        return None
    return _SITE_TAIL.sub("", title) or title


def _line_with(evidence: Evidence, title: str) -> Line | None:
    wanted = title.casefold()
    return next((line for line in evidence.front if wanted in _tidy(line.text).casefold()), None)


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" \t|*_")


def _from_file_name(stem: str) -> str:
    """ "Handlingsplan slt 2024" of "handlingsplan-slt_2024"."""
    words = re.sub(r"[-_+.]+|%20", " ", stem).strip()
    return words[:1].upper() + words[1:] if words else stem
