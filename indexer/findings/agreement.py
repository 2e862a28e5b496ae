"""Do the rules and the second opinion agree? What only the rules see may be left; what only it sees may be taken."""

from collections.abc import Sequence

from corpus.model import Verdict
from indexer.findings.lexicon import Role
from indexer.findings.model import Left, Reading
from indexer.findings.scene import Scene
from indexer.findings.second import opinion, telling

FIRM = frozenset((Verdict.VIRKER, Verdict.SKADELIG))
DOUBTED, DOUBTED_FIRM = 0.05, 0.6  # a verdict of the rules that is less likely is left
SURE, SURE_FIRM = 0.45, 0.85  # a verdict that is at least as likely is taken where the rules have none
RULE = "second"


def doubted(scene: Scene, readings: Sequence[Reading]) -> tuple[tuple[Reading, ...], tuple[Left, ...]]:
    """The readings that the second opinion lets stand, and those it does not."""
    if not readings:
        return (), ()
    likely = dict(opinion(scene).likely)
    likely[Verdict.LOVENDE] += likely[Verdict.VIRKER]  # the rules know of a weak design, the second opinion does not
    kept = tuple(r for r in readings if likely[r.verdict] >= (DOUBTED_FIRM if r.verdict in FIRM else DOUBTED))
    left = tuple(Left(r.cue_start, r.cue_end, f"{RULE}.{r.rule}") for r in readings if r not in kept)
    return kept, left


def added(scene: Scene, weak: bool) -> tuple[Reading, ...]:
    """What the second opinion is sure of by itself; a `weak` study shows no more than promise."""
    second = opinion(scene)
    verdict = second.best
    if scene.text.rstrip().endswith("?"):
        return ()
    if second.likely[verdict] < (SURE_FIRM if verdict in FIRM else SURE):
        return ()
    cue = telling(scene, verdict)
    verdict = Verdict.LOVENDE if weak and verdict is Verdict.VIRKER else verdict
    outcome = next((mark.code for mark in reversed(scene.of(Role.OUTCOME)) if mark.code), None)
    return (Reading(verdict, *cue, RULE, outcome),)
