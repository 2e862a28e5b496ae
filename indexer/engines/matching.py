"""Which documents match a query, and which of its words were let go?

Words are what may be relaxed. A document must hold at least m of the n words of a query: all of one or two, else 60 %
rounded up. While fewer documents do than the request calls enough, m goes down by one, to 1. A request for all words is
not relaxed. Phrases, -not, OR and field:value must always hold; beside one of those that says what must be there, m
goes down to 0. A phrase no document holds is let go for its words, rather than answer nothing. Function words count
only when there is nothing else. A compound that no document holds is held by those with the words inside it. A word
that names something is held by whoever holds another of its names, unless the request is exact. What matches does not
depend on the filters, so that every facet's counts stay true whatever is chosen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from corpus.search import And, InField, Node, Not, Or, Phrase, SearchRequest, Word
from indexer.analysis import surfaces
from indexer.engines.also import Also, AlsoFinder
from indexer.engines.concepts import Concept, Concepts
from indexer.engines.facets import Mask
from indexer.engines.fields import FieldMasks
from indexer.engines.lexicon import Lexicon
from indexer.engines.phrases import candidate_rows, rows_with_phrase
from indexer.engines.rows import Rows
from indexer.engines.scoring import FirstPass

SHARE = 0.6
ALWAYS_ALL = 2


@dataclass(frozen=True, slots=True)
class Query:
    """A query in the collection's own words: those that may be relaxed, and what must hold.

    `scored` is every word that adds to the score: the words, and those of phrases and alternatives. `also`: what the
    words name, with its other names. `let_go`: phrases that no document held.
    """

    words: tuple[Concept, ...]
    strict: tuple[Node, ...]
    scored: tuple[Concept, ...]
    phrases: tuple[tuple[Concept, ...], ...]
    also: tuple[Also, ...] = ()
    let_go: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """The documents that match, and in the words' order: in how many each word stands, whether it was let go, and the
    documents that it alone would give. `with_all`: those that match with every word; None for fewer than two.
    """

    documents: Mask
    holding: tuple[int, ...]
    relaxed: tuple[bool, ...]
    alone: tuple[Mask, ...] = ()
    with_all: Mask | None = None


def least(words: int) -> int:
    """How many of so many words a document must hold before any is relaxed."""
    return words if words <= ALWAYS_ALL else -int(-SHARE * words // 1)


class Matcher:
    """Answers which documents match, for one generation."""

    def __init__(
        self,
        rows: Rows,
        lexicon: Lexicon,
        *,
        concepts: Concepts,
        first: FirstPass,
        fields: FieldMasks,
        also: AlsoFinder,
    ) -> None:
        self._rows, self._lexicon, self._concepts = rows, lexicon, concepts
        self._first, self._fields, self._also = first, fields, also
        self._size = len(rows.lead) - 1

    def query(self, tree: Node, exact: bool = False) -> Query:
        """A query tree in the collection's words; other names of what it names are left out when `exact`."""
        nodes = tree.nodes if isinstance(tree, And) else (tree,)
        strict = tuple(node for node in nodes if not isinstance(node, Word))
        words = _distinct(self._concept(node) for node in nodes if isinstance(node, Word))
        content = tuple(word for word in words if not word.stop)
        kept = content if content or strict else words
        phrases = tuple(self._phrase(text) for text in phrases_in(strict))
        scored = _distinct([*kept, *(word for node in strict for word in self._words_of(node))])
        typed = [node.text for node in nodes if isinstance(node, Word) and not node.prefix]
        also = () if exact else self._also.found(typed)
        return Query(kept, strict, scored, (*phrases, *(name for each in also for name in each.phrases)), also)

    def match(self, tree: Node, request: SearchRequest) -> tuple[Query, Matched]:
        """A query tree in the collection's words, and the documents that match."""
        query = self.query(tree, request.exact)
        matched = self._match(query, request)
        lost = phrases_in(query.strict)
        if lost and not request.all_words and not matched.documents.any():
            query = replace(self.query(_in_words(tree), request.exact), let_go=tuple(lost))
            matched = self._match(query, request)
        return query, matched

    def _match(self, query: Query, request: SearchRequest) -> Matched:
        must = np.ones(self._size, np.bool_)
        for node in query.strict:
            must &= self._mask(node, request.as_of)
        own = [self._holding(word) for word in query.words]
        if not own:
            return Matched(must, (), ())
        masks = [self._or_named(mask, word, query) for mask, word in zip(own, query.words, strict=True)]
        held = np.sum(masks, axis=0, dtype=np.int32)
        lowest = 0 if any(not isinstance(node, Not) for node in query.strict) else 1
        first = m = len(masks) if request.all_words else least(len(masks))
        lowest = m if request.all_words else lowest
        while m > lowest and np.count_nonzero(must & (held >= m)) < request.enough:
            m -= 1
        matching = must & (held >= m)
        let_go = (False,) * len(masks) if request.all_words else _let_go(masks, matching, first - m)
        alone = tuple(self._alone(mask, word, query, request) for mask, word in zip(own, query.words, strict=True))
        with_all = must & (held == len(masks)) if len(masks) > 1 else None
        return Matched(matching, tuple(int(mask.sum()) for mask in own), let_go, alone, with_all)

    def _alone(self, mask: Mask, word: Concept, query: Query, request: SearchRequest) -> Mask:
        """The documents that a search for one word, held by those of `mask`, and nothing else would give."""
        if len(query.scored) == 1:
            return self._or_named(mask, word, query)
        mask = mask.copy()
        for also in () if request.exact or word.prefix else self._also.found([word.text]):
            mask[also.postings.documents] = True
        return mask

    def _concept(self, word: Word) -> Concept:
        return self._concepts.of(word.text, word.prefix)

    def _phrase(self, text: str) -> tuple[Concept, ...]:
        return tuple(self._concepts.of_phrase(surface, typed=True) for surface in surfaces(text))

    def _words_of(self, node: Node) -> list[Concept]:
        """The words of a part that must hold; those that must not are no reason to rank a document higher."""
        if isinstance(node, Word):
            return [self._concept(node)]
        if isinstance(node, Phrase):
            return [word for word in map(self._concepts.of, surfaces(node.text)) if not word.stop]
        if isinstance(node, Or | And):
            return [word for each in node.nodes for word in self._words_of(each)]
        return []

    def _mask(self, node: Node, as_of: date) -> Mask:
        match node:
            case Word():
                return self._holding(self._concept(node))
            case Phrase():
                return self._holding_phrase(self._phrase(node.text))
            case Not():
                return ~self._mask(node.node, as_of)
            case Or():
                return _combined(np.logical_or, [self._mask(each, as_of) for each in node.nodes])
            case And():
                return _combined(np.logical_and, [self._mask(each, as_of) for each in node.nodes])
            case InField():
                return self._fields.mask(node, as_of)

    def _holding(self, word: Concept) -> Mask:
        """The documents that hold a word; for a compound that none holds, all its pieces or else any."""
        if word.pieces:
            masks = [self._holding(piece) for piece in word.pieces]
            every = _combined(np.logical_and, masks)
            return every if every.any() else _combined(np.logical_or, masks)
        mask = np.zeros(self._size, np.bool_)
        mask[self._first.postings(word).documents] = True
        return mask

    def _or_named(self, mask: Mask, word: Concept, query: Query) -> Mask:
        """The documents that hold a word, or another name of what it names."""
        for also in query.also:
            if word.key in also.keys:
                mask = mask.copy()
                mask[also.postings.documents] = True
        return mask

    def _holding_phrase(self, words: tuple[Concept, ...]) -> Mask:
        mask = np.zeros(self._size, np.bool_)
        rows = rows_with_phrase(words, candidate_rows(words, self._first), self._rows, self._lexicon)
        mask[self._rows.document[rows]] = True
        return mask


def _combined(how: np.ufunc, masks: Sequence[Mask]) -> Mask:
    mask: Mask = how.reduce(masks)
    return mask


def _let_go(masks: Sequence[Mask], matching: Mask, steps: int) -> tuple[bool, ...]:
    """Words no document holds, and of the others the `steps` that the fewest matching documents hold.

    A word that every matching document holds is not let go, however far the rest was relaxed.
    """
    counts = [int(np.count_nonzero(mask & matching)) for mask in masks]
    everywhere = int(np.count_nonzero(matching))
    gone = {place for place, mask in enumerate(masks) if not mask.any()}
    lacking = (place for place in range(len(masks)) if place not in gone and counts[place] < everywhere)
    rarest = sorted(lacking, key=lambda at: (counts[at], -at))
    gone.update(rarest[: max(steps - len(gone), 0)])
    return tuple(place in gone for place in range(len(masks)))


def phrases_in(nodes: Sequence[Node]) -> list[str]:
    """The phrases that must or may be there."""
    found: list[str] = []
    for node in nodes:
        if isinstance(node, Phrase):
            found.append(node.text)
        elif isinstance(node, Or | And):
            found.extend(phrases_in(node.nodes))
    return found


def _in_words(node: Node) -> Node:
    """The tree with each phrase that must be there as its words."""
    match node:
        case Phrase():
            return And(tuple(Word(surface) for surface in surfaces(node.text)))
        case And():
            return And(tuple(flat for each in node.nodes for flat in _flat(_in_words(each))))
        case Or():
            return Or(tuple(_in_words(each) for each in node.nodes))
        case _:
            return node


def _flat(node: Node) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, And) else (node,)


def _distinct(words: Iterable[Concept]) -> tuple[Concept, ...]:
    return tuple({word.key: word for word in words}.values())
