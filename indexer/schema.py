"""Which fields does an index hold, and what does a word in each count for? THE field table.

An index row is either the lead of a document (title, summary) or one of its passages (the headings above it, its
text). A document's lead row comes right before its passages, and its title counts in every one of them.
"""

from dataclasses import dataclass
from enum import StrEnum

SCHEMA_VERSION = 7


class Field(StrEnum):
    """A field of an index row."""

    TITLE = "title"
    SUMMARY = "summary"
    HEADINGS = "headings"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field is used: one word in it counts as `weight` words of text."""

    field: Field
    weight: float
    description: str


FIELDS = (
    FieldRule(Field.TITLE, 1.0, "The title of the document; on its lead row, counted in all its rows."),
    FieldRule(Field.SUMMARY, 1.0, "The summary, verbatim from the document; on its lead row."),
    FieldRule(Field.HEADINGS, 1.0, "The headings above a passage, outermost first; on the passage's row."),
    FieldRule(Field.BODY, 1.0, "The text of a passage; on its row."),
)
