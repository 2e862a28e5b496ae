"""Which fields does an index hold, and what does a match in each count for? THE field table.

An index row is either the lead of a document (title, headings, summary) or one of its passages
(the headings above it, its text). A document's lead row comes right before its passages.
"""

from dataclasses import dataclass
from enum import StrEnum

SCHEMA_VERSION = 1


class Field(StrEnum):
    """A field of an index row."""

    TITLE = "title"
    SUMMARY = "summary"
    HEADINGS = "headings"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field is used: which rows have it, its weight in the score and b of BM25 (length normalisation)."""

    field: Field
    lead: bool
    passage: bool
    weight: float
    b: float
    description: str


FIELDS = (
    FieldRule(Field.TITLE, True, False, 1.0, 0.3, "The title of the document."),
    FieldRule(Field.SUMMARY, True, False, 0.3, 0.5, "The summary, verbatim from the document."),
    FieldRule(Field.HEADINGS, False, True, 0.5, 0.3, "The headings above a passage, outermost first."),
    FieldRule(Field.BODY, False, True, 1.0, 0.5, "The text of a passage."),
)
