"""Account: what does a generation hold, told so that every later version of the program can read it?

It lies beside its generation, whose own files only the version that built them can read. It is plain JSON, packed:
texts, numbers and lists, no type of the program but those below.
"""

import gzip
import os
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

import msgspec

from corpus.engine import Answers, Records
from corpus.errors import Reason
from corpus.model import Document, Finding, Metadata, Read
from indexer.generation import note
from indexer.golden import Golden
from indexer.standing import sync_folder

VERSION = 1  # of the types below: a new field with a default needs no new one


@dataclass(frozen=True, slots=True)
class Claim:
    """A quote of a document with its verdicts. `page` counts from 1; `reviewed` when a person's word is behind all."""

    quote: str
    page: int
    verdicts: tuple[str, ...]
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A page that is held back for personal data; `why` never says whose."""

    page: int
    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one document. `characters` of text; `metadata` has the fields that hold anything, as text."""

    path: str
    sha256: str
    pages: int
    characters: int
    findings: int
    metadata: Mapping[str, str]
    held: tuple[Held, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A golden question and the files among its first `within`; what it should find is `finds`."""

    text: str
    within: int
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    finds: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def question(self) -> tuple[object, ...]:
        """What makes it the same question in another account."""
        return self.text, self.within, self.filters


@dataclass(frozen=True, slots=True)
class Account:
    """A generation's documents, by path, and what it answered to the golden questions when it was asked."""

    documents: tuple[Told, ...]
    golden: tuple[Asked, ...] = ()
    version: int = VERSION


class Accounts:
    """The accounts of an index folder; each is removed with its generation."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def save(self, generation: str, account: Account) -> None:
        """Keep the account of a generation; it is on disk when this returns."""
        path = note(self._root, generation)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name("account.part")
        with part.open("wb") as file:
            file.write(gzip.compress(msgspec.json.encode(account), mtime=0))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)

    def read(self, generation: str) -> Account | None:
        """The account of a generation, or None when there is none that can be read."""
        try:
            written = gzip.decompress(note(self._root, generation).read_bytes())
            account = msgspec.json.decode(written, type=Account)
        except (OSError, EOFError, zlib.error, msgspec.MsgspecError):
            return None
        return account if account.version == VERSION else None


def account_of(answers: Answers, questions: Sequence[Golden], day: date) -> Account:
    """The account of what answers. Raises NoIndex, IndexDamaged."""
    records = answers.records()
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for document_id, finding in records.findings():
        found[document_id].append(finding)
    documents = sorted(records.documents(), key=lambda document: document.source.path)
    return Account(
        documents=tuple(_told(records, document, found[document.id]) for document in documents),
        golden=tuple(_asked(answers, question, day) for question in questions),
    )


def _told(records: Records, document: Document, findings: Sequence[Finding]) -> Told:
    return Told(
        path=document.source.path,
        sha256=document.source.sha256,
        pages=document.page_count,
        characters=sum(len(page.text) for page in records.pages(document.id)),
        findings=len(findings),
        metadata=dict(_values(document.metadata)),
        held=tuple(_held(document)),
        claims=tuple(_claims(findings)),
    )


def _values(metadata: Metadata) -> Iterator[tuple[str, str]]:
    for field in fields(Metadata):
        if value := _value(getattr(metadata, field.name)):
            yield field.name, value


def _value(read: Read[object] | tuple[Read[object], ...] | None) -> str:
    reads = read if isinstance(read, tuple) else (read,) if read else ()
    return ", ".join(sorted(str(each.value) for each in reads))


def _held(document: Document) -> Iterator[Held]:
    for notice in document.notices:
        if notice.code == Reason.PERSONAL_DATA and notice.page:
            yield Held(notice.page, notice.detail)


def _claims(findings: Sequence[Finding]) -> Iterator[Claim]:
    """One for each quote, however its space is written."""
    quoted: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        quoted[" ".join(finding.quote.split())].append(finding)
    for quote, same in quoted.items():
        verdicts = tuple(sorted({str(finding.verdict) for finding in same}))
        yield Claim(quote, same[0].page, verdicts, all(finding.reviewed for finding in same))


def _asked(answers: Answers, question: Golden, day: date) -> Asked:
    filters = tuple((str(facet), codes) for facet, codes in question.filters)
    return Asked(question.text, question.within, filters, question.finds, question.files(answers, day))
