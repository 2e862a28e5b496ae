"""Whose result is it: the document's own, or another study's that it passes on?"""

import re

from corpus.model import Document
from corpus.vocabulary import Vocabulary
from indexer.findings.context import Place, is_evaluating, is_overview, is_plan
from indexer.findings.lexicon import Role
from indexer.findings.scene import Scene

# "(Gentlehand 2009)", "Linsevik og Objektivsen (2015)", "et al."
_REFERENCE = re.compile(r"\(\s*(?:[A-ZÆØÅ][\w-]+[^()]{0,60}?,?\s+)?(?:19|20)\d\d[a-z]?\s*\)|\bet al\b|\bmfl\.")
# "Et dansk forsøk", "a Swedish trial", "I USA", "Forskerne fant": somebody else's, in a report of one's own study.
_ELSEWHERE = re.compile(
    r"\b(?:svensk|dansk|finsk|islandsk|nederlandsk|nederlansk|engelsk|britisk|skotsk|irsk|amerikansk"
    r"|nordamerikansk|kanadisk|australsk|tysk|utenlandsk"
    r"|utanlandsk|internasjonal|nordisk|europeisk)\w*\b|\b(?:swedish|danish|finnish|dutch|english|british"
    r"|scottish|american|canadian|australian"
    r"|german|european|international|foreign)\b|\b(?:forskerne|forskarane|forfatterne|forfattarane|the authors"
    r"|the researchers)\b"
    r"|\b(?:metaanalyse|meta-analysis|systematisk oversikt|systematic review)\b|\b(?:annan|annen|eldre"
    r"|tidligere|tidlegare|nyere|kjent|norsk)\s+"
    r"(?:\w+\s+)?(?:studie|undersøkelse|undersøking|gransking|evaluering|forsøk)\w*\b|\b(?:en|ei|ein|et|eit|a"
    r"|an)\s+(?:norsk|norwegian)\w*\b",
    re.IGNORECASE,
)
_ONE_STUDY = re.compile(
    r"\b(?:forsøket|forsøk|studien|studie|undersøkelsen|undersøkelse|undersøkinga|granskinga|trial|trials|study"
    r"|replication|kohort|cohort|evalueringen"
    r"|evaluering|evaluation|replikasjon\w*|studiane|forsøka|forsøkene)\b",
    re.IGNORECASE,
)
_POOLED = re.compile(
    r"\b(?:samlet|samla|til sammen|til saman|samlede|gjennomsnittlig|pooled|overall|across|taken together"
    r"|samleanslag\w*|alt i alt|vi (?:finner|fant|vurderer)"
    r"|we (?:find|found)|oversikten|oversikta|denne oversikten|this review)\b|I²",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:vi|vår|vårt|våre|oss|me|kommunen vår|egne|eigne|eigen|egen|we|our|us|denne (?:studien|evalueringen"
    r"|rapporten)|this (?:study|evaluation))\b",
    re.IGNORECASE,
)


class Origin:
    """Tells for one document whose a result is."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self._plan = is_plan(document, vocabulary)
        self._overview = is_overview(document)
        self._evaluating = is_evaluating(document)

    def cited(self, scene: Scene, place: Place, after_cited: bool) -> bool:
        """Whether a result is another study's. `after_cited`: the sentence before passed one on."""
        text = scene.text
        if _REFERENCE.search(text) or place.earlier:
            return True
        if self._overview:
            return self._of_one_study(text, place)
        if self._plan or not self._evaluating:
            return not _OWN.search(text)
        other = _ELSEWHERE.search(text) or scene.has(Role.CITED)
        return (bool(other) and not _OWN.search(text)) or (after_cited and _goes_on(text))

    @staticmethod
    def _of_one_study(text: str, place: Place) -> bool:
        """An overview's own results are what many studies show together; in its summary all is its own."""
        if place.summary or _POOLED.search(text):
            return False
        return bool(_ELSEWHERE.search(text) or _ONE_STUDY.search(text))


def _goes_on(text: str) -> bool:
    """ "Den samme studien …", "Der fant de …": still about the study before."""
    return bool(re.match(r"(?:Den samme|Den same|Der|Same|The same|It also|Den fant|Denne)\b", text))
