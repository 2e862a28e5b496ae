"""Desk: which findings should a person look at next, and what did people decide on the others?

A case is a finding of the live index, a decision of a curation file, or both. What is decided shows in the index
after the next run; until then its case is pending.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from corpus.config import Config
from corpus.engine import Records
from corpus.errors import CurationError
from corpus.model import Document, Finding, Page, Verdict
from corpus.vocabulary import Vocabulary
from indexer.audit import AUDIT, Audit
from indexer.curation.applying import is_lost
from indexer.curation.decisions import Act, Decision, reading_of, said_of
from indexer.curation.file import Shelf
from indexer.curation.matching import Match, find_quote, matches, place_of
from indexer.review.reports import REPORTS, Report, Reports
from indexer.review.sheets import Sheet, Sheets

K = TypeVar("K")

LOCK = "curation.lock"
MATTERS = (
    Verdict.SKADELIG,
    Verdict.VIRKER,
    Verdict.LOVENDE,
    Verdict.INGEN_EFFEKT,
    Verdict.BLANDET,
    Verdict.IKKE_EVALUERT,
)


class Standing(StrEnum):
    """Where a case stands."""

    WAITING = "waiting"
    PENDING = "pending"
    DECIDED = "decided"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Case:
    """A finding that is or was machine-read, and what a person decided on it or reported of it: at least one of them.

    `document` is None when the curation file's document is not in the index. `finding` is as the index has it, None
    when it has none. `reports` are those nobody has handled; `views` how often the document was opened.
    """

    file: str
    document: Document | None
    finding: Finding | None
    decision: Decision | None
    standing: Standing
    reports: tuple[Report, ...] = ()
    views: int = 0

    @property
    def id(self) -> str:
        """The finding's id, else the decision's, else that of the first report."""
        told = self.finding or self.decision
        return told.id if told else f"report-{self.reports[0].id}"

    @property
    def page(self) -> int:
        """The page of the words, from 1."""
        return (self.finding or self.decision or self.reports[0]).page

    @property
    def quote(self) -> str:
        """The words."""
        return (self.finding or self.decision or self.reports[0]).quote

    @property
    def queued(self) -> bool:
        """Whether a person should look at it: nobody has, or a reader reported it since."""
        return self.standing is Standing.WAITING or bool(self.reports)


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says of a finding, and why. `says` holds what the finding should say, by names of `SAYABLE`."""

    act: Act
    by: str
    reason: str
    says: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Desk:
    """The cases over one index, and the hand that writes decisions down."""

    config: Config
    vocabulary: Vocabulary
    _sheets: Sheets = field(init=False)
    _matched: dict[tuple[str, str, tuple[Decision, ...]], tuple[Match, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sheets = Sheets(self.config.documents.folder, self.vocabulary)

    @property
    def reports(self) -> Reports:
        """What readers reported."""
        return Reports(self.config.admin.folder / REPORTS)

    @property
    def audit(self) -> Audit:
        """The audit log."""
        return Audit(self.config.admin.folder / AUDIT)

    @property
    def shelf(self) -> Shelf:
        """The curation files, to be written to."""
        return Shelf(self.config.documents.folder, self.config.admin.folder / LOCK, self.audit)

    def sheets(self) -> Mapping[str, Sheet]:
        """The decisions of every curation file, by the path of its document."""
        return self._sheets.all()

    def cases(self, records: Records, generation: str) -> tuple[Case, ...]:
        """Every case, those that matter most first: reported, then skadelig, then virker; much-read before others."""
        documents = {document.source.path: document for document in records.documents()}
        findings: defaultdict[str, list[Finding]] = defaultdict(list)
        for document_id, finding in records.findings():
            findings[document_id].append(finding)
        sheets, views = self.sheets(), self.reports.views()
        found: list[Case] = []
        for file in documents.keys() | sheets.keys():
            document, sheet = documents.get(file), sheets.get(file, Sheet(file))
            own = findings[document.id] if document else []
            met = self._matches(generation, sheet, document, records, own)
            read = views.get(document.id, 0) if document else 0
            found += [replace(case, views=read) for case in _cases(file, document, own, met)]
        return tuple(sorted(_with_reports(found, self.reports.waiting(), documents), key=_worth))

    def decide(self, case: Case, word: Word, text: str, expected: str) -> Decision:
        """Write a decision on a case down; reports on it are handled. `text` is that of the finding's page.

        `expected` is the sha256 the curation file had when the person looked. Raises as `Shelf.edit`.
        """
        decision = decided(case, word, text)
        self.shelf.decide(case.file, expected, decision, case.decision)
        if case.reports:
            self.reports.handle(tuple(report.id for report in case.reports), word.by, word.act)
        return decision

    def add(self, file: str, page: Page, words: tuple[str, str], word: Word, expected: str) -> Decision:
        """Write down a finding that the machine missed: its quote and, where told, the words in it that decide.

        Raises CurationError when they are not on the page, and as `Shelf.edit`.
        """
        quote, cue = words
        place = find_quote(page.text, quote)
        if place is None:
            raise CurationError("The quote does not stand on the page.", "Copy it from the text of the page.")
        start, end = place
        verbatim = page.text[start:end]
        if cue and find_quote(verbatim, cue) is None:
            raise CurationError("The words that decide do not stand in the quote.", "Copy them from the quote.")
        occurrence, before = place_of(page.text, start, verbatim)
        decision = Decision(
            decision=Act.ADD,
            quote=verbatim,
            page=page.number,
            occurrence=occurrence,
            before=before,
            cue=cue,
            says=tuple(word.says.items()),
            reason=word.reason,
            by=word.by,
            at=datetime.now(UTC),
        )
        self.shelf.decide(file, expected, decision)
        return decision

    def withdraw(self, case: Case, by: str, reason: str, expected: str) -> None:
        """Take a decision away: the finding is as the machine read it. Raises as `Shelf.edit`."""
        if case.decision is None:
            raise CurationError("There is no decision to withdraw.")
        self.shelf.withdraw(case.file, expected, case.decision, by, reason)

    def close(self, case: Case, by: str, reason: str) -> None:
        """Put the reports of a case away without a decision."""
        told = {"file": case.file, "page": case.page, "quote": case.quote, "reason": reason}
        self.audit.tell(by, "close", {**told, "reports": [report.comment for report in case.reports]})
        self.reports.handle(tuple(report.id for report in case.reports), by, "close")

    def _matches(
        self, generation: str, sheet: Sheet, document: Document | None, records: Records, findings: list[Finding]
    ) -> tuple[Match, ...]:
        """Where the decisions of a document stand in its live text; kept while neither changes."""
        if document is None or not sheet.decisions:
            return tuple(Match(decision, None, None) for decision in sheet.decisions)
        key = (generation, document.id, sheet.decisions)
        if key not in self._matched:
            self._matched = {known: met for known, met in self._matched.items() if known[0] == generation}
            self._matched[key] = matches(sheet.decisions, records.pages(document.id), findings)
        return self._matched[key]


def decided(case: Case, word: Word, text: str) -> Decision:
    """The decision on a case. What the machine read when the first decision was made stays with it."""
    finding, before, act = case.finding, case.decision, word.act
    if finding is None:
        raise CurationError("The finding is not in the index.", "Withdraw the decision, or add the finding anew.")
    if before is not None and before.decision is Act.ADD and act is not Act.REJECT:
        act = Act.ADD
    occurrence, words = place_of(text, finding.start, finding.quote)
    return Decision(
        decision=act,
        quote=finding.quote,
        page=finding.page,
        occurrence=occurrence,
        before=words,
        cue=finding.cue,
        says=() if act is Act.REJECT else tuple({**dict(said_of(finding)), **word.says}.items()),
        reason=word.reason,
        by=word.by,
        at=datetime.now(UTC),
        read=before.read if before else reading_of(finding),
    )


def _cases(file: str, document: Document | None, findings: Iterable[Finding], met: Iterable[Match]) -> Iterator[Case]:
    decided_on = {match.finding.id: match.decision for match in met if match.finding}
    for finding in findings:
        decision = decided_on.get(finding.id)
        yield Case(file, document, finding, decision, _standing(finding, decision))
    for match in met:
        if match.finding is None:
            yield Case(file, document, None, match.decision, _standing_alone(match))


def _with_reports(
    cases: Iterable[Case], reports: Iterable[Report], documents: Mapping[str, Document]
) -> Iterator[Case]:
    """The cases with what was reported of each, by the finding's id, else its words; and reports of what is gone."""
    by_id = _grouped((report.finding, report) for report in reports)
    known = [replace(case, reports=by_id.pop(case.id, ())) for case in cases]
    by_words = _grouped(((told.file, told.page, told.quote), told) for reports in by_id.values() for told in reports)
    for case in known:
        yield replace(case, reports=case.reports + by_words.pop((case.file, case.page, case.quote), ()))
    for (file, _, _), told in by_words.items():
        yield Case(file, documents.get(file), None, None, Standing.LOST, told)


def _grouped(pairs: Iterable[tuple[K, Report]]) -> dict[K, tuple[Report, ...]]:
    groups: defaultdict[K, list[Report]] = defaultdict(list)
    for key, report in pairs:
        groups[key].append(report)
    return {key: tuple(reports) for key, reports in groups.items()}


def _standing(finding: Finding, decision: Decision | None) -> Standing:
    if decision is None:
        return Standing.PENDING if finding.reviewed else Standing.WAITING
    said = all(getattr(finding, name) == value for name, value in decision.says)
    return Standing.DECIDED if decision.decision is not Act.REJECT and finding.reviewed and said else Standing.PENDING


def _standing_alone(match: Match) -> Standing:
    if is_lost(match):
        return Standing.LOST
    return Standing.DECIDED if match.decision.decision is Act.REJECT else Standing.PENDING


def _worth(case: Case) -> tuple[object, ...]:
    verdict = case.finding.verdict if case.finding else case.decision.verdict if case.decision else None
    repeat = case.finding is not None and case.finding.same_as is not None
    rank = MATTERS.index(verdict) if verdict else len(MATTERS)
    return (
        not case.reports,
        rank,
        repeat,
        -case.views,
        case.file,
        case.page,
        case.finding.start if case.finding else 0,
    )
