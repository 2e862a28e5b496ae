"""One generation, opened: everything that answers a question. Nothing in it changes, so any thread may use it."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.engine import Generation
from corpus.model import Language
from corpus.search import Facet, MatchKind, SearchRequest, SearchResult, Suggestion, WordReport
from corpus.vocabulary import Vocabulary
from indexer.analysis import tokens
from indexer.engines.aliases import Aliases
from indexer.engines.also import AlsoFinder
from indexer.engines.concepts import Concept, Concepts, exact_names
from indexer.engines.facets import Choices, FacetTable, Mask, read_cards
from indexer.engines.fields import FieldMasks
from indexer.engines.hits import HitMaker
from indexer.engines.lexicon import Lexicon
from indexer.engines.marks import Markers
from indexer.engines.matching import Matched, Matcher, Query
from indexer.engines.packing import PackedPostings, ShelfReader
from indexer.engines.postings import PostingCache
from indexer.engines.profile import PROFILE, Profile
from indexer.engines.ranking import Ranker
from indexer.engines.rescoring import SecondPass, read_grams
from indexer.engines.rows import read_rows
from indexer.engines.scoring import FirstPass
from indexer.engines.spelling import meant
from indexer.engines.suggest import Suggester
from indexer.engines.why import Explainer, all_kinds
from indexer.querytext import parse
from indexer.store import RecordStore

MOST_FORMS = 12


class Snapshot:
    """An opened generation."""

    def __init__(
        self,
        generation: Generation,
        folder: Path,
        reader: ShelfReader,
        *,
        vocabulary: Vocabulary,
        cache_mb: int,
        profile: Profile = PROFILE,
    ) -> None:
        self.generation = generation
        self.records = RecordStore(folder)
        rows, cards = read_rows(folder), read_cards(folder)
        self._lexicon = Lexicon.read(folder)
        self._table = FacetTable(cards)
        concepts = Concepts(self._lexicon, profile, exact_names(vocabulary))
        postings = PackedPostings(reader, self._lexicon)
        self._first = FirstPass(rows, self._lexicon, postings, PostingCache(cache_mb), profile)
        second = SecondPass(rows, self._lexicon, read_grams(folder), profile)
        fields = FieldMasks(self._table, rows, concepts, vocabulary)
        also = AlsoFinder(
            Aliases(vocabulary), rows, self._lexicon, concepts=concepts, first=self._first, table=self._table
        )
        self._matcher = Matcher(rows, self._lexicon, concepts=concepts, first=self._first, fields=fields, also=also)
        self._ranker = Ranker(rows, self._table, self._first, second, profile)
        self._hits = HitMaker(rows, self.records, [card.id for card in cards])
        self._markers = Markers(rows, self._lexicon)
        self._explainer = Explainer(rows, self._lexicon, cards)
        self._suggester = Suggester(vocabulary, cards)

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a question."""
        began = time.perf_counter()
        query, matched = self._matcher.match(parse(request.text), request)
        chosen = self._table.chosen(request)
        matching = self._table.passing(matched.documents, chosen)
        first = (max(request.page, 1) - 1) * request.size
        ranked = self._ranker.ranked(query, matching, request.sort, slice(first, first + request.size))
        whys = self._explainer.of(query, [each.document for each in ranked])
        marker = self._markers.of(query)
        return SearchResult(
            total=int(np.count_nonzero(matching)),
            hits=tuple(self._hits.hit(each, why, marker, request) for each, why in zip(ranked, whys, strict=True)),
            facets=self._table.count(matched.documents, chosen, request),
            words=tuple(self._reports(query, matched, chosen)),
            expansions=tuple(also.told for also in query.also if also.told.forms or also.told.facet is Facet.KOMMUNE),
            did_you_mean=self._did_you_mean(request.text, query, matched),
            generation=self.generation.name,
            took_ms=(time.perf_counter() - began) * 1000,
            with_all=None if matched.with_all is None else self._count(matched.with_all, chosen),
        )

    def suggest(self, text: str, language: Language, limit: int) -> tuple[Suggestion, ...]:
        """Completions of what has been typed."""
        return self._suggester.suggest(text, language, limit)

    def _reports(self, query: Query, matched: Matched, chosen: Choices) -> Sequence[WordReport]:
        told = zip(query.words, matched.holding, matched.relaxed, matched.alone, strict=True)
        words = [
            self._report(WordReport(word.text, (), documents, relaxed, alone=self._count(alone, chosen)), word)
            for word, documents, relaxed, alone in told
        ]
        return [*words, *(WordReport(f'"{phrase}"', (), 0, True) for phrase in query.let_go)]

    def _report(self, report: WordReport, word: Concept) -> WordReport:
        """The report with the forms that matched, the most frequent first, and how each of them answers."""
        forms: dict[str, MatchKind] = {}
        for kinds in all_kinds(word, self._lexicon):
            holds = np.array(sorted(kinds.holds), np.int32)
            order = holds[np.argsort(-self._lexicon.counts[holds], kind="stable")]
            for number in order[: 4 * MOST_FORMS].tolist():
                forms.setdefault(self._lexicon.surfaces[number].lower(), kinds.get(number) or MatchKind.FORM)
        shown = tuple(forms.items())[:MOST_FORMS]
        return replace(
            report, forms=tuple(form for form, _ in shown), kinds=tuple(kind for _, kind in shown), prefix=word.prefix
        )

    def _count(self, matching: Mask, chosen: Choices) -> int:
        """How many of these documents pass every choice."""
        return int(np.count_nonzero(self._table.passing(matching, chosen)))

    def _did_you_mean(self, text: str, query: Query, matched: Matched) -> str | None:
        better = meant(query.words, matched.holding, self._lexicon)
        if not better:
            return None
        parts, done = [], 0
        for token in tokens(text):
            if token.surface in better:
                parts += [text[done : token.start], better[token.surface]]
                done = token.end
        return "".join([*parts, text[done:]])
