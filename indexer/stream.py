"""Stream: the records of a run, one at a time, and what became of each file."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.errors import Reason
from corpus.model import Record, SourceFile
from indexer.cache import Reading
from indexer.ledger import Outcome
from indexer.preparation import Preparer
from indexer.progress import Progress, Stage, Step
from indexer.sources import Found

Bytes = tuple[str, str]


def bytes_of(source: SourceFile) -> Bytes:
    """What a reading depends on: the content and the media type it is taken for."""
    return source.sha256, source.media_type


@dataclass(slots=True)
class Stream:
    """Iterate once for the records; `outcomes` then says of every file whether it is among them.

    One record is held at a time. Of files with the same content the first that gives a record is taken, those with a
    curation file before the others, and links last: what a person said must not be lost to a copy, nor an address to a
    link.
    """

    files: Sequence[Found]
    readings: Mapping[Bytes, Reading]
    preparer: Preparer
    progress: Progress
    outcomes: list[Outcome] = field(default_factory=list)
    _indexed: dict[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Record]:
        for number, found in enumerate(_copies_last(self.files), 1):
            outcome, record = self._taken(found)
            self.outcomes.append(outcome)
            self.progress(Step(Stage.BUILDING, number, len(self.files), found.source.path, number / len(self.files)))
            if record is not None:
                yield record

    def _taken(self, found: Found) -> tuple[Outcome, Record | None]:
        outcome = _outcome(found.source, self.readings[bytes_of(found.source)])
        if outcome.reason:
            return outcome, None
        if first := self._indexed.get(found.source.sha256):
            unused = "; its curation file is not used" if found.curation else ""
            return replace(outcome, reason=Reason.DUPLICATE, detail=f"same content as {first}{unused}"), None
        record = self.preparer.record(found)
        if not isinstance(record, Record):
            return replace(outcome, reason=record.reason, detail=record.detail), None
        self._indexed[found.source.sha256] = found.source.path
        return replace(outcome, detail=_lost(record)), record


def _copies_last(files: Sequence[Found]) -> Iterator[Found]:
    """The files in their order, but for those of the same content, whose places are dealt out anew among them."""
    copies: defaultdict[str, list[Found]] = defaultdict(list)
    for found in files:
        copies[found.source.sha256].append(found)
    places = {content: iter(sorted(same, key=_copied)) for content, same in copies.items()}
    return (next(places[found.source.sha256]) for found in files)


def _copied(found: Found) -> tuple[bool, bool]:
    return not found.curation, found.location.is_symlink()


def _lost(record: Record) -> str:
    """What the ledger says of decisions that no longer match the text of a document; mostly nothing."""
    lost = sum(notice.code == Reason.DECISION_LOST for notice in record.document.notices)
    return f"{lost} decision{'s' * (lost > 1)} no longer match{'es' * (lost == 1)} its text" if lost else ""


def _outcome(source: SourceFile, reading: Reading) -> Outcome:
    return Outcome(
        path=source.path,
        sha256=source.sha256,
        reason=reading.reason,
        detail=reading.detail,
        engine=reading.engine,
        pages=reading.pages,
        seconds=reading.seconds,
        memory_mb=reading.memory_mb,
    )
