"""What is a document called?"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from corpus.model import BlockKind, DocInfo, Origin, Read
from indexer.metadata.dates import MONTH, SEASON, YEAR
from indexer.metadata.evidence import Evidence, Line, opens_body, read_at

_LONGEST = 300
_LETTERS = 4
_JUNK_INFO = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)|powerpoint[- ]presentasjon|powerpoint presentation|untitled|uten navn|"
    r"utan namn|document\d*|dokument\d*|layout \d|slide \d|lysbilde \d|presentasjon\d*|mal\b|template|rapportmal|"
    r"forside|skjema|notat|rapport|report|print|utskrift|scan|skannet)\b.{0,12}$|"
    r"^microsoft (?:word|powerpoint|excel) - |\.(?:docx?|pdf|pptx?|indd|odt|rtf|html?|txt)$|_.*_|^[\d\W_]+$",
    re.IGNORECASE,
)
_NOT_A_TITLE = re.compile(
    r"(?:(?:fafo-?|nova |nkvts[- ]|sintef[- ]?|nibr[- ]|afi[- ])?(?:rapport|report|notat|arbeidsnotat|skriftserie|"
    r"review|working paper|systematic review|oppdragsrapport|nr|no|vol|volum|utgave|versjon|version)\b\.?\s*"
    r"(?:nr\.?|no\.?|serie)?\s*[\d:/.–-]+(?:\s*\S{0,8})?|nou \d{4}\s*:\s*\d+|"
    rf"(?:{MONTH}|{SEASON})?\s*{YEAR}(?:\s*[–-]\s*{YEAR})?|(?:\d{{1,2}}\.\s*)?{MONTH}\s*{YEAR}|"
    r"isbn.*|issn.*|https?:.*|www\..*|høringsutkast|høyringsutkast|utkast|draft|til høring|åpent|offentlig|"
    r"vedlegg \d*|side \d+.*|page \d+.*|eksempeldokument.*|sample document.*|[^\w]*)\W*",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:regional |lokal |kommunal |felles |nasjonal |overordnet |forslag til |høringsutkast:? ?|høyringsutkast:? ?)*"
    r"(?:handlingsplan|handlingsprogram|tiltaksplan|strategi|strategiplan|plan|temaplan|kommunedelplan|delplan|"
    r"rapport|sluttrapport|delrapport|prosjektrapport|forskningsrapport|evaluering|evalueringsrapport|veileder|"
    r"rettleiar|håndbok|handbok|notat|kunnskapsoversikt|kunnskapsoppsummering|kartlegging|action plan|strategy|report|"
    r"evaluation|final report|årsplan|årsrapport|saksframlegg|saksfremlegg)",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"(?i:for|mot|om|av|i|på|til|og|med|against|on|of|in)\b|[a-zæøå]")
_INSIDE_SENTENCE = re.compile(r"(?<=[a-zæøå,;)] )(\w+)")
_SITE_TAIL = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,60}$")


@dataclass(frozen=True, slots=True)
class Title:
    """The title as read, and the line it was read from when it stands in the text."""

    read: Read[str]
    line: Line | None


def read_title(evidence: Evidence) -> Title:
    """The heading of the cover, else the file's own word for it, else the cover's first line, else the file name.

    One in capitals is lettered as its words are elsewhere in the document; the quote stays as it stands.
    """
    title = _written(evidence)
    if title.read.value.isupper():
        return replace(title, read=replace(title.read, value=_lettered(title.read.value, evidence)))
    return title


def _written(evidence: Evidence) -> Title:
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
        wordy = named and letters >= _LETTERS and len(text) <= _LONGEST and not _NOT_A_TITLE.fullmatch(text)
        if wordy and not opens_body(line) and not _is_publisher(evidence, text):
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


def _lettered(title: str, evidence: Evidence) -> str:
    """Each word in small letters where the text has it so; else as the text has it; the first letter large."""
    inside, anywhere = _forms(evidence)
    words = [_best_form(word, inside, anywhere) for word in re.split(r"(\w+)", title)]
    text = "".join(words)
    return text[:1].upper() + text[1:]


def _forms(evidence: Evidence) -> tuple[frozenset[str], frozenset[str]]:
    """The words that stand more than once inside a sentence, and all words, of the lines that are not in capitals."""
    texts = [line.text for line in evidence.lines if not line.text.isupper()]
    counts = Counter(match[1] for text in texts for match in _INSIDE_SENTENCE.finditer(text))
    inside = frozenset(word for word, count in counts.items() if count > 1)
    return inside, frozenset(word for text in texts for word in re.findall(r"\w+", text))


def _best_form(word: str, inside: frozenset[str], anywhere: frozenset[str]) -> str:
    if word.lower() in anywhere:
        return word.lower()
    if word in anywhere:
        return word
    return word.capitalize() if word.capitalize() in inside else word.lower()


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" \t|*_")


def _from_file_name(stem: str) -> str:
    """ "Handlingsplan slt 2024" of "handlingsplan-slt_2024"."""
    words = re.sub(r"[-_+.]+|%20", " ", stem).strip()
    return words[:1].upper() + words[1:] if words else stem
