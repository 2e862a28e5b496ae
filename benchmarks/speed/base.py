"""The generated base: documents with passages, codes for every facet and findings; and the queries asked of it.

Words come from the project's own sample sources, most frequent first, then compounds of two of them (one word in
seven of the text); they are drawn by Zipf's law, and one time in four a word is followed by one of its own three
companions, so that phrases recur. Everything follows from the seed: same sources, same base.
"""

import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np

from corpus.model import FindingType, Strength
from corpus.search import Facet
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.analysis import is_stop_word

SOURCES = Path(__file__).parents[2] / "corpus" / "samples" / "sources"
AS_OF = date(2026, 9, 1)
COMPOUNDS = 40_000
ZIPF_SHIFT = 2.7
COMPANIONS = 3
COMPANY = 0.25
BLOCK = 100_000

# (weight, from, to, what the document says of itself): the status each gives on AS_OF.
PLANS = {
    "utlopt": (30, "2019", "2022", None),
    "gjeldende": (30, "2024", "2027", None),
    "utloper_snart": (12, "2023", "2026", None),
    "kommende": (10, "2027", "2030", None),
    "horing": (10, "2027", "2030", "horing"),
    "under_rullering": (8, "2023", "2027", "under_rullering"),
}
CAUSAL = ("evaluering", "kunnskapsoversikt", "forskningsrapport")


class BaseFinding(msgspec.Struct, frozen=True):
    """A verdict on `passages[passage][start:end]`."""

    passage: int
    start: int
    end: int
    verdict: str
    tiltak: str
    design: str


class BaseDocument(msgspec.Struct, frozen=True):
    """One document. `codes` has every facet, those of the findings among them; a facet may be empty."""

    id: str
    title: str
    summary: str
    codes: dict[Facet, list[str]]
    plan: tuple[str, str, str | None] | None
    headings: list[str]
    passages: list[str]
    findings: list[BaseFinding]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: words, or one phrase; and the filter of the second mode."""

    words: tuple[str, ...]
    phrase: bool
    filter: tuple[Facet, str]

    @property
    def text(self) -> str:
        """As typed."""
        return f'"{" ".join(self.words)}"' if self.phrase else " ".join(self.words)


class _Words:
    """An endless stream of words."""

    def __init__(self, seed: int, sources: Path) -> None:
        self._random = np.random.default_rng(seed)
        self._forms = _forms(sources, random.Random(seed))
        weights = 1 / (np.arange(1, len(self._forms) + 1) + ZIPF_SHIFT)
        self._bounds = np.cumsum(weights / weights.sum())
        self._companions = self._drawn(COMPANIONS * len(self._forms)).reshape(-1, COMPANIONS)

    def __iter__(self) -> Iterator[str]:
        last = 0
        while True:
            free, chances = self._drawn(BLOCK).tolist(), self._random.random(BLOCK).tolist()
            for word, chance in zip(free, chances, strict=True):
                own = chance < COMPANY
                last = int(self._companions[last, int(chance / COMPANY * COMPANIONS)]) if own else word
                yield self._forms[last]

    def _drawn(self, count: int) -> np.ndarray:
        found = np.searchsorted(self._bounds, self._random.random(count))
        return np.minimum(found, len(self._forms) - 1)


def _forms(sources: Path, chance: random.Random) -> list[str]:
    texts = (path.read_text(encoding="utf-8").rpartition("+++")[2].lower() for path in sorted(sources.glob("*.md")))
    counts = Counter(word for text in texts for word in re.findall(r"[a-zæøå]{2,}", text))
    forms = sorted(counts, key=lambda word: (-counts[word], word))
    parts = [word for word in forms if 4 <= len(word) <= 9 and not is_stop_word(word)]
    made = {f"{chance.choice(parts)}{chance.choice(parts)}": None for _ in range(COMPOUNDS)}
    return [*forms, *(word for word in made if word not in counts)]


class Generator:
    """Makes the base with so many passages."""

    def __init__(self, passages: int, seed: int = 1, sources: Path = SOURCES) -> None:
        self._left = passages
        self._random = random.Random(seed)
        self._words = iter(_Words(seed, sources))
        self._vocabulary = load_vocabulary()
        self._types = [(code, kind.plan) for code, kind in self._vocabulary.doc_types.items()]

    def documents(self) -> Iterator[BaseDocument]:
        """The documents, of 8 to 32 passages."""
        number = 0
        while self._left:
            count = min(round(self._random.triangular(8, 32, 20)), self._left)
            self._left -= count
            yield self._document(f"dok-{number:06}", [self._passage() for _ in range(count)])
            number += 1

    def _document(self, name: str, passages: list[str]) -> BaseDocument:
        kind, is_plan = _skewed(self._random, self._types)
        status = _weighted(self._random, {code: plan[0] for code, plan in PLANS.items()}) if is_plan else None
        findings = [] if is_plan else self._findings(kind, passages)
        return BaseDocument(
            id=name,
            title=self._line(4, 10),
            summary=passages[0][:300].rpartition(" ")[0],
            codes=self._codes(kind, status, findings),
            plan=PLANS[status][1:] if status else None,
            headings=[self._line(2, 6) for _ in range(0, len(passages), 5)],
            passages=passages,
            findings=findings,
        )

    def _codes(self, kind: str, status: str | None, findings: Sequence[BaseFinding]) -> dict[Facet, list[str]]:
        chance, known = self._random, self._vocabulary
        kommuner = _some(chance, list(known.kommuner), 1) if status or chance.random() < 0.3 else []
        year = PLANS[status][1] if status else str(2026 - min(int(chance.expovariate(0.2)), 25))
        language = _weighted(chance, {"nb": 80, "nn": 12, "en": 8})
        codes = {
            Facet.DOC_TYPE: [kind],
            Facet.VERDICT: [finding.verdict for finding in findings],
            Facet.STRENGTH: [Strength.UKJENT.value] if findings else [],
            Facet.OUTCOME: [],
            Facet.FINDING_TYPE: [FindingType.EFFEKT.value] if findings else [],
            Facet.THEME: _some(chance, list(known.themes), 3),
            Facet.TILTAK: [*_some(chance, list(known.tiltak), 5), *(finding.tiltak for finding in findings)],
            Facet.TARGET_GROUP: _some(chance, list(known.target_groups), 2),
            Facet.FYLKE: [known.kommuner[number].fylke for number in kommuner],
            Facet.KOMMUNE: kommuner,
            Facet.YEAR: [year],
            Facet.STATUS: [status] if status else [],
            Facet.LANGUAGE: [language],
            Facet.DESIGN: [finding.design for finding in findings],
            Facet.PUBLISHER: [_publisher(known, kommuner, chance)],
        }
        return {facet: list(dict.fromkeys(held)) for facet, held in codes.items()}

    def _findings(self, kind: str, passages: Sequence[str]) -> list[BaseFinding]:
        chance, known = self._random, self._vocabulary
        count = chance.randint(1, 8) if kind in CAUSAL else chance.choice((0, 0, 1))
        tiltak, designs = _some(chance, list(known.tiltak), 2), list(known.designs)
        design = _skewed(chance, designs)
        places = sorted(chance.sample(range(len(passages)), min(count, len(passages))))
        return [
            BaseFinding(place, 0, passages[place].index(".") + 1, verdict, chance.choice(tiltak), design)
            for place in places
            for verdict in [chance.choice(list(known.verdicts))]
        ]

    def _passage(self) -> str:
        """A run of sentences of 600 to 1,200 characters."""
        wanted, length = self._random.randint(600, 1_150), 0
        sentences: list[str] = []
        while length < wanted:
            sentence = f"{self._line(6, 20)}."
            sentences.append(sentence[: 1_199 - length] if length else sentence)
            length += len(sentences[-1]) + 1
        return " ".join(sentences)

    def _line(self, least: int, most: int) -> str:
        count = self._random.randint(least, most)
        return " ".join(next(self._words) for _ in range(count)).capitalize()


def _publisher(known: Vocabulary, kommuner: Sequence[str], chance: random.Random) -> str:
    if kommuner:
        return f"{known.kommuner[kommuner[0]].name} kommune"
    return _skewed(chance, known.publishers).name


def _skewed(chance: random.Random, choices):
    """One of the choices, the first the most often."""
    return choices[int(len(choices) * chance.random() ** 2)]


def _some(chance: random.Random, codes: Sequence[str], most: int) -> list[str]:
    return list(dict.fromkeys(_skewed(chance, codes) for _ in range(chance.randint(1, most))))


def _weighted(chance: random.Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def write_base(path: Path, passages: int) -> str:
    """Write the base to a file of JSON lines; its sha256."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for document in Generator(passages).documents():
            line = msgspec.json.encode(document) + b"\n"
            digest.update(line)
            file.write(line)
    return digest.hexdigest()


def read_base(path: Path) -> Iterator[BaseDocument]:
    """The documents of a written base, one at a time."""
    decoder = msgspec.json.Decoder(BaseDocument)
    with path.open("rb") as file:
        yield from map(decoder.decode, file)


def queries(path: Path, count: int = 200, seed: int = 2) -> list[Query]:
    """Queries drawn from the base: 1 to 5 words of one sentence; every third a phrase of 2 or 3 words.

    No function words, so that an engine which leaves them out is asked the same. The filter is a code of the
    document the words came from, of the facets in turn.
    """
    chance = random.Random(seed)
    documents = list(read_base(path))
    made: list[Query] = []
    while len(made) < count:
        document = chance.choice(documents)
        phrase = len(made) % 3 == 2
        words = _phrase(document, chance) if phrase else _several(document, chance)
        facet = list(Facet)[len(made) % len(Facet)]
        codes = document.codes[facet] or document.codes[Facet.THEME]
        facet = facet if document.codes[facet] else Facet.THEME
        if words and words not in [query.words for query in made]:
            made.append(Query(words, phrase, (facet, chance.choice(codes))))
    return made


def _several(document: BaseDocument, chance: random.Random) -> tuple[str, ...]:
    held = list(dict.fromkeys(word for word in _sentence(document, chance) if not is_stop_word(word)))
    return tuple(chance.sample(held, min(chance.randint(1, 5), len(held))))


def _phrase(document: BaseDocument, chance: random.Random) -> tuple[str, ...]:
    words = _sentence(document, chance)
    length = chance.choice((2, 2, 3))
    runs = zip(*(words[place:] for place in range(length)), strict=False)
    fit = [run for run in runs if not any(map(is_stop_word, run)) and all(a != b for a, b in pairwise(run))]
    return chance.choice(fit) if fit else ()


def _sentence(document: BaseDocument, chance: random.Random) -> list[str]:
    return re.findall(r"[a-zæøå]+", chance.choice(chance.choice(document.passages).split(". ")).lower())
