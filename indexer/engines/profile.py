"""How are matches weighed? One small table, used by every engine and by the oracle."""

from dataclasses import dataclass

PROFILE_VERSION = 2


@dataclass(frozen=True, slots=True)
class Profile:
    """The weights of ranking.

    k1, b: saturation and length normalisation of BM25. stem, exact, wide, like: a match by stem, by the very form
    typed, by the fold key or a word inside a compound, by likeness of letters. tiltak, kommune, theme: another name of
    what is named. gram, near, close: the second pass, by runs of four letters, by two words at most `window` words
    apart, by all words in `span` words; rows: how many rows it looks at. second, third: what the second and third best
    row of a document add to its best.
    """

    k1: float = 0.6
    b: float = 0.3
    stem: float = 1.0
    exact: float = 0.3
    wide: float = 0.35
    like: float = 0.9
    tiltak: float = 3.0
    kommune: float = 1.0
    theme: float = 0.5
    gram: float = 0.3
    near: float = 0.5
    close: float = 0.4
    window: int = 6
    span: int = 20
    second: float = 0.1
    third: float = 0.05
    rows: int = 1000


PROFILE = Profile()
