"""What ties a change to a tiltak: a comparison, a cause, a before and after, those who got it, a test."""

import re
from enum import Flag, auto

from indexer.findings.lexicon import Mark, Role
from indexer.findings.scene import Clause, Scene
from indexer.findings.words import words

_ADDED = re.compile(r"\b(?:heller (?:ikke|ikkje)|nor|either|heller ingen|heller inga)\b", re.IGNORECASE)
_OF = re.compile(r"\s*(?:from|of|av|ved|fra|frå)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)


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
    ADDED = auto()


def support(scene: Scene, clause: Clause, cue: Mark) -> Support:
    """What speaks for the change at `cue` being the tiltak's."""
    held = Support.NONE
    held |= Support.COMPARED if _compared(scene) else Support.NONE
    held |= Support.CAUSED if _caused(scene, clause, cue) else Support.NONE
    held |= Support.AFTER if _after(scene) else Support.NONE
    held |= Support.TREATED if _treated(scene) else Support.NONE
    held |= Support.TESTED if scene.has(Role.SIGNIFICANCE) else Support.NONE
    held |= Support.FOUND if scene.has(Role.FINDING) or scene.has(Role.CITED) else Support.NONE
    held |= Support.ADDED if _ADDED.search(scene.text) else Support.NONE
    return held | (Support.NAMED if scene.has(Role.AGENT) else Support.NONE)


def _compared(scene: Scene) -> bool:
    """Two groups are set against each other; "those who" counts only beside one that got something."""
    with_tiltak = scene.has(Role.TREATED) or scene.has(Role.AGENT)
    if not scene.has(Role.CONTROL, "group"):
        return scene.has(Role.CONTROL) and with_tiltak
    return with_tiltak or scene.has(Role.THAN) or scene.has(Role.CHANGE, "same", "move") or scene.has(Role.CONTRAST)


def _treated(scene: Scene) -> bool:
    """ "som fikk" may be anything; beside a tiltak or a comparison group it is those who got it."""
    if scene.has(Role.TREATED, "group"):
        return True
    return scene.has(Role.TREATED) and (
        scene.has(Role.AGENT) or scene.has(Role.CONTROL, "group") or scene.has(Role.CITED)
    )


def _after(scene: Scene) -> bool:
    """After the tiltak came; "than before" alone only when a tiltak is named."""
    return scene.has(Role.AFTER, "event") or (
        scene.has(Role.AFTER) and (scene.has(Role.AGENT) or scene.has(Role.TREATED))
    )


def _caused(scene: Scene, clause: Clause, cue: Mark) -> bool:
    """A tiltak before the change, and a word between them that makes it the doer; or the change is its own verb."""
    named = clause.of(Role.AGENT) + clause.of(Role.TREATED)
    if any(a.start >= cue.end and _OF.fullmatch(scene.text[cue.end : a.start]) for a in named):
        return True
    if scene.text[cue.start : cue.end].lower().startswith(words("gains")) and clause.has(Role.OUTCOME):
        return True
    agents = [a for a in named if a.end <= cue.start]
    caused = [c for c in clause.of(Role.CAUSE) if c.start <= cue.end]
    if not agents:
        return bool(caused) and scene.has(Role.FINDING) and cue.value in ("better", "worse", "good", "bad")
    if cue.value in ("good", "bad") and not _passive(scene, cue):
        return True
    object_follows = any(o.start >= cue.start for o in clause.of(Role.OUTCOME))
    if (
        object_follows
        and scene.text[cue.start : cue.end].lower().startswith(words("transitive"))
        and not _passive(scene, cue)
    ):
        return True
    return any(agents[0].end <= c.start for c in caused)


def _passive(scene: Scene, cue: Mark) -> bool:
    before = scene.text[: cue.start].lower().split()[-2:]
    return any(
        w in ("ble", "blir", "blitt", "vart", "vert", "vorte", "er", "was", "were", "been", "be") for w in before
    )
