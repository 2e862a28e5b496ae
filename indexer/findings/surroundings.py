"""What does the text around a sentence give it?"""

from dataclasses import dataclass

from corpus.model import Verdict
from indexer.findings.lexicon import Mark


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the text around a sentence gives it.

    `carried` is the outcome spoken of last; `running` whether the sentence before was a finding;
    `plan` and `results` what kind of text it stands in, `overview` whether it sums up many studies;
    `weak` that its study cannot show cause; `named` the vocabulary's mentions;
    `said` the verdict of the sentence before, when it had one.
    """

    carried: Mark | None = None
    running: bool = False
    plan: bool = False
    results: bool = False
    overview: bool = False
    weak: bool = False
    named: tuple[Mark, ...] = ()
    said: Verdict | None = None
