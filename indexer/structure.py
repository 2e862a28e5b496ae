"""What are the sections of a document, and the passages that search shows?"""

from collections.abc import Sequence

from corpus.model import Language, Page, Passage, Section


def sections(pages: Sequence[Page], language: Language) -> tuple[Section, ...]:
    """The sections under each heading, in order; `language` where a section is too short to tell."""
    raise NotImplementedError


def passages(pages: Sequence[Page], sections: Sequence[Section]) -> tuple[Passage, ...]:
    """Runs of one page, `page.text[start:end] == text`, at most MAXIMUM characters."""
    raise NotImplementedError
