"""Score findings over whole documents: file → extraction → record → findings, against their manifests.

    python -m benchmarks.findings.documents [--misses] [--slugs REGEX]

A finding is right when it stands on the gold finding's page, its quote shares at least half of the longer quote's
characters, and the verdict is the same. A sentence that the manifest calls unsure counts neither way. The rules were
tuned on most sample documents and the open reports, and the second opinion learnt from all of them: what they give
says that nothing got lost, not what to expect. The held reports nobody and nothing read. Nobody who wrote a report
knew the rules.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from corpus.config import ExtractConfig
from corpus.model import Finding, Record, SourceFile, Verdict
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.extract import media_type_of, read_file
from indexer.records import make_record

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
REPORTS = Path(__file__).parent / "reports"
FIRM = (Verdict.VIRKER, Verdict.SKADELIG)
OVERLAP = 0.5
CHARACTERS_A_PAGE = 2500
GROUPS = ("samples", "reports-development", "reports-held")
READ = ("samples", "reports-development")
_SPACE = re.compile(r"[\s\u00ad-]+")

Gold = Mapping[str, Any]


@dataclass(frozen=True)
class Compared:
    """One document: findings with the gold finding each was matched to (None: none), and gold left over.

    `group` is the set it is scored in: `samples`, `reports-development` or `reports-held`.
    """

    file: str
    group: str
    pages: float
    found: tuple[tuple[Finding, Gold | None], ...]
    missed: tuple[Gold, ...]


@dataclass(frozen=True)
class Score:
    """What a set of documents adds up to. A finding is false where gold has none, wrong with another verdict."""

    right: int
    wrong: int
    false: int
    gold: int
    pages: float
    firm_right: int
    firm: int
    on_page: int

    @property
    def precision(self) -> float:
        """Of what was found, the share that is right."""
        return self.right / max(1, self.right + self.wrong + self.false)

    @property
    def recall(self) -> float:
        """Of gold, the share that was found with its verdict."""
        return self.right / max(1, self.gold)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def firm_precision(self) -> float:
        """Of what was found as virker or skadelig, the share that is right."""
        return self.firm_right / max(1, self.firm)

    @property
    def false_a_page(self) -> float:
        """Findings where gold has none, a page."""
        return self.false / max(1, self.pages)

    @property
    def right_page(self) -> float:
        """Of the findings that match a gold quote, the share on its page."""
        return self.on_page / max(1, self.right + self.wrong)


def compare(vocabulary: Vocabulary, slugs: re.Pattern[str]) -> Iterator[Compared]:
    """Read every document whose slug matches, and set it against its gold."""
    for folder in (SAMPLES, REPORTS):
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        for entry in manifest["documents"]:
            if slugs.match(entry["file"]):
                record = _record(folder / "documents" / entry["file"], vocabulary)
                yield _matched(_group(folder, entry), entry, record)


def _group(folder: Path, entry: Gold) -> str:
    if folder == REPORTS:
        return "reports-held" if entry["held"] else "reports-development"
    return "samples"


def score(compared: list[Compared]) -> Score:
    """Add documents up."""
    found = [pair for document in compared for pair in document.found]
    right = [f for f, gold in found if gold and _same_verdict(f, gold)]
    return Score(
        right=len(right),
        wrong=sum(1 for f, gold in found if gold and not _same_verdict(f, gold)),
        false=sum(1 for _, gold in found if gold is None),
        gold=sum(len(d.missed) + sum(1 for _, gold in d.found if gold) for d in compared),
        pages=sum(d.pages for d in compared),
        firm_right=sum(1 for f in right if f.verdict in FIRM),
        firm=sum(1 for f, _ in found if f.verdict in FIRM),
        on_page=sum(1 for f, gold in found if gold and gold["page"] in (None, f.page)),
    )


def lines(title: str, total: Score) -> Iterator[str]:
    """A score in words."""
    yield (
        f"{title}: F1 {total.f1:.3f} (precision {total.precision:.3f}, recall {total.recall:.3f}) · "
        f"{total.right} right, {total.wrong} with another verdict, {total.false} false, of {total.gold} in gold"
    )
    yield (
        f"  virker and skadelig right {total.firm_precision:.3f} of {total.firm} · "
        f"false a page {total.false_a_page:.3f} of {total.pages:.0f} · right page {total.right_page:.3f}"
    )


def _record(path: Path, vocabulary: Vocabulary) -> Record:
    content = path.read_bytes()
    source = SourceFile(path.name, hashlib.sha256(content).hexdigest(), len(content), media_type_of(path))
    return make_record(read_file(path, source, ExtractConfig()), None, vocabulary)


def _matched(group: str, entry: Mapping[str, Any], record: Record) -> Compared:
    """Each finding takes the gold finding it overlaps; among several, the one with its verdict."""
    left = list(entry.get("findings", ()))
    found = []
    for finding in record.findings:
        overlapping = [gold for gold in left if _overlaps(finding.quote, gold["quote"])]
        overlapping.sort(key=lambda gold: (gold["page"] not in (None, finding.page), not _same_verdict(finding, gold)))
        gold = overlapping[0] if overlapping else None
        if gold is not None:
            left.remove(gold)
        elif any(_overlaps(finding.quote, quote) for quote in entry.get("unsure", ())):
            continue
        found.append((finding, gold))
    return Compared(entry["file"], group, _pages(entry, record), tuple(found), tuple(left))


def _pages(entry: Gold, record: Record) -> float:
    """Pages of the file; a format without pages has one for every 2,500 characters."""
    if record.document.paged:
        return entry.get("pages") or len(record.pages)
    return max(1.0, sum(len(page.text) for page in record.pages) / CHARACTERS_A_PAGE)


def _same_verdict(finding: Finding, gold: Gold) -> bool:
    return gold["verdict"] == finding.verdict and gold["page"] in (None, finding.page)


def _overlaps(quote: str, gold: str) -> bool:
    ours, theirs = _SPACE.sub("", quote), _SPACE.sub("", gold)
    if ours in theirs or theirs in ours:
        return min(len(ours), len(theirs)) >= OVERLAP * max(len(ours), len(theirs))
    match = SequenceMatcher(None, ours, theirs, autojunk=False).find_longest_match()
    return match.size >= OVERLAP * max(len(ours), len(theirs))


def print_misses(document: Compared) -> None:
    """Every difference between a document and its gold."""
    for finding, gold in document.found:
        if gold is None or not _same_verdict(finding, gold):
            was = f"gold {gold['verdict']}" if gold else "false"
            print(f"  p{finding.page} {finding.verdict} ({was}) {finding.rule} «{finding.cue}»: {finding.quote}")
    for gold in document.missed:
        print(f"  p{gold['page']} missed {gold['verdict']}: {gold['quote']}")


def main() -> int:
    """Print the score of each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print every difference of the documents that were read")
    parser.add_argument("--slugs", default="", help="a regular expression the file names must begin with")
    arguments = parser.parse_args()
    compared = list(compare(load_vocabulary(), re.compile(arguments.slugs)))
    for title, part in groups(compared).items():
        print(*lines(title, score(part)), *confusion(part), sep="\n")
    for document in compared if arguments.misses else ():
        if document.group in READ:
            print(document.file)
            print_misses(document)
    rules = Counter((f.rule, gold is not None and _same_verdict(f, gold)) for d in compared for f, gold in d.found)
    for rule in sorted({rule for rule, _ in rules}):
        print(f"  {rule:28} {rules[rule, True]:3} right {rules[rule, False]:3} not")
    return 0


def groups(compared: list[Compared]) -> Mapping[str, list[Compared]]:
    """The documents by the set they are scored in."""
    return {name: part for name in GROUPS if (part := [d for d in compared if d.group == name])}


def confusion(compared: list[Compared]) -> Iterator[str]:
    """Lines of a table: gold down, read across, with what was missed and what has no gold."""
    counts = Counter((g["verdict"] if g else "none", f.verdict.value) for d in compared for f, g in d.found)
    counts.update((gold["verdict"], "missed") for d in compared for gold in d.missed)
    read = [*(verdict.value for verdict in Verdict), "missed"]
    yield f"  {'':14} " + " ".join(f"{name:>13}" for name in read)
    for gold in (*(verdict.value for verdict in Verdict), "none"):
        yield f"  {gold:14} " + " ".join(f"{counts[gold, name]:>13}" for name in read)


if __name__ == "__main__":
    sys.exit(main())
