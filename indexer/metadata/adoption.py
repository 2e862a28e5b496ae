"""When was a plan adopted, and does it say that it is being heard or revised?"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from corpus.model import Read
from corpus.search import PlanStatus
from indexer.metadata.dates import days
from indexer.metadata.evidence import Evidence, Line, read_at

_REACH = 140
_BEFORE = 60
_STATE_LINES = 25
_ADOPTED = re.compile(
    r"\b(?:vedtatt|vedteken|vedteke|vedtekne|vedtatte|vedtok|vedtak|godkjent|godkjend|fastsatt|fastsett|stadfestet|"
    r"behandlet|handsama|behandla|vedtaksdato|vedtatt dato|adopted|approved|endorsed)\b",
    re.IGNORECASE,
)
_NOT_THIS = re.compile(
    r"\b(?:erstatt\w*|avløys\w*|avløs\w*|forrige|førre|tidligere|tidlegare|replac\w+|previous|behandles|handsamast|"
    r"skal|lov|lova|loven|kommuneplanen\w*|budsjett\w*|økonomiplan\w*|grunnlov\w*|konvensjon\w*)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÆØÅ])")
_HEARING = re.compile(
    r"høringsutkast|høyringsutkast|høringsforslag|høyringsforslag|høringsversjon|høyringsversjon|høringsfrist|"
    r"høyringsfrist|\b(?:utkast|forslag|framlegg) (?:sendt )?(?:til|på) (?:offentlig |offentleg )?høy?ring|"
    r"\b(?:er|ligger|ligg|sendes|blir sendt|legges ut|vert lagt ut|leggjast ut)(?: no| nå| ute)?(?: ut)? (?:til|på) "
    r"(?:offentlig |offentleg )?høy?ring\b|^(?:til|på) høy?ring\b|"
    r"consultation draft|draft for consultation|out for consultation",
    re.IGNORECASE,
)
_REVISION = re.compile(
    r"\b(?:er|no|nå|blir|vert) (?:no |nå )?under (?:rullering|revisjon|revidering)|"
    r"^\W*under (?:rullering|revisjon|revidering)|"
    r"\(under (?:rullering|revisjon|revidering)\)|\bis (?:currently )?(?:being|under) revis|"
    r"\bplanen (?:rulleres|rullerast|revideres|reviderast) (?:nå|no)\b",
    re.IGNORECASE,
)


def read_adopted(evidence: Evidence) -> Read[date] | None:
    """The day the document was adopted: on its cover, else in the short lines of its first pages."""
    for lines in (evidence.front, evidence.imprint, evidence.summary):
        for found in _adoptions(lines):
            return found
    return None


def read_state(evidence: Evidence) -> Read[str] | None:
    """`horing` or `under_rullering` when the document says so of itself near its beginning."""
    near = evidence.lines[: max(_STATE_LINES, len(evidence.front))]
    for status, pattern in ((PlanStatus.HORING, _HEARING), (PlanStatus.UNDER_RULLERING, _REVISION)):
        for line in near:
            match = pattern.search(line.text)
            if match:
                return read_at(str(status), line, *_sentence(line.text, match))
    return None


def _adoptions(lines: Iterable[Line]) -> Iterator[Read[date]]:
    for line in lines:
        for cue in _ADOPTED.finditer(line.text):
            sentence_start, sentence_end = _sentence(line.text, cue)
            before = line.text[max(sentence_start, cue.start() - _BEFORE) : cue.start()]
            end = min(sentence_end, cue.end() + _REACH)
            for day in days(line.text[cue.end() : end]):
                between = line.text[cue.end() : cue.end() + day.start]
                if not _NOT_THIS.search(before) and not _NOT_THIS.search(between):
                    yield read_at(day.value, line, cue.start(), cue.end() + day.end)


def _sentence(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Where the sentence around a match starts and ends; "15. juni" ends no sentence."""
    starts = [end.end() for end in _SENTENCE_END.finditer(text, 0, match.start())]
    end = _SENTENCE_END.search(text, match.end())
    return (starts[-1] if starts else 0), (end.start() + 1 if end else len(text))
