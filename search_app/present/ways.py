"""Ways on from an empty answer: what to take away from the question, and how many documents that gives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from corpus.search import And, Facet, InField, Node, Not, Or, Phrase, SearchRequest, SearchResult, Word
from indexer.querytext import parse
from search_app.links import search_link
from search_app.present.common import facet_label
from search_app.present.words import alone_request, typed
from search_app.voice import Voice

Count = Callable[[SearchRequest], int]
Named = tuple[str, SearchRequest]
MOST_PARTS = 8


@dataclass(frozen=True, slots=True)
class Way:
    """A question that gives something where this one gave nothing: what it is called, and how many documents."""

    label: str
    url: str
    total: int
    request: SearchRequest


def ways_out(request: SearchRequest, result: SearchResult, count: Count, voice: Voice) -> tuple[Way, ...]:
    """What comes when one thing is taken away from a question that gave nothing, most documents first.

    When no single thing helps, all that narrows is taken away at once.
    """
    first = replace(request, page=1)
    tried = [*_without_filters(first, voice), *_without_parts(first, voice), *_only_words(first, result, voice)]
    if request.all_words:
        tried.append((voice.t("ways.fewer"), replace(first, all_words=False)))
    return _that_give(tried, count) or _that_give(_bare(first, result, voice), count)


def filters_named(request: SearchRequest, facet: Facet, voice: Voice) -> str:
    """The choices in one facet, by name."""
    return voice.listing(chip_label(facet, code, voice) for code in request.filters[facet])


def chip_label(facet: Facet, code: str, voice: Voice) -> str:
    """One choice, by facet and name."""
    return voice.t("search.chip", facet=voice.t(f"facet.{facet}"), value=facet_label(facet, code, voice))


def years_named(request: SearchRequest, voice: Voice) -> str:
    """The years asked for."""
    ends = "–".join(str(year or "") for year in (request.year_from, request.year_to))
    return voice.t("search.chip", facet=voice.t("facet.year"), value=ends)


def any_year(request: SearchRequest) -> SearchRequest:
    """The question without its years, from its first page."""
    return replace(request, year_from=None, year_to=None, page=1)


def write(node: Node) -> str:
    """A query tree as people type it; `indexer.querytext.parse` reads it back."""
    match node:
        case Word():
            return f"{node.text}*" if node.prefix else node.text
        case Phrase():
            return f'"{node.text}"'
        case Not():
            return f"-{write(node.node)}"
        case Or():
            return " OR ".join(map(write, node.nodes))
        case And():
            return "-".join(map(write, node.nodes))
        case InField():
            return f'{node.field}:"{node.value}"'


def _without_filters(request: SearchRequest, voice: Voice) -> Iterator[Named]:
    for facet in request.filters:
        left = {other: codes for other, codes in request.filters.items() if other is not facet}
        yield voice.t("ways.remove", filter=filters_named(request, facet, voice)), replace(request, filters=left)
    if request.year_from is not None or request.year_to is not None:
        yield voice.t("ways.remove", filter=years_named(request, voice)), any_year(request)


def _without_parts(request: SearchRequest, voice: Voice) -> Iterator[Named]:
    """Without one of the parts of the text that must hold, when something is left."""
    tree = parse(request.text)
    nodes = tree.nodes if isinstance(tree, And) else (tree,)
    strict = [node for node in nodes if not isinstance(node, Word)]
    for part in strict[:MOST_PARTS] if len(nodes) > 1 else ():
        text = " ".join(write(node) for node in nodes if node is not part)
        yield voice.t("ways.without", part=write(part)), replace(request, text=text)


def _only_words(request: SearchRequest, result: SearchResult, voice: Voice) -> Iterator[Named]:
    """One word of the question alone, with the same filters."""
    for word in result.words[:MOST_PARTS]:
        asked = alone_request(word, request)
        if word.alone and asked.text != request.text:
            yield voice.t("ways.only", word=typed(word)), asked


def _bare(request: SearchRequest, result: SearchResult, voice: Voice) -> Iterator[Named]:
    """The words that the base has, and nothing that narrows."""
    known = " ".join(typed(word) for word in result.words if word.documents)
    if known:
        yield voice.t("ways.only", word=known), SearchRequest(request.as_of, known, size=request.size)


def _that_give(tried: Iterator[Named] | list[Named], count: Count) -> tuple[Way, ...]:
    counted = {search_link(asked): (label, asked, count(asked)) for label, asked in tried}
    found = [Way(label, url, total, asked) for url, (label, asked, total) in counted.items() if total]
    return tuple(sorted(found, key=lambda way: -way.total))
