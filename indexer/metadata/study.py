"""How was the study made that a document reports?"""

import re
from collections import defaultdict
from collections.abc import Iterator

from corpus.model import BlockKind, Origin, Read
from indexer.mentions import Kind
from indexer.metadata.evidence import Evidence, Line, Seen, read_at, without_number
from indexer.metadata.names import is_institution
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
_CONTROLLED = frozenset({"klynge_rct", "rct", "kvasi"})
_REVIEWS = frozenset({"metaanalyse", "systematisk_oversikt", "litteraturgjennomgang"})
_ENOUGH = 4
_FRONT, _SUMMARY, _METHOD = 4, 3, 2
_BEFORE = 45
_METHOD_HEADING = re.compile(
    r"(?:data|metod|design|method|framgangsmåte|fremgangsmåte|materiale|analyse|forskningsdesign|evalueringsopplegg|"
    r"oppdrag|slik (?:gjorde|gjekk|gikk|undersøkte|målte)|hvordan (?:vi|evalueringen|undersøkelsen)|"
    r"korleis (?:vi|evalueringa|undersøkinga)|how (?:we|the study)|what we did|the studies)",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"\b(?:ikke|ikkje|ingen|inga|uten|utan|mangler|manglar|erstatte|burde|ville|bør|skulle gjerne|legge opp til|"
    r"not|no|without|cannot|would|should|future|lack\w*)\b[^.]*$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:tidligere|tidlegare|previous|earlier|andre studier|andre studiar|other studies|amerikansk\w*|svensk\w*|"
    r"britisk\w*|dansk\w*|kanadisk\w*|danish|american|british|swedish|nordamerikansk\w*|utenlandsk\w*|utanlandsk\w*|"
    r"internasjonal\w*|ifølge|according to|framtidig\w*|fremtidig\w*|et norsk forsøk|eit norsk forsøk|en norsk studie|"
    r"ein norsk studie)\b|\((?:[A-ZÆØÅ][^()]*,? )?(?:19|20)\d\d\)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?!\s+[A-ZÆØÅ«])[^.!?]*)*[.!?]?")
_WE = re.compile(
    r"\b(?:vi|oss|we|our|denne rapporten|rapporten|studien|evalueringen|evalueringa|this study|the study)\b", re.I
)
_COMPARED = re.compile(r"\b(?:sammenlign|sammenlikn|samanlikn|compar)\w*", re.IGNORECASE)
_ADJUSTED = re.compile(
    r"\b(?:match\w+|faste effekt\w*|fixed effects?|propensity|instrument(?:variab|al var)\w*|"
    r"diskontinuitet\w*|difference-in-difference\w*|"
    r"forskjell-i-forskjell\w*|dobbel differanse)\b",
    re.IGNORECASE,
)
_SEARCHED = re.compile(
    r"\b(?:(?:har )?søkt(?:e)? (?:systematisk )?(?:i|etter)|litteratursøk\w*|databasesøk\w*|systematisk\w* søk|"
    r"vi søkte|we searched|searched \w+ databases|literature search\w*|inklusjonskriteri\w*|inclusion criteria|"
    r"eligibility criteria|har vi brukt oversikt\w*|søk i (?:fem|seks|sju|syv|åtte|ti|\d+|flere|fleire))\b",
    re.IGNORECASE,
)
_GROUPS_DRAWN = re.compile(r"\b(?:skole|skul|school|klasse|class|kommune|municipalit|cluster|klynge)", re.IGNORECASE)


def find_design(evidence: Evidence, title: Title) -> Read[str] | None:
    """The design named in the title, else the highest one with enough support, else what the methods tell.

    A study that says in its own words that it compared groups is a controlled one; with matching or a
    model, a quasi-experiment.
    """
    named = _in_title(evidence, title)
    if named:
        return named
    found = _supported(evidence)
    if found and (found.value in _REVIEWS or found.value in _CONTROLLED):
        return found
    return _compared(evidence, found) or found


def review_design(evidence: Evidence, found: Read[str] | None) -> Read[str]:
    """The design of a review: systematic when it tells how it searched."""
    if found and found.value in ("metaanalyse", "systematisk_oversikt"):
        return found
    for line in evidence.lines:
        match = _SEARCHED.search(line.text)
        if match:
            return read_at("systematisk_oversikt", line, match.start(), match.end())
    return found if found and found.value in _REVIEWS else Read("litteraturgjennomgang", Origin.DERIVED)


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
        code = _of_groups(seen)
        support[code] += weight
        first.setdefault(code, seen)
    for code in _ORDER:
        if support[code] >= _ENOUGH:
            return read_at(code, first[code].line, *_sentence(first[code]))
    return None


def _of_groups(seen: Seen) -> str:
    """A lottery of schools is a cluster trial."""
    start, end = _sentence(seen)
    drawn = seen.code == "rct" and _GROUPS_DRAWN.search(seen.line.text[start:end])
    return "klynge_rct" if drawn else seen.code


def _weighed(evidence: Evidence) -> Iterator[tuple[Seen, int]]:
    """Every mention that speaks of the document's own study, with how much it counts."""
    front = frozenset(line for line in evidence.front if not is_institution(line.text))
    summary, methods = frozenset(evidence.summary), frozenset(_method_lines(evidence))
    for seen in evidence.of(Kind.DESIGN):
        start, end = _sentence(seen)
        before = seen.line.text[max(start, seen.start - _BEFORE) : seen.start]
        if not _NOT_BEFORE.search(before) and not _OTHERS.search(seen.line.text[start:end]):
            weight = _FRONT * (seen.line in front) + _SUMMARY * (seen.line in summary)
            yield seen, (weight or _METHOD * (seen.line in methods) or 1)


def _compared(evidence: Evidence, found: Read[str] | None) -> Read[str] | None:
    """A comparison in the authors' own words, in the summary or under a heading on methods."""
    methods = list(_method_lines(evidence))
    own = found if found and found.value == "kontrollert_forletter" else _own_comparison([*evidence.summary, *methods])
    if own is None:
        return None
    adjusted = any(_ADJUSTED.search(line.text) for line in [*evidence.summary, *methods])
    return Read("kvasi" if adjusted else "kontrollert_forletter", own.origin, own.page, own.quote)


def _own_comparison(lines: list[Line]) -> Read[str] | None:
    for line in lines:
        for sentence in _SENTENCE.finditer(line.text):
            text = sentence[0]
            if _COMPARED.search(text) and _WE.search(text) and not _OTHERS.search(text):
                return read_at("kontrollert_forletter", line, sentence.start(), sentence.end())
    return None


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
