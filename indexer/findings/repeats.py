"""Which findings of a document say again what it has said? Abstract, chapter, conclusion, English summary."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.model import Finding
from indexer.findings.context import sums_up
from indexer.language import detect_language

_WORD = re.compile(r"\w{4,}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_ALIKE = 0.5
_RELATED = 0.2


def folded(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The same findings; each that repeats an earlier one has its id in `same_as` (never that of a repeat)."""
    first: list[Finding] = []
    made = []
    for finding in findings:
        same = next((earlier for earlier in first if _repeats(finding, earlier)), None)
        if same is None:
            first.append(finding)
        made.append(replace(finding, same_as=same.id) if same else finding)
    return tuple(made)


def _repeats(later: Finding, earlier: Finding) -> bool:
    """One verdict on one outcome of one tiltak, in other words or another language where the document sums up."""
    if (later.verdict, later.tiltak, later.cited) != (earlier.verdict, earlier.tiltak, earlier.cited):
        return False
    shared = _shared(later.quote, earlier.quote)
    if shared >= _ALIKE:
        return later.outcome == earlier.outcome
    if later.outcome is None or later.outcome != earlier.outcome or later.headings == earlier.headings:
        return False
    summary = sums_up(later.headings) or sums_up(earlier.headings)
    translated = detect_language(later.quote) != detect_language(earlier.quote)
    alike = translated or shared >= _RELATED or _same_number(later.quote, earlier.quote)
    return summary and (alike or later.tiltak is not None)


def _shared(one: str, other: str) -> float:
    """The share of their long words that both quotes hold."""
    left, right = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    return len(left & right) / max(1, len(left | right))


def _same_number(one: str, other: str) -> bool:
    left, right = (({n.replace(",", ".") for n in _NUMBER.findall(text)}) for text in (one, other))
    return bool(left & right)
