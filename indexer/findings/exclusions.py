"""What is not a finding, however it sounds? Each reason is the rule's name in the trace."""

import re

from corpus.model import Language
from indexer.findings.lexicon import Mark, Role
from indexer.findings.scene import Clause, Scene
from indexer.findings.words import words

_POTENTIAL = re.compile(
    r"\b(?:kan|can|may|could|might)\b"
    r"(?!\s+(?:ha|have|sees|se|ikke|ikkje|not|vi ikke|vi ikkje|rapporten ikke|we not|vise til|visa til)\b)",
    re.IGNORECASE,
)
_POTENTIAL_AFTER = re.compile(
    r"\s+(?:\w+\s+){0,2}(?:may|might|could|can|kan)\s+(?:be|bli|være|vere|verte)\b", re.IGNORECASE
)
_INFINITIVE = re.compile(r"(?:\bå|\bto)\s+(?:(?:ikke|ikkje|not|ytterligere|further)\s+)?$", re.IGNORECASE)
_INFINITES = ("down", "up", "good", "bad", "move")
_CHANCE = re.compile(
    r"(?:sannsynlig|sannsynleg|risiko|sjanse|fare|tilbøyelig|grunn|lettere|lettare|enklere|enklare)\w*\s+$",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\s*(?:når|whenever)\b", re.IGNORECASE)
_ASKED = (
    r"vet|veit|vite|vita|svar\w*|spørsmål\w*|undersøk\w*|gransk\w*|si|sier|seie|avgjør\w*|avgjere|fastslå|vurder\w*|uklart|uvisst|usikkert|tvil|se|sjå|måle\w*|ut|ukjent|spurt\w*|spør\w*|tvilsomt"
    r"|diskuter\w*|drøft\w*|tolk\w*|analyser\w*|kartlegg\w*|test\w*|lurer|uenig\w*|usamd\w*|interessert"
)
_INDIRECT = re.compile(
    rf"(?:^\s*|[,;:]\s*|\b(?:{_ASKED})\s+(?:er\s+|på\s+|av\s+|noe\s+|noko\s+|sikkert\s+)?)om\b(?! lag| enn| trent)"
    r"|\b(?:hvorvidt|whether|hvilke[nt]?|hva slags|hva|kva|korleis|hvordan|how|what|hvorfor|kvifor|why)\b",
    re.IGNORECASE,
)
# "Dersom dere bare måler etterpå …", "At et tiltak ikke er evaluert, betyr ikke at …": said of no tiltak in particular.
_SUPPOSED = re.compile(r"(?:dersom|hvis|viss|om (?:man|ein|en|du|dere|de)|if|unless)\b", re.IGNORECASE)
_ANY_TILTAK = re.compile(
    r"\b(?:at (?:et|eit|ett) tiltak|tiltak som (?:ikke|ikkje) er|(?:et|eit) tiltak som|that a (?:measure|programme))\b"
    r"|\b(?:bare at|berre at|only that|ikke at det ikke|not that it)\b|betyr ikke at|tyder ikkje at|does not mean",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\b(?:årsak\w*|the reason|hva som (?:er|forklarer)|kva som (?:er|forklarer))\b"
    r"|\b(?:om|whether|hvorvidt|korvidt)\b.{0,80}?\b(?:kommer av|kjem av|skyldes|skuldast|because)\b"
    r".{0,150}? (?:eller|or)\b"
    r"|\b(?:om|whether) det (?:er|skyldes|skuldast|kommer av|kjem av) \w+[^.]{0,80}? (?:eller|or)\b",
    re.IGNORECASE,
)
_THAN_WOULD = re.compile(r"\b(?:enn|than|som)\s+(?:[^\s,;:]+\s+){0,6}$", re.IGNORECASE)
_AT_FIRST = 30
_POTENTIAL_REACH = 7
_RESOURCE_REACH = 4
_NEAR = 3
_LICENCE_REACH = 40
_ORDERS = re.compile(r"\b(?:skal|shall)\b", re.IGNORECASE)
_BEFORE = ("aim", "plan", "expect")
_ANYWHERE = ("condition", "belief", "advice", "testimony")


def why_left(scene: Scene, cue: Mark, compared: bool) -> str | None:
    """The reason a cue is no finding, or None. `compared`: two groups or times are set against each other."""
    clause = scene.clause_of(cue)
    return (
        _whole(scene)
        or _when(scene, clause)
        or _ahead(scene, clause, cue)
        or _infinitive(scene, clause, cue)
        or _subject_of_plan(scene, clause, cue)
        or _potential(scene, clause, cue)
        or _beside(scene, clause, cue, compared)
    )


def why_unknown_left(scene: Scene, cue: Mark) -> str | None:
    """The reason a "nobody knows" is no finding, or None: it must be whether the tiltak works that nobody knows."""
    if asks(scene.text):
        return "question"
    if scene.has(Role.EXCLUDE, "advice"):
        return "advice"
    if _SUPPOSED.match(scene.text):
        return "condition"
    if _ANY_TILTAK.search(scene.text):
        return "any_tiltak"
    return "why" if _WHY.search(scene.text) and not scene.has(Role.AGENT) else None


def asks(text: str) -> bool:
    """Whether the sentence is a question."""
    return text.rstrip(" \"'»”)").endswith("?")


def indirect(scene: Scene, cue: Mark) -> bool:
    """Whether the cue stands in an indirect question: "om tiltaket har effekt"."""
    clause = scene.clause_of(cue)
    return bool(_INDIRECT.search(scene.text[clause.start : cue.start]))


def _whole(scene: Scene) -> str | None:
    if asks(scene.text):
        return "question"
    if _ORDERS.search(scene.text) and not scene.has(Role.FINDING) and not scene.has(Role.CITED):
        return "order"
    found = (m for m in scene.of(Role.EXCLUDE, *_ANYWHERE) if not (m.value == "condition" and _otherwise(scene, m)))
    return next((m.value for m in found), None)


def _otherwise(scene: Scene, condition: Mark) -> bool:
    """ "færre enn det ellers ville ha vært": what would have been is a comparison, not a condition."""
    return bool(_THAN_WOULD.search(scene.text[: condition.start]))


def _when(scene: Scene, clause: Clause) -> str | None:
    """ "når mobbingen avtar": a circumstance, not a result."""
    return "when" if clause.start and _WHEN.match(scene.text, clause.start) else None


def _ahead(scene: Scene, clause: Clause, cue: Mark) -> str | None:
    """Aims, plans and expectations reach what follows them in their clause."""
    for mark in clause.of(Role.EXCLUDE, *_BEFORE):
        if mark.start <= cue.start and not _licensed(clause, cue, mark.end) and _governs(scene, mark, cue):
            return mark.value
    return None


def _governs(scene: Scene, mark: Mark, cue: Mark) -> bool:
    """ "for å" reaches to the next comma, and not after a noun of chance: "sannsynligheten for å falle tilbake"."""
    if scene.text[mark.start : mark.end].lower() not in ("for å", "in order to", "so as to"):
        return True
    return "," not in scene.text[mark.end : cue.start] and not _CHANCE.search(scene.text[: mark.start])


def _subject_of_plan(scene: Scene, clause: Clause, cue: Mark) -> str | None:
    """ "at flere skal fullføre": the plan follows the quantity it is for."""
    plans = clause.of(Role.EXCLUDE, "plan") if cue.value in ("fewer", "more") else ()
    return "plan" if any(cue.end <= p.start and scene.words_between(cue, p) <= _NEAR for p in plans) else None


def _infinitive(scene: Scene, clause: Clause, cue: Mark) -> str | None:
    english = scene.language is Language.EN
    if english and cue.value not in _INFINITES:
        return None
    if _INFINITIVE.search(scene.text[clause.start : cue.start]) and not _licensed(clause, cue, clause.start):
        return "infinitive"
    return None


def _potential(scene: Scene, clause: Clause, cue: Mark) -> str | None:
    if _POTENTIAL_AFTER.match(scene.text, cue.end):
        return "potential"
    found = _POTENTIAL.search(scene.text, clause.start, cue.start)
    sure = clause.of(Role.HEDGE) + clause.of(Role.UNKNOWN) + clause.of(Role.SIGNIFICANCE) + clause.of(Role.DENY)
    if found and (
        len(scene.text[found.end() : cue.start].split()) > _POTENTIAL_REACH
        or "," in scene.text[found.end() : cue.start]
    ):
        return None
    taken = found and any(m.start <= found.start() < m.end for m in sure)
    return "potential" if found and not taken and not scene.has(Role.CITED) else None


def _beside(scene: Scene, clause: Clause, cue: Mark, compared: bool) -> str | None:
    if any(_sets_out(scene, m) for m in scene.of(Role.EXCLUDE, "baseline")) and not scene.has(Role.AFTER):
        return "baseline"
    if compared:
        return None
    if scene.has(Role.EXCLUDE, "method") and cue.role is not Role.SIGNIFICANCE:
        return "method"
    judged = cue.value in ("worse", "bad", "better")
    if clause.has(Role.EXCLUDE, "praise") and not judged:
        return "praise"
    resources = clause.of(Role.EXCLUDE, "resources")
    return "resources" if any(scene.words_between(m, cue) <= _RESOURCE_REACH for m in resources) else None


def _sets_out(scene: Scene, mark: Mark) -> bool:
    """ "Ved oppstart var …", "svarprosenten"; later in a sentence "ved inntak" mostly tells which ones are meant."""
    return mark.start <= _AT_FIRST or not scene.text[mark.start : mark.end].lower().startswith(words("at_the_start"))


def _licensed(clause: Clause, cue: Mark, after: int) -> bool:
    """Whether "bidro til å" and the like stand between, so that the infinitive happened."""
    return any(after <= m.start <= cue.start and cue.start - m.end <= _LICENCE_REACH for m in clause.of(Role.LICENCE))
