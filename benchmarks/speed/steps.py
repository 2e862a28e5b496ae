"""What each step of the search costs: `python -m benchmarks.speed.steps STEP FOLDER BASE`, in a process of its own.

The first step is an index of words alone, in our own engine: the Snowball stem of every word, with the places that
phrases need. Each step after it adds to the one before; the last is the product. What a step does not have is taken out
of the engine's modules in this process only: the product has no switches for it. Asked for `product`, this process
asks the product's index in FOLDER with three of the steps in turn.
"""

import json
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import Stemmer

from benchmarks.speed import asking
from benchmarks.speed.base import AS_OF, Query, queries
from benchmarks.speed.engines import TOP, Answer
from benchmarks.speed.ours import OurSearcher, build, opened, prepared
from corpus.search import SearchRequest
from indexer import store
from indexer.analysis import Splitter, Token, WordKeys, tokens, word_keys
from indexer.engines.marks import Marker

STEPS = {
    "words": "words alone (Snowball stems)",
    "forms": "+ words as written, our stem for both written forms",
    "parts": "+ words inside compounds",
    "letters": "+ folding, runs of letters",
    "names": "+ other names of what is named",
    "marks": "+ marks in what is shown: the product",
}
BUILT = ("words", "forms", "parts")  # the others ask the product's index
PASSES = 3


class StepSearcher(OurSearcher):
    """Our engine at one step."""

    def __init__(self, searcher: OurSearcher, step: str) -> None:
        super().__init__(searcher.engine)
        self._exact = step not in ("names", "marks")
        self._marks = (Marker.in_row, Marker.marks) if step == "marks" else (_no_marks, _no_marks)

    def ask(self, query: Query, narrowed: bool) -> Answer:
        """Ask the engine, without a filter."""
        Marker.in_row, Marker.marks = self._marks
        result = self.engine.search(SearchRequest(AS_OF, query.text, size=TOP, exact=self._exact))
        return Answer(result.total, sum(len(hit.passages) for hit in result.hits), 0)


def main() -> None:
    step, folder, base = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    figures = {"records_cpu": _records(base)} if step == "product" else {"cpu": _built(step, folder, base)}
    searcher, steps = opened(folder), [step] if step in BUILT else [each for each in STEPS if each not in BUILT]
    asked = asking.warm({each: StepSearcher(searcher, each) for each in steps}, queries(base), False, PASSES)
    times = {each: {"p50": found.times.cpu_p50, "p95": found.times.cpu_p95} for each, found in asked.items()}
    print(json.dumps({**figures, "asked": times, "sizes": _sizes(folder)}))


def _built(step: str, folder: Path, base: Path) -> float:
    """Build the index of a step; its processor time."""
    _without(step)
    return _taken(lambda: build(folder, base)) - _taken(lambda: _prepared(base))


def _prepared(base: Path) -> None:
    deque(prepared(base), maxlen=0)


def _records(base: Path) -> float:
    """Processor time of keeping the records, which every step does alike."""
    with tempfile.TemporaryDirectory() as folder:
        return _taken(lambda: store.write(Path(folder), prepared(base))) - _taken(lambda: _prepared(base))


def _taken(do: Callable[[], object]) -> float:
    began = time.process_time()
    do()
    return time.process_time() - began


def _sizes(folder: Path) -> dict[str, int]:
    """Bytes of the records, of where words begin (which only marks need), and of the rest."""
    sizes = {"records": 0, "marks": 0, "index": 0}
    for path in folder.rglob("*"):
        if path.is_file():
            kind = {"records.sqlite": "records", "body.steps": "marks"}.get(path.name, "index")
            sizes[kind] += path.stat().st_size
    return sizes


def _without(step: str) -> None:
    """Take what a step does not have out of the engine."""
    if step == "words":
        _put("tokens", _stemmed)
        _put("surfaces", lambda text: [token.surface for token in _stemmed(text)])
        _put("english_key", _snowball)
    _put("word_keys", {"words": _plain_keys, "forms": _form_keys, "parts": _part_keys}[step])
    _put("steps", lambda found: b"")


def _no_marks(*_: object) -> tuple[()]:
    return ()


def _put(name: str, instead: Any) -> None:
    """Put something in the place of a name in every module of the engine that has it."""
    for module in [module for known, module in sys.modules.items() if known.startswith("indexer.engines")]:
        if hasattr(module, name):
            setattr(module, name, instead)


@cache
def _snowball(word: str) -> str:
    return str(_stemmer().stemWord(word.lower()))


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("norwegian")


def _stemmed(text: str) -> tuple[Token, ...]:
    return tuple(token._replace(surface=_snowball(token.surface)) for token in tokens(text))


def _plain_keys(word: str, _: Splitter) -> WordKeys:
    stem = _snowball(word)
    return WordKeys(stem, stem, (), ())


def _form_keys(word: str, splitter: Splitter) -> WordKeys:
    keys = word_keys(word, _no_parts())
    return replace(keys, fold=keys.stem, parts=(), grams=())


def _part_keys(word: str, splitter: Splitter) -> WordKeys:
    inside = dict.fromkeys(_form_keys(part.text, splitter).stem for part in splitter.split(word))
    return replace(_form_keys(word, splitter), parts=tuple(inside))


@cache
def _no_parts() -> Splitter:
    return Splitter({})


if __name__ == "__main__":
    main()
