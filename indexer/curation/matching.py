"""Where does the quote of a decision stand now, and which finding is it about?

Files are read anew with other engines and rules, so a quote is looked for by its words: first as it was written, then
by letters and digits alone, on its page and near it; further away only when the words before it are the same.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.model import Finding, Page
from indexer.curation.decisions import Act, Decision

BEFORE_CHARACTERS = 40
SHORTEST_FOLDED = 12  # letters and digits: fewer may stand anywhere by chance
NEAR_PAGES = 3  # a new reading may count a cover or a loose sheet
MOST_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` of a page."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """A decision, where its words stand now (None: nowhere), and the finding it is about (None: none is read there)."""

    decision: Decision
    span: Span | None
    finding: Finding | None


def place_of(text: str, start: int, quote: str) -> tuple[int, str]:
    """What tells a quote at `text[start:]` from others on its page: its occurrence from 1, and the words before it."""
    occurrence = sum(1 for place in _occurrences(text, quote) if place <= start)
    return max(occurrence, 1), text[max(0, start - BEFORE_CHARACTERS) : start].strip()


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """Where the words of a quote first stand in a text, however its spaces and marks are; None when nowhere."""
    return next(iter(_places(text, quote)), None)


def matches(decisions: Sequence[Decision], pages: Sequence[Page], findings: Sequence[Finding]) -> tuple[Match, ...]:
    """Each decision with its place and finding, in the same order; a finding belongs to one decision at most."""
    texts = {page.number: page.text for page in pages} if decisions else {}
    spans = [_span(decision, texts) for decision in decisions]
    taken = _taken(decisions, spans, findings)
    return tuple(
        Match(decision, span, taken.get(n)) for n, (decision, span) in enumerate(zip(decisions, spans, strict=True))
    )


def _span(decision: Decision, texts: Mapping[int, str]) -> Span | None:
    """The best place of a decision's words."""
    best: tuple[tuple[bool, int, int], Span] | None = None
    for page in sorted(texts, key=lambda number: abs(number - decision.page)):
        away = abs(page - decision.page)
        for occurrence, (start, end) in enumerate(_places(texts[page], decision.quote), 1):
            same = _same_before(texts[page][:start], decision.before)
            if not same and away > NEAR_PAGES:
                continue
            worth = (not same, away, abs(occurrence - decision.occurrence))
            if best is None or worth < best[0]:
                best = worth, Span(page, start, end)
    return best[1] if best else None


def _same_before(text: str, before: str) -> bool:
    folded = _folded(before)[0]
    return bool(folded) and _folded(text[-4 * BEFORE_CHARACTERS :])[0].endswith(folded)


def _places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Where a quote stands: as it is written, else by its letters and digits alone."""
    exact = [(start, start + len(quote)) for start in _occurrences(text, quote)]
    yield from exact or _folded_places(text, quote)


def _occurrences(text: str, quote: str) -> Iterator[int]:
    start = text.find(quote)
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def _folded_places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    wanted = _folded(quote)[0]
    if len(wanted) < SHORTEST_FOLDED or not quote.strip():
        return
    folded, places = _folded(text)
    tail = len(quote) - len(quote.rstrip(".!?…»”\"')"))
    for start in _occurrences(folded, wanted):
        end = places[start + len(wanted) - 1] + 1
        closing = text[end : end + tail]
        yield places[start], end + (tail if closing == quote[len(quote) - tail :] else 0)


def _folded(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text in one case, and the place of each in it."""
    letters, places = [], []
    for place, character in enumerate(text):
        for letter in unicodedata.normalize("NFKC", character).casefold():
            if letter.isalnum():
                letters.append(letter)
                places.append(place)
    return "".join(letters), places


def _taken(
    decisions: Sequence[Decision], spans: Sequence[Span | None], findings: Sequence[Finding]
) -> dict[int, Finding]:
    """The finding of each decision by the decision's number: the surest pairs first, each finding once."""
    near = [list(_within(span, findings)) if span else [] for span in spans]
    decided = Counter(spans)
    pairs = [
        (sureness, number, finding)
        for number, decision in enumerate(decisions)
        for finding in near[number]
        if (sureness := _sureness(decision, finding, len(near[number]) == 1 == decided[spans[number]])) is not None
    ]
    taken: dict[int, Finding] = {}
    for _, number, finding in sorted(pairs, key=lambda pair: pair[:2]):
        if number not in taken and finding not in taken.values():
            taken[number] = finding
    return taken


def _within(span: Span, findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        shared = min(span.end, finding.end) - max(span.start, finding.start)
        if finding.page == span.page and shared > MOST_SHARED * min(span.end - span.start, finding.end - finding.start):
            yield finding


def _sureness(decision: Decision, finding: Finding, alone: bool) -> int | None:
    """How sure it is that a decision is about a finding in its words: 0 is surest, None when it is not."""
    cue, read = _folded(decision.cue)[0], _folded(finding.cue)[0]
    if cue and cue == read:
        return 0
    if decision.read and (decision.read.verdict, decision.read.outcome) == (finding.verdict, finding.outcome):
        return 1
    if cue and (cue in read or read in cue):
        return 2
    if not decision.cue and decision.read is None:
        return 3
    return 4 if alone and decision.decision is not Act.REJECT else None
