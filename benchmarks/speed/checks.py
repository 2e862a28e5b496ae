"""Is what was timed right? And where do the engines differ?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.speed.asking import Asked
from benchmarks.speed.base import AS_OF, Query, read_base
from benchmarks.speed.engines import Answer
from benchmarks.speed.ours import opened
from corpus.search import Facet, SearchRequest

PEERS = ("whoosh", "tantivy", "fts5")
SHOWN = 5


def problems(folder: Path, base: Path) -> list[str]:
    """What our engine counts differently than the base holds, asked without words."""
    result = opened(folder).engine.search(SearchRequest(AS_OF))
    counted = {counts.facet: {value.code: value.count for value in counts.values} for counts in result.facets}
    held: dict[Facet, Counter[str]] = {facet: Counter() for facet in Facet}
    documents = 0
    for document in read_base(base):
        documents += 1
        for facet, codes in document.codes.items():
            held[facet].update(codes)
    wrong = [f"our counts of {facet} are not those of the base" for facet in Facet if counted[facet] != held[facet]]
    return wrong if result.total == documents else [*wrong, f"we find {result.total} of {documents} documents"]


def agreement(answers: Mapping[str, Sequence[Answer]]) -> dict[str, float]:
    """Share of queries where the three peers find the same number of passages, where each finds nothing,
    and where the peers count the same number of codes."""
    together = list(zip(*(answers[peer] for peer in PEERS), strict=True))
    shares = {
        "same_total": _share([len({answer.total for answer in each}) == 1 for each in together]),
        "same_codes": _share([len({answer.codes for answer in each}) == 1 for each in together]),
    }
    return shares | {
        f"{name}_nothing": _share([answer.total == 0 for answer in held]) for name, held in answers.items()
    }


def slowest(queries: Sequence[Query], asked: Asked) -> list[tuple[str, float, int]]:
    """Our slowest queries: text, processor time in ms, documents found."""
    found = zip(queries, asked.cpu_ms, asked.answers, strict=True)
    worst = sorted(found, key=lambda each: -each[1])[:SHOWN]
    return [(query.text, cpu_ms, answer.total) for query, cpu_ms, answer in worst]


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held)
