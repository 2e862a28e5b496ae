"""An engine of plain loops: slow, short, and written from the rules, to hold real engines against.

It says which documents match, what each facet counts and in what order they come by age and title. It does not rank:
by relevance it gives its hits by id. It shares the analysis of a single word, the reading of a query and what its words
name with the engines, and nothing else.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from math import ceil

from corpus.engine import Generation, Records
from corpus.errors import GenerationInUse, NoIndex
from corpus.model import Document, Finding, Language, Page, Read, Record, Statement
from corpus.search import (
    And,
    Facet,
    FacetCounts,
    FacetValue,
    Hit,
    InField,
    Node,
    Not,
    Or,
    Phrase,
    SearchRequest,
    SearchResult,
    Sort,
    Suggestion,
    Word,
    WordReport,
)
from corpus.vocabulary import Vocabulary
from indexer.analysis import Splitter, WordKeys, is_stop_word, surfaces, word_keys
from indexer.engines.aliases import Aliases, Mention
from indexer.order import title_key
from indexer.planstatus import plan_status
from indexer.querytext import parse
from tests.oracle_why import Question, explain

Filters = Mapping[Facet, tuple[str, ...]]
TOLD = {
    Facet.VERDICT: "verdict",
    Facet.STRENGTH: "strength",
    Facet.OUTCOME: "outcome",
    Facet.FINDING_TYPE: "type",
    Facet.TILTAK: "tiltak",
}


class Oracle:
    """The port, with all records in a list."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary, self._aliases = vocabulary, Aliases(vocabulary)
        self._built: dict[str, tuple[Record, ...]] = {}
        self._live: str | None = None
        self._published: tuple[str, ...] = ()

    def build(self, records: Iterable[Record]) -> Generation:
        name = f"{len(self._built) + 1:06d}-20260101T000000Z"
        self._built[name] = tuple(records)
        return self._generation(name)

    def publish(self, name: str) -> None:
        if name not in self._built:
            raise NoIndex(f"There is no generation {name}.")
        self._live = name
        self._published = (name, *(each for each in self._published if each != name))

    def steady(self) -> "Oracle":
        return self.opened(self._live) if self._live else self

    def opened(self, name: str) -> "Oracle":
        if name not in self._built:
            raise NoIndex(f"There is no generation {name}.")
        other = Oracle(self._vocabulary)
        other._built, other._live = self._built, name
        return other

    def published(self) -> tuple[str, ...]:
        return self._published

    def withdrawn(self) -> str:
        return ""

    def discard(self, name: str) -> None:
        if name == self._live:
            raise GenerationInUse(f"Generation {name} is live.")
        if self._built.pop(name, None) is None:
            raise NoIndex(f"There is no generation {name}.")

    def live(self) -> Generation | None:
        return self._generation(self._live) if self._live else None

    def records(self) -> Records:
        return _Kept(self._documents())

    def suggest(self, text: str, language: Language, limit: int = 8) -> tuple[Suggestion, ...]:
        raise NotImplementedError

    def search(self, request: SearchRequest) -> SearchResult:
        asked = _Asked(self._documents(), request, self._vocabulary, self._aliases)
        tree, matching, words = asked.matching()
        passing = [record for record in matching if asked.passes(record)]
        ordered = sorted(passing, key=_order(request, bool(words)))
        first = (request.page - 1) * request.size
        return SearchResult(
            total=len(passing),
            hits=tuple(asked.hits(tree, ordered[first : first + request.size])),
            facets=tuple(asked.counted(facet, matching) for facet in Facet),
            words=words,
            did_you_mean=None,
            generation=self._live or "",
            took_ms=0.0,
            with_all=asked.with_all(tree, words),
        )

    def _documents(self) -> tuple[Record, ...]:
        if self._live is None:
            raise NoIndex("Nothing is indexed yet.")
        return self._built[self._live]

    def _generation(self, name: str) -> Generation:
        held = self._built[name]
        passages, findings = sum(len(r.passages) for r in held), sum(len(r.findings) for r in held)
        return Generation(name, datetime(2026, 1, 1, tzinfo=UTC), len(held), passages, findings)


@dataclass
class _Asked:
    """One question to all records."""

    records: tuple[Record, ...]
    request: SearchRequest
    vocabulary: Vocabulary
    aliases: Aliases
    keys: Callable[[str], WordKeys] = field(init=False)

    def __post_init__(self) -> None:
        counts: dict[str, int] = {}
        for record in self.records:
            for row in rows_of(record):
                for surface in row:
                    counts[surface.lower()] = counts.get(surface.lower(), 0) + 1
        splitter = Splitter(counts)
        self.keys = cache(lambda form: word_keys(form, splitter))

    def matching(self) -> tuple[Node, list[Record], tuple[WordReport, ...]]:
        """The tree that was searched for, the documents that match it, and the words asked for."""
        tree = parse(self.request.text)
        found = self._relaxed(tree)
        if not found and any(_phrases(tree)) and not self.request.all_words:
            tree = _in_words(tree)
            found = self._relaxed(tree)
        words = self._words(tree)
        documents = [sum(self._holds(record, word) for record in self.records) for word in words]
        told = zip(words, documents, strict=True)
        return tree, found, tuple(WordReport(w.text, (), n, prefix=w.prefix, alone=self._alone(w)) for w, n in told)

    def _words(self, tree: Node) -> list[Word]:
        nodes = _nodes(tree)
        typed = list({(w.text.lower(), w.prefix): w for w in nodes if isinstance(w, Word)}.values())
        content = [word for word in typed if word.prefix or not is_stop_word(word.text.lower())]
        return content if content or _strict(tree) else typed

    def _mentions(self, words: list[str]) -> list[Mention]:
        return [] if self.request.exact else list(self.aliases.mentions(words))

    def _allowed(self, tree: Node) -> list[Record]:
        """The records that hold all that must be there."""
        return [record for record in self.records if all(self._holds(record, node) for node in _strict(tree))]

    def _held(self, tree: Node, record: Record) -> int:
        named = self._mentions(_plain_words(_nodes(tree)))
        return sum(self._holds_or_named(record, word, named) for word in self._words(tree))

    def _relaxed(self, tree: Node) -> list[Record]:
        words, strict = self._words(tree), _strict(tree)
        held = [(self._held(tree, record), record) for record in self._allowed(tree)]
        lowest = 0 if any(not isinstance(node, Not) for node in strict) or not words else 1
        least = len(words) if len(words) <= 2 or self.request.all_words else ceil(0.6 * len(words))
        lowest = least if self.request.all_words else lowest
        while sum(n >= least for n, _ in held) < self.request.enough and least > lowest:
            least -= 1
        return [record for n, record in held if n >= least]

    def _alone(self, word: Word) -> int:
        """How many records a search for one word would give."""
        named = [] if word.prefix else self._mentions([word.text])
        return sum(self.passes(record) and self._holds_or_named(record, word, named) for record in self.records)

    def with_all(self, tree: Node, words: tuple[WordReport, ...]) -> int | None:
        """How many records hold every word."""
        found = [record for record in self._allowed(tree) if self._held(tree, record) == len(words)]
        return sum(self.passes(record) for record in found) if len(words) > 1 else None

    def hits(self, tree: Node, records: list[Record]) -> Iterator[Hit]:
        """Records with why they match."""
        nodes = _nodes(tree)
        question = Question(
            words=self._words(tree),
            alternatives=[word for node in _strict(tree) for word in _alternatives(node)],
            phrases=[phrase.text for node in _strict(tree) for phrase in _phrases(node)],
            mentions=self._mentions(_plain_words(nodes)),
            keys=self.keys,
            vocabulary=frozenset(form.lower() for each in self.records for row in rows_of(each) for form in row),
        )
        for record in records:
            matches, missing = explain(question, record, self._codes(record, Facet.KOMMUNE))
            yield Hit(record.document.id, 0.0, (), (), matches, missing)

    def _holds_or_named(self, record: Record, word: Word, mentions: list[Mention]) -> bool:
        """Whether a record holds a word, or another name of what it names."""
        mine = [each.named for each in mentions if word.text in each.words and not word.prefix]
        return self._holds(record, word) or any(
            any(self._in_row(list(name), row) for name in named.names for row in rows_of(record))
            or (named.facet is Facet.KOMMUNE and named.code in self._codes(record, named.facet))
            for named in mine
        )

    def _holds(self, record: Record, node: Node) -> bool:
        match node:
            case Word():
                pieces = self._pieces(node)
                return any(self._same(node, surface) for row in rows_of(record) for surface in row) or (
                    bool(pieces) and self._has_pieces(record, pieces)
                )
            case Phrase():
                return any(self._in_row(surfaces(node.text), row) for row in rows_of(record))
            case Not():
                return not self._holds(record, node.node)
            case Or():
                return any(self._holds(record, each) for each in node.nodes)
            case And():
                return all(self._holds(record, each) for each in node.nodes)
            case InField():
                return self._in_field(record, node)

    def _pieces(self, word: Word) -> set[str]:
        """The fold keys of the words inside a compound that no record has."""
        held = any(self._same(word, surface) for each in self.records for row in rows_of(each) for surface in row)
        return set() if held or word.prefix else set(self.keys(word.text.lower()).parts)

    def _has_pieces(self, record: Record, pieces: set[str]) -> bool:
        """Whether a record has all the pieces, or any when no record has all."""
        had = [_inside(each, pieces, self.keys) for each in self.records]
        mine = _inside(record, pieces, self.keys)
        return mine == pieces if pieces in had else bool(mine)

    def _same(self, word: Word, surface: str) -> bool:
        if word.prefix:
            return surface.lower().startswith(word.text.lower())
        asked, held = (self.keys(form.lower()) for form in (word.text, surface))
        return asked.stem == held.stem or asked.fold in (held.fold, *held.parts)

    def _in_row(self, phrase: list[str], row: list[str]) -> bool:
        stems = [self.keys(form.lower()).stem for form in row]
        asked = [self.keys(form.lower()).stem for form in phrase]
        return any(stems[at : at + len(asked)] == asked for at in range(len(stems) - len(asked) + 1))

    def _in_field(self, record: Record, node: InField) -> bool:
        data = record.document.metadata
        if node.field == "file":
            return node.value.lower() in record.document.source.path.lower()
        if node.field == "title":
            title = surfaces(data.title.value)
            return all(any(self._same(Word(word), held) for held in title) for word in surfaces(node.value))
        facet = Facet(node.field)
        if facet is Facet.YEAR and "-" in node.value:
            first, _, last = node.value.partition("-")
            return any(first <= year <= last for year in self._codes(record, facet))
        return any(
            node.value.lower() in (code.lower(), self.vocabulary.label(facet, code, Language.NB).lower())
            for code in self._codes(record, facet)
        )

    def _codes(self, record: Record, facet: Facet) -> set[str]:
        return set(codes_of(record, facet, self.vocabulary, self.request.as_of))

    def passes(self, record: Record) -> bool:
        """Whether a record passes every choice."""
        return self._passes(record, self.request.filters) and self._in_years(record)

    def _passes(self, record: Record, filters: Filters) -> bool:
        told = {facet: codes for facet, codes in filters.items() if codes and facet in TOLD}
        if set(told) <= {Facet.TILTAK}:
            told = {}
        tellers = (*record.findings, *record.statements)
        return (not told or any(_tells(each, told) for each in tellers)) and all(
            self._codes(record, facet) & set(codes) for facet, codes in filters.items() if codes and facet not in told
        )

    def _in_years(self, record: Record) -> bool:
        first, last = self.request.year_from, self.request.year_to
        if first is None and last is None:
            return True
        year = record.document.metadata.year
        return year is not None and (first or 0) <= year.value <= (last or 9999)

    def counted(self, facet: Facet, matching: list[Record]) -> FacetCounts:
        chosen = self.request.filters.get(facet, ())
        counts = dict.fromkeys(chosen, 0)
        for record in matching:
            if facet is not Facet.YEAR and not self._in_years(record):
                continue
            for code in self._codes(record, facet):
                if self._passes(record, {**self.request.filters, facet: (code,)}):
                    counts[code] = counts.get(code, 0) + 1
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return FacetCounts(facet, tuple(FacetValue(code, count, code in chosen) for code, count in ordered))


def _tells(told: Finding | Statement, wanted: Filters) -> bool:
    """Whether one finding or statement has a code that is wanted in every facet; a statement has type and tiltak."""
    has = {facet: getattr(told, name, None) for facet, name in TOLD.items()}
    return all(has[facet] in codes for facet, codes in wanted.items())


class _Kept:
    """Records read from a tuple."""

    def __init__(self, records: tuple[Record, ...]) -> None:
        self._records = {record.document.id: record for record in records}

    def document(self, document_id: str) -> Document | None:
        record = self._records.get(document_id)
        return record.document if record else None

    def documents(self) -> tuple[Document, ...]:
        return tuple(self._records[name].document for name in sorted(self._records))

    def page(self, document_id: str, number: int) -> Page | None:
        return next((page for page in self.pages(document_id) if page.number == number), None)

    def pages(self, document_id: str) -> tuple[Page, ...]:
        record = self._records.get(document_id)
        return record.pages if record else ()

    def findings(self, document_id: str | None = None, tiltak: str | None = None) -> tuple[tuple[str, Finding], ...]:
        return tuple(
            (name, finding)
            for name in sorted(self._records)
            if document_id in (None, name)
            for finding in sorted(self._records[name].findings, key=lambda f: (f.page, f.start, f.id))
            if tiltak in (None, finding.tiltak)
        )

    def statements(
        self, document_id: str | None = None, tiltak: str | None = None
    ) -> tuple[tuple[str, Statement], ...]:
        return tuple(
            (name, statement)
            for name in sorted(self._records)
            if document_id in (None, name)
            for statement in sorted(self._records[name].statements, key=lambda s: (s.page, s.start, s.id))
            if tiltak in (None, statement.tiltak)
        )


def rows_of(record: Record) -> list[list[str]]:
    """The words of a record: its title, its summary, and the headings and text of each passage."""
    texts = [record.document.metadata.title.value, record.document.summary]
    for passage in record.passages:
        texts += [*passage.headings, passage.text]
    return [surfaces(text) for text in texts]


def codes_of(record: Record, facet: Facet, vocabulary: Vocabulary, as_of: date) -> Iterator[str]:
    """The codes a document has in a facet: its own, and for some facets those of its findings."""
    data, findings = record.document.metadata, record.findings
    status = plan_status(data, vocabulary, as_of)
    own: dict[Facet, Iterable[object]] = {
        Facet.DOC_TYPE: _values(data.doc_type),
        Facet.VERDICT: [finding.verdict for finding in findings],
        Facet.STRENGTH: [finding.strength for finding in findings],
        Facet.OUTCOME: [finding.outcome for finding in findings],
        Facet.FINDING_TYPE: [each.type for each in (*findings, *record.statements)],
        Facet.THEME: _values(*data.themes),
        Facet.TILTAK: [*_values(*data.tiltak), *(each.tiltak for each in (*findings, *record.statements))],
        Facet.TARGET_GROUP: _values(*data.target_groups),
        Facet.FYLKE: [
            *_values(*data.fylke),
            *(vocabulary.kommuner[str(k)].fylke for k in _values(*data.kommuner) if str(k) in vocabulary.kommuner),
        ],
        Facet.KOMMUNE: _values(*data.kommuner),
        Facet.YEAR: _values(data.year),
        Facet.STATUS: [status],
        Facet.LANGUAGE: _values(data.language),
        Facet.DESIGN: [*_values(data.study_design), *(finding.design for finding in findings)],
        Facet.PUBLISHER: _values(data.publisher),
    }
    return (str(code) for code in own[facet] if code is not None)


def _values(*reads: Read[object] | None) -> list[object]:
    return [read.value for read in reads if read is not None]


def _order(request: SearchRequest, by_words: bool):  # type: ignore[no-untyped-def]
    def by_title(record: Record) -> tuple[object, ...]:
        return title_key(record.document.metadata.title.value), record.document.id

    def by_age(record: Record) -> tuple[object, ...]:
        year = record.document.metadata.year
        return year is None, -(year.value if year else 0), *by_title(record)

    if request.sort is Sort.TITLE:
        return by_title
    if request.sort is Sort.NEWEST or not by_words:
        return by_age
    return lambda record: record.document.id


def _inside(record: Record, wanted: set[str], keys: Callable[[str], WordKeys]) -> set[str]:
    held = [keys(form.lower()) for row in rows_of(record) for form in row]
    return {key for each in held for key in (each.fold, *each.parts)} & wanted


def _nodes(tree: Node) -> tuple[Node, ...]:
    return tree.nodes if isinstance(tree, And) else (tree,)


def _strict(tree: Node) -> list[Node]:
    return [node for node in _nodes(tree) if not isinstance(node, Word)]


def _alternatives(node: Node) -> Iterator[Word]:
    if isinstance(node, Word):
        yield node
    elif isinstance(node, Or | And):
        for each in node.nodes:
            yield from _alternatives(each)


def _plain_words(nodes: Iterable[Node]) -> list[str]:
    return [node.text for node in nodes if isinstance(node, Word) and not node.prefix]


def _phrases(node: Node) -> Iterator[Phrase]:
    if isinstance(node, Phrase):
        yield node
    elif isinstance(node, Or | And):
        for each in node.nodes:
            yield from _phrases(each)


def _in_words(node: Node) -> Node:
    match node:
        case Phrase():
            return And(tuple(Word(surface) for surface in surfaces(node.text)))
        case And():
            flat: list[Node] = []
            for each in node.nodes:
                changed = _in_words(each)
                flat += changed.nodes if isinstance(changed, And) else (changed,)
            return And(tuple(flat))
        case Or():
            return Or(tuple(_in_words(each) for each in node.nodes))
        case _:
            return node
