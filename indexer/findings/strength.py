"""How much can a finding be trusted? At most what its study design allows."""

from corpus.model import Strength
from corpus.vocabulary import StudyDesign, Vocabulary
from indexer.findings.context import OVERVIEWS

_CEILINGS = {1: Strength.SVAERT_LAV, 2: Strength.LAV, 3: Strength.MODERAT, 4: Strength.MODERAT, 5: Strength.MODERAT}


def strength(design: str | None, vocabulary: Vocabulary) -> Strength:
    """The ceiling of a design (Maryland SMS); a single study is never above moderat, an overview may be."""
    if design in OVERVIEWS:
        return Strength.HOY
    known = vocabulary.designs.get(design) if design else None
    return _ceiling(known) if known else Strength.UKJENT


def _ceiling(design: StudyDesign) -> Strength:
    if design.sms is not None:
        return _CEILINGS[design.sms]
    return Strength.SVAERT_LAV if design.causal is False else Strength.UKJENT
