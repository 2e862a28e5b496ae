"""What many findings say together: which verdict carries, when every document has one vote."""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from corpus.model import Verdict
from search_app.base import Sourced

SUPPORTING = (Verdict.VIRKER, Verdict.LOVENDE)
AGAINST = (Verdict.INGEN_EFFEKT, Verdict.SKADELIG)
HALF = Fraction(1, 2)


def balance(findings: Iterable[Sourced]) -> Verdict | None:
    """The verdict that more than half of the votes carry, else `blandet`; None without findings.

    Every document has one vote, shared by its findings, so that five findings in one report weigh no more than one in
    another. `ikke_evaluert` has no vote: it is the balance only when nothing else is said. A harmful finding is never
    outvoted into good: then the balance is `blandet`.
    """
    found = tuple(findings)
    shares = votes(found)
    if not shares:
        return Verdict.IKKE_EVALUERT if found else None
    good, bad = _sum(shares, SUPPORTING), _sum(shares, AGAINST)
    if good > HALF and not shares.get(Verdict.SKADELIG):
        return Verdict.VIRKER if shares.get(Verdict.VIRKER, Fraction()) > HALF else Verdict.LOVENDE
    if bad > HALF:
        return Verdict.SKADELIG if shares.get(Verdict.SKADELIG, Fraction()) > HALF else Verdict.INGEN_EFFEKT
    return Verdict.BLANDET


def votes(findings: Iterable[Sourced]) -> Mapping[Verdict, Fraction]:
    """The share of the votes that each verdict has; they sum to 1, or there are none."""
    by_document: dict[str, Counter[Verdict]] = {}
    for sourced in findings:
        if sourced.finding.verdict is not Verdict.IKKE_EVALUERT:
            by_document.setdefault(sourced.document.id, Counter())[sourced.finding.verdict] += 1
    shares: dict[Verdict, Fraction] = {}
    for counts in by_document.values():
        for verdict, n in counts.items():
            share = Fraction(n, counts.total() * len(by_document))
            shares[verdict] = shares.get(verdict, Fraction()) + share
    return shares


def _sum(shares: Mapping[Verdict, Fraction], verdicts: Iterable[Verdict]) -> Fraction:
    return sum((shares.get(verdict, Fraction()) for verdict in verdicts), Fraction())
