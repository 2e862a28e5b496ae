"""How are matches weighed? One small table, used by every engine and by the oracle."""

from dataclasses import dataclass

PROFILE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Profile:
    """The weights of ranking.

    k1: BM25's saturation. stem, exact, wide, like: the weight of a match by stem, by the very form typed, by
    the fold key or a word inside a compound, by likeness of letters. gram, near: the weights of the second pass
    (runs of four letters; words near each other). window: words between two that are near, at most. second, third:
    what the second and third best passages add. candidates: documents the second pass looks at.
    """

    k1: float = 0.9
    stem: float = 1.0
    exact: float = 0.2
    wide: float = 0.4
    like: float = 0.4
    gram: float = 0.25
    near: float = 0.15
    window: int = 6
    second: float = 0.1
    third: float = 0.05
    candidates: int = 200


PROFILE = Profile()
