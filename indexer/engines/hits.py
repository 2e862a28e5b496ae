"""What is shown of a document that matched: its best passages with their words marked, and its findings."""

from collections.abc import Sequence

from corpus.model import Finding, Passage
from corpus.search import Facet, Hit, PassageHit, SearchRequest
from indexer.engines.marks import Marker
from indexer.engines.ranking import Ranked
from indexer.engines.rows import Rows
from indexer.engines.why import Why
from indexer.store import RecordStore

MOST_FINDINGS = 3


class HitMaker:
    """Makes hits, for one generation. `ids`: the documents' ids by number."""

    def __init__(self, rows: Rows, store: RecordStore, ids: Sequence[str]) -> None:
        self._rows, self._store, self._ids = rows, store, ids

    def hit(self, ranked: Ranked, why: Why, marker: Marker, request: SearchRequest) -> Hit:
        """The hit of a ranked document."""
        passages = self._store.passages((ranked.document, self._rows.place(row)) for row, _ in ranked.passages)
        shown = tuple(
            PassageHit(each.page, each.start, each.text, each.headings, score, marker.in_row(row, each.text))
            for each, (row, score) in zip(passages, ranked.passages, strict=True)
        )
        name = self._ids[ranked.document]
        fitting = [finding for _, finding in self._store.findings(name) if _fits(finding, request)]
        told = _best_findings(fitting, passages, marker)
        return Hit(name, ranked.score, shown, told, why.matches, why.missing)


def _fits(finding: Finding, request: SearchRequest) -> bool:
    """Whether a finding has all that the request asks of one: verdict, strength, outcome, type and tiltak."""
    told = {
        Facet.VERDICT: finding.verdict,
        Facet.STRENGTH: finding.strength,
        Facet.OUTCOME: finding.outcome,
        Facet.FINDING_TYPE: finding.type,
        Facet.TILTAK: finding.tiltak,
    }
    return all(not request.filters.get(facet) or code in request.filters[facet] for facet, code in told.items())


def _best_findings(findings: list[Finding], passages: Sequence[Passage], marker: Marker) -> tuple[Finding, ...]:
    """Those in the passages shown, in their order; then those whose quote has a word of the query; then, without
    words to ask by, any. One that the document says in several places is shown where it is met first."""
    best: dict[str, Finding] = {}
    for passage in passages:
        for finding in findings:
            if _within(finding, passage):
                best.setdefault(finding.same_as or finding.id, finding)
    for finding in findings:
        if len(best) >= MOST_FINDINGS:
            break
        if marker.empty or marker.marks(finding.quote):
            best.setdefault(finding.same_as or finding.id, finding)
    return tuple(best.values())[:MOST_FINDINGS]


def _within(finding: Finding, passage: Passage) -> bool:
    return finding.page == passage.page and finding.start < passage.end and passage.start < finding.end
