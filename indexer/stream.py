"""Stream: the records of a run, one at a time, and what became of each file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.errors import CurationError, Reason, told
from corpus.model import Extracted, Record, SourceFile
from corpus.vocabulary import Vocabulary
from indexer.cache import Reading
from indexer.curation import Curation
from indexer.ledger import Outcome
from indexer.progress import Progress, Stage, Step
from indexer.readings import Reader
from indexer.sources import Found, curation_of

ReadCuration = Callable[[Path, Vocabulary], Curation]
MakeRecord = Callable[[Extracted, Curation | None, Vocabulary], Record]
Bytes = tuple[str, str]


def bytes_of(source: SourceFile) -> Bytes:
    """What a reading depends on: the content and the media type it is taken for."""
    return source.sha256, source.media_type


@dataclass(slots=True)
class Stream:
    """Iterate once for the records; `outcomes` then says of every file whether it is among them.

    One record is held at a time. A fault in one file sets that file aside.
    """

    files: Sequence[Found]
    readings: Mapping[Bytes, Reading]
    reader: Reader
    read_curation: ReadCuration
    make_record: MakeRecord
    vocabulary: Vocabulary
    progress: Progress
    outcomes: list[Outcome] = field(default_factory=list)
    _indexed: dict[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Record]:
        for number, found in enumerate(self.files, 1):
            outcome, record = self._taken(found)
            self.outcomes.append(outcome)
            self.progress(Step(Stage.BUILDING, number, len(self.files), found.source.path))
            if record is not None:
                yield record

    def _taken(self, found: Found) -> tuple[Outcome, Record | None]:
        outcome = _outcome(found.source, self.readings[bytes_of(found.source)])
        if outcome.reason:
            return outcome, None
        if first := self._indexed.get(found.source.sha256):
            unused = "; its curation file is not used" if found.curation else ""
            return replace(outcome, reason=Reason.DUPLICATE, detail=f"same content as {first}{unused}"), None
        try:
            record = checked(self._record(found))
        except CurationError as error:
            return replace(outcome, reason=Reason.CURATION, detail=str(error)), None
        except Exception as fault:  # a fault of ours on one file must not stop a run over thousands
            return replace(outcome, reason=Reason.FAULT, detail=told(fault)), None
        self._indexed[found.source.sha256] = found.source.path
        return outcome, record

    def _record(self, found: Found) -> Record:
        curation = self.read_curation(curation_of(found.location), self.vocabulary) if found.curation else None
        return self.make_record(self._extracted(found), curation, self.vocabulary)

    def _extracted(self, found: Found) -> Extracted:
        extracted = self.reader.cache.extracted(found.source)
        if extracted is None:  # the cache was damaged after its reading was known
            self.reader.read(found)
            extracted = self.reader.cache.extracted(found.source)
        if extracted is None:
            raise OSError(f"{found.source.path} could be read once and cannot be read again")
        return extracted


def checked(record: Record) -> Record:
    """The record when every quote, cue and passage stands where it says. Raises ValueError."""
    texts = {page.number: page.text for page in record.pages}
    for passage in record.passages:
        if texts[passage.page][passage.start : passage.end] != passage.text:
            raise ValueError(f"a passage on page {passage.page} is not at {passage.start}")
    for finding in record.findings:
        if texts[finding.page][finding.start : finding.end] != finding.quote:
            raise ValueError(f"finding {finding.id} is not at {finding.start} on page {finding.page}")
        if finding.quote[finding.cue_start : finding.cue_end] != finding.cue:
            raise ValueError(f"the cue of finding {finding.id} is not at {finding.cue_start}")
    return record


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
