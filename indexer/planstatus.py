"""Where does a plan stand on a given day?"""

from datetime import date

from corpus.model import Metadata
from corpus.search import PlanStatus
from corpus.vocabulary import Vocabulary


def plan_status(metadata: Metadata, vocabulary: Vocabulary, as_of: date) -> PlanStatus | None:
    """The status of a document on the day `as_of`; None when it is no plan or no day is known."""
    raise NotImplementedError
