"""How was the study made that a document reports?"""

import re
from collections import defaultdict
from collections.abc import Iterator

from corpus.model import BlockKind, Origin, Read
from indexer.mentions import Kind
from indexer.metadata.evidence import Evidence, Line, Seen, read_at, without_number
from indexer.metadata.title import Title

# The first one with enough support is the design. Reviews come first: they speak much of others' designs.
_ORDER = (
    "metaanalyse",
    "systematisk_oversikt",
    "klynge_rct",
    "rct",
    "kvasi",
    "kontrollert_forletter",
    "realistisk",
    "folgeforskning",
    "prosess",
    "for_etter",
    "litteraturgjennomgang",
    "okonomisk",
    "longitudinell",
    "register",
    "case",
    "tverrsnitt",
    "kvalitativ",
    "kartlegging_design",
)
_REVIEWS = frozenset({"metaanalyse", "systematisk_oversikt", "litteraturgjennomgang"})
_ENOUGH = 4
_FRONT, _SUMMARY, _METHOD = 4, 3, 2
_METHOD_HEADING = re.compile(
    r"(?:data|metod|design|method|framgangsmåte|fremgangsmåte|slik (?:gjorde|gjekk|gikk|undersøkte)|hvordan (?:vi|evalueringen|undersøkelsen)|"
    r"korleis (?:vi|evalueringa|undersøkinga)|how (?:we|the study)|materiale|analyse|oppdrag|evalueringsopplegg|forskningsdesign|the studies|what we did)",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(
    r"\b(?:ikke|ikkje|ingen|inga|uten|utan|mangler|manglar|fraværet|burde|ville|kunne|bør|skulle gjerne|ønske\w*|framtidig\w*|fremtidig\w*|"
    r"not|no|without|cannot|would|should|could|future|tidligere|tidlegare|previous|earlier|andre studier|andre studiar|other studies|"
    r"amerikansk\w*|svensk\w*|britisk\w*|utenlandsk\w*|utanlandsk\w*|ifølge|according to|internasjonal\w*)\b|\((?:[A-ZÆØÅ][^()]*,? )?(?:19|20)\d\d\)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?!\s+[A-ZÆØÅ«])[^.!?]*)*[.!?]?")


def find_design(evidence: Evidence, title: Title) -> Read[str] | None:
    """The design named in the title, else the highest one with enough support in cover, summary and methods."""
    return _in_title(evidence, title) or _supported(evidence)


def _in_title(evidence: Evidence, title: Title) -> Read[str] | None:
    text = title.read.value
    named = {m.code for m in evidence.finder.find(text) if m.kind is Kind.DESIGN}
    for code in _ORDER:
        if code in named:
            return Read(code, title.read.origin, title.read.page, text)
    return None


def _supported(evidence: Evidence) -> Read[str] | None:
    support: dict[str, int] = defaultdict(int)
    first: dict[str, Seen] = {}
    for seen, weight in _weighed(evidence):
        support[seen.code] += weight
        first.setdefault(seen.code, seen)
    for code in _ORDER:
        if support[code] >= _ENOUGH:
            seen = first[code]
            start, end = _sentence(seen)
            return read_at(code, seen.line, start, end)
    return None


def _weighed(evidence: Evidence) -> Iterator[tuple[Seen, int]]:
    """Every mention that speaks of the document's own study, with how much it counts."""
    front, summary = frozenset(evidence.front), frozenset(evidence.summary)
    methods = frozenset(_method_lines(evidence))
    for seen in evidence.of(Kind.DESIGN):
        start, end = _sentence(seen)
        if not _NOT_OURS.search(seen.line.text[start:end]):
            weight = _FRONT * (seen.line in front) + _SUMMARY * (seen.line in summary)
            yield seen, (weight or _METHOD * (seen.line in methods) or 1)


def _method_lines(evidence: Evidence) -> Iterator[Line]:
    inside = False
    for line in evidence.lines:
        if line.kind is BlockKind.HEADING:
            inside = _METHOD_HEADING.match(without_number(line.text)) is not None
        elif inside:
            yield line


def _sentence(seen: Seen) -> tuple[int, int]:
    for match in _SENTENCE.finditer(seen.line.text):
        if match.start() <= seen.start < match.end():
            return match.start(), match.end()
    return 0, len(seen.line.text)
