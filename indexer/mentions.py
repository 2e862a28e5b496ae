"""Where does a text name something of the vocabulary?"""

from dataclasses import dataclass
from enum import StrEnum

from corpus.vocabulary import Vocabulary


class Kind(StrEnum):
    """What a mention names; the code is an id of that part of the vocabulary."""

    TILTAK = "tiltak"
    OUTCOME = "outcome"
    THEME = "theme"
    TARGET_GROUP = "target_group"
    DESIGN = "design"
    DOC_TYPE = "doc_type"
    KOMMUNE = "kommune"
    FYLKE = "fylke"


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` names `code`. A kommune's code is its number today, also for a former name."""

    kind: Kind
    code: str
    start: int
    end: int


class TermFinder:
    """Finds every mention of the vocabulary in one pass. Made once, then safe from any thread."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every mention, by start; within one kind they do not overlap (the longest wins)."""
        raise NotImplementedError
