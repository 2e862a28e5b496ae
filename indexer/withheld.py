"""Withheld: which pages are held back for personal data, what did people say of each, and where does it stand?"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from corpus.engine import Records
from corpus.errors import Reason
from corpus.model import Document, Page
from indexer.audit import Entry
from indexer.cache import texts
from indexer.curation.releasing import RELEASE, WITHDRAW, is_of
from indexer.difference import Held
from indexer.personal import Hold, hold_in, hold_of, page_code


class Standing(StrEnum):
    """Where a page stands; in the order people should look at them."""

    HELD = "held"
    CHANGED = "changed"  # held back: it was released, and its text is another by now
    WITHDRAWN = "withdrawn"  # taken back, and on the site until the next run
    RELEASED = "released"  # and not on the site before the next run
    SHOWN = "shown"  # released, and on the site


@dataclass(frozen=True, slots=True)
class Withheld:
    """A page that is held back, or was until somebody released it. `page` counts from 1.

    `document` is as the live index has it, None when it is not there. `word` is the last line of the audit log on
    this text of the page, None when it was released by hand or never.
    """

    file: str
    page: int
    hold: Hold
    standing: Standing
    document: Document | None
    word: Entry | None

    @property
    def held(self) -> bool:
        """Whether nobody has released it as it is now."""
        return self.standing in (Standing.HELD, Standing.CHANGED)


@dataclass(frozen=True)
class Known:
    """What tells which pages are withheld.

    `documents` and `records` are those of the live index; `waiting` is held back in an index that waits for a person;
    `released` are the codes in the curation files, by document; `audit` is the log.
    """

    documents: Collection[Document]
    records: Records
    waiting: Collection[Held]
    released: Mapping[str, Collection[str]]
    audit: Collection[Entry]

    def pages(self) -> tuple[Withheld, ...]:
        """Every such page, those to be looked at first, by file and page."""
        places = list(Standing)
        rows = [*self._held(), *self._visible()]
        return tuple(sorted(rows, key=lambda row: (places.index(row.standing), row.file, row.page)))

    @cached_property
    def _documents(self) -> Mapping[str, Document]:
        return {document.source.path: document for document in self.documents}

    @cached_property
    def _holds(self) -> Mapping[tuple[str, int], Hold]:
        """What is held back by file and page; what waits counts before what is live."""
        live = {
            (path, notice.page): hold_in(notice.detail)
            for path, document in self._documents.items()
            for notice in document.notices
            if notice.code == Reason.PERSONAL_DATA and notice.page
        }
        return live | {(held.file, held.page): hold_in(held.why) for held in self.waiting}

    @cached_property
    def _words(self) -> Mapping[tuple[str, str], Entry]:
        """The last that was said of each text, by file and code."""
        return {
            (str(entry.told.get("file")), str(entry.told.get("code"))): entry
            for entry in self.audit
            if entry.action in (RELEASE, WITHDRAW)
        }

    def _held(self) -> Iterator[Withheld]:
        for (file, page), hold in self._holds.items():
            codes = [code for code in self.released.get(file, ()) if is_of(code, page)]
            standing = Standing.CHANGED if codes else Standing.HELD
            yield self._row(file, page, hold, Standing.RELEASED if hold.code in codes else standing)

    def _visible(self) -> Iterator[Withheld]:
        """The pages on the site that were held back before, as long as their text is what it was then."""
        released = {(file, code) for file, codes in self.released.items() for code in codes}
        withdrawn = {key for key, word in self._words.items() if word.action == WITHDRAW} - released
        for standing, keys in ((Standing.SHOWN, released), (Standing.WITHDRAWN, withdrawn)):
            for file, code in keys:
                page = self._page(file, code)
                if page and page_code(page) == code and (file, page.number) not in self._holds:
                    yield self._row(file, page.number, hold_of(page), standing)

    def _row(self, file: str, page: int, hold: Hold, standing: Standing) -> Withheld:
        return Withheld(file, page, hold, standing, self._documents.get(file), self._words.get((file, hold.code)))

    def _page(self, file: str, code: str) -> Page | None:
        document, number = self._documents.get(file), code.partition(":")[0]
        return self.records.page(document.id, int(number)) if document and number.isdecimal() else None


def read_page(cache: Path, sha256: str, code: str) -> Page | None:
    """The page with this code as it was read from these bytes, or None when the cache has it no more."""
    pages = (page for extracted in texts(cache, sha256) for page in extracted.pages)
    return next((page for page in pages if page_code(page) == code), None)
