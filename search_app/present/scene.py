"""For whom and where findings on a tiltak were made: population, setting, country."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from search_app.base import Sourced
from search_app.present.common import Count
from search_app.present.matrix import counts_of
from search_app.voice import Voice

KINDS = ("population", "setting", "country")


@dataclass(frozen=True, slots=True)
class SceneRow:
    """One group, place or country: findings by verdict, and how many documents they are from."""

    name: str
    counts: tuple[Count, ...]
    documents: int


@dataclass(frozen=True, slots=True)
class Scene:
    """The rows of one kind, most documents first, and how many findings do not tell."""

    kind: str
    rows: tuple[SceneRow, ...]
    untold: int


def scenes(findings: Sequence[Sourced], voice: Voice) -> tuple[Scene, ...]:
    """The kinds that any finding tells."""
    return tuple(scene for kind in KINDS if (scene := _scene(kind, findings, voice)).rows)


def _scene(kind: str, findings: Sequence[Sourced], voice: Voice) -> Scene:
    codes = Counter(getattr(sourced.finding, kind) for sourced in findings)
    groups = {code: [s for s in findings if getattr(s.finding, kind) == code] for code in codes if code}
    rows = [
        SceneRow(
            voice.country(code) if kind == "country" else voice.label(kind, code),
            counts_of(group, voice),
            len({sourced.document.id for sourced in group}),
        )
        for code, group in groups.items()
    ]
    rows.sort(key=lambda row: (-row.documents, row.name))
    return Scene(kind, tuple(rows), codes[None])
