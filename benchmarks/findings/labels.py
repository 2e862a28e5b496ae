"""Which label has a sentence? The verdicts of the production code in the six labels of the sentence benchmark."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpus.model import Language, Verdict
from corpus.vocabulary import Vocabulary
from indexer.findings import Reading, read_sentence

LABELS = ("works", "no_effect", "harmful", "mixed", "uncertain", "none")
LABEL_OF = {
    Verdict.VIRKER: "works",
    Verdict.LOVENDE: "works",
    Verdict.INGEN_EFFEKT: "no_effect",
    Verdict.SKADELIG: "harmful",
    Verdict.BLANDET: "mixed",
    Verdict.IKKE_EVALUERT: "uncertain",
}


def label(readings: Iterable[Reading]) -> str:
    """The benchmark's label of a sentence: none without a reading, mixed when readings go different ways.

    A promising result is a desired result, so `lovende` is `works`.
    """
    labels = {LABEL_OF[reading.verdict] for reading in readings}
    return "none" if not labels else labels.pop() if len(labels) == 1 else "mixed"


def predictions(rows: Iterable[dict[str, Any]], vocabulary: Vocabulary) -> Iterator[dict[str, str]]:
    """{id, label} for each {id, text, prev, lang}."""
    for row in rows:
        readings = read_sentence(row["text"], row.get("prev", ""), Language(row["lang"]), vocabulary)
        yield {"id": row["id"], "label": label(readings)}


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
