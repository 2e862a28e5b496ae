"""What kind of document is it?"""

import re
from collections import Counter
from collections.abc import Sequence

from corpus.model import Read
from indexer.mentions import Kind, Mention
from indexer.metadata.evidence import Evidence, Seen, read_at
from indexer.metadata.title import Title

# "Effekter av handlingsplanen": what stands after such a word is what the document is about, not what it is.
_OBJECT = re.compile(
    r"(?<!utkast )(?<!forslag )(?<!framlegg )"
    r"\b(?:av|til|for|i|om|fra|frå|under|gjennom|bak|etter|med|of|on|in|from|to|with)"
    r"\s+"
    r"(?:(?:den|det|de|dei|ei|ein|en|et|eit|the|a|an|ny|nye|nasjonale?|kommunale?|kommunens|lokale?|felles)\s+)*$",
    re.IGNORECASE,
)
_ANY_PLAN = re.compile(r"(?<!ungdoms)\b(?:plan|\w+plan)(?:en|a)?\b", re.IGNORECASE)
_CASE_PAPER = re.compile(
    r"\b(?:saksframlegg|saksfremlegg|saksutredning|saksutgreiing|møteinnkalling|møteprotokoll|møtebok)\b", re.I
)
_PLURAL = re.compile(r"(?:er|ar|ene|ane|ies|s)$", re.IGNORECASE)
_NATIONAL = "nasjonal_handlingsplan"
_MANY = 3
_SELF_NAMED = frozenset({"handlingsplan", "strategi", "kommunal_plan", "evaluering", "kunnskapsoversikt", "veileder"})
_BY_DESIGN = {
    "metaanalyse": "kunnskapsoversikt",
    "systematisk_oversikt": "kunnskapsoversikt",
    "litteraturgjennomgang": "kunnskapsoversikt",
    "register": "forskningsrapport",
    "longitudinell": "forskningsrapport",
    "case": "forskningsrapport",
    "kvalitativ": "forskningsrapport",
    "tverrsnitt": "forskningsrapport",
}


def read_doc_type(evidence: Evidence, title: Title, design: Read[str] | None) -> Read[str] | None:
    """The type named in the title, else on the cover, else by what the text does; None when nothing tells.

    A project report that holds a study of effect is an evaluation.
    """
    named = _case_paper(evidence) or _in_title(evidence, title) or _on_cover(evidence) or _plan_title(title)
    named = _national(evidence, named)
    if named is None or (named.value == "prosjektrapport" and design is not None):
        return _by_design(design) or named or _in_title(evidence, title, loose=True) or _by_use(evidence)
    return named


def _case_paper(evidence: Evidence) -> Read[str] | None:
    for line in evidence.front:
        match = _CASE_PAPER.search(line.text)
        if match:
            return read_at("saksframlegg", line, match.start(), match.end())
    return None


def _in_title(evidence: Evidence, title: Title, *, loose: bool = False) -> Read[str] | None:
    text = title.read.value
    found = [mention for mention in evidence.finder.find(text) if mention.kind is Kind.DOC_TYPE]
    head = _head(text, found) or (found[0] if loose and found else None)
    return Read(head.code, title.read.origin, title.read.page, title.read.quote) if head else None


def _head(text: str, found: Sequence[Mention]) -> Mention | None:
    """The first that is neither plural nor the object of another word."""
    return next((mention for mention in found if not _is_object(text, mention.start, mention.end)), None)


def _is_object(text: str, start: int, end: int) -> bool:
    """Whether a type is what the document is about: "evaluering av handlingsplanen", "kommunale planer"."""
    return _OBJECT.search(text[:start]) is not None or _PLURAL.search(text[start:end]) is not None


def _on_cover(evidence: Evidence) -> Read[str] | None:
    front = frozenset(evidence.front)
    for seen in evidence.of(Kind.DOC_TYPE):
        if seen.line in front and not _is_object(seen.line.text, seen.start, seen.end) and not _is_another(seen):
            return read_at(seen.code, seen.line, seen.start, seen.end)
    return None


def _national(evidence: Evidence, named: Read[str] | None) -> Read[str] | None:
    """The government's own plan, where the cover says so and the title only "handlingsplan"."""
    front = frozenset(evidence.front)
    for seen in evidence.of(Kind.DOC_TYPE):
        if seen.code == _NATIONAL and seen.line in front and (named is None or named.value == "handlingsplan"):
            return read_at(_NATIONAL, seen.line, seen.start, seen.end)
    return named


def _is_another(seen: Seen) -> bool:
    """Whether the cover speaks of another document: "erstatter handlingsplan 2011-2014"."""
    return (
        re.search(r"erstatt|avløys|avløs|replac|forrige|førre|oppdrag", seen.line.text[: seen.start], re.I) is not None
    )


def _plan_title(title: Title) -> Read[str] | None:
    match = _ANY_PLAN.search(title.read.value)
    if match is None:
        return None
    return Read("kommunal_plan", title.read.origin, title.read.page, match[0])


def _by_design(design: Read[str] | None) -> Read[str] | None:
    """A study without a type of its own name: an evaluation where a tiltak is tried, else research."""
    if design is None:
        return None
    return Read(_BY_DESIGN.get(design.value, "evaluering"), design.origin, design.page, design.quote)


def _by_use(evidence: Evidence) -> Read[str] | None:
    """The type the text calls itself by most often."""
    counts = Counter(seen.code for seen in evidence.of(Kind.DOC_TYPE))
    for code, count in counts.most_common(1):
        if count >= _MANY and code in _SELF_NAMED:
            seen = next(seen for seen in evidence.of(Kind.DOC_TYPE) if seen.code == code)
            return read_at(code, seen.line, seen.start, seen.end)
    return None
