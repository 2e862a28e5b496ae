"""What ties a change to a tiltak: a comparison, a cause, a before and after, those who got it, a test."""

from enum import Flag, auto

from indexer.findings.lexicon import Mark, Role
from indexer.findings.scene import Clause, Scene

_TRANSITIVE = (
    "redus",
    "demp",
    "halver",
    "kutt",
    "begrens",
    "hindr",
    "forebyg",
    "førebyg",
    "forhindr",
    "bedr",
    "betr",
    "forbedr",
    "forbetr",
    "styrk",
    "svekk",
    "øk",
    "auk",
    "forverr",
    "senk",
    "hjalp",
    "hjulp",
    "hjelp",
    "fikk",
    "fekk",
    "få",
    "kort",
    "fork",
    "brems",
    "cut",
    "lower",
    "improv",
    "increas",
    "rais",
    "weaken",
    "strengthen",
    "help",
    "shorten",
    "prevent",
    "halv",
    "brought",
    "bring",
    "worsen",
    "harm",
    "boost",
    "enhanc",
    "curb",
    "eas",
    "succe",
    "lykt",
    "lykk",
    "lukk",
)


class Support(Flag):
    """Ways a change is tied to a tiltak. Several may hold at once."""

    NONE = 0
    COMPARED = auto()
    CAUSED = auto()
    AFTER = auto()
    TREATED = auto()
    TESTED = auto()
    FOUND = auto()
    NAMED = auto()


def support(scene: Scene, clause: Clause, cue: Mark) -> Support:
    """What speaks for the change at `cue` being the tiltak's."""
    held = Support.NONE
    held |= Support.COMPARED if _compared(scene) else Support.NONE
    held |= Support.CAUSED if _caused(scene, clause, cue) else Support.NONE
    held |= Support.AFTER if _after(scene) else Support.NONE
    held |= Support.TREATED if scene.has(Role.TREATED) else Support.NONE
    held |= Support.TESTED if scene.has(Role.SIGNIFICANCE) else Support.NONE
    held |= Support.FOUND if scene.has(Role.FINDING) or scene.has(Role.CITED) else Support.NONE
    return held | (Support.NAMED if scene.has(Role.AGENT) else Support.NONE)


def _compared(scene: Scene) -> bool:
    return scene.has(Role.CONTROL) and (
        scene.has(Role.TREATED)
        or scene.has(Role.THAN)
        or scene.has(Role.AGENT)
        or scene.has(Role.CHANGE, "same")
        or scene.has(Role.CONTRAST)
    )


def _after(scene: Scene) -> bool:
    """After the tiltak came; "than before" alone only when a tiltak is named."""
    return scene.has(Role.AFTER, "event") or (
        scene.has(Role.AFTER) and (scene.has(Role.AGENT) or scene.has(Role.TREATED))
    )


def _caused(scene: Scene, clause: Clause, cue: Mark) -> bool:
    """A tiltak before the change, and a word between them that makes it the doer; or the change is its own verb."""
    agents = [a for a in clause.of(Role.AGENT) + clause.of(Role.TREATED) if a.end <= cue.start]
    if not agents:
        return False
    object_follows = any(o.start >= cue.start for o in clause.of(Role.OUTCOME))
    if object_follows and scene.text[cue.start : cue.end].lower().startswith(_TRANSITIVE) and not _passive(scene, cue):
        return True
    return any(agents[0].end <= c.start <= cue.end for c in clause.of(Role.CAUSE))


def _passive(scene: Scene, cue: Mark) -> bool:
    before = scene.text[: cue.start].lower().split()[-2:]
    return any(
        w in ("ble", "blir", "blitt", "vart", "vert", "vorte", "er", "was", "were", "been", "be") for w in before
    )
