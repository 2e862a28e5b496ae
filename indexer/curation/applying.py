"""What becomes of a document's findings when people have decided on them?"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.model import Document, Finding, Page
from indexer.curation.decisions import Act, Decision
from indexer.curation.matching import Match, Span, find_quote, matches

PERSON = "person"
ID_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class Applied:
    """The findings as decided, in reading order, and the decisions that match no text any more."""

    findings: tuple[Finding, ...]
    lost: tuple[Decision, ...]


def applied(
    decisions: Sequence[Decision], document: Document, pages: Sequence[Page], findings: tuple[Finding, ...]
) -> Applied:
    """Confirmed and changed findings are reviewed, rejected ones leave, added ones come; the rest stay as read."""
    if not decisions:
        return Applied(findings, ())
    texts = {page.number: page.text for page in pages}
    met = matches(decisions, pages, findings)
    left = {match.finding.id for match in met if match.finding and match.decision.decision is Act.REJECT}
    decided = {match.finding.id: _decided(match.finding, match.decision) for match in met if match.finding}
    kept = [decided.get(finding.id, finding) for finding in findings if finding.id not in left]
    made = [finding for match in met if (finding := _made(match, document, texts)) is not None]
    ordered = sorted([*_still_told(kept), *made], key=lambda each: (each.page, each.start, each.id))
    return Applied(tuple(ordered), tuple(match.decision for match in met if is_lost(match)))


def is_lost(match: Match) -> bool:
    """Whether a decision can have no effect: its words are gone, or it tells too little to make a finding of them."""
    if match.finding is not None or match.decision.decision is Act.REJECT:
        return match.span is None
    return match.span is None or match.decision.verdict is None


def _decided(finding: Finding, decision: Decision) -> Finding:
    return replace(finding, **dict(decision.says), reviewed=True)


def _made(match: Match, document: Document, texts: dict[int, str]) -> Finding | None:
    """A finding that no rule reads, by a person's word; None when there is none to make."""
    if match.span is None or is_lost(match) or match.finding or match.decision.decision is Act.REJECT:
        return None
    span, decision = match.span, match.decision
    quote = texts[span.page][span.start : span.end]
    start, end = (find_quote(quote, decision.cue) if decision.cue else None) or (0, len(quote))
    return Finding(
        id=_id(document, decision),
        page=span.page,
        start=span.start,
        end=span.end,
        quote=quote,
        cue=quote[start:end],
        cue_start=start,
        cue_end=end,
        rule=PERSON,
        headings=_headings(document, span),
        reviewed=True,
        **dict(decision.says),
    )


def _id(document: Document, decision: Decision) -> str:
    return hashlib.sha256(f"{document.id}\n{PERSON}\n{decision.id}".encode()).hexdigest()[:ID_CHARACTERS]


def _headings(document: Document, span: Span) -> tuple[str, ...]:
    for section in document.sections:
        if (section.page, section.start) <= (span.page, span.start) < (section.end_page, section.end):
            return section.path
    return ()


def _still_told(kept: Sequence[Finding]) -> list[Finding]:
    """Findings whose first telling left: the first one that is left of them is now the one that the others repeat."""
    present = {finding.id for finding in kept}
    heirs: dict[str, str] = {}
    told = []
    for finding in kept:
        first = finding.same_as
        if first and first not in present:
            heir = heirs.setdefault(first, finding.id)
            told.append(replace(finding, same_as=None if heir == finding.id else heir))
        else:
            told.append(finding)
    return told
