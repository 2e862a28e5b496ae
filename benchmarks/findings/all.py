"""The whole benchmark of findings: sentence sets, sample documents and reports, floors, gains and losses.

The floors stand in expected.toml, the labels of the last commit that changed them in baseline.json.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.findings import documents
from benchmarks.findings.labels import predictions, read_rows
from benchmarks.findings.scoring import Pairs, class_scores, differences, macro_f1, table
from corpus.vocabulary import Vocabulary, load_vocabulary

HERE = Path(__file__).parent
OWN = HERE / "sentences.jsonl"
DOMAIN = HERE.parents[2] / "shared" / "benchmarks" / "domain" / "findings.jsonl"
BASELINE = HERE / "baseline.json"

Figures = dict[str, float]


def main(update: bool = False) -> int:
    """Print everything; 1 when a floor is missed. `update` makes today's labels the baseline."""
    vocabulary = load_vocabulary()
    baseline: dict[str, str] = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    figures: dict[str, Figures] = {}
    for name, rows in _sentence_sets():
        pairs = _labelled(rows, vocabulary)
        print(*table(name, pairs), *differences(pairs, baseline, {r["id"]: r["text"] for r in rows}), sep="\n")
        figures[name] = _figures(rows, pairs)
        baseline |= {key: read for key, (_, read) in pairs.items()}
    figures |= _document_figures(vocabulary)
    if update:
        BASELINE.write_text(json.dumps(baseline, indent=0, sort_keys=True) + "\n", "utf-8")
    return _report(figures, tomllib.loads((HERE / "expected.toml").read_text("utf-8")))


def _sentence_sets() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    own = list(read_rows(OWN))
    for half in ("tuned", "unseen"):
        yield f"own-{half}", [row for row in own if row["half"] == half]
    if DOMAIN.exists():
        yield "domain", list(read_rows(DOMAIN))
    else:
        print("domain: not here, not measured")


def _labelled(rows: list[dict[str, Any]], vocabulary: Vocabulary) -> dict[str, tuple[str, str]]:
    read = predictions(rows, vocabulary)
    return {row["id"]: (row["label"], answer["label"]) for row, answer in zip(rows, read, strict=True)}


def _figures(rows: list[dict[str, Any]], pairs: Pairs) -> Figures:
    """Macro-F1, precision of the two verdicts that cost trust, and false alarms on text nobody here wrote."""
    scores = class_scores(pairs)
    figures = {
        "macro_f1": macro_f1(pairs),
        "works_precision": scores["works"].precision,
        "harmful_precision": scores["harmful"].precision,
    }
    plain = [pairs[r["id"]][1] for r in rows if r.get("origin") == "verbatim-UD" and r["label"] == "none"]
    if plain:
        figures["quiet_on_plain_text"] = plain.count("none") / len(plain)
    return figures


def _document_figures(vocabulary: Vocabulary) -> dict[str, Figures]:
    figures = {}
    for name, part in documents.groups(list(documents.compare(vocabulary, re.compile("")))).items():
        total = documents.score(part)
        print(*documents.lines(name, total), *documents.confusion(part), sep="\n")
        figures[name] = {
            "f1": total.f1,
            "firm_precision": total.firm_precision,
            "pages_without_false": 1 - total.false_a_page,
            "right_page": total.right_page,
        }
    return figures


def _report(figures: Mapping[str, Figures], floors: Mapping[str, Mapping[str, float]]) -> int:
    """Print each figure that has a floor, and count those below."""
    missed = 0
    for name, wanted in floors.items():
        for key, floor in wanted.items() if name in figures else ():
            got = figures[name][key]
            missed += got < floor
            print(f"{'ok  ' if got >= floor else 'FAIL'} {name}.{key} {got:.3f} (floor {floor})")
    return 1 if missed else 0
