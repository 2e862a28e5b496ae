"""What kind of document is it?"""

import re
from collections import Counter
from itertools import chain

from corpus.model import Read
from indexer.mentions import Kind
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
_ANY_PLAN = re.compile(
    r"\b(?!(?:ungdoms|time|lære|uke|veke|undervisnings|måltids|individual|aktivitets|behandlings)plan)\w*plan(?:en|a)?\b",
    re.IGNORECASE,
)
_CASE_PAPER = re.compile(
    r"\b(?:saksframlegg|saksfremlegg|saksutredning|saksutgreiing|møteinnkalling|møteprotokoll|møtebok)\b", re.I
)
_ANOTHER = re.compile(r"erstatt|avløys|avløs|replac|forrige|førre|oppdrag", re.IGNORECASE)
_PLURAL = re.compile(r"(?:er|ar|ene|ane|ies|s)$", re.IGNORECASE)
_PROJECT, _EVALUATION = "prosjektrapport", "evaluering"
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

    A project's last report that holds a study, or calls itself an evaluation too, is an evaluation.
    """
    named = _case_paper(evidence) or _in_title(evidence, title) or _on_cover(evidence) or _plan_title(title)
    named = _national(evidence, named)
    if named is not None and named.value == _PROJECT:
        return _also_evaluation(evidence) or _by_design(design) or named
    return named or _by_design(design) or _in_title(evidence, title, loose=True) or _by_use(evidence)


def _also_evaluation(evidence: Evidence) -> Read[str] | None:
    summary = frozenset([*evidence.front, *evidence.summary])
    for seen in evidence.of(Kind.DOC_TYPE):
        if seen.code == _EVALUATION and seen.line in summary:
            return read_at(_EVALUATION, seen.line, seen.start, seen.end)
    return None


def _case_paper(evidence: Evidence) -> Read[str] | None:
    for line in evidence.front:
        match = _CASE_PAPER.search(line.text)
        if match:
            return read_at("saksframlegg", line, match.start(), match.end())
    return None


def _in_title(evidence: Evidence, title: Title, *, loose: bool = False) -> Read[str] | None:
    """The first type in the title that is not what it is about; when `loose`, any one in the singular."""
    text = title.read.value
    found = [m for m in evidence.finder.find(text) if m.kind is Kind.DOC_TYPE]
    single = [m for m in found if not _is_plural(evidence, m.code, text[m.start : m.end])]
    heads = [m for m in single if not _OBJECT.search(text[: m.start])]
    for mention in heads or (single if loose else ()):
        return Read(mention.code, title.read.origin, title.read.page, title.read.quote)
    return None


def _is_plural(evidence: Evidence, code: str, words: str) -> bool:
    """Whether a type is named in the plural: such a document is about them."""
    names = chain(*evidence.vocabulary.doc_types[code].aliases.values())
    return _PLURAL.search(words) is not None and words.casefold() not in names


def _is_head(evidence: Evidence, seen: Seen) -> bool:
    """Whether a type on the cover is the document's own: neither plural nor the object of another word."""
    before = seen.line.text[: seen.start]
    return not (_OBJECT.search(before) or _ANOTHER.search(before) or _is_plural(evidence, seen.code, seen.words))


def _on_cover(evidence: Evidence) -> Read[str] | None:
    front = frozenset(evidence.front)
    for seen in evidence.of(Kind.DOC_TYPE):
        if seen.line in front and _is_head(evidence, seen):
            return read_at(seen.code, seen.line, seen.start, seen.end)
    return None


def _national(evidence: Evidence, named: Read[str] | None) -> Read[str] | None:
    """The government's own plan, where the cover says so and the title only "handlingsplan"."""
    front = frozenset(evidence.front)
    for seen in evidence.of(Kind.DOC_TYPE):
        if seen.code == _NATIONAL and seen.line in front and (named is None or named.value == "handlingsplan"):
            return read_at(_NATIONAL, seen.line, seen.start, seen.end)
    return named


def _plan_title(title: Title) -> Read[str] | None:
    match = _ANY_PLAN.search(title.read.value)
    if match is None:
        return None
    return Read("kommunal_plan", title.read.origin, title.read.page, match[0])


def _by_design(design: Read[str] | None) -> Read[str] | None:
    """A study without a type of its own name: an evaluation where a tiltak is tried, else research."""
    if design is None:
        return None
    return Read(_BY_DESIGN.get(design.value, _EVALUATION), design.origin, design.page, design.quote)


def _by_use(evidence: Evidence) -> Read[str] | None:
    """The type the text calls itself by most often."""
    counts = Counter(seen.code for seen in evidence.of(Kind.DOC_TYPE))
    for code, count in counts.most_common(1):
        if count >= _MANY and code in _SELF_NAMED:
            seen = next(seen for seen in evidence.of(Kind.DOC_TYPE) if seen.code == code)
            return read_at(code, seen.line, seen.start, seen.end)
    return None
