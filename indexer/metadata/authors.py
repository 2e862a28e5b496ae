"""Who wrote a document?"""

import re
from collections.abc import Iterable

from corpus.model import BlockKind, Origin, Read
from indexer.metadata.evidence import Evidence, Line, read_at
from indexer.metadata.names import is_person, leading_persons
from indexer.metadata.title import Title

_MOST = 12
_LABEL = re.compile(
    r"(?:^|(?<=[.\n] ))\W*(?:(?:hoved|med)?forfatter(?:e|en|ne)?|forfattar(?:ar|ane)?|redaktør(?:er|ar)?|redigert av|"
    r"skrevet av|skrive av|skreven av|utarbeidet av|utarbeidd av|utarbeida av|rapporten er (?:skrevet|utarbeidet) av|"
    r"prosjektgrupp(?:e|a|en)|prosjektleder(?:e)?|authors?|author\(s\)|written by|prepared by|edited by|av|by)\s*"
    r"(?:ved)?(?:\([^)]*\))?\s*[: ]\s*",
    re.IGNORECASE,
)
_REVERSED = re.compile(r"(?P<last>[^,]+),\s*(?P<first>[^,]+)")


def read_authors(evidence: Evidence, title: Title, *, plan: bool) -> tuple[Read[str], ...]:
    """The names after "Forfattere:" or "Av", else a cover line that is only names, else the file's own authors.

    A plan's authors are those it names so itself: names on its cover are of politicians, its file's of a clerk.
    """
    named = _labelled(evidence.imprint)
    if named or plan:
        return named
    return _bare(evidence, title) or _of_file(evidence)


def _labelled(lines: Iterable[Line]) -> tuple[Read[str], ...]:
    for line in lines:
        for match in _LABEL.finditer(line.text):
            names, _ = leading_persons(line.text[match.end() :])
            if names:
                return tuple(read_at(name, line) for name in names)
    return ()


def _bare(evidence: Evidence, title: Title) -> tuple[Read[str], ...]:
    """Names alone on a cover line, or before the first full stop of it."""
    found: list[Read[str]] = []
    for line in evidence.front:
        if line is title.line or line.kind in (BlockKind.TABLE_ROW, BlockKind.FOOTNOTE):
            continue
        names, _ = leading_persons(line.text)
        if not names and found:
            break
        found += [read_at(name, line) for name in names]
    return tuple(found[:_MOST])


def _of_file(evidence: Evidence) -> tuple[Read[str], ...]:
    found = []
    for author in evidence.extracted.docinfo.authors:
        reversed_name = _REVERSED.fullmatch(author.strip())
        name = f"{reversed_name['first']} {reversed_name['last']}" if reversed_name else author.strip()
        if is_person(name):
            found.append(Read(name, Origin.DOCINFO, None, author))
    return tuple(found[:_MOST])
